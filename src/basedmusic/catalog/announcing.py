"""Telling guests by mail what an artist put out: once each, a release as one, in batches that are jobs."""

from dataclasses import dataclass
from uuid import UUID

from basedmusic.accounts import ANONYMOUS, GuestDesk, list_guest_followers, write_to_guest
from basedmusic.catalog.contracts import (
    Publication,
    ReleaseMissing,
    ReleasePublished,
    TrackMissing,
    TrackPublished,
)
from basedmusic.catalog.service import get_release, get_track
from basedmusic.catalog.store import announced, tracks
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Connection, Database
from basedmusic.platform.queue import Job

BATCH = 100


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell those behind `after`."""

    kind: str
    subject_id: UUID
    after: UUID | None = None


ANNOUNCE = Job("catalog.announce", Announce)


async def announce_track(database: Database, fact: TrackPublished) -> None:
    """Unless it came out with a release, which is told as one."""
    async with database.transaction() as tx:
        try:
            track = await get_track(tx.conn, ANONYMOUS, fact.track_id)
        except TrackMissing:
            return
        if track.release is not None and await _is_told_as_one(tx.conn, track.release.id):
            return
        if await announced.mark_announced(tx.conn, "track", [track.id]):
            await tx.enqueue(ANNOUNCE, Announce("track", track.id))


async def announce_release(database: Database, fact: ReleasePublished) -> None:
    async with database.transaction() as tx:
        try:
            release = await get_release(tx.conn, ANONYMOUS, fact.release_id)
        except ReleaseMissing:
            return
        if await announced.mark_announced(tx.conn, "release", [release.id]):
            on_it = await tracks.list_release_track_ids(tx.conn, release.id)
            await announced.mark_announced(tx.conn, "track", on_it)
            await tx.enqueue(ANNOUNCE, Announce("release", release.id))


@dataclass(frozen=True, slots=True)
class Announcer:
    """What the worker calls for each ANNOUNCE job."""

    database: Database
    desk: GuestDesk

    async def run(self, job: Announce) -> None:
        """One batch, and the job for the next, in one transaction. What was taken back is told no more."""
        async with self.database.transaction() as tx:
            news = await _find_news(tx.conn, job)
            if news is None:
                return
            guests = await list_guest_followers(tx.conn, news.artist_id, job.after, BATCH)
            for guest in guests:
                await write_to_guest(
                    tx,
                    self.desk,
                    guest,
                    news.artist_id,
                    subject=f"{news.artist}: {news.title}",
                    words=f"{news.artist} put out “{news.title}”.",
                    path=news.path,
                )
            if len(guests) == BATCH:
                await tx.enqueue(ANNOUNCE, Announce(job.kind, job.subject_id, guests[-1].id))


@dataclass(frozen=True, slots=True)
class _News:
    artist_id: PartyId
    artist: str
    title: str
    path: str


async def _find_news(conn: Connection, job: Announce) -> _News | None:
    try:
        if job.kind == "release":
            release = await get_release(conn, ANONYMOUS, job.subject_id)
            path = f"/releases/{release.id}"
            return _News(release.artist.id, release.artist.name, release.title, path)
        track = await get_track(conn, ANONYMOUS, job.subject_id)
        return _News(track.artist.id, track.artist.name, track.title, f"/tracks/{track.id}")
    except (TrackMissing, ReleaseMissing):
        return None


async def _is_told_as_one(conn: Connection, release_id: UUID) -> bool:
    """Whether its own fact is on its way: it is out, and has not been told of."""
    try:
        release = await get_release(conn, ANONYMOUS, release_id)
    except ReleaseMissing:
        return False
    out = release.publication is Publication.PUBLISHED
    return out and not await announced.is_announced(conn, "release", release_id)

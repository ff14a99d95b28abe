"""Releases: what an artist puts out together."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from basedmusic.accounts import Verb, Viewer, require_can
from basedmusic.catalog.contracts import (
    Publication,
    Release,
    ReleaseChanged,
    ReleaseEmpty,
    ReleaseKind,
    ReleaseMissing,
    ReleasePublished,
    TakenDown,
    TrackPublished,
)
from basedmusic.catalog.rules import MAX_TITLE
from basedmusic.catalog.service.artists import get_artist, require_genre
from basedmusic.catalog.store import releases as store
from basedmusic.catalog.store import reports, tracks
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Connection, Tx


async def create_release(
    tx: Tx,
    viewer: Viewer,
    artist_id: UUID,
    *,
    title: str,
    kind: ReleaseKind,
    released_on: date | None = None,
) -> Release:
    """A draft without tracks. Raises ArtistMissing, NotAllowed, Invalid."""
    artist = await get_artist(tx.conn, viewer, artist_id)
    await require_can(tx.conn, viewer, artist.id, Verb.EDIT_MUSIC)
    title = clean_line(title, "title", MAX_TITLE)
    release_id = await store.insert_release(tx.conn, artist.id, title, kind, released_on)
    return await get_release(tx.conn, viewer, release_id)


async def edit_release(
    tx: Tx,
    viewer: Viewer,
    release_id: UUID,
    *,
    title: str | None = None,
    kind: ReleaseKind | None = None,
) -> Release:
    """Change what is not None. Raises ReleaseMissing, NotAllowed, Invalid."""
    release = await get_release(tx.conn, viewer, release_id)
    await require_can(tx.conn, viewer, release.artist.id, Verb.EDIT_MUSIC)
    title = None if title is None else clean_line(title, "title", MAX_TITLE)
    await store.update_release(tx.conn, release.id, title, kind)
    return await get_release(tx.conn, viewer, release.id)


async def date_release(tx: Tx, viewer: Viewer, release_id: UUID, day: date | None) -> Release:
    """The day it came out, or comes out; None where its artist says none. Raises ReleaseMissing, NotAllowed."""
    release = await get_release(tx.conn, viewer, release_id)
    await require_can(tx.conn, viewer, release.artist.id, Verb.EDIT_MUSIC)
    await store.set_release_day(tx.conn, release.id, day)
    return await get_release(tx.conn, viewer, release.id)


async def publish_release(tx: Tx, viewer: Viewer, release_id: UUID) -> Release:
    """Publish it with all its tracks that play. Raises ReleaseMissing, NotAllowed, ReleaseEmpty."""
    await store.lock_release(tx.conn, release_id)
    release = await get_release(tx.conn, viewer, release_id)
    await require_can(tx.conn, viewer, release.artist.id, Verb.EDIT_MUSIC)
    if await reports.is_release_taken_down(tx.conn, release.id):
        raise TakenDown
    newly = await tracks.publish_release_tracks(tx.conn, release.id)
    if not newly and release.track_count == 0:
        raise ReleaseEmpty
    await store.publish_release(tx.conn, release.id)
    for track_id in newly:
        await tx.emit(TrackPublished(track_id))
    if release.publication is not Publication.PUBLISHED:
        await tx.emit(ReleasePublished(release.id))
    return await get_release(tx.conn, viewer, release.id)


async def order_release(tx: Tx, viewer: Viewer, release_id: UUID, track_ids: Sequence[UUID]) -> None:
    """Its tracks in the order given, which names each of them once. Raises ReleaseMissing, NotAllowed,
    ReleaseChanged."""
    await store.lock_release(tx.conn, release_id)
    release = await get_release(tx.conn, viewer, release_id)
    await require_can(tx.conn, viewer, release.artist.id, Verb.EDIT_MUSIC)
    if sorted(track_ids) != sorted(await tracks.list_release_track_ids(tx.conn, release.id)):
        raise ReleaseChanged
    await tracks.place_in_order(tx.conn, release.id, track_ids)


async def get_release(conn: Connection, viewer: Viewer, release_id: UUID) -> Release:
    release = await store.find_release(conn, viewer.account_id, release_id)
    if release is None:
        raise ReleaseMissing
    return release


async def list_latest_releases(
    conn: Connection, viewer: Viewer, genre: str | None, page: PageRequest
) -> Page[Release]:
    """All, or those with a track of `genre`. Raises GenreUnknown."""
    if genre is None:
        rows = await store.list_latest_releases(conn, viewer.account_id, page)
    else:
        await require_genre(conn, genre)
        rows = await store.list_genre_releases(conn, viewer.account_id, genre, page)
    return page.page(rows, lambda one: (one.published_at, one.id))


async def list_artist_releases(
    conn: Connection, viewer: Viewer, artist_id: UUID, page: PageRequest
) -> Page[Release]:
    rows = await store.list_artist_releases(conn, viewer.account_id, artist_id, page)
    return page.page(rows, lambda one: (one.id,))

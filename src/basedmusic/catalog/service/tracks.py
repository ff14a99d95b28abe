"""Tracks as people see, edit, publish and delete them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from basedmusic.accounts import SignedInViewer, Verb, Viewer, require_can
from basedmusic.catalog.contracts import (
    MAX_POSITION,
    NewTrack,
    Publication,
    ReleaseFull,
    ReleaseId,
    ReleaseOfAnother,
    TakenDown,
    Track,
    TrackMissing,
    TrackPublished,
    TrackUnpublished,
)
from basedmusic.catalog.rules import MAX_TITLE, decide_publication
from basedmusic.catalog.service.artists import known_genres, require_genre
from basedmusic.catalog.service.releases import get_release
from basedmusic.catalog.store import releases, reports
from basedmusic.catalog.store import tracks as store
from basedmusic.kernel.errors import Conflict
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Connection, Tx


async def add_track(tx: Tx, viewer: Viewer, new: NewTrack) -> Track:
    """An upload that proved to be music becomes a track.

    Raises NotAllowed, ReleaseMissing, ReleaseFull, Invalid.
    """
    await require_can(tx.conn, viewer, new.artist_id, Verb.EDIT_MUSIC)
    if new.release_id is not None:
        await releases.lock_release(tx.conn, new.release_id)
        await _make_room(tx.conn, await _require_same_artist(tx.conn, viewer, new.release_id, new.artist_id))
    new = replace(new, title=clean_line(new.title, "title", MAX_TITLE))
    track_id = await store.insert_track(tx.conn, new)
    if new.publish:
        await tx.emit(TrackPublished(track_id))
    return await get_track(tx.conn, viewer, track_id)


async def edit_track(
    tx: Tx,
    viewer: Viewer,
    track_id: UUID,
    *,
    title: str | None = None,
    genres: Sequence[str] | None = None,
) -> Track:
    """Change what is not None. Raises TrackMissing, NotAllowed, Invalid, GenreUnknown."""
    track = await _hold_own_track(tx, viewer, track_id)
    if title is not None:
        await store.set_title(tx.conn, track.id, clean_line(title, "title", MAX_TITLE))
    if genres is not None:
        await store.replace_track_genres(tx.conn, track.id, await known_genres(tx.conn, genres))
    return await get_track(tx.conn, viewer, track.id)


async def move_track(tx: Tx, viewer: Viewer, track_id: UUID, release_id: UUID | None) -> Track:
    """To the end of a release of the same artist, or off any. Raises ReleaseOfAnother, ReleaseFull, Conflict
    (somebody else moved it meanwhile) and as edit_track."""
    before = await store.find_release_of(tx.conn, track_id)
    # In one order, lest two moves wait for each other.
    for one in sorted({found for found in (before, release_id) if found is not None}):
        await releases.lock_release(tx.conn, one)
    track = await _hold_own_track(tx, viewer, track_id)
    if (track.release.id if track.release else None) != before:
        raise Conflict
    after = None
    if release_id is not None:
        after = await _require_same_artist(tx.conn, viewer, release_id, track.artist.id)
    if before != after:
        if after is not None:
            await _make_room(tx.conn, after)
        await store.place_on_release(tx.conn, track.id, after)
        if before is not None:
            await store.close_gaps(tx.conn, before)
    return await get_track(tx.conn, viewer, track.id)


async def publish_track(tx: Tx, viewer: Viewer, track_id: UUID) -> Track:
    """Everyone may find and hear it from now on. Raises TrackMissing, NotAllowed, TrackNotPlayable, TakenDown."""
    track = await _hold_own_track(tx, viewer, track_id)
    if await reports.is_track_taken_down(tx.conn, track.id):
        raise TakenDown
    publication = decide_publication(track)
    if track.publication is not publication:
        await store.set_publication(tx.conn, track.id, publication)
        await tx.emit(TrackPublished(track.id))
    return await get_track(tx.conn, viewer, track.id)


async def unpublish_track(tx: Tx, viewer: Viewer, track_id: UUID) -> Track:
    """Back to a draft. Raises TrackMissing, NotAllowed."""
    track = await _hold_own_track(tx, viewer, track_id)
    if track.publication is not Publication.DRAFT:
        await store.set_publication(tx.conn, track.id, Publication.DRAFT)
        await tx.emit(TrackUnpublished(track.id))
    return await get_track(tx.conn, viewer, track.id)


async def delete_track(tx: Tx, viewer: Viewer, track_id: UUID) -> None:
    """Out of sight at once; for some days `restore_track` undoes it. Raises TrackMissing, NotAllowed."""
    track = await _hold_own_track(tx, viewer, track_id)
    await store.mark_deleted(tx.conn, track.id)
    if track.publication is Publication.PUBLISHED:
        await tx.emit(TrackUnpublished(track.id))


async def restore_track(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> Track:
    """Undo `delete_track`. Raises TrackMissing where there is nothing of the viewer's to undo, ReleaseFull."""
    release_id = await store.find_release_of(tx.conn, track_id)
    if release_id is not None:
        await releases.lock_release(tx.conn, release_id)
        await _make_room(tx.conn, release_id)
    if not await store.restore_deleted(tx.conn, viewer.account_id, track_id, release_id):
        raise TrackMissing
    track = await get_track(tx.conn, viewer, track_id)
    await require_can(tx.conn, viewer, track.artist.id, Verb.EDIT_MUSIC)
    if track.publication is Publication.PUBLISHED:
        await tx.emit(TrackPublished(track.id))
    return track


async def get_track(conn: Connection, viewer: Viewer, track_id: UUID) -> Track:
    track = await store.find_track(conn, viewer.account_id, track_id)
    if track is None:
        raise TrackMissing
    return track


async def list_tracks_by_id(conn: Connection, viewer: Viewer, ids: Sequence[UUID]) -> list[Track]:
    """Those of them that the viewer may see, in no order."""
    return await store.list_tracks_by_id(conn, viewer.account_id, ids)


async def list_latest_tracks(
    conn: Connection, viewer: Viewer, genre: str | None, page: PageRequest
) -> Page[Track]:
    """All, or those of `genre`. Raises GenreUnknown."""
    if genre is None:
        rows = await store.list_latest_tracks(conn, viewer.account_id, page)
    else:
        await require_genre(conn, genre)
        rows = await store.list_genre_tracks(conn, viewer.account_id, genre, page)
    return page.page(rows, lambda track: (track.published_at, track.id))


async def list_own_tracks(
    conn: Connection,
    viewer: SignedInViewer,
    page: PageRequest,
    *,
    published: bool | None = None,
    artist_id: UUID | None = None,
) -> Page[Track]:
    """Of one artist that the viewer doesn't play in there is nothing, as of one that isn't there."""
    rows = await store.list_own_tracks(
        conn, viewer.account_id, page, published=published, artist_id=artist_id
    )
    return page.page(rows, lambda track: (track.id,))


async def list_artist_tracks(
    conn: Connection, viewer: Viewer, artist_id: UUID, page: PageRequest
) -> Page[Track]:
    rows = await store.list_artist_tracks(conn, viewer.account_id, artist_id, page)
    return page.page(rows, lambda track: (track.id,))


async def list_release_tracks(
    conn: Connection, viewer: Viewer, release_id: UUID, page: PageRequest
) -> Page[Track]:
    rows = await store.list_release_tracks(conn, viewer.account_id, release_id, page)
    return page.page(rows, lambda track: (track.position,))


async def _hold_own_track(tx: Tx, viewer: Viewer, track_id: UUID) -> Track:
    """The track, locked, for a viewer who may change it."""
    await store.lock_track(tx.conn, track_id)
    track = await get_track(tx.conn, viewer, track_id)
    await require_can(tx.conn, viewer, track.artist.id, Verb.EDIT_MUSIC)
    return track


async def _make_room(conn: Connection, release_id: ReleaseId) -> None:
    """One more fits at the end. The caller holds the release's row. Raises ReleaseFull."""
    if await store.last_position(conn, release_id) < MAX_POSITION:
        return
    await store.close_gaps(conn, release_id)  # deleted tracks leave some, kept open for undo
    if await store.last_position(conn, release_id) >= MAX_POSITION:
        raise ReleaseFull


async def _require_same_artist(
    conn: Connection, viewer: Viewer, release_id: UUID, artist_id: UUID
) -> ReleaseId:
    release = await get_release(conn, viewer, release_id)
    if release.artist.id != artist_id:
        raise ReleaseOfAnother(field="release_id")
    return release.id

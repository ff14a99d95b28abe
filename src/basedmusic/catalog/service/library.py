"""A viewer's library: the tracks and releases they saved, last saved first.

Only what the viewer may see can be kept. What is withdrawn later is no longer listed, and is again once it is
back. Taking something out needs no permission, lest one tell from a refusal what there is.
"""

from uuid import UUID

from basedmusic.accounts import (
    HiddenKind,
    SavedKind,
    SignedInViewer,
    hide,
    hold_library,
    save,
    unhide,
    unsave,
)
from basedmusic.catalog.contracts import Release, Track
from basedmusic.catalog.service.releases import get_release
from basedmusic.catalog.service.tracks import get_track
from basedmusic.catalog.store import releases, tracks
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def save_track(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> None:
    """Raises TrackMissing, LibraryFull."""
    await hold_library(tx, viewer.account_id)
    track = await get_track(tx.conn, viewer, track_id)
    await save(tx, viewer.account_id, SavedKind.TRACK, track.id)


async def unsave_track(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> None:
    await unsave(tx, viewer.account_id, SavedKind.TRACK, track_id)


async def list_saved_tracks(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Track]:
    rows = await tracks.list_saved_tracks(conn, viewer.account_id, page)
    return page.page(rows, lambda track: (track.saved_at, track.id))


async def save_release(tx: Tx, viewer: SignedInViewer, release_id: UUID) -> None:
    """Raises ReleaseMissing, LibraryFull."""
    await hold_library(tx, viewer.account_id)
    release = await get_release(tx.conn, viewer, release_id)
    await save(tx, viewer.account_id, SavedKind.RELEASE, release.id)


async def unsave_release(tx: Tx, viewer: SignedInViewer, release_id: UUID) -> None:
    await unsave(tx, viewer.account_id, SavedKind.RELEASE, release_id)


async def list_saved_releases(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Release]:
    rows = await releases.list_saved_releases(conn, viewer.account_id, page)
    return page.page(rows, lambda release: (release.saved_at, release.id))


async def hide_track(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> None:
    """Out of the viewer's own lists until `unhide_track`. Raises TrackMissing, TooManyAvoided."""
    track = await get_track(tx.conn, viewer, track_id)
    await hide(tx, viewer, HiddenKind.TRACK, track.id)


async def unhide_track(tx: Tx, viewer: SignedInViewer, track_id: UUID) -> None:
    await unhide(tx, viewer, HiddenKind.TRACK, track_id)


async def list_hidden_tracks(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Track]:
    """Those the viewer hid and may see, the newest track first."""
    rows = await tracks.list_hidden_tracks(conn, viewer.account_id, page)
    return page.page(rows, lambda track: (track.id,))


async def hide_release(tx: Tx, viewer: SignedInViewer, release_id: UUID) -> None:
    """With the tracks on it. Raises ReleaseMissing, TooManyAvoided."""
    release = await get_release(tx.conn, viewer, release_id)
    await hide(tx, viewer, HiddenKind.RELEASE, release.id)


async def unhide_release(tx: Tx, viewer: SignedInViewer, release_id: UUID) -> None:
    await unhide(tx, viewer, HiddenKind.RELEASE, release_id)


async def list_hidden_releases(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Release]:
    """As `list_hidden_tracks`."""
    rows = await releases.list_hidden_releases(conn, viewer.account_id, page)
    return page.page(rows, lambda release: (release.id,))

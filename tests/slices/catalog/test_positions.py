"""Where tracks lie on their release: dense after a move, open for undo after a deletion, and never used up."""

from uuid import UUID

import pytest
from tests.support.factories import make_artist, make_track, make_viewer

from basedmusic.accounts import SignedInViewer
from basedmusic.catalog import Artist, Release, Track, create_release, list_release_tracks
from basedmusic.catalog.contracts import (
    MAX_POSITION,
    ReleaseChanged,
    ReleaseFull,
    ReleaseKind,
    ReleaseMissing,
)
from basedmusic.catalog.service import delete_track, move_track, order_release, restore_track
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio


class Shelf:
    """One release of three tracks, and whose it is."""

    def __init__(
        self, tx: Tx, viewer: SignedInViewer, artist: Artist, release: Release, tracks: list[Track]
    ) -> None:
        self.tx, self.viewer, self.artist, self.release, self.tracks = tx, viewer, artist, release, tracks

    async def shown(self, release_id: UUID | None = None) -> list[tuple[str, int | None]]:
        where = release_id or self.release.id
        page = await list_release_tracks(self.tx.conn, self.viewer, where, PageRequest(100))
        return [(track.title, track.position) for track in page.items]


@pytest.fixture
async def shelf(database: Database):
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        artist = await make_artist(tx, viewer)
        release = await create_release(tx, viewer, artist.id, title="Ebb", kind=ReleaseKind.EP)
        tracks = [await make_track(tx, viewer, artist, title, release_id=release.id) for title in "abc"]
        yield Shelf(tx, viewer, artist, release, tracks)


async def test_a_track_that_leaves_takes_its_place_along(shelf: Shelf):
    await move_track(shelf.tx, shelf.viewer, shelf.tracks[0].id, None)
    assert await shelf.shown() == [("b", 1), ("c", 2)]
    other = await create_release(
        shelf.tx, shelf.viewer, shelf.artist.id, title="Flood", kind=ReleaseKind.SINGLE
    )
    await move_track(shelf.tx, shelf.viewer, shelf.tracks[1].id, other.id)
    assert await shelf.shown() == [("c", 1)]
    assert await shelf.shown(other.id) == [("b", 1)]


async def test_a_release_is_put_in_order(shelf: Shelf):
    a, b, c = (track.id for track in shelf.tracks)
    await order_release(shelf.tx, shelf.viewer, shelf.release.id, [c, a, b])
    assert await shelf.shown() == [("c", 1), ("a", 2), ("b", 3)]
    for other in ([c, a], [c, a, b, b], [c, a, a], []):
        with pytest.raises(ReleaseChanged):
            await order_release(shelf.tx, shelf.viewer, shelf.release.id, other)
    with pytest.raises(ReleaseMissing):
        await order_release(shelf.tx, await make_viewer(shelf.tx), shelf.release.id, [a, b, c])
    assert await shelf.shown() == [("c", 1), ("a", 2), ("b", 3)]


async def test_order_and_undo_of_a_deletion_agree(shelf: Shelf):
    a, b, c = (track.id for track in shelf.tracks)
    await delete_track(shelf.tx, shelf.viewer, a)
    await order_release(shelf.tx, shelf.viewer, shelf.release.id, [c, b])
    await restore_track(shelf.tx, shelf.viewer, a)
    assert await shelf.shown() == [("c", 1), ("b", 2), ("a", 3)]


async def test_moving_off_and_on_for_ever_uses_nothing_up(shelf: Shelf):
    for _ in range(20):
        for track in shelf.tracks:
            await move_track(shelf.tx, shelf.viewer, track.id, None)
            await move_track(shelf.tx, shelf.viewer, track.id, shelf.release.id)
    assert await shelf.shown() == [("a", 1), ("b", 2), ("c", 3)]


async def test_a_deleted_track_comes_back_to_its_place(shelf: Shelf):
    await delete_track(shelf.tx, shelf.viewer, shelf.tracks[1].id)
    assert await shelf.shown() == [("a", 1), ("c", 3)]
    await restore_track(shelf.tx, shelf.viewer, shelf.tracks[1].id)
    assert await shelf.shown() == [("a", 1), ("b", 2), ("c", 3)]


async def test_the_last_place_is_made_free_where_there_are_gaps(shelf: Shelf):
    await shelf.tx.conn.execute(
        "UPDATE catalog.track SET position = $2 WHERE id = $1", shelf.tracks[2].id, MAX_POSITION
    )
    await make_track(shelf.tx, shelf.viewer, shelf.artist, "d", release_id=shelf.release.id)
    assert await shelf.shown() == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]


async def test_a_full_release_is_refused_by_name(shelf: Shelf):
    await shelf.tx.conn.execute(
        """INSERT INTO catalog.track (artist_id, release_id, position, title, media_status)
           SELECT $1, $2, n, 'filler', 'processing' FROM generate_series(4, 999) n""",
        shelf.artist.id,
        shelf.release.id,
    )
    loose = await make_track(shelf.tx, shelf.viewer, shelf.artist, "loose")
    with pytest.raises(ReleaseFull):
        await move_track(shelf.tx, shelf.viewer, loose.id, shelf.release.id)
    with pytest.raises(ReleaseFull):
        await make_track(shelf.tx, shelf.viewer, shelf.artist, "late", release_id=shelf.release.id)

"""What people keep: saved tracks and releases, followed artists."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer

from basedmusic.accounts import SignedInViewer, follow, unfollow
from basedmusic.catalog import (
    TrackMissing,
    create_release,
    get_artist,
    get_release,
    get_track,
    publish_release,
    publish_track,
    purge_deleted_tracks,
)
from basedmusic.catalog.contracts import ReleaseKind, ReleaseMissing
from basedmusic.catalog.service import (
    delete_track,
    list_artists,
    list_latest_releases,
    list_latest_tracks,
    list_saved_releases,
    list_saved_tracks,
    restore_track,
    save_release,
    save_track,
    unpublish_track,
    unsave_release,
    unsave_track,
)
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Database, Tx

pytestmark = pytest.mark.anyio
FIRST = PageRequest(100)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as open_tx:
        yield open_tx


async def saved(conn: Connection, viewer: SignedInViewer) -> list[str]:
    return [track.title for track in (await list_saved_tracks(conn, viewer, FIRST)).items]


async def test_saved_tracks_come_last_saved_first_and_know_it_everywhere(tx: Tx):
    band, fan, other = [await make_viewer(tx) for _ in range(3)]
    artist = await make_artist(tx, band)
    first, second, third = [
        await make_track(tx, band, artist, title, publish=True) for title in ("first", "second", "third")
    ]
    for track in (second, first, third, second):  # the second time changes nothing
        await save_track(tx, fan, track.id)
    assert await saved(tx.conn, fan) == ["third", "first", "second"]
    assert await saved(tx.conn, other) == []
    await unsave_track(tx, fan, first.id)
    await unsave_track(tx, fan, first.id)
    assert await saved(tx.conn, fan) == ["third", "second"]
    for viewer, expected in ((fan, {"second", "third"}), (other, set[str]()), (NOBODY, set[str]())):
        listed = (await list_latest_tracks(tx.conn, viewer, None, FIRST)).items
        assert {track.title for track in listed if track.saved_at} == expected
        assert {track.title for track in listed} == {"first", "second", "third"}
        assert bool((await get_track(tx.conn, viewer, second.id)).saved_at) == bool(expected)


async def test_a_withdrawn_track_leaves_libraries_and_comes_back_to_its_place(tx: Tx):
    band, fan = await make_viewer(tx), await make_viewer(tx)
    artist = await make_artist(tx, band)
    old, track, new = [
        await make_track(tx, band, artist, name, publish=True) for name in ("old", "it", "new")
    ]
    for one in (old, track, new):
        await save_track(tx, fan, one.id)
    undo: list[tuple[Callable[[Tx, SignedInViewer, UUID], Awaitable[Any]], ...]] = [
        (unpublish_track, publish_track),
        (delete_track, restore_track),
    ]
    for withdraw, put_back in undo:
        await withdraw(tx, band, track.id)
        assert await saved(tx.conn, fan) == ["new", "old"]
        with pytest.raises(TrackMissing):
            await save_track(tx, fan, track.id)
        await put_back(tx, band, track.id)
        assert await saved(tx.conn, fan) == ["new", "it", "old"]


async def test_a_purged_track_leaves_nothing_in_libraries(tx: Tx):
    band, fan = await make_viewer(tx), await make_viewer(tx)
    artist = await make_artist(tx, band)
    gone, stays = [await make_track(tx, band, artist, name, publish=True) for name in ("gone", "stays")]
    for one in (gone, stays):
        await save_track(tx, fan, one.id)
    await delete_track(tx, band, gone.id)
    await tx.conn.execute(
        "UPDATE catalog.track SET deleted_at = now() - interval '8 days' WHERE id = $1", gone.id
    )
    assert await purge_deleted_tracks(tx) == 1
    rows = await tx.conn.fetch("SELECT subject_id FROM accounts.saved")
    assert [row["subject_id"] for row in rows] == [stays.id]


async def test_only_what_one_may_see_can_be_kept(tx: Tx):
    band, fan = await make_viewer(tx), await make_viewer(tx)
    artist = await make_artist(tx, band)
    draft = await make_track(tx, band, artist, "draft")
    release = await create_release(tx, band, artist.id, title="Ebb", kind=ReleaseKind.EP)
    for hidden in (draft.id, uuid4()):
        with pytest.raises(TrackMissing):
            await save_track(tx, fan, hidden)
    for hidden in (release.id, uuid4()):
        with pytest.raises(ReleaseMissing):
            await save_release(tx, fan, hidden)
    await save_track(tx, band, draft.id)  # its own member may
    assert await saved(tx.conn, band) == ["draft"]


async def test_saved_releases(tx: Tx):
    band, fan = await make_viewer(tx), await make_viewer(tx)
    artist = await make_artist(tx, band)
    out: list[UUID] = []
    for title in ("Ebb", "Flow"):
        release = await create_release(tx, band, artist.id, title=title, kind=ReleaseKind.EP)
        await make_track(tx, band, artist, release_id=release.id)
        await publish_release(tx, band, release.id)
        await save_release(tx, fan, release.id)
        out.append(release.id)
    assert [one.id for one in (await list_saved_releases(tx.conn, fan, FIRST)).items] == out[::-1]
    assert not (await list_saved_releases(tx.conn, band, FIRST)).items
    assert all(one.saved_at for one in (await list_latest_releases(tx.conn, fan, None, FIRST)).items)
    assert not any(one.saved_at for one in (await list_latest_releases(tx.conn, NOBODY, None, FIRST)).items)
    await unsave_release(tx, fan, out[1])
    assert (await get_release(tx.conn, fan, out[1])).saved_at is None
    assert [one.id for one in (await list_saved_releases(tx.conn, fan, FIRST)).items] == [out[0]]


async def test_artists_are_marked_as_followed_wherever_they_stand(tx: Tx):
    band, fan = await make_viewer(tx), await make_viewer(tx)
    ebb, flow = await make_artist(tx, band, "Ebb"), await make_artist(tx, band, "Flow")
    for artist in (flow, ebb, flow):
        await follow(tx, fan, artist.id)
    assert all(one.followed_at for one in (await list_artists(tx.conn, fan, None, FIRST)).items)
    await unfollow(tx, fan, ebb.id)
    assert (await get_artist(tx.conn, fan, ebb.id)).followed_at is None
    assert (await get_artist(tx.conn, fan, flow.slug)).followed_at is not None
    assert (await get_artist(tx.conn, band, flow.id)).followed_at is None


CHANGES = {"save": save_track, "unsave": unsave_track}


async def test_paging_a_library_that_changes_neither_skips_nor_repeats_what_stayed(database: Database):
    async with database.transaction() as tx:
        band, fan = await make_viewer(tx), await make_viewer(tx)
        artist = await make_artist(tx, band)
        tracks = [await make_track(tx, band, artist, f"t{number}", publish=True) for number in range(10)]
    loop = asyncio.get_running_loop()
    changes = st.tuples(st.sampled_from(["save", "unsave", "withdraw"]), st.integers(0, 9))

    @settings(max_examples=40, deadline=None)
    @given(st.sets(st.integers(0, 9)), st.integers(1, 4), st.lists(st.lists(changes, max_size=3), max_size=5))
    def hold(kept: set[int], limit: int, between: list[list[tuple[str, int]]]) -> None:
        asyncio.run_coroutine_threadsafe(_page_while(kept, limit, between), loop).result()

    async def _page_while(kept: set[int], limit: int, between: list[list[tuple[str, int]]]) -> None:
        async with database.transaction() as tx:
            await tx.conn.execute("DELETE FROM accounts.saved")
            await tx.conn.execute(
                "UPDATE catalog.track SET publication = 'published', published_at = created_at"
            )
        for number in sorted(kept):
            async with database.transaction() as tx:
                await save_track(tx, fan, tracks[number].id)
        seen: list[UUID] = []
        touched: set[int] = set()
        token, waiting = None, iter(between)
        while True:
            request = PageRequest.parse(limit, token, parse_instant, UUID)
            async with database.connection() as conn:
                page = await list_saved_tracks(conn, fan, request)
            seen += [track.id for track in page.items]
            token = page.next
            if token is None:
                break
            for change, number in next(waiting, []):
                touched.add(number)
                async with database.transaction() as tx:
                    await _change(tx, change, tracks[number].id)
        stayed = [tracks[number].id for number in sorted(kept - touched, reverse=True)]
        touched_ids = {tracks[number].id for number in touched}
        assert [one for one in seen if one not in touched_ids] == stayed

    async def _change(tx: Tx, change: str, track_id: UUID) -> None:
        if change == "withdraw":
            await unpublish_track(tx, band, track_id)
            return
        try:
            await CHANGES[change](tx, fan, track_id)
        except TrackMissing:
            pass  # withdrawn before

    await asyncio.to_thread(hold)

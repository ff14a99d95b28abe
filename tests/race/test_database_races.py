"""Races in the database. Each is first shown with its guard off, or the test would prove nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import asyncpg
import pytest
from starlette.responses import Response
from tests.support.factories import make_artist, make_source, make_track, make_viewer
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import SavedKind, SignedInViewer, save
from basedmusic.accounts.contracts import LibraryFull
from basedmusic.catalog import (
    NewTrack,
    Track,
    TrackMissing,
    TrackPublished,
    TrackPurged,
    add_track,
    create_release,
    get_artist,
    publish_track,
    purge_deleted_tracks,
    record_step_done,
    record_tags,
)
from basedmusic.catalog.contracts import ReleaseKind, TrackUnpublished
from basedmusic.catalog.service import (
    delete_track,
    list_latest_tracks,
    move_track,
    restore_track,
    save_track,
    unpublish_track,
)
from basedmusic.ingest import store as ingest_store
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.http.idempotency import IdempotencyKey, json_answer

pytestmark = pytest.mark.anyio

GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
TRACK_LOCK = {"SELECT FROM catalog.track WHERE id = $1 FOR UPDATE": "SELECT FROM catalog.track WHERE id = $1"}


@pytest.fixture
async def facts(database: Database) -> FactRegistry:
    """Somebody who wants to know of everything, so that each fact is a job that can be counted."""

    async def hear(_: object) -> None: ...

    for fact in (TrackPublished, TrackUnpublished, TrackPurged):
        database.facts.subscribe(fact, "test", hear)
    return database.facts


@pytest.fixture
async def scene(database: Database, facts: FactRegistry) -> tuple[SignedInViewer, Track]:
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        return viewer, await make_track(tx, viewer, await make_artist(tx, viewer))


async def race(
    database: Database, *verbs: Callable[[Tx], Awaitable[object]], **unguarded: object
) -> list[object]:
    """All at once, each in a transaction of its own; results and errors."""

    async def run(verb: Callable[[Tx], Awaitable[object]]) -> object:
        async with database.transaction() as tx:
            return await verb(on(tx, Unguarded(tx.conn, **unguarded)))  # type: ignore[arg-type]

    return await asyncio.gather(*map(run, verbs), return_exceptions=True)


async def count_jobs(database: Database, name: str) -> int:
    async with database.connection() as conn:
        (row,) = await conn.fetch("SELECT count(*) FROM jobs.pgqueuer WHERE entrypoint = $1", name)
    return row["count"]


@GUARDED
async def test_two_presses_on_publish_are_one_publication(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    viewer, track = scene
    outcomes = await race(
        database,
        *[lambda tx: publish_track(tx, viewer, track.id)] * 2,
        without={} if guarded else TRACK_LOCK,
        meet_before="SET publication",
        rendezvous=Rendezvous(2),
    )
    assert all(isinstance(one, Track) for one in outcomes), outcomes
    assert await count_jobs(database, "test:TrackPublished") == (1 if guarded else 2)


@GUARDED
async def test_publish_and_unpublish_at_once_tell_of_what_is_so_in_the_end(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    """Unguarded, both decide from the draft they saw: the fact says published, or nothing is said at all."""
    viewer, track = scene
    async with database.transaction() as tx:
        await publish_track(tx, viewer, track.id)
    outcomes = await race(
        database,
        lambda tx: unpublish_track(tx, viewer, track.id),
        lambda tx: unpublish_track(tx, viewer, track.id),
        without={} if guarded else TRACK_LOCK,
        meet_before="SET publication",
        rendezvous=Rendezvous(2),
    )
    assert all(isinstance(one, Track) for one in outcomes), outcomes
    assert await count_jobs(database, "test:TrackUnpublished") == (1 if guarded else 2)


@GUARDED
async def test_two_requests_with_one_key_have_one_effect(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    viewer, track = scene
    key = IdempotencyKey(str(uuid4()), "POST /api/v1/tracks")
    meeting = Rendezvous(2)

    async def upload(tx: Tx) -> Response:
        async def effect() -> Response:
            await meeting.meet()
            new = NewTrack(track.artist.id, "Once", make_source())
            return json_answer(201, {"id": str((await add_track(tx, viewer, new)).id)})

        return await key.run(tx, str(viewer.account_id), b"the same", effect)

    lock = {"SELECT pg_advisory_xact_lock($1)": "SELECT $1::bigint"}
    answers = await race(database, upload, upload, without={} if guarded else lock)
    bodies = {bytes(one.body) for one in answers if isinstance(one, Response)}
    async with database.connection() as conn:
        made = await conn.fetchval("SELECT count(*) FROM catalog.track WHERE title = 'Once'")
    assert (made, len(bodies)) == ((1, 1) if guarded else (2, 2))


@GUARDED
async def test_a_step_that_two_workers_finish_is_written_once(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    """The second came to life again after its job had been given to the first."""
    _, track = scene
    written: list[str] = []
    async with database.transaction() as tx:
        await ingest_store.insert_steps(tx.conn, track.id, ["peaks"])
        assert await ingest_store.start_step(tx.conn, track.id, "peaks") == 1
        assert await ingest_store.start_step(tx.conn, track.id, "peaks") == 2

    async def finish(tx: Tx) -> None:
        if await ingest_store.finish_step(tx.conn, track.id, "peaks"):
            written.append("peaks")
            await record_step_done(tx, track.id, "peaks")

    guard = {"AND status <> 'done'": "", "AND NOT ($2 = ANY (steps_done))": ""}
    outcomes = await race(database, finish, finish, without={} if guarded else guard)
    assert outcomes == [None, None]
    async with database.connection() as conn:
        done = await conn.fetchval("SELECT steps_done FROM catalog.track WHERE id = $1", track.id)
    assert (len(written), done) == ((1, ["peaks"]) if guarded else (2, ["peaks", "peaks"]))


@GUARDED
async def test_a_track_restored_while_it_is_purged_keeps_its_sound_or_was_too_late(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    """Unguarded, the purge takes what its owner has just been told is back."""
    viewer, track = scene
    async with database.transaction() as tx:
        await delete_track(tx, viewer, track.id)
    restored = asyncio.Event()

    async def restore(tx: Tx) -> Track:
        back = await restore_track(tx, viewer, track.id)
        restored.set()
        await asyncio.sleep(0.3)  # not committed yet when the purge looks
        return back

    async def purge(tx: Tx) -> int:
        await restored.wait()
        return await purge_deleted_tracks(tx, keep_days=0)

    guard = {"FOR UPDATE SKIP LOCKED": ""}
    back, purged = await race(database, restore, purge, without={} if guarded else guard)
    assert isinstance(back, Track)
    async with database.connection() as conn:
        there = await conn.fetchval("SELECT count(*) FROM catalog.track WHERE id = $1", track.id)
    assert (purged, there) == ((0, 1) if guarded else (1, 0))


async def test_a_track_purged_first_can_not_be_restored(
    database: Database, scene: tuple[SignedInViewer, Track]
):
    viewer, track = scene
    async with database.transaction() as tx:
        await delete_track(tx, viewer, track.id)
    async with database.transaction() as tx:
        assert await purge_deleted_tracks(tx, keep_days=0) == 1
    async with database.transaction() as tx:
        with pytest.raises(TrackMissing):
            await restore_track(tx, viewer, track.id)
    assert await count_jobs(database, "test:TrackPurged") == 1


async def test_what_may_still_be_playing_is_not_purged(
    database: Database, scene: tuple[SignedInViewer, Track]
):
    """Segments in the making when their track is purged would stay behind; but links last twelve hours, and
    a withdrawn track is silent after ten seconds, long before the days are over that undo lasts."""
    viewer, track = scene
    async with database.transaction() as tx:
        await delete_track(tx, viewer, track.id)
        assert await purge_deleted_tracks(tx) == 0
        await tx.conn.execute("UPDATE catalog.track SET deleted_at = now() - interval '6 days 23 hours'")
        assert await purge_deleted_tracks(tx) == 0
        await tx.conn.execute("UPDATE catalog.track SET deleted_at = now() - interval '7 days 1 second'")
        assert await purge_deleted_tracks(tx) == 1


@GUARDED
async def test_a_track_restored_while_another_takes_its_place_comes_last(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    """Unguarded, both are given the same place, and the second is refused by the index."""
    viewer, other = scene
    async with database.transaction() as tx:
        release = await create_release(tx, viewer, other.artist.id, title="Ebb", kind=ReleaseKind.EP)
        artist = await get_artist(tx.conn, viewer, other.artist.id)
        first = await make_track(tx, viewer, artist, "first", release_id=release.id)
        await delete_track(tx, viewer, first.id)
    moved = asyncio.Event()

    async def move(tx: Tx) -> Track:
        there = await move_track(tx, viewer, other.id, release.id)
        moved.set()
        await asyncio.sleep(0.3)  # not committed yet when the other looks for a place
        return there

    async def restore(tx: Tx) -> Track:
        await moved.wait()
        return await restore_track(tx, viewer, first.id)

    lock = {"SELECT FROM catalog.release WHERE id = $1 FOR UPDATE": "SELECT $1::uuid"}
    outcomes = await race(database, move, restore, without={} if guarded else lock)
    if guarded:
        assert [one.position for one in outcomes if isinstance(one, Track)] == [1, 2], outcomes
    else:
        assert isinstance(outcomes[1], asyncpg.UniqueViolationError), outcomes


async def count(database: Database, table: str) -> int:
    async with database.connection() as conn:
        return await conn.fetchval(f"SELECT count(*) FROM {table}") or 0


@GUARDED
async def test_two_saves_at_once_are_one_row(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    viewer, track = scene
    if not guarded:
        async with database.connection() as conn:
            await conn.execute("ALTER TABLE accounts.saved DROP CONSTRAINT saved_pkey")
    outcomes = await race(
        database,
        *[lambda tx: save_track(tx, viewer, track.id)] * 2,
        meet_before="INSERT INTO accounts.saved",
        rendezvous=Rendezvous(2),
    )
    assert outcomes == [None, None]
    assert await count(database, "accounts.saved") == (1 if guarded else 2)


@GUARDED
async def test_two_saves_at_once_do_not_overfill_a_library(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    viewer, _ = scene
    account = viewer.account_id
    assert account is not None
    lock = {"WHERE id = $1 FOR NO KEY UPDATE": "WHERE id = $1"}
    counted = Rendezvous(2) if guarded else Rendezvous(2, patience_s=20)  # which nothing holds back

    async def keep(tx: Tx) -> None:
        await save(tx, account, SavedKind.TRACK, uuid4(), most=1)
        await counted.meet()

    outcomes = await race(database, keep, keep, without={} if guarded else lock)
    assert sum(isinstance(one, LibraryFull) for one in outcomes) == (1 if guarded else 0), outcomes
    assert await count(database, "accounts.saved") == (1 if guarded else 2)


@GUARDED
async def test_a_genre_added_while_its_track_is_published_is_listed(
    database: Database, scene: tuple[SignedInViewer, Track], guarded: bool
):
    """The file's tags arrive on a worker while its owner presses publish. Unguarded, the genre is written from
    the draft, after the publication has looked for genres to list."""
    viewer, track = scene
    if not guarded:
        async with database.connection() as conn:
            source = await conn.fetchval("SELECT pg_get_functiondef('catalog.list_new_genre'::regproc)")
            await conn.execute(str(source).replace("FOR NO KEY UPDATE", ""))
    published = asyncio.Event()

    async def publish(tx: Tx) -> None:
        await publish_track(tx, viewer, track.id)
        published.set()
        await asyncio.sleep(0.3)  # not committed yet when the genre comes

    async def tag(tx: Tx) -> None:
        await published.wait()
        await record_tags(tx, track.id, title_before=None, title=None, genres=["jazz"])

    assert await race(database, publish, tag) == [None, None]
    async with database.connection() as conn:
        page = await list_latest_tracks(conn, viewer, "jazz", PageRequest())
    assert [one.id for one in page.items] == ([track.id] if guarded else [])

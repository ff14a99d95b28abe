"""A block, and what the blocked one does in that very moment. Each is first shown with its guard off."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from tests.support.factories import make_artist, make_track, make_viewer
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import SignedInViewer, follow
from basedmusic.accounts.service import safety
from basedmusic.catalog import service as catalog
from basedmusic.catalog.contracts import TrackMissing
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio
GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
LOCKS = {"FOR NO KEY UPDATE": ""}


async def race(
    database: Database,
    guarded: bool,
    block: Callable[[Tx], Awaitable[object]],
    other: Callable[[Tx], Awaitable[object]],
    before: str,
) -> list[object]:
    """`block` is done but not committed while `other` has come as far as the statement named."""
    # Without the guard nothing holds anybody back, so both come, however busy the machine is.
    rendezvous = Rendezvous(2, 0.4 if guarded else 10)

    async def blocking() -> None:
        async with database.transaction() as tx:
            await block(tx)
            await rendezvous.meet()

    async def doing() -> object:
        async with database.transaction() as tx:
            without = {} if guarded else LOCKS
            return await other(on(tx, Unguarded(tx.conn, without, meet_before=before, rendezvous=rendezvous)))

    return list(await asyncio.gather(blocking(), doing(), return_exceptions=True))


@GUARDED
async def test_a_follow_in_the_moment_of_a_block_does_not_outlive_it(database: Database, guarded: bool):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        artist = await make_artist(tx, mara)
    outcomes = await race(
        database,
        guarded,
        lambda tx: safety.block(tx, mara, ivo.account_id),
        lambda tx: follow(tx, ivo, artist.id),
        "INSERT INTO accounts.follow",
    )
    assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, NotFound)] == []
    left = await database.pool.fetchval("SELECT count(*) FROM accounts.follow")
    assert left == (0 if guarded else 1), outcomes


@GUARDED
async def test_a_save_that_comes_after_a_block_is_refused(database: Database, guarded: bool):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        track = await make_track(tx, mara, await make_artist(tx, mara), publish=True)
    _, saved = await race(
        database,
        guarded,
        lambda tx: safety.block(tx, mara, ivo.account_id),
        lambda tx: catalog.save_track(tx, ivo, track.id),
        "INSERT INTO accounts.saved",
    )
    kept = await database.pool.fetchval("SELECT count(*) FROM accounts.saved")
    assert (isinstance(saved, TrackMissing), kept) == ((True, 0) if guarded else (False, 1))
    async with database.connection() as conn:  # either way nothing of it is seen
        page = await catalog.list_saved_tracks(conn, ivo, PageRequest())
    assert list(page.items) == []


async def test_two_who_block_each_other_at_once_do_not_wait_for_ever(database: Database):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
    rendezvous = Rendezvous(2)

    async def block(one: SignedInViewer, other: SignedInViewer) -> None:
        async with database.transaction() as tx:
            conn = Unguarded(tx.conn, meet_before="SELECT FROM accounts.account", rendezvous=rendezvous)
            await safety.block(on(tx, conn), one, other.account_id)

    await asyncio.gather(block(mara, ivo), block(ivo, mara))
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.block") == 2

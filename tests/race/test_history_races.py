"""Histories under races: nothing is written once a pause was answered, and one play of many reports counts once."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.support.factories import make_viewer
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import Play, pause_history, record_heard
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COUNT = "SELECT count(*) FROM accounts.heard"
UNLOCKED = {
    "SELECT FROM accounts.account WHERE id = $1 FOR NO KEY UPDATE": "SELECT FROM accounts.account WHERE id = $1"
}


@pytest.fixture
async def mara(database: Database) -> AccountId:
    async with database.transaction() as tx:
        return (await make_viewer(tx)).account_id


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_once_a_pause_is_answered_nothing_more_is_written(
    database: Database, mara: AccountId, guarded: bool
):
    meeting = Rendezvous(2)

    async def report() -> None:
        async with database.transaction() as tx:
            conn = Unguarded(
                tx.conn,
                without={} if guarded else UNLOCKED,
                meet_before="INSERT INTO accounts.heard ",
                rendezvous=meeting,
            )
            await record_heard(on(tx, conn), mara, [Play(uuid4(), uuid4(), NOW)], NOW)

    async def pause() -> int:
        await asyncio.sleep(0.05)  # the report has looked by now, and found no pause
        async with database.transaction() as tx:
            await pause_history(tx, mara, NOW)
        answered = await database.pool.fetchval(COUNT)
        await meeting.meet()
        return answered

    _, answered = await asyncio.gather(report(), pause())
    written_after = await database.pool.fetchval(COUNT) - answered
    assert written_after == (0 if guarded else 1)


async def test_of_five_reports_of_one_play_at_once_one_counts(database: Database, mara: AccountId):
    play = Play(uuid4(), uuid4(), NOW)

    async def report() -> int:
        async with database.transaction() as tx:
            return await record_heard(tx, mara, [play], NOW)

    assert sorted(await asyncio.gather(*(report() for _ in range(5)))) == [0, 0, 0, 0, 1]
    assert await database.pool.fetchval(COUNT) == 1

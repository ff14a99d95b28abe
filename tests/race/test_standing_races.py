"""Two at once, where one more goes. First shown with the account's lock off."""

import asyncio
from datetime import UTC, datetime

import pytest
from tests.support.people import sign_up
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts.contracts import LimitReached
from basedmusic.accounts.rules.standing import LIMITS, Limited, Standing
from basedmusic.accounts.service import take_room
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LOCK = "SELECT FROM accounts.account WHERE id = $1 FOR NO KEY UPDATE"


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_of_two_uploads_at_once_the_last_that_goes_is_one(database: Database, guarded: bool):
    mara = await sign_up(database)
    most = LIMITS[Limited.UPLOADS][Standing.NEW].most
    async with database.transaction() as tx:
        for _ in range(most - 1):
            await take_room(tx, mara.id, Limited.UPLOADS, NOW)
    rendezvous = Rendezvous(2)
    without = {} if guarded else {LOCK: LOCK.removesuffix(" FOR NO KEY UPDATE")}

    async def upload() -> None:
        async with database.transaction() as tx:
            conn = Unguarded(
                tx.conn, without, meet_before="INSERT INTO accounts.counted", rendezvous=rendezvous
            )
            await take_room(on(tx, conn), mara.id, Limited.UPLOADS, NOW)

    outcomes = await asyncio.gather(upload(), upload(), return_exceptions=True)
    counted = await database.pool.fetchval("SELECT count(*) FROM accounts.counted")
    if guarded:
        assert sum(isinstance(one, LimitReached) for one in outcomes) == 1, outcomes
        assert counted == most
    else:
        assert outcomes == [None, None] and counted == most + 1

"""What a process bounds: open streams, probes of one account, the wait of a hint."""

import asyncio
from uuid import uuid4

import pytest

from basedmusic.app.worker import sweep
from basedmusic.ingest import Turns
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.bus import PostgresBus
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.realtime.listeners import Listeners, TooManyListeners

pytestmark = pytest.mark.anyio


async def test_listeners_are_counted_by_address_and_in_all_while_they_listen():
    listeners = Listeners(by_address=1, in_all=2)
    with listeners.admit("a"), listeners.admit("b"):
        for address in ("a", "c"):
            with pytest.raises(TooManyListeners) as refused, listeners.admit(address):
                pass
            assert refused.value.extra["retry_after_s"] == 30
    with listeners.admit("a"):
        pass


async def test_who_has_many_files_waits_for_their_own_and_nobody_else_does():
    turns, mine, yours = Turns(1), AccountId(uuid4()), AccountId(uuid4())
    async with turns.turn(mine):
        async with asyncio.timeout(1), turns.turn(yours):
            pass
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02), turns.turn(mine):
                pass
    async with asyncio.timeout(1), turns.turn(mine):
        pass


async def test_a_hint_does_not_wait_for_ever_for_a_connection(dsn: str):
    pool = await open_pool(dsn, max_size=1)
    try:
        async with pool.acquire(), asyncio.timeout(2):
            await PostgresBus(dsn, pool, patience_s=0.05).publish("track:x")
    finally:
        await pool.close()


async def test_one_sweep_that_fails_keeps_no_other_from_its_work(database: Database):
    async def away() -> None:
        raise OSError("the store is away")

    await database.pool.execute(
        """INSERT INTO platform.idempotency (name, body_hash, status, answer, expires_at)
           VALUES ('a', sha256('a'), 201, '', now() - interval '1 day')"""
    )
    await sweep(database, away)
    assert await database.pool.fetchval("SELECT count(*) FROM platform.idempotency") == 0

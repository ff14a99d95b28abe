"""What a process bounds: open streams, probes of one account, the wait of a hint."""

import asyncio
import re
from pathlib import Path
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


async def test_a_connection_comes_back_without_what_its_transaction_set_locked_or_left_open(dsn: str):
    """Its release sends nothing to the server, so all of it must end with the transaction."""
    pool = await open_pool(dsn, max_size=1)
    try:
        async with pool.acquire() as conn:
            async with conn.transaction():
                await conn.execute("SET LOCAL lock_timeout = 1")
                await conn.execute("SELECT pg_advisory_xact_lock(1)")
            before = await conn.fetchval("SELECT pg_backend_pid()")
        async with pool.acquire() as conn:
            assert await conn.fetchval("SELECT pg_backend_pid()") == before
            assert await conn.fetchval("SHOW lock_timeout") == "5s"
            assert await conn.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
            last = "SELECT query FROM pg_stat_activity WHERE pid = $1"
        other = await open_pool(dsn, max_size=1)
        assert "advisory" in await other.fetchval(last, before), "no reset ran after it"
        await other.close()
    finally:
        await pool.close()


async def test_no_sql_of_ours_sets_a_session():
    source = Path(__file__).parents[3] / "src" / "basedmusic"
    setting = re.compile(
        r"""["'](SET (?!LOCAL)[a-z_]+ ?=|SELECT pg_advisory_lock|LISTEN |set_config)""", re.I
    )
    found = {path.name for path in source.rglob("*.py") if setting.search(path.read_text())}
    assert found <= {"migrations.py"}, "migrations have a connection of their own"

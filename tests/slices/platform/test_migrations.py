"""One process applies what is missing, the others wait; a statement may ask to run outside a transaction."""

import asyncio

import asyncpg
import pytest

from basedmusic.app.schema import all_migrations
from basedmusic.platform.migrations import Migration, MigrationBroken, apply_migrations

pytestmark = pytest.mark.anyio


async def test_an_up_to_date_database_is_left_alone(dsn: str):
    assert await apply_migrations(dsn, all_migrations()) == []


async def test_of_many_starters_one_applies_each_migration(dsn: str):
    more = [*all_migrations(), Migration(9001, "9001_slow.sql", "CREATE TABLE t (); SELECT pg_sleep(0.05)")]
    results = await asyncio.gather(*(apply_migrations(dsn, more) for _ in range(5)))
    assert sorted(len(applied) for applied in results) == [0, 0, 0, 0, 1]


async def test_a_failing_migration_leaves_nothing_of_itself(dsn: str):
    broken = [*all_migrations(), Migration(9001, "9001_broken.sql", "CREATE TABLE half (); SELECT 1 / 0")]
    with pytest.raises(asyncpg.DivisionByZeroError):
        await apply_migrations(dsn, broken)
    conn = await asyncpg.connect(dsn)
    assert await conn.fetchval("SELECT to_regclass('half')") is None
    await conn.close()
    assert await apply_migrations(dsn, all_migrations()) == []


async def test_what_refuses_a_transaction_runs_without(dsn: str):
    sql = "-- no-transaction\nCREATE INDEX CONCURRENTLY track_title ON catalog.track (title);\n"
    more = [*all_migrations(), Migration(9001, "9001_index.sql", sql)]
    assert await apply_migrations(dsn, more) == ["9001_index.sql"]


async def test_a_database_of_a_newer_release_is_refused(dsn: str):
    newer = [*all_migrations(), Migration(9001, "9001_more.sql", "SELECT 1")]
    await apply_migrations(dsn, newer)
    with pytest.raises(MigrationBroken, match="newer release"):
        await apply_migrations(dsn, all_migrations())

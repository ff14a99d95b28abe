"""Every table says what export and erasure do with it."""

import pytest

from basedmusic.accounts import privacy as accounts
from basedmusic.catalog import privacy as catalog
from basedmusic.ingest import privacy as ingest
from basedmusic.platform import privacy as platform
from basedmusic.platform.db import Database

POLICIES = [policy for part in (accounts, catalog, ingest, platform) for policy in part.TABLES]


@pytest.mark.anyio
async def test_no_table_is_silent_and_no_policy_is_of_nothing(database: Database):
    async with database.connection() as conn:
        rows = await conn.fetch(
            """SELECT schemaname || '.' || tablename AS name FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
        )
    assert sorted(policy.table for policy in POLICIES) == sorted(row["name"] for row in rows)


def test_every_policy_is_a_sentence():
    assert all(len(policy.erase) > 10 for policy in POLICIES)

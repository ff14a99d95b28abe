"""Whatever a row's end has to look for is found by an index."""

import pytest

from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

SELDOM = "what is listed has one; artists and releases with tracks are hardly ever deleted for good"
WITHOUT = {
    "accounts.account.account_is_a_person": "the primary key finds the one row; the kind is the same for all",
    "accounts.membership.membership_of_party": "the primary key finds a party's members; the kind is its own",
    "catalog.track.track_artist_id_fkey": SELDOM,
    "catalog.track.track_release_id_artist_id_fkey": SELDOM,
}
"""By name, foreign keys that are left without, and why."""

# An index leads there if its first columns are those of the key, in any order.
_UNINDEXED = """
SELECT conrelid::regclass || '.' || conname AS name
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
 WHERE contype = 'f' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND NOT EXISTS (
       SELECT FROM pg_index i
        WHERE i.indrelid = c.conrelid
          AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) LIKE '%IS NOT NULL%')
          AND (string_to_array(i.indkey::text, ' ')::smallint[])[:cardinality(c.conkey)] @> c.conkey)
"""


async def test_every_foreign_key_has_an_index_that_begins_with_its_columns(database: Database):
    found = {row["name"] for row in await database.pool.fetch(_UNINDEXED)}
    assert found == set(WITHOUT)


async def test_a_foreign_key_without_one_is_seen(database: Database):
    async with database.transaction() as tx:
        await tx.conn.execute("DROP INDEX accounts.case_act_by_actor")
        found = [row["name"] for row in await tx.conn.fetch(_UNINDEXED)]
    assert "accounts.case_act.case_act_actor_id_fkey" in found

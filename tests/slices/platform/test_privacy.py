"""Every table says what export and erasure do with it, and what it says is so."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from tests.support.seeds import MADE_ANYWAY, SEEDS, Somebody, make_somebody

from basedmusic.app.wiring import POLICIES
from basedmusic.kernel.privacy import Erasure, Key, TablePolicy
from basedmusic.platform.db import Connection, Database

EXPORTED = [policy for policy in POLICIES if policy.rows is not None]

# Columns of these types can hold what a person wrote, or who they are.
_COLUMNS = """
SELECT table_schema || '.' || table_name AS table, column_name AS column, data_type AS type
  FROM information_schema.columns JOIN pg_tables ON tablename = table_name AND schemaname = table_schema
 WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
"""
# Tables that name an account or a person's party; `cascaded` when every such row goes with the party's.
_PERSONAL = """
WITH RECURSIVE link AS (
    SELECT conrelid AS child, confrelid AS parent, confdeltype = 'c' AS cascades
      FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
), leads AS (
    SELECT child, cascades FROM link WHERE parent IN ('accounts.account'::regclass)
    UNION
    SELECT link.child, link.cascades AND leads.cascades FROM link JOIN leads ON link.parent = leads.child
)
SELECT child::regclass::text AS table, bool_or(cascades) AS cascaded FROM leads GROUP BY child
"""


@pytest.mark.anyio
async def test_no_table_is_silent_and_no_policy_is_of_nothing(database: Database):
    async with database.connection() as conn:
        rows = await conn.fetch(
            """SELECT schemaname || '.' || tablename AS name FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
        )
    assert sorted(policy.table for policy in POLICIES) == sorted(row["name"] for row in rows)


def test_every_policy_is_a_sentence():
    assert all(len(policy.erase) > 10 and len(policy.export) > 10 for policy in POLICIES)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.table)
def test_a_policy_does_what_it_says(policy: TablePolicy):
    assert (policy.forget is not None) is (policy.how is Erasure.FORGOTTEN)
    assert policy.rows is not None or policy.export.startswith("nothing: ")
    assert policy.rows is not None or not policy.withheld
    for statement in (policy.rows, policy.forget, policy.files):
        assert statement is None or "$1" in statement
    assert policy.forget is None or policy.forget.startswith(("DELETE FROM", "UPDATE", "WITH"))


@pytest.mark.anyio
async def test_no_column_is_silent(database: Database):
    """A column is exported, or withheld in so many words."""
    async with database.connection() as conn:
        columns = await conn.fetch(_COLUMNS)
        silent = {
            policy.table: {row["column"] for row in columns if row["table"] == policy.table}
            - await _columns_of(conn, policy)
            - set(policy.withheld)
            for policy in EXPORTED
        }
    assert {table: names for table, names in silent.items() if names} == {}


@pytest.mark.anyio
async def test_what_names_a_person_goes_with_them_or_says_otherwise(database: Database):
    async with database.connection() as conn:
        personal = {row["table"]: row["cascaded"] for row in await conn.fetch(_PERSONAL)}
    policies = {policy.table: policy for policy in POLICIES}
    assert "accounts.refresh_token" in personal  # through its session: the query sees links of links
    for table in personal:
        assert policies[table].how is not Erasure.SWEPT, table
    for policy in POLICIES:
        if policy.how is Erasure.CASCADED and policy.table != "accounts.account":
            assert personal.get(policy.table) is True, policy.table


@pytest.mark.anyio
async def test_everybody_gets_their_own_rows_and_nobody_elses(database: Database):
    mara, ivo = await make_somebody(database), await make_somebody(database)
    async with database.connection() as conn:
        for policy in EXPORTED:
            hers, his = await _rows(conn, policy, mara), await _rows(conn, policy, ivo)
            assert hers and his, f"{policy.table}: add a row of it to tests/support/seeds.py"
            assert not any(_signed(row, ivo.signs()) for row in hers), policy.table
            assert not any(_signed(row, mara.signs()) for row in his), policy.table
            assert all(_signed(row, mara.signs()) for row in hers), policy.table


@pytest.mark.anyio
async def test_files_are_asked_for_by_key_and_name(database: Database):
    mara = await make_somebody(database)
    async with database.connection() as conn:
        for policy in POLICIES:
            if policy.files is not None:
                (found,) = await conn.fetch(policy.files, _key(policy, mara))
                assert set(found.keys()) == {"key", "name"}


def test_no_seed_is_of_nothing():
    assert {*SEEDS, *MADE_ANYWAY} >= {policy.table for policy in EXPORTED}


async def _rows(conn: Connection, policy: TablePolicy, person: Somebody) -> list[dict[str, Any]]:
    assert policy.rows is not None
    return [dict(row) for row in await conn.fetch(policy.rows, _key(policy, person))]


async def _columns_of(conn: Connection, policy: TablePolicy) -> set[str]:
    assert policy.rows is not None
    statement = await conn.prepare(policy.rows)
    return {column.name for column in statement.get_attributes()}


def _key(policy: TablePolicy, person: Somebody) -> object:
    return person.account if policy.key is Key.ACCOUNT else [person.address]


def _signed(row: dict[str, Any], signs: Iterable[str]) -> bool:
    text = msgspec.json.encode(row).decode()
    return any(sign in text for sign in signs)

"""Coming of age, by the sweep."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.support.people import sign_up
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import Account
from basedmusic.accounts.rules import check_new_account
from basedmusic.accounts.service import add_account
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
UNTIL = date(2028, 3, 1)
MIDNIGHT = datetime(2028, 3, 1, tzinfo=UTC)


async def sign_up_minor(database: Database, adult_from: date = UNTIL) -> Account:
    new = check_new_account(f"born-{adult_from}@example.org", "four words of yours", "Young", adult_from)
    async with database.transaction() as tx:
        return await add_account(tx, new, "x", NOW)


async def minors(database: Database) -> dict[object, date]:
    rows = await database.pool.fetch(
        "SELECT id, adult_from FROM accounts.account WHERE adult_from IS NOT NULL"
    )
    return {row["id"]: row["adult_from"] for row in rows}


async def test_a_minor_begins_with_a_paused_history_and_an_adult_with_none(database: Database):
    minor, adult = await sign_up_minor(database), await sign_up(database)
    rows = await database.pool.fetch(
        "SELECT account_id, history_paused_at, followable FROM accounts.preference"
    )
    assert [tuple(row) for row in rows] == [(minor.id, NOW, False)]
    assert await minors(database) == {minor.id: UNTIL} and adult.id != minor.id


async def test_the_sweep_forgets_it_on_the_day_and_not_before(database: Database):
    minor, younger = await sign_up_minor(database), await sign_up_minor(database, date(2029, 1, 1))
    async with database.transaction() as tx:
        await sweep_accounts(tx.conn, MIDNIGHT - timedelta(seconds=1))
    assert await minors(database) == {minor.id: UNTIL, younger.id: date(2029, 1, 1)}
    async with database.transaction() as tx:
        await sweep_accounts(tx.conn, MIDNIGHT)
    assert await minors(database) == {younger.id: date(2029, 1, 1)}

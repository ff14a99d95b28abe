"""Links sent by mail: one purpose, one use, an end."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.people import sign_up

from basedmusic.accounts import (
    Account,
    LinkMissing,
    LinkPurpose,
    get_link,
    issue_link,
    revoke_links,
    use_link,
)
from basedmusic.accounts.contracts import Link
from basedmusic.accounts.store.mail_links import delete_expired_links
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
VERIFY, RESET = LinkPurpose.VERIFY_EMAIL, LinkPurpose.RESET_PASSWORD


@pytest.fixture
async def account(database: Database) -> Account:
    return await sign_up(database)


async def use(database: Database, purpose: LinkPurpose, secret: Secret, now: datetime = NOW) -> Link:
    async with database.transaction() as tx:
        return await use_link(tx, purpose, secret, now)


async def test_a_link_works_once_and_tells_what_it_is_about(database: Database, account: Account):
    subject = uuid4()
    async with database.transaction() as tx:
        secret = await issue_link(
            tx,
            VERIFY,
            account_id=account.id,
            address="new@example.org",
            subject_id=subject,
            life=HOUR,
            now=NOW,
        )
        assert (await get_link(tx.conn, VERIFY, secret, NOW)).account_id == account.id
    assert await use(database, VERIFY, secret) == Link(VERIFY, account.id, "new@example.org", subject, NOW)
    with pytest.raises(LinkMissing):
        await use(database, VERIFY, secret)


async def test_another_purpose_a_wrong_secret_and_one_that_is_over_are_refused_alike(
    database: Database, account: Account
):
    async with database.transaction() as tx:
        secret = await issue_link(tx, VERIFY, account_id=account.id, life=HOUR, now=NOW)
    for purpose, presented, now in [
        (RESET, secret, NOW),
        (VERIFY, new_secret(), NOW),
        (VERIFY, secret, NOW + HOUR),
    ]:
        with pytest.raises(LinkMissing):
            await use(database, purpose, presented, now)
    assert (await use(database, VERIFY, secret, NOW + HOUR - timedelta(seconds=1))).account_id == account.id


async def test_of_uses_at_once_one_wins(database: Database, account: Account):
    async with database.transaction() as tx:
        secret = await issue_link(tx, RESET, account_id=account.id, life=HOUR, now=NOW)
    outcomes = await asyncio.gather(*(use(database, RESET, secret) for _ in range(4)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Link", *["LinkMissing"] * 3]


async def test_revoking_takes_those_meant_and_no_others(database: Database, account: Account):
    async with database.transaction() as tx:
        mine = await issue_link(tx, RESET, account_id=account.id, life=HOUR, now=NOW)
        other_purpose = await issue_link(tx, VERIFY, account_id=account.id, life=HOUR, now=NOW)
        guests = await issue_link(tx, RESET, address="Guest@example.org", life=HOUR, now=NOW)
        await revoke_links(tx, RESET)  # of nobody: nothing
        await revoke_links(tx, RESET, account_id=account.id)
        with pytest.raises(LinkMissing):
            await get_link(tx.conn, RESET, mine, NOW)
        await get_link(tx.conn, VERIFY, other_purpose, NOW)
        await get_link(tx.conn, RESET, guests, NOW)
        await revoke_links(tx, RESET, address="guest@example.org")
        with pytest.raises(LinkMissing):
            await get_link(tx.conn, RESET, guests, NOW)


async def test_no_secret_is_stored_and_the_sweep_takes_what_is_over(database: Database, account: Account):
    async with database.transaction() as tx:
        secret = await issue_link(tx, RESET, account_id=account.id, life=HOUR, now=NOW)
    stored = await database.pool.fetchval(
        "SELECT string_agg(to_jsonb(t)::text, '') FROM accounts.mail_link t"
    )
    assert stored and secret.text not in stored and secret.text.encode().hex() not in stored
    async with database.connection() as conn:
        await delete_expired_links(conn, NOW + HOUR)
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.mail_link") == 0

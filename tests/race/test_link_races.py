"""A mail's link that is used while its account changes. Shown first with the guard off."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from tests.fakes.hasher import PlainHasher
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import Hand, LinkPurpose, create_account, issue_link
from basedmusic.accounts.contracts import LinkMissing
from basedmusic.accounts.service import confirm_email, set_password
from basedmusic.kernel.clock import utc_now
from basedmusic.platform.db import Database
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
LETTERHEAD = Letterhead("Rust Harbour", "http://127.0.0.1")
UNHELD = {"WHERE id = (SELECT account_id": "WHERE false AND id = (SELECT account_id"}


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_a_link_and_a_new_password_do_not_wait_for_each_other(database: Database, guarded: bool):
    now = utc_now()
    async with database.transaction() as tx:
        account = await create_account(
            tx,
            email="mara@example.org",
            password="four words of yours",
            display_name="Mara",
            hasher=PlainHasher(),
        )
        secret = await issue_link(
            tx,
            LinkPurpose.CHANGE_EMAIL,
            account_id=account.id,
            address="mara@example.com",
            life=timedelta(hours=1),
            now=now,
        )
    rendezvous = Rendezvous(2, 0.4 if guarded else 10)

    async def confirm() -> None:
        async with database.transaction() as tx:
            # With the link taken, about to hold the account.
            conn = Unguarded(
                tx.conn,
                {} if guarded else UNHELD,
                "FROM accounts.account a JOIN accounts.party p",
                rendezvous,
            )
            await confirm_email(on(tx, conn), LETTERHEAD, secret, now)

    async def change() -> None:
        async with database.transaction() as tx:
            # With the account changed, about to end its links.
            conn = Unguarded(tx.conn, None, "DELETE FROM accounts.mail_link", rendezvous)
            await set_password(
                on(tx, conn), Hand.SHELL, account.id, "five other words of yours", hasher=PlainHasher()
            )

    confirmed, changed = await asyncio.gather(confirm(), change(), return_exceptions=True)
    if not guarded:
        assert any(isinstance(one, asyncpg.DeadlockDetectedError) for one in (confirmed, changed))
        return
    assert changed is None
    assert confirmed is None or isinstance(confirmed, LinkMissing)

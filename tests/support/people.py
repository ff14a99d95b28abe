"""Accounts and profiles for tests of the slice that has them."""

from datetime import datetime

from tests.fakes.hasher import PlainHasher

from basedmusic.accounts import (
    Account,
    Party,
    PartyKind,
    Role,
    SignedInViewer,
    create_account,
    create_party,
)
from basedmusic.platform.db import Database


async def sign_up(database: Database, email: str = "mara@example.org", name: str = "Mara") -> Account:
    async with database.transaction() as tx:
        return await create_account(
            tx, email=email, password="four words of yours", display_name=name, hasher=PlainHasher()
        )


async def found(database: Database, owner: Account, name: str, kind: PartyKind = PartyKind.ARTIST) -> Party:
    async with database.transaction() as tx:
        return await create_party(tx, kind, name, owner=owner.id)


async def give_role(database: Database, party: Party, account: Account, role: Role | str) -> None:
    """Straight into the database, past all rules."""
    await database.pool.execute(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $2, $3, kind FROM accounts.party WHERE id = $1
           ON CONFLICT (party_id, account_id) DO UPDATE SET role = excluded.role""",
        party.id,
        account.id,
        str(role),
    )


def viewer_of(account: Account) -> SignedInViewer:
    return SignedInViewer(account.id, None)


async def settle(database: Database, account: Account, since: datetime) -> None:
    """No newcomer any more: the address confirmed, and here since then."""
    await database.pool.execute(
        "UPDATE accounts.account SET email_verified_at = $2, created_at = $2 WHERE id = $1", account.id, since
    )

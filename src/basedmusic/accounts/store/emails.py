"""An account's address: held, confirmed, changed, reserved."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


@dataclass(frozen=True, slots=True)
class Addressed:
    account_id: AccountId
    email: str
    name: str


async def hold_account(conn: Connection, account_id: AccountId) -> Addressed | None:
    """As it is until the transaction ends: changes of one account's address happen one after another."""
    row = await conn.fetchrow(
        """SELECT a.id, a.email, p.name FROM accounts.account a JOIN accounts.party p ON p.id = a.id
            WHERE a.id = $1 FOR NO KEY UPDATE OF a""",
        account_id,
    )
    return Addressed(row["id"], row["email"], row["name"]) if row else None


async def find_by_address(conn: Connection, email_normalised: str) -> Addressed | None:
    row = await conn.fetchrow(
        """SELECT a.id, a.email, p.name FROM accounts.account a JOIN accounts.party p ON p.id = a.id
            WHERE a.email_normalised = $1""",
        email_normalised,
    )
    return Addressed(row["id"], row["email"], row["name"]) if row else None


async def mark_verified(conn: Connection, account_id: AccountId, now: datetime) -> None:
    await conn.execute(
        "UPDATE accounts.account SET email_verified_at = coalesce(email_verified_at, $2) WHERE id = $1",
        account_id,
        now,
    )


async def update_email(
    conn: Connection, account_id: AccountId, email: str, email_normalised: str, now: datetime
) -> bool:
    """Confirmed by the same stroke. False, and the transaction is lost, when another account has the address."""
    try:
        await conn.execute(
            """UPDATE accounts.account SET email = $2, email_normalised = $3, email_verified_at = $4
                WHERE id = $1""",
            account_id,
            email,
            email_normalised,
            now,
        )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def is_reserved(conn: Connection, email: str, account_id: AccountId, now: datetime) -> bool:
    """Whether another account had the address until lately, and may take it back.

    Asked after the address was written: whoever gives one up in the same moment has committed by then.
    """
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.mail_link
                           WHERE purpose = 'take_email_back' AND lower(address) = lower($1)
                             AND account_id <> $2 AND expires_at > $3)""",
        email,
        account_id,
        now,
    )
    return bool(found)


async def set_password_hash(conn: Connection, account_id: AccountId, password_hash: str) -> None:
    await conn.execute(
        "UPDATE accounts.account SET password_hash = $2 WHERE id = $1", account_id, password_hash
    )

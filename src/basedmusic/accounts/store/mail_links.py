"""Links sent by mail."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Link, LinkPurpose
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Record


async def insert_link(
    conn: Connection,
    purpose: LinkPurpose,
    token_hash: bytes,
    *,
    account_id: AccountId | None,
    address: str | None,
    subject_id: UUID | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    await conn.execute(
        """INSERT INTO accounts.mail_link
               (purpose, token_hash, account_id, address, subject_id, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        purpose.value,
        token_hash,
        account_id,
        address,
        subject_id,
        now,
        expires_at,
    )


async def find_link(conn: Connection, purpose: LinkPurpose, token_hash: bytes, now: datetime) -> Link | None:
    row = await conn.fetchrow(
        """SELECT purpose, account_id, address, subject_id, created_at FROM accounts.mail_link
            WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3""",
        token_hash,
        purpose.value,
        now,
    )
    return _link(row) if row else None


async def hold_account_of(conn: Connection, purpose: LinkPurpose, token_hash: bytes, now: datetime) -> None:
    """The account that the link is about, if it is about one."""
    await conn.execute(
        """SELECT FROM accounts.account
            WHERE id = (SELECT account_id FROM accounts.mail_link
                         WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3) FOR NO KEY UPDATE""",
        token_hash,
        purpose.value,
        now,
    )


async def use_link(conn: Connection, purpose: LinkPurpose, token_hash: bytes, now: datetime) -> Link | None:
    """The link, gone now: of several uses at once, one gets it."""
    row = await conn.fetchrow(
        """DELETE FROM accounts.mail_link WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
           RETURNING purpose, account_id, address, subject_id, created_at""",
        token_hash,
        purpose.value,
        now,
    )
    return _link(row) if row else None


async def delete_links(
    conn: Connection,
    purpose: LinkPurpose,
    *,
    account_id: AccountId | None,
    address: str | None,
    subject_id: UUID | None,
) -> None:
    """Those that match whatever of the three is given."""
    await conn.execute(
        """DELETE FROM accounts.mail_link
            WHERE purpose = $1 AND ($2::uuid IS NULL OR account_id = $2)
              AND ($3::text IS NULL OR lower(address) = lower($3)) AND ($4::uuid IS NULL OR subject_id = $4)
              AND num_nonnulls($2::uuid, $3::text, $4::uuid) > 0""",
        purpose.value,
        account_id,
        address,
        subject_id,
    )


async def find_latest(
    conn: Connection, purpose: LinkPurpose, account_id: AccountId, now: datetime
) -> Link | None:
    row = await conn.fetchrow(
        """SELECT purpose, account_id, address, subject_id, created_at FROM accounts.mail_link
            WHERE account_id = $1 AND purpose = $2 AND expires_at > $3 ORDER BY id DESC LIMIT 1""",
        account_id,
        purpose.value,
        now,
    )
    return _link(row) if row else None


async def delete_later_links(
    conn: Connection, purpose: LinkPurpose, account_id: AccountId, *, since: datetime
) -> None:
    await conn.execute(
        "DELETE FROM accounts.mail_link WHERE account_id = $1 AND purpose = $2 AND created_at >= $3",
        account_id,
        purpose.value,
        since,
    )


async def delete_expired_links(conn: Connection, now: datetime) -> None:
    await conn.execute("DELETE FROM accounts.mail_link WHERE expires_at <= $1", now)


def _link(row: Record) -> Link:
    return Link(
        LinkPurpose(row["purpose"]), row["account_id"], row["address"], row["subject_id"], row["created_at"]
    )

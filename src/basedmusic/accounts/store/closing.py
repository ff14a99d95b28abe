"""Closed profiles."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import ClosedProfile, Party, PartyKind, Profile, Role
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection


async def close(conn: Connection, party_id: PartyId, now: datetime, gone_at: datetime) -> bool:
    """Whether it was open."""
    done = await conn.execute(
        "UPDATE accounts.party SET closed_at = $2, gone_at = $3 WHERE id = $1 AND closed_at IS NULL",
        party_id,
        now,
        gone_at,
    )
    return done == "UPDATE 1"


async def reopen(conn: Connection, party_id: PartyId) -> bool:
    """Whether it was closed."""
    done = await conn.execute(
        """UPDATE accounts.party SET closed_at = NULL, gone_at = NULL
            WHERE id = $1 AND closed_at IS NOT NULL""",
        party_id,
    )
    return done == "UPDATE 1"


async def find_name(conn: Connection, party_id: PartyId) -> str | None:
    return await conn.fetchval("SELECT name FROM accounts.party WHERE id = $1", party_id)


async def find_gone_at(conn: Connection, party_id: PartyId) -> datetime | None:
    """When it is gone for good; None: it isn't closed."""
    return await conn.fetchval("SELECT gone_at FROM accounts.party WHERE id = $1", party_id)


async def count_people(conn: Connection, party_id: PartyId) -> tuple[int, int]:
    """Who follows it, and who belongs to it."""
    row = await conn.fetchrow(
        """SELECT (SELECT count(*) FROM accounts.follow WHERE party_id = $1),
                  (SELECT count(*) FROM accounts.membership WHERE party_id = $1)""",
        party_id,
    )
    assert row is not None
    return row[0], row[1]


async def list_other_owners(conn: Connection, party_id: PartyId, account_id: AccountId) -> list[str]:
    """Their addresses."""
    rows = await conn.fetch(
        """SELECT a.email FROM accounts.membership m JOIN accounts.account a ON a.id = m.account_id
            WHERE m.party_id = $1 AND m.role = 'owner' AND m.account_id <> $2 ORDER BY m.account_id""",
        party_id,
        account_id,
    )
    return [row["email"] for row in rows]


async def list_closed(conn: Connection, account_id: AccountId, most: int) -> list[ClosedProfile]:
    """Those that the account belongs to, the first to go first."""
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, m.role, p.gone_at
             FROM accounts.membership m JOIN accounts.party p ON p.id = m.party_id
            WHERE m.account_id = $1 AND p.closed_at IS NOT NULL ORDER BY p.gone_at, p.id LIMIT $2""",
        account_id,
        most,
    )
    return [
        ClosedProfile(
            Profile(Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"]), Role(row["role"])),
            row["gone_at"],
        )
        for row in rows
    ]


async def list_due(conn: Connection, now: datetime, most: int = 100) -> list[UUID]:
    """What is to be gone; not while two sides claim it."""
    rows = await conn.fetch(
        """SELECT id FROM accounts.party
            WHERE closed_at IS NOT NULL AND gone_at <= $1 AND frozen_at IS NULL ORDER BY gone_at LIMIT $2""",
        now,
        most,
    )
    return [row["id"] for row in rows]


async def is_due(conn: Connection, party_id: PartyId, now: datetime) -> bool:
    found = await conn.fetchval(
        """SELECT true FROM accounts.party
            WHERE id = $1 AND closed_at IS NOT NULL AND gone_at <= $2 AND frozen_at IS NULL""",
        party_id,
        now,
    )
    return found is not None


async def delete_profile(conn: Connection, party_id: PartyId) -> None:
    """And who belonged to it, followed it, and was invited."""
    await conn.execute("DELETE FROM accounts.party WHERE id = $1", party_id)

"""Accounts on their way out, and the statements that make every table forget one."""

from collections.abc import Sequence
from datetime import datetime

from basedmusic.accounts.contracts import LeftBehind, Party, PartyKind
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.privacy import Key, TablePolicy
from basedmusic.platform.db import Connection


async def hold_account(conn: Connection, account_id: AccountId) -> bool:
    """Whether it is there; nobody signs in to it until the transaction ends, since a session refers to it."""
    found = await conn.fetchval("SELECT true FROM accounts.account WHERE id = $1 FOR UPDATE", account_id)
    return found is not None


async def insert_erasure(conn: Connection, account_id: AccountId, now: datetime, due_at: datetime) -> None:
    await conn.execute(
        """INSERT INTO accounts.erasure (account_id, asked_at, due_at) VALUES ($1, $2, $3)
           ON CONFLICT (account_id) DO NOTHING""",
        account_id,
        now,
        due_at,
    )


async def find_due(conn: Connection, account_id: AccountId) -> datetime | None:
    """When the account is erased; None: it isn't."""
    return await conn.fetchval("SELECT due_at FROM accounts.erasure WHERE account_id = $1", account_id)


async def delete_erasure(conn: Connection, account_id: AccountId) -> bool:
    """Whether there was one to take back."""
    done = await conn.execute("DELETE FROM accounts.erasure WHERE account_id = $1", account_id)
    return done == "DELETE 1"


async def list_due(conn: Connection, now: datetime, most: int = 100) -> list[AccountId]:
    rows = await conn.fetch(
        "SELECT account_id FROM accounts.erasure WHERE due_at <= $1 ORDER BY due_at LIMIT $2", now, most
    )
    return [row["account_id"] for row in rows]


async def lock_owned(conn: Connection, account_id: AccountId) -> None:
    """Until the transaction ends nobody changes the person, or a team that it is in; the scene's comes first."""
    await conn.execute(
        """SELECT FROM accounts.party
            WHERE id = $1 OR id IN (SELECT party_id FROM accounts.membership WHERE account_id = $1)
            ORDER BY kind <> 'scene', id FOR NO KEY UPDATE""",
        account_id,
    )


async def list_left_behind(
    conn: Connection, account_id: AccountId, *, beside_leaving: bool
) -> list[LeftBehind]:
    """Profiles that nobody else owns, with the manager, else the member, who came first and stays.

    `beside_leaving`: also those whose other owners are all about to be erased; until they are, they own it.
    """
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, heir.account_id AS heir, heir.name AS heir_name
             FROM accounts.membership m
             JOIN accounts.party p ON p.id = m.party_id
             LEFT JOIN LATERAL (
                  SELECT o.account_id, op.name
                    FROM accounts.membership o JOIN accounts.party op ON op.id = o.account_id
                   WHERE o.party_id = m.party_id AND o.account_id <> $1 AND o.role IN ('manager', 'member')
                     AND NOT EXISTS (SELECT FROM accounts.erasure e WHERE e.account_id = o.account_id)
                   ORDER BY o.role = 'manager' DESC, o.created_at, o.account_id LIMIT 1) heir ON true
            WHERE m.account_id = $1 AND m.role = 'owner'
              AND NOT EXISTS (SELECT FROM accounts.membership o
                               WHERE o.party_id = m.party_id AND o.role = 'owner' AND o.account_id <> $1
                                 AND NOT ($2 AND EXISTS (SELECT FROM accounts.erasure e
                                                          WHERE e.account_id = o.account_id)))
            ORDER BY lower(p.name), p.id""",
        account_id,
        beside_leaving,
    )
    return [
        LeftBehind(
            Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"]), row["heir"], row["heir_name"]
        )
        for row in rows
    ]


async def is_last_admin(conn: Connection, account_id: AccountId) -> bool:
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.membership WHERE account_id = $1 AND role = 'admin')
              AND NOT EXISTS (SELECT FROM accounts.v_present_admin WHERE account_id <> $1)""",
        account_id,
    )
    return bool(found)


async def forget(
    conn: Connection, policies: Sequence[TablePolicy], account_id: AccountId, addresses: Sequence[str]
) -> None:
    """Every table, the highest slice's first, so that what refers to a row goes before it."""
    for policy in reversed(policies):
        if policy.forget is not None:
            key = account_id if policy.key is Key.ACCOUNT else list(addresses)
            await conn.execute(policy.forget, key)

"""Parties, the accounts among them, and memberships."""

from collections.abc import Sequence
from dataclasses import dataclass

from basedmusic.accounts.contracts import Account, NewAccount, Party, PartyKind, Profile, Role
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection, Record

MAX_PROFILES = 100


@dataclass(frozen=True, slots=True)
class Credentials:
    account_id: AccountId
    password_hash: str


async def find_taken_slugs(conn: Connection, kind: PartyKind, slugs: Sequence[str]) -> frozenset[str]:
    rows = await conn.fetch(
        "SELECT slug FROM accounts.party WHERE kind = $1 AND slug = ANY($2::text[])", kind.value, slugs
    )
    return frozenset(row["slug"] for row in rows)


async def insert_party(conn: Connection, kind: PartyKind, name: str, slug: str) -> Party | None:
    """None when another party of this kind has the slug by now."""
    row = await conn.fetchrow(
        """INSERT INTO accounts.party (kind, name, slug) VALUES ($1, $2, $3)
           ON CONFLICT (kind, slug) DO NOTHING
           RETURNING id, kind, name, slug""",
        kind.value,
        name,
        slug,
    )
    return _party(row) if row else None


async def update_party_name(conn: Connection, party_id: PartyId, name: str) -> bool:
    done = await conn.execute("UPDATE accounts.party SET name = $2 WHERE id = $1", party_id, name)
    return done == "UPDATE 1"


async def insert_account(
    conn: Connection, account_id: PartyId, new: NewAccount, password_hash: str
) -> Account | None:
    """None when the address belongs to an account already."""
    row = await conn.fetchrow(
        """INSERT INTO accounts.account (id, email, email_normalised, password_hash)
           VALUES ($1, $2, $3, $4)
           ON CONFLICT (email_normalised) DO NOTHING
           RETURNING created_at""",
        account_id,
        new.email,
        new.email_normalised,
        password_hash,
    )
    return Account(AccountId(account_id), new.email, new.display_name, row["created_at"]) if row else None


async def find_account(conn: Connection, account_id: AccountId) -> Account | None:
    row = await conn.fetchrow(
        """SELECT a.id, a.email, p.name, a.created_at, a.email_verified_at
             FROM accounts.account a JOIN accounts.party p ON p.id = a.id WHERE a.id = $1""",
        account_id,
    )
    return Account(*row.values()) if row else None


async def find_credentials(conn: Connection, email_normalised: str) -> Credentials | None:
    row = await conn.fetchrow(
        "SELECT id, password_hash FROM accounts.account WHERE email_normalised = $1", email_normalised
    )
    return Credentials(row["id"], row["password_hash"]) if row else None


async def find_credentials_of(conn: Connection, account_id: AccountId) -> Credentials | None:
    row = await conn.fetchrow("SELECT id, password_hash FROM accounts.account WHERE id = $1", account_id)
    return Credentials(row["id"], row["password_hash"]) if row else None


async def hold_credentials(conn: Connection, seen: Credentials) -> bool:
    """Whether they are still the same; if so, until the transaction ends."""
    held = await conn.fetchval(
        "SELECT true FROM accounts.account WHERE id = $1 AND password_hash = $2 FOR NO KEY UPDATE",
        seen.account_id,
        seen.password_hash,
    )
    return held is not None


async def replace_password_hash(conn: Connection, seen: Credentials, password_hash: str) -> bool:
    """Unless the password was changed since `seen`."""
    done = await conn.execute(
        "UPDATE accounts.account SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        seen.account_id,
        seen.password_hash,
        password_hash,
    )
    return done == "UPDATE 1"


async def insert_membership(conn: Connection, party_id: PartyId, account_id: AccountId, role: Role) -> None:
    await conn.execute(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $2, $3, kind FROM accounts.party WHERE id = $1""",
        party_id,
        account_id,
        role.value,
    )


async def list_profiles(conn: Connection, account_id: AccountId) -> list[Profile]:
    """By name; the first MAX_PROFILES."""
    rows = await conn.fetch(
        """SELECT p.id, p.kind, p.name, p.slug, m.role
             FROM accounts.membership m JOIN accounts.party p ON p.id = m.party_id
            WHERE m.account_id = $1 AND m.party_kind <> 'scene' AND p.closed_at IS NULL
            ORDER BY lower(p.name), p.id
            LIMIT $2""",
        account_id,
        MAX_PROFILES,
    )
    return [Profile(_party(row), Role(row["role"])) for row in rows]


def _party(row: Record) -> Party:
    return Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"])

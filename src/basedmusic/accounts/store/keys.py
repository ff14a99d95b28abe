"""Keys of programs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Key, KeyKind, Scope
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

_KEY = """SELECT id, account_id, kind, name, scopes, created_at, expires_at, last_used_at
            FROM accounts.api_key"""


async def insert_key(
    conn: Connection,
    account_id: AccountId,
    kind: KeyKind,
    name: str,
    scopes: Collection[Scope],
    token_hash: bytes,
    now: datetime,
    expires_at: datetime | None,
) -> Key:
    row = await conn.fetchrow(
        """INSERT INTO accounts.api_key (account_id, kind, name, scopes, token_hash, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           RETURNING id, account_id, kind, name, scopes, created_at, expires_at, last_used_at""",
        account_id,
        kind.value,
        name,
        sorted(scopes),
        token_hash,
        now,
        expires_at,
    )
    assert row is not None
    return _key(row)


async def has_as_many_keys(conn: Connection, account_id: AccountId, most: int) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.api_key WHERE account_id = $1 OFFSET $2)", account_id, most - 1
    )
    return bool(found)


async def find_key(conn: Connection, kind: KeyKind, token_hash: bytes, now: datetime) -> Key | None:
    row = await conn.fetchrow(
        _KEY + " WHERE token_hash = $1 AND kind = $2 AND (expires_at IS NULL OR expires_at > $3)",
        token_hash,
        kind.value,
        now,
    )
    return _key(row) if row else None


async def touch_key(conn: Connection, key_id: UUID, now: datetime) -> None:
    await conn.execute("UPDATE accounts.api_key SET last_used_at = $2 WHERE id = $1", key_id, now)


async def list_keys(conn: Connection, account_id: AccountId, page: PageRequest) -> list[Key]:
    """Newest first, expired ones too, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _KEY + " WHERE account_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        account_id,
        after,
        page.limit + 1,
    )
    return [_key(row) for row in rows]


async def delete_key(conn: Connection, account_id: AccountId, key_id: UUID) -> bool:
    """Whether it was one of the account's."""
    done = await conn.execute(
        "DELETE FROM accounts.api_key WHERE id = $2 AND account_id = $1", account_id, key_id
    )
    return done == "DELETE 1"


async def delete_keys(conn: Connection, account_id: AccountId) -> None:
    await conn.execute("DELETE FROM accounts.api_key WHERE account_id = $1", account_id)


def _key(row: Record) -> Key:
    return Key(
        row["id"],
        row["account_id"],
        KeyKind(row["kind"]),
        row["name"],
        frozenset(map(Scope, row["scopes"])),
        row["created_at"],
        row["expires_at"],
        row["last_used_at"],
    )

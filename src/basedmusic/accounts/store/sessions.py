"""Sessions and the refresh tokens of bearer sessions."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Session, SessionKind, Whereabouts
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

_SESSION = "SELECT id, account_id, created_at, last_seen_at, device, place, network FROM accounts.session"


async def insert_session(
    conn: Connection,
    account_id: AccountId,
    kind: SessionKind,
    token_hash: bytes | None,
    now: datetime,
    expires_at: datetime,
    whereabouts: Whereabouts,
) -> UUID:
    session_id = await conn.fetchval(
        """INSERT INTO accounts.session
               (account_id, kind, token_hash, created_at, last_seen_at, expires_at, device, place, network)
           VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) RETURNING id""",
        account_id,
        kind.value,
        token_hash,
        now,
        expires_at,
        whereabouts.device,
        whereabouts.place,
        whereabouts.network,
    )
    assert session_id is not None
    return session_id


async def find_cookie_session(conn: Connection, token_hash: bytes, now: datetime) -> Session | None:
    row = await conn.fetchrow(_SESSION + " WHERE token_hash = $1 AND expires_at > $2", token_hash, now)
    return _session(row) if row else None


async def find_bearer_session(conn: Connection, session_id: UUID, now: datetime) -> Session | None:
    row = await conn.fetchrow(
        _SESSION + " WHERE id = $1 AND kind = 'bearer' AND expires_at > $2", session_id, now
    )
    return _session(row) if row else None


async def lock_session(conn: Connection, session_id: UUID, now: datetime) -> Session | None:
    """The session, held until the transaction ends: refreshes of one family happen one after another."""
    row = await conn.fetchrow(_SESSION + " WHERE id = $1 AND expires_at > $2 FOR UPDATE", session_id, now)
    return _session(row) if row else None


async def touch_session(conn: Connection, session_id: UUID, now: datetime, expires_at: datetime) -> None:
    await conn.execute(
        "UPDATE accounts.session SET last_seen_at = $2, expires_at = $3 WHERE id = $1",
        session_id,
        now,
        expires_at,
    )


async def delete_session(conn: Connection, session_id: UUID) -> None:
    await conn.execute("DELETE FROM accounts.session WHERE id = $1", session_id)


async def delete_sessions(conn: Connection, account_id: AccountId) -> None:
    await conn.execute("DELETE FROM accounts.session WHERE account_id = $1", account_id)


async def delete_other_sessions(conn: Connection, account_id: AccountId, keep: UUID) -> None:
    await conn.execute("DELETE FROM accounts.session WHERE account_id = $1 AND id <> $2", account_id, keep)


async def delete_own_session(conn: Connection, account_id: AccountId, session_id: UUID) -> bool:
    """Whether it was one of the account's."""
    done = await conn.execute(
        "DELETE FROM accounts.session WHERE id = $2 AND account_id = $1", account_id, session_id
    )
    return done == "DELETE 1"


async def list_sessions(
    conn: Connection, account_id: AccountId, now: datetime, page: PageRequest
) -> list[Session]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SESSION
        + """ WHERE account_id = $1 AND expires_at > $2 AND ($3::uuid IS NULL OR id < $3)
              ORDER BY id DESC LIMIT $4""",
        account_id,
        now,
        after,
        page.limit + 1,
    )
    return [_session(row) for row in rows]


async def note_device(
    conn: Connection, account_id: AccountId, whereabouts: Whereabouts, now: datetime
) -> bool:
    """Whether it is a new one of an account that has signed in before."""
    before = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.seen_device WHERE account_id = $1)", account_id
    )
    fresh = await conn.fetchval(
        """INSERT INTO accounts.seen_device (account_id, device, place, last_seen_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (account_id, device, place) DO UPDATE SET last_seen_at = excluded.last_seen_at
           RETURNING xmax = 0""",
        account_id,
        whereabouts.device,
        whereabouts.place,
        now,
    )
    return bool(before and fresh)


async def insert_refresh_token(
    conn: Connection,
    token_hash: bytes,
    session_id: UUID,
    now: datetime,
    expires_at: datetime,
    *,
    follows: bytes | None = None,
) -> None:
    await conn.execute(
        """INSERT INTO accounts.refresh_token (token_hash, session_id, created_at, expires_at, follows)
           VALUES ($1, $2, $3, $4, $5)""",
        token_hash,
        session_id,
        now,
        expires_at,
        follows,
    )


async def find_family(conn: Connection, token_hash: bytes, now: datetime) -> UUID | None:
    """The session that a refresh token, used or not, was given to."""
    return await conn.fetchval(
        "SELECT session_id FROM accounts.refresh_token WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        now,
    )


async def find_use(conn: Connection, token_hash: bytes) -> datetime | None:
    """When a token was used, None while it lives.

    Call it with the session locked; otherwise another refresh may be about to use the token.
    """
    return await conn.fetchval("SELECT used_at FROM accounts.refresh_token WHERE token_hash = $1", token_hash)


async def supersede_follower(conn: Connection, token_hash: bytes, now: datetime) -> bool:
    """Make dead the token that was given for this one. Whether it still lived."""
    done = await conn.execute(
        "UPDATE accounts.refresh_token SET used_at = $2 WHERE follows = $1 AND used_at IS NULL",
        token_hash,
        now,
    )
    return done == "UPDATE 1"


async def use_refresh_token(conn: Connection, token_hash: bytes, now: datetime) -> None:
    await conn.execute(
        "UPDATE accounts.refresh_token SET used_at = $2 WHERE token_hash = $1", token_hash, now
    )


async def forget_devices(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM accounts.seen_device WHERE last_seen_at < $1", before)


async def delete_expired(conn: Connection, now: datetime) -> int:
    """Sessions and tokens that are over; how many sessions there were."""
    await conn.execute("DELETE FROM accounts.refresh_token WHERE expires_at <= $1", now)
    done = await conn.execute("DELETE FROM accounts.session WHERE expires_at <= $1", now)
    return int(done.rpartition(" ")[2])


def _session(row: Record) -> Session:
    return Session(**row)

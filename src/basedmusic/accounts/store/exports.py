"""Exports that people asked for, and what goes into one."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from basedmusic.accounts.contracts import Export, ExportStatus
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Record

_SELECT = "SELECT id, account_id, status, parts, parts_done, bytes, asked_at, expires_at FROM accounts.export"
_BATCH = 500


async def find_last_export(conn: Connection, account_id: AccountId) -> Export | None:
    row = await conn.fetchrow(_SELECT + " WHERE account_id = $1 ORDER BY id DESC LIMIT 1", account_id)
    return _export(row) if row else None


async def find_export(conn: Connection, export_id: UUID) -> Export | None:
    row = await conn.fetchrow(_SELECT + " WHERE id = $1", export_id)
    return _export(row) if row else None


async def insert_export(
    conn: Connection, account_id: AccountId, now: datetime, expires_at: datetime
) -> Export | None:
    """None when one is under way."""
    export_id = await conn.fetchval(
        """INSERT INTO accounts.export (account_id, asked_at, expires_at) VALUES ($1, $2, $3)
           ON CONFLICT (account_id) WHERE status IN ('waiting', 'running') DO NOTHING RETURNING id""",
        account_id,
        now,
        expires_at,
    )
    return await find_export(conn, export_id) if export_id else None


async def start_export(conn: Connection, export_id: UUID) -> int | None:
    """Which attempt this is; None when there is nothing to make: gone, or done."""
    return await conn.fetchval(
        """UPDATE accounts.export SET status = 'running', attempts = attempts + 1, parts_done = 0
            WHERE id = $1 AND status IN ('waiting', 'running') RETURNING attempts""",
        export_id,
    )


async def note_progress(conn: Connection, export_id: UUID, done: int, parts: int) -> None:
    await conn.execute(
        "UPDATE accounts.export SET parts = $3, parts_done = $2 WHERE id = $1 AND status = 'running'",
        export_id,
        done,
        parts,
    )


async def finish_export(conn: Connection, export_id: UUID, size: int) -> bool:
    """False when it was not wanted any more."""
    done = await conn.execute(
        """UPDATE accounts.export SET status = 'ready', parts_done = parts, bytes = $2
            WHERE id = $1 AND status = 'running'""",
        export_id,
        size,
    )
    return done == "UPDATE 1"


async def fail_export(conn: Connection, export_id: UUID) -> None:
    await conn.execute(
        "UPDATE accounts.export SET status = 'failed' WHERE id = $1 AND status IN ('waiting', 'running')",
        export_id,
    )


async def expire_exports(conn: Connection, account_id: AccountId) -> None:
    """Links to them lead nowhere from now on; the sweep takes them.

    One that is being made comes to nothing, and does not count against asking again.
    """
    await conn.execute(
        """UPDATE accounts.export
              SET expires_at = asked_at + interval '1 microsecond',
                  status = CASE WHEN status IN ('waiting', 'running') THEN 'failed' ELSE status END
            WHERE account_id = $1""",
        account_id,
    )


async def list_exports_of(conn: Connection, account_id: AccountId) -> list[UUID]:
    rows = await conn.fetch("SELECT id FROM accounts.export WHERE account_id = $1", account_id)
    return [row["id"] for row in rows]


async def list_expired_exports(conn: Connection, now: datetime, most: int = 100) -> list[UUID]:
    rows = await conn.fetch(
        "SELECT id FROM accounts.export WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2", now, most
    )
    return [row["id"] for row in rows]


async def delete_export(conn: Connection, export_id: UUID) -> None:
    await conn.execute("DELETE FROM accounts.export WHERE id = $1", export_id)


async def find_addresses(conn: Connection, account_id: AccountId, *, proven: bool) -> list[str]:
    """The account's mail addresses, case-folded; `proven`: those shown to be the person's own."""
    rows = await conn.fetch(
        """SELECT email FROM accounts.account
            WHERE id = $1 AND (email_verified_at IS NOT NULL OR NOT $2)""",
        account_id,
        proven,
    )
    return [row["email"].casefold() for row in rows]


async def read_in_batches(
    conn: Connection, statement: str, key: object
) -> AsyncIterator[list[dict[str, Any]]]:
    """A policy's rows, never all of them at once. Within a transaction."""
    batch: list[dict[str, Any]] = []
    async for row in conn.cursor(statement, key, prefetch=_BATCH):
        batch.append(dict(row))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _export(row: Record) -> Export:
    return Export(
        row["id"],
        row["account_id"],
        ExportStatus(row["status"]),
        row["parts"],
        row["parts_done"],
        row["bytes"],
        row["asked_at"],
        row["expires_at"],
    )

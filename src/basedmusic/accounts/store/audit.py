"""The audit log: appended to and read; nothing here changes an entry but to take its details away."""

from datetime import datetime

from basedmusic.accounts.contracts import AuditEntry, ChainHead
from basedmusic.platform.db import Connection

_ENTRY = """SELECT seq, at, act, hand, actor_id, subject_kind, subject_id, salt, payload, payload_hash, hash
              FROM accounts.audit_entry"""


async def lock_head(conn: Connection) -> tuple[ChainHead, datetime]:
    """The end of the chain, held until the transaction ends, and what the database's clock says."""
    row = await conn.fetchrow(
        "SELECT seq, hash, clock_timestamp() AS now FROM accounts.audit_head FOR UPDATE"
    )
    assert row is not None
    return ChainHead(row["seq"], row["hash"]), row["now"]


async def find_head(conn: Connection) -> ChainHead:
    row = await conn.fetchrow("SELECT seq, hash FROM accounts.audit_head")
    return ChainHead(row["seq"], row["hash"]) if row else ChainHead(-1, b"")


async def append(conn: Connection, entry: AuditEntry) -> None:
    await conn.execute(
        """WITH head AS (UPDATE accounts.audit_head SET seq = $1, hash = $11)
           INSERT INTO accounts.audit_entry
               (seq, at, act, hand, actor_id, subject_kind, subject_id, salt, payload, payload_hash, hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        entry.seq,
        entry.at,
        entry.act,
        entry.hand,
        entry.actor_id,
        entry.subject_kind,
        entry.subject_id,
        entry.salt,
        entry.payload,
        entry.payload_hash,
        entry.hash,
    )


async def list_entries_from(conn: Connection, after: int, limit: int) -> list[AuditEntry]:
    """In the order of the chain, those after number `after`."""
    rows = await conn.fetch(_ENTRY + " WHERE seq > $1 ORDER BY seq LIMIT $2", after, limit)
    return [AuditEntry(**row) for row in rows]

"""The answers kept for Idempotency-Keys: rows to values and back, without the web framework, for the sweeper."""

from basedmusic.platform.connection import Connection


async def find_answer(conn: Connection, name: bytes) -> "tuple[bytes, int, bytes] | None":
    """The hash of the body it answered, its status and its own body."""
    row = await conn.fetchrow(
        "SELECT body_hash, status, answer FROM platform.idempotency WHERE name = $1 AND expires_at > now()",
        name,
    )
    return (row["body_hash"], row["status"], row["answer"]) if row else None


async def keep_answer(conn: Connection, name: bytes, body_hash: bytes, status: int, answer: bytes) -> None:
    await conn.execute(
        """INSERT INTO platform.idempotency (name, body_hash, status, answer, expires_at)
           VALUES ($1, $2, $3, $4, now() + interval '24 hours')
           ON CONFLICT (name) DO UPDATE
              SET body_hash = excluded.body_hash, status = excluded.status, answer = excluded.answer,
                  expires_at = excluded.expires_at""",
        name,
        body_hash,
        status,
        answer,
    )


async def sweep_idempotency(conn: Connection) -> None:
    await conn.execute("DELETE FROM platform.idempotency WHERE expires_at < now()")

"""What was told to those who asked for mail."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.platform.db import Connection


async def mark_announced(conn: Connection, kind: str, subject_ids: Sequence[UUID]) -> bool:
    """Whether any of them is told of for the first time."""
    rows = await conn.fetch(
        """INSERT INTO catalog.announced (kind, subject_id) SELECT $1, unnest($2::uuid[])
           ON CONFLICT DO NOTHING RETURNING subject_id""",
        kind,
        subject_ids,
    )
    return bool(rows)


async def is_announced(conn: Connection, kind: str, subject_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM catalog.announced WHERE kind = $1 AND subject_id = $2", kind, subject_id
    )
    return found is not None

"""Uploads and steps: rows to contracts and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from basedmusic.catalog import TrackId
from basedmusic.ingest.contracts import StepState, StepStatus
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def insert_upload(
    conn: Connection, track_id: TrackId, account_id: AccountId, filename: str, auto_title: str | None
) -> None:
    await conn.execute(
        "INSERT INTO ingest.upload (track_id, account_id, filename, auto_title) VALUES ($1, $2, $3, $4)",
        track_id,
        account_id,
        filename,
        auto_title,
    )


async def insert_steps(conn: Connection, track_id: TrackId, names: Sequence[str]) -> None:
    await conn.execute(
        "INSERT INTO ingest.step (track_id, name) SELECT $1, unnest($2::text[])", track_id, list(names)
    )


async def list_steps(conn: Connection, track_id: UUID) -> list[StepState]:
    """All steps of one track: as many as the program has."""
    rows = await conn.fetch(
        "SELECT name, status, attempts, error, finished_at FROM ingest.step WHERE track_id = $1 ORDER BY name",
        track_id,
    )
    return [
        StepState(row["name"], StepStatus(row["status"]), row["attempts"], row["error"], row["finished_at"])
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Where a track's sound lies, and the title made at upload."""

    source_key: str
    playback_key: str
    sample_rate: int
    samples: int
    auto_title: str | None


async def find_step_source(conn: Connection, track_id: UUID) -> StoredSource | None:
    """None when the track is gone."""
    row = await conn.fetchrow(
        """SELECT t.source_key, t.playback_key, t.sample_rate, t.samples, u.auto_title
             FROM catalog.v_track t LEFT JOIN ingest.upload u ON u.track_id = t.id
            WHERE t.id = $1 AND t.source_key IS NOT NULL""",
        track_id,
    )
    return StoredSource(*row.values()) if row else None


async def start_step(conn: Connection, track_id: UUID, name: str) -> int | None:
    """Count an attempt, and which it is; None when the step is done (or gone) and there is nothing to do."""
    return await conn.fetchval(
        """UPDATE ingest.step SET status = 'running', attempts = attempts + 1, error = NULL, finished_at = NULL
            WHERE track_id = $1 AND name = $2 AND status <> 'done'
           RETURNING attempts""",
        track_id,
        name,
    )


async def finish_step(conn: Connection, track_id: UUID, name: str) -> bool:
    """Mark it done; False when another run was first, and then nothing may be written again."""
    done = await conn.execute(
        """UPDATE ingest.step SET status = 'done', error = NULL, finished_at = now()
            WHERE track_id = $1 AND name = $2 AND status <> 'done'""",
        track_id,
        name,
    )
    return done == "UPDATE 1"


async def fail_step(conn: Connection, track_id: UUID, name: str, error: str) -> None:
    await conn.execute(
        """UPDATE ingest.step SET status = 'failed', error = $3, finished_at = now()
            WHERE track_id = $1 AND name = $2 AND status <> 'done'""",
        track_id,
        name,
        error[:500],
    )


async def reset_failed_step(conn: Connection, track_id: UUID, name: str) -> bool:
    done = await conn.execute(
        """UPDATE ingest.step SET status = 'waiting', attempts = 0, error = NULL, finished_at = NULL
            WHERE track_id = $1 AND name = $2 AND status = 'failed'""",
        track_id,
        name,
    )
    return done == "UPDATE 1"


async def is_source_used(conn: Connection, source_key: str) -> bool:
    """Whether a track was made of the file stored there. Equal, not starts_with: that loses the unique index
    as soon as PostgreSQL plans it for any value."""
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM catalog.v_source WHERE source_key = $1)", source_key
    )
    return bool(found)

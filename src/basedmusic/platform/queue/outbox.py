"""Putting jobs in, inside the caller's transaction.

Written against PgQueuer's table (its schema is one of our migrations) rather than through its Python
package: that costs 0.6 s of import and 20 MB, which a web process that only enqueues need not pay.
A test holds this statement and the package's own to the same effect.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from basedmusic.platform.connection import Connection

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """A kind of background work and the frozen dataclass that describes one piece of it."""

    name: str
    payload: type[P]
    priority: int = 0
    """Higher runs sooner."""
    max_attempts: int = 5
    """After so many failures the job is held, visible to the operator, and not tried again by itself."""
    concurrency: int = 0
    """At most so many at once over all workers; 0 is no limit of its own."""


@dataclass(frozen=True, slots=True)
class HeldJob:
    """A job that failed for good and waits for a person."""

    id: int
    job: str
    payload: str
    attempts: int
    failed_at: datetime
    error: str | None


_ENQUEUE = """
WITH put AS (
    INSERT INTO jobs.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
    VALUES ($1, $2, $3, $4, 'queued')
    ON CONFLICT (dedupe_key)
        WHERE status = ANY (ARRAY['queued'::jobs.pgqueuer_status, 'picked'::jobs.pgqueuer_status])
          AND dedupe_key IS NOT NULL
        DO NOTHING
    RETURNING id, entrypoint, priority
)
INSERT INTO jobs.pgqueuer_log (job_id, status, entrypoint, priority)
SELECT id, 'queued', entrypoint, priority FROM put
"""

_HELD = """
SELECT q.id, q.entrypoint, convert_from(q.payload, 'UTF8') AS payload, q.attempts, q.updated,
       (SELECT l.traceback ->> 'exception_message' FROM jobs.pgqueuer_log l
         WHERE l.job_id = q.id AND l.status = 'failed' ORDER BY l.created DESC LIMIT 1) AS error
  FROM jobs.pgqueuer q
 WHERE q.status = 'failed' AND q.id > $1
 ORDER BY q.id
 LIMIT $2
"""

# PgQueuer's trigger is silent about updates, so the workers are woken by hand.
_RELEASE = """
WITH released AS (
    UPDATE jobs.pgqueuer SET status = 'queued', attempts = 0, execute_after = now(), updated = now(),
           queue_manager_id = NULL
     WHERE id = $1 AND status = 'failed'
       AND NOT EXISTS (SELECT FROM jobs.pgqueuer AS waiting
                        WHERE waiting.dedupe_key = pgqueuer.dedupe_key AND waiting.status IN ('queued', 'picked'))
    RETURNING id
)
SELECT id, pg_notify('ch_pgqueuer', json_build_object('channel', 'ch_pgqueuer', 'operation', 'update',
       'sent_at', now(), 'table', 'pgqueuer', 'type', 'table_changed_event')::text)
  FROM released
"""


async def enqueue(conn: Connection, job: Job[P], payload: P, *, dedupe_key: str | None = None) -> None:
    """Put one job in. With a `dedupe_key`, nothing happens while an equal one waits or runs."""
    await conn.execute(_ENQUEUE, job.priority, job.name, msgspec.json.encode(payload), dedupe_key)


async def list_held_jobs(conn: Connection, *, after: int = 0, limit: int = 100) -> list[HeldJob]:
    rows = await conn.fetch(_HELD, after, limit)
    return [HeldJob(*row.values()) for row in rows]


async def release_held_job(conn: Connection, job_id: int) -> bool:
    """Let a held job run again; False if there is none with this id, or if an equal one waits already."""
    released = await conn.fetchval(_RELEASE, job_id)
    return released is not None


async def sweep_job_log(conn: Connection, keep_days: int = 7) -> None:
    """Forget what finished jobs left in the log; a held job keeps its own, which says why it failed."""
    await conn.execute(
        """DELETE FROM jobs.pgqueuer_log l
            WHERE l.created < now() - make_interval(days => $1)
              AND NOT EXISTS (SELECT FROM jobs.pgqueuer q WHERE q.id = l.job_id)""",
        keep_days,
    )
    await conn.execute(
        "DELETE FROM jobs.pgqueuer_statistics WHERE created < now() - make_interval(days => $1)", keep_days
    )

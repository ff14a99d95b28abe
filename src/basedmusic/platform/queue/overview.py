"""What the queue is doing, for whoever runs the scene; letting held jobs run again, and taking jobs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from basedmusic.kernel.page import PageRequest
from basedmusic.platform.connection import Connection
from basedmusic.platform.queue.outbox import HeldJob, release_held_job

COUNTED = 50_000
"""Jobs looked at for an overview; beyond it, the numbers are a least."""
RELEASED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class KindOfJob:
    name: str
    waiting: int
    later: int
    """Waiting for their time: tried before, or meant for then."""
    running: int
    held: int
    oldest_at: datetime | None
    """Since when the one that waits longest has been due."""


@dataclass(frozen=True, slots=True)
class QueueOverview:
    kinds: Sequence[KindOfJob]
    whole: bool
    """Whether all jobs were counted."""


@dataclass(frozen=True, slots=True)
class RunningJob:
    id: int
    job: str
    payload: str
    attempts: int
    since: datetime


async def overview_of_jobs(conn: Connection) -> QueueOverview:
    """By kind; costs no more than COUNTED rows."""
    rows = await conn.fetch(
        """SELECT entrypoint AS name,
                  count(*) FILTER (WHERE status = 'queued' AND execute_after <= now()) AS waiting,
                  count(*) FILTER (WHERE status = 'queued' AND execute_after > now()) AS later,
                  count(*) FILTER (WHERE status = 'picked') AS running,
                  count(*) FILTER (WHERE status = 'failed') AS held,
                  min(execute_after) FILTER (WHERE status = 'queued' AND execute_after <= now()) AS oldest_at
             FROM (SELECT entrypoint, status, execute_after FROM jobs.pgqueuer LIMIT $1) AS looked_at
            GROUP BY entrypoint ORDER BY entrypoint""",
        COUNTED,
    )
    kinds = [KindOfJob(**row) for row in rows]
    counted = sum(kind.waiting + kind.later + kind.running + kind.held for kind in kinds)
    return QueueOverview(kinds, counted < COUNTED)


async def list_held(conn: Connection, kind: str | None, page: PageRequest) -> list[HeldJob]:
    """Oldest first, one more than asked for. The key is (id)."""
    rows = await conn.fetch(
        """SELECT q.id, q.entrypoint, convert_from(q.payload, 'UTF8') AS payload, q.attempts, q.updated,
                  (SELECT l.traceback ->> 'exception_message' FROM jobs.pgqueuer_log l
                    WHERE l.job_id = q.id AND l.status = 'failed' ORDER BY l.created DESC LIMIT 1) AS error
             FROM jobs.pgqueuer q
            WHERE q.status = 'failed' AND ($1::text IS NULL OR q.entrypoint = $1) AND q.id > $2
            ORDER BY q.id LIMIT $3""",
        kind,
        page.after[0] if page.after else 0,
        page.limit + 1,
    )
    return [HeldJob(*row.values()) for row in rows]


async def list_running(conn: Connection, limit: int = 100) -> list[RunningJob]:
    """Longest first; workers run few at once."""
    rows = await conn.fetch(
        """SELECT id, entrypoint AS job, convert_from(payload, 'UTF8') AS payload, attempts, updated AS since
             FROM jobs.pgqueuer WHERE status = 'picked' ORDER BY updated, id LIMIT $1""",
        limit,
    )
    return [RunningJob(**row) for row in rows]


async def release_held_jobs(conn: Connection, kind: str | None) -> int:
    """Let all held jobs of a kind (None: all) run again, RELEASED_AT_ONCE at most; how many."""
    rows = await conn.fetch(
        """SELECT id FROM jobs.pgqueuer WHERE status = 'failed' AND ($1::text IS NULL OR entrypoint = $1)
            ORDER BY id LIMIT $2""",
        kind,
        RELEASED_AT_ONCE,
    )
    return sum([await release_held_job(conn, row["id"]) for row in rows])


async def cancel_job(conn: Connection, job_id: int) -> str | None:
    """Take a job out that waits or is held; its kind, or None: unknown, done, or running, which nobody can stop."""
    return await conn.fetchval(
        """WITH gone AS (
               DELETE FROM jobs.pgqueuer WHERE id = $1 AND status IN ('queued', 'failed')
               RETURNING id, entrypoint, priority
           ), logged AS (
               INSERT INTO jobs.pgqueuer_log (job_id, status, entrypoint, priority)
               SELECT id, 'canceled', entrypoint, priority FROM gone
           )
           SELECT entrypoint FROM gone""",
        job_id,
    )

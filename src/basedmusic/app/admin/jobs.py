"""Letting jobs run again and taking them out, written down in the audit log."""

from basedmusic.accounts import Actor, AuditAct, record
from basedmusic.kernel.errors import NotFound
from basedmusic.platform import queue
from basedmusic.platform.db import Tx


class JobMissing(NotFound):
    """Unknown, done, running, or not held: nothing that can be done anything about."""

    code = "job_not_found"
    title = "There is no such job to deal with any more"


async def release_job(tx: Tx, actor: Actor, job_id: int) -> None:
    """Raises JobMissing."""
    if not await queue.release_held_job(tx.conn, job_id):
        raise JobMissing
    await record(tx, actor, AuditAct.JOB_RELEASED, subject_kind="job", subject_id=job_id)


async def release_jobs(tx: Tx, actor: Actor, kind: str | None) -> int:
    """All held ones of a kind, or of every kind; how many."""
    released = await queue.release_held_jobs(tx.conn, kind)
    if released:
        details = {"released": released}
        await record(tx, actor, AuditAct.JOBS_RELEASED, subject_kind="jobs", subject_id=kind, payload=details)
    return released


async def cancel_job(tx: Tx, actor: Actor, job_id: int) -> None:
    """Raises JobMissing."""
    kind = await queue.cancel_job(tx.conn, job_id)
    if kind is None:
        raise JobMissing
    act = AuditAct.JOB_CANCELLED
    await record(tx, actor, act, subject_kind="job", subject_id=job_id, payload={"kind": kind})

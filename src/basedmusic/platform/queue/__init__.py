"""Background jobs on PostgreSQL. Only this folder knows that PgQueuer runs them.

`outbox` puts jobs in and is all that a web process loads; `worker` runs them.
"""

from basedmusic.platform.queue.outbox import Job, enqueue, list_held_jobs, release_held_job, sweep_job_log

__all__ = ["Job", "enqueue", "list_held_jobs", "release_held_job", "sweep_job_log"]

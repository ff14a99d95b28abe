"""Background jobs on PostgreSQL. Only this folder knows that PgQueuer runs them.

`outbox` puts jobs in and is all that a web process loads; `worker` runs them.
"""

from basedmusic.platform.queue.outbox import (
    HeldJob,
    Job,
    enqueue,
    list_held_jobs,
    release_held_job,
    sweep_job_log,
)
from basedmusic.platform.queue.overview import (
    KindOfJob,
    QueueOverview,
    RunningJob,
    cancel_job,
    list_held,
    list_running,
    overview_of_jobs,
    release_held_jobs,
)

__all__ = [
    "HeldJob",
    "Job",
    "KindOfJob",
    "QueueOverview",
    "RunningJob",
    "cancel_job",
    "enqueue",
    "list_held",
    "list_held_jobs",
    "list_running",
    "overview_of_jobs",
    "release_held_job",
    "release_held_jobs",
    "sweep_job_log",
]

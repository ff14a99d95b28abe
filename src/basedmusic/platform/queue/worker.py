"""Running jobs: PgQueuer's manager with its settings fixed in one place; reconnects to PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.settings import DBSettings

from basedmusic.platform.queue.outbox import Job

log = structlog.get_logger()

HEARTBEAT_TIMEOUT = timedelta(seconds=10)
"""A job whose worker has been silent for so long is picked again: the price of kill -9 is this wait."""
POLL_S = 5.0
"""How often to look for jobs that no notification tells of: those of a worker that died."""
DRAIN_S = 5.0
"""What a running job gets to finish when the worker stops; then it goes back into the queue."""
BATCH = 4
AT_ONCE = 8
RECONNECT_S = 0.5
DATABASE_AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
)

Handler = Callable[[Any], Awaitable[None]]


class Worker:
    """Runs the registered handlers until `stop()`; a running job then has `drain_s` seconds to finish."""

    def __init__(self, pool: asyncpg.Pool, drain_s: float = DRAIN_S) -> None:
        self._pool = pool
        self._drain_s = drain_s
        self._overdue = asyncio.Event()
        self._handlers: dict[Job[Any], Handler] = {}
        self._stopping = asyncio.Event()
        self._manager: QueueManager | None = None

    def register(self, job: Job[Any], handle: Handler) -> None:
        self._handlers[job] = handle

    async def run(self) -> None:
        while not self._stopping.is_set():
            self._manager = self._build()
            try:
                await self._manager.run(
                    dequeue_timeout=timedelta(seconds=POLL_S),
                    batch_size=BATCH,
                    max_concurrent_tasks=AT_ONCE,
                    heartbeat_timeout=HEARTBEAT_TIMEOUT,
                    # Its first check may be sent before it listens, and is then missed for ten seconds. A
                    # listener that really died costs POLL_S; a database that went away ends the run anyway.
                    shutdown_on_listener_failure=False,
                )
            except (
                Exception
            ) as error:  # whatever broke the connection: the queue is in the database, not here
                log.warning("worker_reconnecting", error=repr(error))
            if not self._stopping.is_set():
                await asyncio.sleep(RECONNECT_S)

    def stop(self) -> None:
        self._stopping.set()
        asyncio.get_running_loop().call_later(self._drain_s, self._overdue.set)
        if self._manager is not None:
            self._manager.shutdown.set()

    def _build(self) -> QueueManager:
        settings = DBSettings(db_schema="jobs")
        queries = PatientQueries(
            AsyncpgPoolDriver(self._pool),
            qbe=QueryBuilderEnvironment(settings=settings),
            qbq=QueryQueueBuilder(settings=settings),
            qbs=QuerySchedulerBuilder(settings=settings),
        )
        queries.give_up = self._overdue
        manager = QueueManager(queries, channel=settings.channel)
        for job, handle in self._handlers.items():
            manager.register_executor(job.name, _executor(job, handle, self._overdue))
        return manager


class PatientQueries(Queries):
    """PgQueuer takes a retry that it can't write down for a failure for good, and holds the job: so every step
    that ran when the database went away would wait for the operator. This one waits for the database."""

    give_up: asyncio.Event

    async def retry_job(self, job: QueuedJob, delay: timedelta, traceback_record: Any) -> None:
        while True:
            try:
                await super().retry_job(job, delay, traceback_record)
            except DATABASE_AWAY:
                if not self.give_up.is_set():
                    await asyncio.sleep(RECONNECT_S)
                    continue
            return  # given up, it stays picked, and its heartbeat, grown old, gives it to another worker


def _executor(job: Job[Any], handle: Handler, overdue: asyncio.Event) -> DatabaseRetryEntrypointExecutor:
    decode = msgspec.json.Decoder(job.payload).decode

    async def entrypoint(queued: QueuedJob) -> None:
        structlog.contextvars.bind_contextvars(job=job.name, job_id=queued.id, attempt=queued.attempts + 1)
        await _unless_overdue(overdue, handle, decode(queued.payload or b"null"))

    return DatabaseRetryEntrypointExecutor(
        EntrypointExecutorParameters(
            func=entrypoint, concurrency_limit=job.concurrency, accepts_context=False, on_failure="hold"
        ),
        max_attempts=job.max_attempts - 1,  # counted from 0 there
        initial_delay=timedelta(seconds=1),
        max_delay=timedelta(minutes=5),
    )


async def _unless_overdue(overdue: asyncio.Event, handle: Handler, payload: object) -> None:
    """The job to its end; or, when the worker must go, cancelled and back in the queue at once."""

    async def work() -> None:
        await handle(payload)

    working, waiting = asyncio.create_task(work()), asyncio.create_task(overdue.wait())
    try:
        await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
    finally:
        waiting.cancel()
        working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    raise RetryRequested(reason="the worker stopped")

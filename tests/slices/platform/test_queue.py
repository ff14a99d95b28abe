"""Jobs: known if and only if their transaction commits, run at least once, held when they fail for good."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings

from basedmusic.platform.db import Database
from basedmusic.platform.facts import Fact
from basedmusic.platform.queue import Job, list_held_jobs, release_held_job, sweep_job_log
from basedmusic.platform.queue.worker import Handler, Worker

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Errand(Fact):
    number: int


RUN = Job("test.errand", Errand, max_attempts=1)


@asynccontextmanager
async def working(database: Database, job: Job[Errand], handle: Handler) -> AsyncGenerator[None]:
    worker = Worker(database.pool)
    worker.register(job, handle)
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        await asyncio.wait_for(task, 10)


async def _until(condition: "asyncio.Event") -> None:
    await asyncio.wait_for(condition.wait(), 10)


async def test_a_job_runs_when_its_transaction_commits_and_only_then(database: Database):
    seen: list[int] = []
    done = asyncio.Event()

    async def handle(errand: Errand) -> None:
        seen.append(errand.number)
        done.set()

    async with working(database, RUN, handle):
        with pytest.raises(ZeroDivisionError):
            async with database.transaction() as tx:
                await tx.enqueue(RUN, Errand(1))
                raise ZeroDivisionError
        async with database.transaction() as tx:
            await tx.enqueue(RUN, Errand(2))
        await _until(done)
    assert seen == [2]


async def test_equal_keys_wait_as_one(database: Database):
    async with database.transaction() as tx:
        for _ in range(3):
            await tx.enqueue(RUN, Errand(1), dedupe_key="one")
        assert await tx.conn.fetchval("SELECT count(*) FROM jobs.pgqueuer") == 1


async def test_a_job_that_fails_for_good_is_held_listed_and_can_be_released(database: Database):
    attempts: list[int] = []
    failed, succeeded = asyncio.Event(), asyncio.Event()

    async def handle(errand: Errand) -> None:
        attempts.append(errand.number)
        if len(attempts) == 1:
            failed.set()
            raise ValueError("no such street")
        succeeded.set()

    async with working(database, RUN, handle):
        async with database.transaction() as tx:
            await tx.enqueue(RUN, Errand(7))
        await _until(failed)
        async with database.connection() as conn:
            while not (held := await list_held_jobs(conn)):
                await asyncio.sleep(0.05)
            assert (held[0].job, held[0].payload) == ("test.errand", '{"number":7}')
            assert "no such street" in (held[0].error or "")
            assert await release_held_job(conn, held[0].id)
            assert not await release_held_job(conn, held[0].id)
        await _until(succeeded)
    assert attempts == [7, 7]


async def test_our_enqueue_and_pgqueuer_s_own_write_the_same_row(database: Database):
    """Held to the package: an upgrade that changes what a queued job is must change our statement too."""
    settings = DBSettings(db_schema="jobs")
    queries = Queries(
        AsyncpgPoolDriver(database.pool),
        qbe=QueryBuilderEnvironment(settings=settings),
        qbq=QueryQueueBuilder(settings=settings),
    )
    async with database.transaction() as tx:
        await tx.enqueue(RUN, Errand(1), dedupe_key="ours")
    await queries.enqueue("test.errand", b'{"number":1}', 0, dedupe_key="theirs", on_conflict="skip")
    async with database.connection() as conn:
        rows = await conn.fetch("SELECT * FROM jobs.pgqueuer ORDER BY id")
        logged = await conn.fetch("SELECT status, entrypoint, priority FROM jobs.pgqueuer_log ORDER BY id")
    ours, theirs = (dict(row) for row in rows)
    differing = {name for name in ours if ours[name] != theirs[name]}
    assert differing <= {"id", "created", "updated", "heartbeat", "execute_after", "dedupe_key", "headers"}
    assert theirs["headers"] in (None, "null", "{}")
    assert logged[0] == logged[1]


async def test_the_log_of_finished_jobs_is_forgotten_after_a_week(database: Database):
    async with database.transaction() as tx:
        await tx.enqueue(RUN, Errand(1))
        await tx.conn.execute(
            """INSERT INTO jobs.pgqueuer_log (created, job_id, status, priority, entrypoint)
               SELECT now() - make_interval(days => d), 999, 'successful', 0, 'x' FROM unnest('{1,8}'::int[]) d"""
        )
        await tx.conn.execute(
            "UPDATE jobs.pgqueuer_log SET created = now() - interval '9 days' WHERE job_id <> 999"
        )
        await sweep_job_log(tx.conn)
        left = await tx.conn.fetch(
            "SELECT job_id, now() - created AS age FROM jobs.pgqueuer_log ORDER BY age"
        )
    assert [(row["job_id"] == 999, row["age"].days) for row in left] == [(True, 1), (False, 9)]

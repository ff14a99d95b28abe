"""Steps under a real queue: handed back when the worker must go, tried again, failed in words, written once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.queries import Queries
from tests.support.factories import make_artist, make_track, make_viewer

from basedmusic.accounts import Viewer
from basedmusic.catalog import Track, get_track, record_tags, record_waveform
from basedmusic.ingest import RUN_STEP, StepJob, StepRunner, StepSource, StepStatus, StepTools, Write, store
from basedmusic.ingest.contracts import StepState
from basedmusic.kernel.errors import AppError, Invalid, Unavailable
from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.bus import LocalBus
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.pool import MediaRefused
from basedmusic.platform.queue.worker import PatientQueries, Worker
from basedmusic.platform.sources import SourceFiles

pytestmark = pytest.mark.anyio


@dataclass
class FakeStep:
    """Does what the test says, and counts."""

    act: Callable[[int], Any]
    name: str = "peaks"
    runs: int = 0
    started: asyncio.Event = field(default_factory=asyncio.Event)

    async def compute(self, source: StepSource, tools: StepTools) -> Write:
        self.runs += 1
        self.started.set()
        await self.act(self.runs)

        async def write(tx: Tx) -> None:
            await record_waveform(tx, source.track_id, bytes(200))

        return write


@dataclass
class Bench:
    database: Database
    blobs: FolderBlobs
    viewer: Viewer
    track: Track
    folder: Path

    def worker(
        self, step: FakeStep, drain_s: float = 5.0, kind: type[Worker] = Worker
    ) -> "tuple[Worker, asyncio.Task[None]]":
        worker = kind(self.database.pool, drain_s)
        sources = SourceFiles(self.blobs, self.folder)
        tools = StepTools(None, self.blobs)  # type: ignore[arg-type]  # a fake step needs no media process
        runner = StepRunner([step], self.database, sources, tools, LocalBus())
        worker.register(RUN_STEP, runner.run)
        return worker, asyncio.create_task(worker.run())

    async def enqueue(self) -> None:
        async with self.database.transaction() as tx:
            await store.insert_steps(tx.conn, self.track.id, ["peaks"])
            await tx.enqueue(RUN_STEP, StepJob(self.track.id, "peaks"))

    async def state(self) -> StepState:
        async with self.database.connection() as conn:
            (state,) = await store.list_steps(conn, self.track.id)
        return state

    async def until(self, status: StepStatus) -> StepState:
        async with asyncio.timeout(15):
            while (state := await self.state()).status is not status:
                await asyncio.sleep(0.05)
        return state

    async def jobs(self) -> list[str]:
        async with self.database.connection() as conn:
            rows = await conn.fetch("SELECT status::text FROM jobs.pgqueuer")
        return [row["status"] for row in rows]


@pytest.fixture
async def bench(database: Database, tmp_path: Path) -> Bench:
    blobs = FolderBlobs(tmp_path / "blobs")
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        track = await make_track(tx, viewer, await make_artist(tx, viewer))
    assert track.source is not None
    await blobs.put(track.source.key, b"sound")
    return Bench(database, blobs, viewer, track, tmp_path)


async def end(worker: Worker, running: "asyncio.Task[None]") -> None:
    worker.stop()
    await asyncio.wait_for(running, 10)


async def test_a_step_that_a_drain_can_not_wait_for_goes_back_and_runs_at_once_elsewhere(bench: Bench):
    long = FakeStep(lambda run: asyncio.sleep(60))
    worker, running = bench.worker(long, drain_s=0.2)
    await bench.enqueue()
    await asyncio.wait_for(long.started.wait(), 10)
    worker.stop()
    await asyncio.wait_for(running, 3)
    assert await bench.jobs() == ["queued"]
    short = FakeStep(lambda run: asyncio.sleep(0))
    other, running = bench.worker(short)
    await asyncio.wait_for(short.started.wait(), 3)  # no wait for a heartbeat to grow old
    assert (await bench.until(StepStatus.DONE)).attempts == 2
    await end(other, running)
    assert await bench.jobs() == []


async def test_a_step_that_finishes_within_the_drain_is_done(bench: Bench):
    step = FakeStep(lambda run: asyncio.sleep(0.3))
    worker, running = bench.worker(step)
    await bench.enqueue()
    await asyncio.wait_for(step.started.wait(), 10)
    await end(worker, running)
    assert (await bench.state()).status is StepStatus.DONE
    assert await bench.jobs() == []


async def test_a_step_that_stumbles_is_tried_again(bench: Bench):
    async def stumble(run: int) -> None:
        if run == 1:
            raise OSError("the disk blinked")

    step = FakeStep(stumble)
    worker, running = bench.worker(step)
    await bench.enqueue()
    state = await bench.until(StepStatus.DONE)
    await end(worker, running)
    assert (state.attempts, state.error, step.runs) == (2, None, 2)


async def test_a_refusal_of_the_file_fails_in_its_words_and_is_not_tried_again(bench: Bench):
    async def refuse(run: int) -> None:
        raise MediaRefused("damaged_file", "This file is damaged", {})

    step = FakeStep(refuse)
    worker, running = bench.worker(step)
    await bench.enqueue()
    state = await bench.until(StepStatus.FAILED)
    await end(worker, running)
    assert (state.error, step.runs) == ("This file is damaged", 1)
    assert await bench.jobs() == []
    async with bench.database.connection() as conn:
        assert (await get_track(conn, bench.viewer, bench.track.id)).media_status == "playable"


async def test_a_job_of_a_track_that_is_gone_or_of_a_step_nobody_knows_ends(bench: Bench):
    step = FakeStep(lambda run: asyncio.sleep(0))
    async with bench.database.transaction() as tx:
        await tx.enqueue(RUN_STEP, StepJob(bench.track.id, "unknown"))
        await tx.conn.execute("DELETE FROM catalog.track")
        await tx.enqueue(RUN_STEP, StepJob(bench.track.id, "peaks"))
    worker, running = bench.worker(step)
    async with asyncio.timeout(10):
        while await bench.jobs():
            await asyncio.sleep(0.05)
    await end(worker, running)
    assert step.runs == 0


class Away(AsyncpgPoolDriver):
    """A database that can't be reached for the next `failures` statements that take a job back."""

    failures = 2

    async def execute(self, query: str, *args: Any) -> str:
        if "attempts" in query and self.failures:
            self.failures -= 1
            raise ConnectionRefusedError
        return await super().execute(query, *args)


@pytest.mark.parametrize("patient", [False, True], ids=["control", "guarded"])
async def test_a_job_whose_retry_can_not_be_written_down_at_once_is_not_held(bench: Bench, patient: bool):
    """The control is PgQueuer's own way: it holds the job as failed for good."""

    async def stumble(run: int) -> None:
        if run == 1:
            raise ConnectionResetError("the database went away")

    class Waiter(Worker):
        def _build(self):
            manager = super()._build()
            assert isinstance(manager.queries, PatientQueries)
            manager.queries.driver = Away(self._pool)
            if not patient:
                manager.queries.retry_job = partial(Queries.retry_job, manager.queries)
            return manager

    step = FakeStep(stumble)
    worker, running = bench.worker(step, kind=Waiter)
    await bench.enqueue()
    if patient:
        await bench.until(StepStatus.DONE)
    else:
        async with asyncio.timeout(10):
            while await bench.jobs() != ["failed"]:
                await asyncio.sleep(0.05)
    await end(worker, running)
    assert await bench.jobs() == ([] if patient else ["failed"])


@pytest.mark.parametrize(("refusal", "runs"), [(Invalid("Too odd to use"), 1), (Unavailable("Away"), 2)])
async def test_any_refusal_of_ours_is_final_but_one_of_the_moment(bench: Bench, refusal: AppError, runs: int):
    async def refuse(run: int) -> None:
        if run == 1:
            raise refusal

    step = FakeStep(refuse)
    worker, running = bench.worker(step)
    await bench.enqueue()
    state = await bench.until(StepStatus.FAILED if runs == 1 else StepStatus.DONE)
    await end(worker, running)
    assert (state.error, step.runs) == ("Too odd to use" if runs == 1 else None, runs)
    assert await bench.jobs() == []


async def test_tags_are_taken_as_far_as_there_is_room(bench: Bench):
    genres = ["none-such", "dub", "techno", "house", "ambient", "punk", "folk", "jazz", "metal"]
    async with bench.database.transaction() as tx:
        known = [row["slug"] for row in await tx.conn.fetch("SELECT slug FROM catalog.genre")]
        wanted = [slug for slug in genres if slug in known] + known
        for before in (None, bench.track.title):
            await record_tags(
                tx, bench.track.id, title_before=before, title="x" * 300, genres=["none-such", *wanted]
            )
            track = await get_track(tx.conn, bench.viewer, bench.track.id)
            assert track.title == (bench.track.title if before is None else "x" * 200)
            assert {genre.slug for genre in track.genres} == set(list(dict.fromkeys(wanted))[:5])

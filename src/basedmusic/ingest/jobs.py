"""Running one background step of one track: safe twice, and safe to be killed anywhere."""

from collections.abc import Sequence

import structlog

from basedmusic.catalog import record_step_done
from basedmusic.codec.contracts import SourceRef
from basedmusic.ingest import store
from basedmusic.ingest.contracts import Step, StepSource, StepTools, Write
from basedmusic.ingest.rules import is_final
from basedmusic.ingest.service import RUN_STEP, StepJob, track_topic
from basedmusic.ingest.store import StoredSource
from basedmusic.kernel.errors import NotFound
from basedmusic.platform.bus import Bus
from basedmusic.platform.db import Database
from basedmusic.platform.sources import SourceFiles

log = structlog.get_logger()


class StepRunner:
    """What the worker calls for each RUN_STEP job."""

    def __init__(
        self, steps: Sequence[Step], database: Database, sources: SourceFiles, tools: StepTools, bus: Bus
    ) -> None:
        self._steps = {step.name: step for step in steps}
        self._database = database
        self._sources = sources
        self._tools = tools
        self._bus = bus

    async def run(self, job: StepJob) -> None:
        """Compute outside any transaction, then record the outcome and its step as one."""
        step = self._steps.get(job.step)
        started = await self._start(job)
        if step is None or started is None:
            return None
        stored, attempts = started
        await self._bus.publish(track_topic(job.track_id))
        try:
            source = await self._source(job, stored)
            await self._finish(job, await step.compute(source, self._tools))
        except Exception as error:
            if is_final(error):
                return await self._fail(job, str(error))
            if attempts >= RUN_STEP.max_attempts:
                await self._fail(job, "It failed too often; the operator can let it run again")
            log.warning("step_stumbled", track_id=str(job.track_id), step=job.step, error=repr(error))
            raise
        finally:
            await self._bus.publish(track_topic(job.track_id))

    async def _start(self, job: StepJob) -> tuple[StoredSource, int] | None:
        """What to work on and which attempt this is; None when there is nothing left to do."""
        async with self._database.transaction() as tx:
            attempts = await store.start_step(tx.conn, job.track_id, job.step)
            found = await store.find_step_source(tx.conn, job.track_id)
        return (found, attempts) if found is not None and attempts is not None else None

    async def _source(self, job: StepJob, stored: StoredSource) -> StepSource:
        """Fetched to this machine, where it lies elsewhere."""
        try:
            upload = await self._sources.path(stored.source_key)
            playback = await self._sources.path(stored.playback_key)
        except NotFound:
            raise NotFound("The uploaded file is missing from the store") from None
        sound = SourceRef(str(playback), stored.sample_rate, stored.samples)
        return StepSource(job.track_id, upload, sound, stored.auto_title)

    async def _finish(self, job: StepJob, write: Write) -> None:
        async with self._database.transaction() as tx:
            if await store.finish_step(tx.conn, job.track_id, job.step):
                await write(tx)
                await record_step_done(tx, job.track_id, job.step)

    async def _fail(self, job: StepJob, error: str) -> None:
        """For good; what plays goes on playing."""
        log.warning("step_failed", track_id=str(job.track_id), step=job.step, error=error)
        async with self._database.transaction() as tx:
            await store.fail_step(tx.conn, job.track_id, job.step, error)

"""One worker process: runs the queued jobs and sweeps what has expired."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog

from basedmusic.accounts import (
    DELETE_PROFILE,
    ERASE_ACCOUNT,
    MAIL_RESET,
    MAKE_EXPORT,
    SWEEPS,
    TELL_REPORTERS,
    Eraser,
    ProfileCloser,
    ReporterMailer,
    ResetMailer,
    Sweep,
    enqueue_due_closings,
    enqueue_due_erasures,
    sweep_exports,
)
from basedmusic.app.media import analysis_pool
from basedmusic.app.wiring import (
    INGEST_STEPS,
    POLICIES,
    PROFILE_CONTENTS,
    Scene,
    announcer,
    export_maker,
    guest_desk,
    open_scene,
)
from basedmusic.catalog import ANNOUNCE, purge_deleted_tracks
from basedmusic.ingest import RUN_STEP, Spool, StepRunner, StepTools, sweep_abandoned_uploads
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.answers import sweep_idempotency
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.log import configure_logging
from basedmusic.platform.mail import SEND_MAIL, Letterhead, sweep_mail
from basedmusic.platform.mail.sending import MailSender
from basedmusic.platform.metrics import serve_metrics
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.processes import die_with_supervisor
from basedmusic.platform.queue import sweep_job_log
from basedmusic.platform.queue.worker import Worker
from basedmusic.platform.settings import Settings
from basedmusic.platform.storage import tally_blobs
from basedmusic.shows import sweep_waitlists

log = structlog.get_logger()

SWEEP_S = 60.0


def run_worker(settings: Settings) -> int:
    die_with_supervisor()
    configure_logging(settings.log_level, settings.log_format)
    serve_metrics(settings.worker_metrics_port)
    asyncio.run(_work(settings))
    return 0


async def _work(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stopping.set)
    pool = analysis_pool(settings)
    try:
        async with open_scene(settings) as scene:
            await run_until(stopping, scene, pool)
    finally:
        await pool.close()


async def run_until(stopping: asyncio.Event, scene: Scene, pool: MediaPool) -> None:
    """Work on `scene` with the media processes of `pool` until `stopping` is set; running jobs are finished."""
    worker = Worker(scene.database.pool)
    tools = StepTools(pool, scene.blobs)
    runner = StepRunner(INGEST_STEPS, scene.database, scene.sources, tools, scene.bus)
    worker.register(RUN_STEP, runner.run)
    letterhead = Letterhead(scene.settings.scene_name, scene.settings.address)
    worker.register(MAIL_RESET, ResetMailer(scene.database, letterhead).run)
    worker.register(TELL_REPORTERS, ReporterMailer(scene.database, guest_desk(scene)).run)
    worker.register(SEND_MAIL, MailSender(scene.database, scene.settings).run)
    worker.register(ANNOUNCE, announcer(scene).run)
    worker.register(MAKE_EXPORT, export_maker(scene).run)
    worker.register(ERASE_ACCOUNT, Eraser(scene.database, scene.blobs, POLICIES).run)
    worker.register(DELETE_PROFILE, ProfileCloser(scene.database, PROFILE_CONTENTS).run)
    for job, handle in scene.database.facts.handlers():
        worker.register(job, handle)
    async with asyncio.TaskGroup() as group:
        working = group.create_task(worker.run())
        sweeping = group.create_task(_sweep_forever(scene))
        log.info("worker_ready")
        await stopping.wait()
        worker.stop()
        sweeping.cancel()
        await working


async def _sweep_forever(scene: Scene) -> None:
    spool = Spool(scene.settings.data / "uploads", scene.settings.max_upload_bytes)
    while True:
        await sweep(scene.database, partial(sweep_abandoned_uploads, spool, scene.database, scene.blobs))
        await _try("blob_tally", partial(tally_blobs, scene.database, scene.blobs, utc_now))
        await _try("waitlists", partial(sweep_waitlists, scene.database, utc_now))
        await _try("exports", partial(sweep_exports, scene.database, scene.blobs))
        await asyncio.sleep(SWEEP_S)


async def sweep(database: Database, abandoned: Callable[[], Awaitable[object]]) -> None:
    """One round. Each by itself: where one can't be done now (a store is away), the others still are."""
    await _try("abandoned_uploads", abandoned)
    for name, rows in ROWS.items():
        await _try(name, partial(_in_transaction, database, rows))


async def _try(name: str, sweep_one: Callable[[], Awaitable[object]]) -> None:
    try:
        await sweep_one()
    except Exception as error:  # the next round tries again; a sweep may never end the worker
        log.warning("sweep_failed", sweep=name, error=repr(error))


async def _in_transaction(database: Database, rows: Callable[[Tx], Awaitable[object]]) -> None:
    async with database.transaction() as tx:
        await rows(tx)


async def _sweep_rows(rows: Sweep, tx: Tx, clock: Clock = utc_now) -> None:
    await rows(tx.conn, clock())


ROWS: Mapping[str, Callable[[Tx], Awaitable[object]]] = {
    **{name: partial(_sweep_rows, rows) for name, rows in SWEEPS.items()},
    "idempotency": lambda tx: sweep_idempotency(tx.conn),
    "mail": lambda tx: sweep_mail(tx.conn),
    "job_log": lambda tx: sweep_job_log(tx.conn),
    "erasures": enqueue_due_erasures,
    "closings": enqueue_due_closings,
    "deleted_tracks": purge_deleted_tracks,
}

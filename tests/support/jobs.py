"""Queued jobs that run until none of theirs is left."""

import asyncio
from collections.abc import Mapping
from typing import Any

from basedmusic.platform.db import Database
from basedmusic.platform.queue import Job
from basedmusic.platform.queue.worker import Handler, Worker

PATIENT_S = 20


async def run_queued(database: Database, handlers: Mapping[Job[Any], Handler]) -> None:
    """Also those that these jobs queue. Jobs without a handler here stay."""
    names = [job.name for job in handlers]
    waiting = "SELECT count(*) FROM jobs.pgqueuer WHERE entrypoint = ANY ($1)"
    if not await database.pool.fetchval(waiting, names):
        return
    worker = Worker(database.pool)
    for job, handle in handlers.items():
        worker.register(job, handle)
    running = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(PATIENT_S):
            while await database.pool.fetchval(waiting, names):
                await asyncio.sleep(0.02)
    finally:
        worker.stop()
        await asyncio.wait_for(running, PATIENT_S)

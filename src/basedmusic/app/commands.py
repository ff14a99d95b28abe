"""Short commands of an operator: migrate, openapi, jobs."""

import asyncio
import json
import sys

from basedmusic.accounts import Hand
from basedmusic.app.admin.jobs import JobMissing, release_job
from basedmusic.app.schema import all_migrations
from basedmusic.app.wiring import Scene, database_url, open_scene
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.log import configure_logging
from basedmusic.platform.mail import read_bounce, take_bounce
from basedmusic.platform.migrations import apply_migrations
from basedmusic.platform.queue import list_held_jobs
from basedmusic.platform.settings import Settings


def migrate(settings: Settings) -> int:
    configure_logging(settings.log_level, settings.log_format)

    async def run() -> list[str]:
        async with database_url(settings) as dsn:
            return await apply_migrations(dsn, all_migrations())

    applied = asyncio.run(run())
    print("\n".join(applied) if applied else "The database is up to date.")
    return 0


def print_openapi(settings: Settings) -> int:
    from basedmusic.app.web import build_app

    json.dump(build_app(settings).openapi(), sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


EX_TEMPFAIL = 75
"""Of sysexits.h: a mail server that pipes to us keeps the notification and tries again."""


def note_bounce(settings: Settings, notification: bytes, clock: Clock = utc_now) -> int:
    """0 also where there is nothing to note, or the mail server would send the notification back in turn."""
    configure_logging(settings.log_level, settings.log_format)
    bounce = read_bounce(notification)
    if bounce is None:
        print("This is no notification of a mail of ours.")
        return 0

    async def run() -> bool:
        async with open_scene(settings, connections=2) as scene, scene.database.transaction() as tx:
            return await take_bounce(tx, bounce, clock())

    try:
        noted = asyncio.run(run())
    except (Exception, asyncio.CancelledError) as error:
        print(f"basedmusic: {error}", file=sys.stderr)
        return EX_TEMPFAIL
    print(
        f"Noted ({bounce.code}): only what confirms the address goes there." if noted else "Nothing to note."
    )
    return 0


def held_jobs(settings: Settings, release: int | None) -> int:
    configure_logging(settings.log_level, settings.log_format)

    async def run() -> int:
        async with open_scene(settings, connections=2) as scene:
            return await (_show_held(scene) if release is None else _release(scene, release))

    return asyncio.run(run())


async def _show_held(scene: Scene) -> int:
    async with scene.database.connection() as conn:
        jobs = await list_held_jobs(conn)
    for job in jobs:
        print(f"{job.id}  {job.failed_at:%Y-%m-%d %H:%M}  {job.job}  {job.payload}  {job.error or ''}")
    if not jobs:
        print("No job is held.")
    return 0


async def _release(scene: Scene, job_id: int) -> int:
    try:
        async with scene.database.transaction() as tx:
            await release_job(tx, Hand.SHELL, job_id)
    except JobMissing:
        print(f"There is no held job {job_id}.")
        return 1
    print(f"Job {job_id} runs again.")
    return 0

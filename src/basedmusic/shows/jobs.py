"""What the worker does for shows now and then. Nothing is wrong without it, only later heard of."""

import structlog

from basedmusic.kernel.clock import Clock
from basedmusic.platform.db import Database
from basedmusic.shows.service.waitlist import list_unsettled, settle

log = structlog.get_logger()


async def sweep_waitlists(database: Database, clock: Clock) -> None:
    """Hand on what became free by itself, each show in a transaction of its own."""
    async with database.connection() as conn:
        unsettled = await list_unsettled(conn, clock())
    for show_id in unsettled:
        async with database.transaction() as tx:
            await settle(tx, show_id, clock())
    if unsettled:
        log.info("waitlists_settled", shows=len(unsettled))

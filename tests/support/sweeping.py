"""All that the worker sweeps of accounts, at once."""

from datetime import datetime

from basedmusic.accounts import SWEEPS
from basedmusic.platform.db import Connection


async def sweep_accounts(conn: Connection, now: datetime) -> None:
    for rows in SWEEPS.values():
        await rows(conn, now)

"""Background work of this slice; safe to run twice."""

from basedmusic.accounts.store import sessions, teams
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.db import Connection


async def sweep_sessions(conn: Connection, clock: Clock = utc_now) -> int:
    """Delete sessions, refresh tokens and invitations that are over; how many sessions there were.

    Hourly is plenty.
    """
    await teams.delete_expired_invitations(conn, clock())
    return await sessions.delete_expired(conn, clock())

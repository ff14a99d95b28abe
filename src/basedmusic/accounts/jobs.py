"""Background work of this slice; safe to run twice."""

from basedmusic.accounts.rules.claims import CLAIM_KEPT
from basedmusic.accounts.rules.history import GAP_LIFE, UNDO_LIFE
from basedmusic.accounts.rules.moderation import KEEP_EVIDENCE
from basedmusic.accounts.rules.sessions import DEVICE_MEMORY
from basedmusic.accounts.rules.standing import LONGEST
from basedmusic.accounts.store import (
    ages,
    claims,
    history,
    mail_links,
    reports,
    sessions,
    standing,
    suspensions,
    teams,
)
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.db import Connection


async def sweep_sessions(conn: Connection, clock: Clock = utc_now) -> int:
    """Delete sessions, tokens, invitations, links, claims, suspensions and cases that are over; how many sessions.

    And whoever is of age by now is a minor no more. Hourly is plenty.
    """
    await teams.delete_expired_invitations(conn, clock())
    await ages.clear_grown_up(conn, clock().date())
    await teams.delete_old_invited(conn, clock() - LONGEST)
    await standing.delete_old_counted(conn, clock() - LONGEST)
    await mail_links.delete_expired_links(conn, clock())
    await suspensions.clear_expired(conn, clock())
    await reports.delete_old_cases(conn, clock() - KEEP_EVIDENCE)
    await sessions.forget_devices(conn, clock() - DEVICE_MEMORY)
    await claims.delete_old_claims(conn, clock() - CLAIM_KEPT)
    return await sessions.delete_expired(conn, clock())


async def sweep_history(conn: Connection, clock: Clock = utc_now) -> int:
    """Wipe deletions that can't be undone any more, and forget those past all reporting; how many wiped."""
    await history.delete_gaps(conn, clock() - GAP_LIFE)
    return await history.wipe_gaps(conn, clock() - UNDO_LIFE)

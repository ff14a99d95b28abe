"""Background work of this slice; safe to run twice."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

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
from basedmusic.platform.db import Connection

Sweep = Callable[[Connection, datetime], Awaitable[object]]

SWEEPS: Mapping[str, Sweep] = {
    "sessions": sessions.delete_expired,
    "devices": lambda conn, now: sessions.forget_devices(conn, now - DEVICE_MEMORY),
    "invitations": teams.delete_expired_invitations,
    "invited": lambda conn, now: teams.delete_old_invited(conn, now - LONGEST),
    "counted": lambda conn, now: standing.delete_old_counted(conn, now - LONGEST),
    "mail_links": mail_links.delete_expired_links,
    "claims": lambda conn, now: claims.delete_old_claims(conn, now - CLAIM_KEPT),
    "cases": lambda conn, now: reports.delete_old_cases(conn, now - KEEP_EVIDENCE),
    "grown_up": lambda conn, now: ages.clear_grown_up(conn, now.date()),
    "suspensions": suspensions.clear_expired,
    "history_gaps": lambda conn, now: history.delete_gaps(conn, now - GAP_LIFE),
    "history": lambda conn, now: history.wipe_gaps(conn, now - UNDO_LIFE),
}
"""What is over and goes, each in a transaction of its own: what one waits for keeps no other back. Nothing depends
on when; reads ask the clock themselves."""

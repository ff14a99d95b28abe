"""What of somebody's reports becomes history, for how long, and until when a deletion can be undone. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from basedmusic.accounts.contracts.history import Play

MAX_HEARD = 50_000
"""Entries per person: eight years of twenty tracks a day. The oldest go with the first play of a month."""
LATEST_REPORT = timedelta(days=30)
"""How long after it was heard a play may still be reported. Deletions are remembered for longer."""
UNDO_LIFE = timedelta(hours=1)
GAP_LIFE = LATEST_REPORT + timedelta(days=1)
MAX_GAPS = 1_000
"""Per person, of those that can still be undone; a day or everything is one."""


def settle_plays(plays: Sequence[Play], sent_at: datetime | None, now: datetime) -> list[Play]:
    """In the server's time, without those that come too late.

    A device whose clock is wrong is wrong alike about when something was heard and when it says so, so the
    difference holds; nothing was heard in the future.
    """
    ago = [(play, max((sent_at or now) - play.heard_at, timedelta())) for play in plays]
    return [Play(play.id, play.track_id, now - before) for play, before in ago if before <= LATEST_REPORT]


def begins_a_month(latest: datetime | None, now: datetime) -> bool:
    """Whether nothing was heard yet in this month (UTC), when the history is cut to its length."""
    return latest is None or (latest.year, latest.month) < (now.year, now.month)

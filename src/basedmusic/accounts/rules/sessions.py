"""How long signing in lasts."""

from datetime import datetime, timedelta

ACCESS_TOKEN_LIFE = timedelta(minutes=15)
SESSION_IDLE = timedelta(days=30)
SESSION_LONGEST = timedelta(days=365)
REFRESH_GRACE = timedelta(seconds=10)
"""How long a refresh may be tried again: what a client's own time limit and one more try take."""
DEVICE_MEMORY = timedelta(days=365)
"""After it a device or a place is new again."""
SEEN_EVERY = timedelta(minutes=5)
"""How stale `last_seen_at` may be: a write per request would cost more than it tells."""


def session_expiry(created_at: datetime, now: datetime) -> datetime:
    """SESSION_IDLE after the last sign of life, but never more than SESSION_LONGEST after its start."""
    return min(now + SESSION_IDLE, created_at + SESSION_LONGEST)


def is_retry(used_at: datetime, now: datetime) -> bool:
    """Whether a used token may be a client's that never saw its answer."""
    return now - used_at < REFRESH_GRACE


def is_touch_due(last_seen_at: datetime, now: datetime) -> bool:
    return now - last_seen_at >= SEEN_EVERY

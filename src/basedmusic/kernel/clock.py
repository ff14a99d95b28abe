"""Time comes in as an argument; this is the one place at the edge that reads it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def parse_instant(text: str) -> datetime:
    """An instant in UTC from ISO 8601 text that names its offset. Raises ValueError, also for local time."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    try:
        return instant.astimezone(UTC)
    except OverflowError:  # the first and the last hours of all time, in a zone behind or before ours
        raise ValueError("an instant must lie in the years 1 to 9999 of UTC") from None

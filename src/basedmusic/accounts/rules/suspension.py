"""Who may suspend whom, and what the suspended are told. Pure."""

from datetime import UTC, datetime

from basedmusic.accounts.contracts import MAX_REASON, Role, Suspension
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.text import clean_line


def is_suspended(suspension: Suspension | None, now: datetime) -> bool:
    return suspension is not None and (suspension.until is None or now < suspension.until)


def can_suspend(actor: Role | None, subject: Role | None) -> bool:
    """By their roles in the scene: an admin anybody, a moderator whoever has none. Nobody themselves, which is not
    a question of roles."""
    return actor is Role.ADMIN or (actor is Role.MODERATOR and subject is None)


def clean_reason(reason: str) -> str:
    """Raises Invalid."""
    return clean_line(reason, "reason", MAX_REASON)


def check_until(until: datetime | None, now: datetime) -> None:
    """Raises Invalid."""
    if until is not None and until <= now:
        raise Invalid("A suspension ends in the future, or is left open", field="until")


def explain(suspension: Suspension) -> str:
    """What the person is told."""
    until = f" until {_day(suspension.until)}" if suspension.until else ""
    return f"This account is suspended{until}. The reason given: {suspension.reason}"


def _day(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"

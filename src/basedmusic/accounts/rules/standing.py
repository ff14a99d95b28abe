"""How far an account is trusted, and how much of what it may do in a day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

NEW_FOR = timedelta(hours=24)
TRUSTED_AFTER = timedelta(days=90)
RESTRICTED_FOR = timedelta(days=30)
"""After a decision against the account."""


class Standing(StrEnum):
    NEW = "new"
    """Its address is not confirmed, or it is not a day old."""
    SETTLED = "settled"
    TRUSTED = "trusted"
    RESTRICTED = "restricted"


class Limited(StrEnum):
    """What is counted."""

    REPORTS = "reports"
    FOLLOWS = "follows"
    INVITATIONS = "invitations"
    UPLOADS = "uploads"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Allowance:
    most: int
    per: timedelta


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
LIMITS: Mapping[Limited, Mapping[Standing, Allowance]] = MappingProxyType(
    {
        Limited.REPORTS: {
            Standing.NEW: Allowance(5, _DAY),
            Standing.SETTLED: Allowance(20, _DAY),
            Standing.TRUSTED: Allowance(60, _DAY),
            Standing.RESTRICTED: Allowance(5, _DAY),
        },
        Limited.FOLLOWS: {
            Standing.NEW: Allowance(60, _HOUR),
            Standing.SETTLED: Allowance(300, _HOUR),
            Standing.TRUSTED: Allowance(600, _HOUR),
            Standing.RESTRICTED: Allowance(30, _HOUR),
        },
        Limited.INVITATIONS: {
            Standing.NEW: Allowance(5, _DAY),
            Standing.SETTLED: Allowance(50, _DAY),
            Standing.TRUSTED: Allowance(100, _DAY),
            Standing.RESTRICTED: Allowance(2, _DAY),
        },
        # An album on the first day; of the settled a back catalogue.
        Limited.UPLOADS: {
            Standing.NEW: Allowance(20, _DAY),
            Standing.SETTLED: Allowance(200, _DAY),
            Standing.TRUSTED: Allowance(500, _DAY),
            Standing.RESTRICTED: Allowance(5, _DAY),
        },
        Limited.CLAIMS: {
            Standing.NEW: Allowance(3, _DAY),
            Standing.SETTLED: Allowance(10, _DAY),
            Standing.TRUSTED: Allowance(20, _DAY),
            Standing.RESTRICTED: Allowance(1, _DAY),
        },
    }
)


LONGEST = max(one.per for by_standing in LIMITS.values() for one in by_standing.values())
"""What was done longer ago counts for nothing."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much more of something an account may do now."""

    what: Limited
    standing: Standing
    allowance: Allowance
    left: int
    opens_at: datetime | None
    """When one more goes; None while one goes now."""


@dataclass(frozen=True, slots=True)
class Record:
    """What standing is made of."""

    created_at: datetime
    verified: bool
    restricted_at: datetime | None
    """When it, or a profile that it runs alone, was last decided against."""


def standing_of(record: Record, now: datetime) -> Standing:
    """What was decided against an account weighs more than its age, and a confirmed address more than waiting."""
    if record.restricted_at is not None and now - record.restricted_at < RESTRICTED_FOR:
        return Standing.RESTRICTED
    age = now - record.created_at
    if not record.verified or age < NEW_FOR:
        return Standing.NEW
    return Standing.TRUSTED if age >= TRUSTED_AFTER else Standing.SETTLED


def allowance(what: Limited, standing: Standing) -> Allowance:
    return LIMITS[what][standing]


def decide_room(what: Limited, standing: Standing, done: int, first: datetime | None) -> Room:
    """`done` within the allowance's time, the `first` of the last that fill it."""
    most = allowance(what, standing)
    if done < most.most or first is None:
        return Room(what, standing, most, most.most - done, None)
    return Room(what, standing, most, 0, first + most.per)


def explain(what: Limited, most: Allowance, wait_s: int) -> str:
    per = "an hour" if most.per == _HOUR else "a day"
    return f"{_SAID[what]} {most.most} times {per} is the most for your account now; come back in {_span(wait_s)}"


_SAID = {
    Limited.REPORTS: "Reporting",
    Limited.FOLLOWS: "Following somebody",
    Limited.INVITATIONS: "Inviting",
    Limited.UPLOADS: "Uploading",
    Limited.CLAIMS: "Claiming a page",
}


def _span(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3600)} hours"

"""A show's times, from the clock on the wall to the instant. Pure, but for the rules of the zones.

Those come from the package `tzdata`, never from the machine: what was derived can then be derived again, and is,
when a country changes its mind (the version is kept beside the instants).
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

import tzdata

from basedmusic.shows.contracts import Moment, PlannedTimes, ShowTimes, TimeUnknown

TZ_VERSION = tzdata.IANA_VERSION
NIGHT_ENDS = timedelta(hours=6)
"""Until then it is still the evening before."""
UNTOLD_LENGTH = timedelta(hours=6)
"""Of a show that says no curfew."""
LONGEST = timedelta(days=2)
DOORS_BEFORE = timedelta(hours=12)
FIRST_YEAR, LAST_YEAR = 1970, 2200


def plan(planned: PlannedTimes) -> ShowTimes:
    """Raises TimeUnknown, which names the field.

    Doors and curfew are read so that they come in order, in nights in which the clock shows an hour twice: the
    latest doors that are not after the start, the first curfew that is after it.
    """
    zone = planned.zone
    starts = settle(planned.starts, zone, planned.fold, field="starts")
    doors = curfew = None
    if planned.doors is not None:
        readings = [settle(planned.doors, zone, fold, field="doors") for fold in (1, 0)]
        doors = next((one for one in readings if one.at <= starts.at), None)
        if doors is None or starts.at - doors.at > DOORS_BEFORE:
            raise TimeUnknown("Doors open before the show starts, by half a day at most", field="doors")
    if planned.curfew is not None:
        readings = [settle(planned.curfew, zone, fold, field="curfew") for fold in (0, 1)]
        curfew = next((one for one in readings if one.at > starts.at), None)
        if curfew is None or curfew.at - starts.at > LONGEST:
            raise TimeUnknown("The curfew is after the start, by two days at most", field="curfew")
    return ShowTimes(
        zone=zone,
        starts=starts,
        doors=doors,
        curfew=curfew,
        over_at=curfew.at if curfew else starts.at + UNTOLD_LENGTH,
        evening=evening_of(starts.wall),
        tz_version=TZ_VERSION,
    )


def settle(wall: datetime, zone: str, fold: int = 0, *, field: str = "starts") -> Moment:
    """When a clock there shows `wall`.

    A time that is left out when clocks go forward becomes the one that they go on to (02:30 → 03:30); of one that
    they show twice `fold` says which. Raises TimeUnknown.
    """
    if wall.tzinfo is not None:
        raise TimeUnknown("A time on the wall has no offset; it looks like 2026-12-05T20:00", field=field)
    if not FIRST_YEAR < wall.year < LAST_YEAR:
        raise TimeUnknown(f"The year is between {FIRST_YEAR} and {LAST_YEAR}", field=field)
    place = zone_of(zone)
    plain = wall.replace(microsecond=0, second=0, fold=0)
    at = plain.replace(tzinfo=place).astimezone(UTC)
    shown = at.astimezone(place)
    if (
        shown.replace(tzinfo=None) == plain and fold
    ):  # else it falls into a gap, where there is nothing to choose
        at = plain.replace(tzinfo=place, fold=1).astimezone(UTC)
        shown = at.astimezone(place)
    return Moment(shown.replace(tzinfo=None, fold=0), shown.fold, at)


def evening_of(wall: datetime) -> date:
    """The evening that a time on the wall belongs to."""
    return (wall - NIGHT_ENDS).date()


def derive_again(times: ShowTimes) -> ShowTimes:
    """By the rules of today: what is on the poster stays, the instants move."""
    return plan(
        PlannedTimes(
            zone=times.zone,
            starts=times.starts.wall,
            fold=times.starts.fold,
            doors=times.doors.wall if times.doors else None,
            curfew=times.curfew.wall if times.curfew else None,
        )
    )


@lru_cache(maxsize=600)
def zone_of(name: str) -> ZoneInfo:
    """Raises TimeUnknown for a name that is in no list of IANA's."""
    if name not in _names():
        raise TimeUnknown("This is no zone; one looks like Europe/Berlin", field="zone")
    *folders, last = name.split("/")
    package = ".".join(["tzdata.zoneinfo", *folders])
    with resources.files(package).joinpath(last).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())

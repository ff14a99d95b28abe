"""From the clock on the wall to the instant: nights in which clocks are put forward and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.shows.contracts import PlannedTimes, TimeUnknown
from basedmusic.shows.rules.times import LONGEST, TZ_VERSION, derive_again, evening_of, plan, settle, zone_of

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "wall", "fold", "shown", "instant"),
    [
        ("Europe/Berlin", "2026-12-05T20:00", 0, "2026-12-05T20:00", "2026-12-05T19:00+00:00"),
        # Clocks go from 02:00 to 03:00: half past two does not exist, and becomes half past three.
        ("Europe/Berlin", "2026-03-29T02:30", 0, "2026-03-29T03:30", "2026-03-29T01:30+00:00"),
        ("Europe/Berlin", "2026-03-29T02:30", 1, "2026-03-29T03:30", "2026-03-29T01:30+00:00"),
        ("Europe/Berlin", "2026-03-29T03:00", 0, "2026-03-29T03:00", "2026-03-29T01:00+00:00"),
        # They go back from 03:00 to 02:00: half past two comes twice, and the first is meant unless one says.
        ("Europe/Berlin", "2026-10-25T02:30", 0, "2026-10-25T02:30", "2026-10-25T00:30+00:00"),
        ("Europe/Berlin", "2026-10-25T02:30", 1, "2026-10-25T02:30", "2026-10-25T01:30+00:00"),
        ("Europe/Berlin", "2026-10-25T20:00", 1, "2026-10-25T20:00", "2026-10-25T19:00+00:00"),
        ("America/New_York", "2026-03-08T02:15", 0, "2026-03-08T03:15", "2026-03-08T07:15+00:00"),
        ("America/New_York", "2026-11-01T01:30", 0, "2026-11-01T01:30", "2026-11-01T05:30+00:00"),
        ("America/New_York", "2026-11-01T01:30", 1, "2026-11-01T01:30", "2026-11-01T06:30+00:00"),
        # Half an hour only, and in October forward.
        ("Australia/Lord_Howe", "2026-10-04T02:15", 0, "2026-10-04T02:45", "2026-10-03T15:45+00:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", 0, "2026-04-05T01:45", "2026-04-04T14:45+00:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", 1, "2026-04-05T01:45", "2026-04-04T15:15+00:00"),
    ],
)
def test_a_time_on_the_wall_is_one_instant(zone: str, wall: str, fold: int, shown: str, instant: str):
    moment = settle(at(wall), zone, fold)
    assert (moment.wall, moment.at) == (at(shown), at(instant))


def test_twenty_oclock_stays_twenty_oclock_over_the_change():
    weeks = [settle(at("2026-03-25T20:00") + timedelta(weeks=n), "Europe/Berlin") for n in range(2)]
    assert [one.wall.hour for one in weeks] == [20, 20]
    assert weeks[1].at - weeks[0].at == timedelta(weeks=1) - timedelta(hours=1)


def test_a_show_from_half_past_eleven_to_four_lasts_as_long_as_the_night_does():
    def night(day: str, until: str) -> timedelta:
        times = plan(PlannedTimes("Europe/Berlin", at(f"{day}T23:30"), curfew=at(f"{until}T04:00")))
        assert times.curfew is not None
        assert times.over_at == times.curfew.at
        assert times.evening == date.fromisoformat(day)
        return times.curfew.at - times.starts.at

    assert night("2026-06-06", "2026-06-07") == timedelta(hours=4.5)
    assert night("2026-10-24", "2026-10-25") == timedelta(hours=5.5)
    assert night("2026-03-28", "2026-03-29") == timedelta(hours=3.5)


def test_after_midnight_is_still_the_evening_before():
    assert evening_of(at("2026-12-06T00:30")) == date(2026, 12, 5)
    assert evening_of(at("2026-12-06T05:59")) == date(2026, 12, 5)
    assert evening_of(at("2026-12-06T06:00")) == date(2026, 12, 6)


def test_in_the_hour_that_comes_twice_doors_and_curfew_are_read_in_order():
    # The start is the second half past two: doors at a quarter past are the ones just before it.
    second = plan(PlannedTimes("Europe/Berlin", at("2026-10-25T02:30"), 1, doors=at("2026-10-25T02:15")))
    assert second.doors is not None
    assert second.starts.at - second.doors.at == timedelta(minutes=15)
    # A curfew at a quarter past two, of a show from half past two on, is the second one.
    first = plan(PlannedTimes("Europe/Berlin", at("2026-10-25T02:30"), 0, curfew=at("2026-10-25T02:15")))
    assert first.curfew is not None
    assert first.curfew.at - first.starts.at == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("planned", "field"),
    [
        (PlannedTimes("Berlin", at("2026-12-05T20:00")), "zone"),
        (PlannedTimes("../../etc/passwd", at("2026-12-05T20:00")), "zone"),
        (PlannedTimes("Europe/Berlin", at("2026-12-05T20:00+01:00")), "starts"),
        (PlannedTimes("Europe/Berlin", at("0001-01-01T00:00")), "starts"),
        (PlannedTimes("Europe/Berlin", at("9999-12-31T23:59")), "starts"),
        (PlannedTimes("Europe/Berlin", at("2026-12-05T20:00"), doors=at("2026-12-05T20:01")), "doors"),
        (PlannedTimes("Europe/Berlin", at("2026-12-05T20:00"), doors=at("2026-12-05T07:00")), "doors"),
        (PlannedTimes("Europe/Berlin", at("2026-12-05T20:00"), curfew=at("2026-12-05T20:00")), "curfew"),
        (PlannedTimes("Europe/Berlin", at("2026-12-05T20:00"), curfew=at("2026-12-07T20:01")), "curfew"),
    ],
)
def test_what_is_no_time_of_a_show_is_refused_by_name(planned: PlannedTimes, field: str):
    with pytest.raises(TimeUnknown) as refusal:
        plan(planned)
    assert refusal.value.extra["field"] == field


walls = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31))


@given(walls, st.sampled_from(ZONES), st.sampled_from([0, 1]))
def test_what_is_shown_is_what_a_clock_there_shows(wall: datetime, zone: str, fold: int):
    moment = settle(wall, zone, fold)
    shown = moment.at.astimezone(zone_of(zone))  # the machine's own rules may be of another year
    assert shown.replace(tzinfo=None, fold=0) == moment.wall
    assert moment.wall - wall.replace(second=0, microsecond=0) in (
        timedelta(),
        timedelta(minutes=30),
        timedelta(hours=1),
    )


@given(walls, st.sampled_from(ZONES), st.sampled_from([0, 1]))
def test_settled_once_is_settled(wall: datetime, zone: str, fold: int):
    once = settle(wall, zone, fold)
    assert settle(once.wall, zone, once.fold) == once


@given(walls, st.sampled_from(ZONES), st.sampled_from([0, 1]), st.integers(0, 700), st.integers(1, 2_800))
def test_doors_start_and_curfew_are_in_order_and_derived_again_alike(
    wall: datetime, zone: str, fold: int, doors: int, curfew: int
):
    place = zone_of(zone)
    starts = settle(wall, zone, fold)

    def by_the_clock(instant: datetime) -> datetime:
        return instant.astimezone(place).replace(tzinfo=None, fold=0)

    planned = PlannedTimes(
        zone,
        starts.wall,
        starts.fold,
        by_the_clock(starts.at - timedelta(minutes=doors)),
        by_the_clock(starts.at + timedelta(minutes=curfew)),
    )
    times = plan(planned)
    assert times.doors is not None
    assert times.curfew is not None
    assert times.doors.at <= times.starts.at < times.curfew.at == times.over_at <= times.starts.at + LONGEST
    assert derive_again(times) == times
    assert times.tz_version == TZ_VERSION


def test_instants_are_in_utc():
    assert settle(at("2026-12-05T20:00"), "America/New_York").at.tzinfo is UTC

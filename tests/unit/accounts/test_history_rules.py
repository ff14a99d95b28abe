"""What of reported plays becomes history."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import Play
from basedmusic.accounts.rules.history import LATEST_REPORT, begins_a_month, settle_plays

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
INSTANTS = st.datetimes(timezones=st.just(UTC))
"""What a client may send: any."""
SERVER_TIMES = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))
AGO = st.timedeltas(timedelta(), timedelta(days=60))
SKEW = st.timedeltas(timedelta(days=-3000), timedelta(days=3000))


def play(heard_at: datetime) -> Play:
    return Play(UUID(int=1), UUID(int=2), heard_at)


@given(st.lists(INSTANTS, max_size=5), st.none() | INSTANTS, SERVER_TIMES)
def test_whatever_a_clock_says_nothing_is_kept_from_the_future_or_from_long_ago(
    heard: list[datetime], sent_at: datetime | None, now: datetime
):
    for one in settle_plays([play(at) for at in heard], sent_at, now):
        assert now - LATEST_REPORT <= one.heard_at <= now


@given(AGO, SKEW)
def test_a_wrong_clock_changes_nothing(ago: timedelta, skew: timedelta):
    right = settle_plays([play(NOW - ago)], NOW, NOW)
    wrong = settle_plays([play(NOW - ago + skew)], NOW + skew, NOW)
    assert right == wrong
    assert [one.heard_at for one in right] == ([NOW - ago] if ago <= LATEST_REPORT else [])


def test_a_month_begins_with_its_first_play():
    assert begins_a_month(None, NOW)
    assert begins_a_month(datetime(2026, 10, 31, 23, 59, tzinfo=UTC), NOW)
    assert not begins_a_month(datetime(2026, 11, 1, tzinfo=UTC), NOW)

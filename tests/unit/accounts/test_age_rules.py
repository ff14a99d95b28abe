"""From a month of birth: who may have an account, and who is of age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import TooYoung
from basedmusic.accounts.rules.ages import ADULT_AGE, comes_to, decide_age
from basedmusic.kernel.errors import Invalid

TODAY = date(2026, 11, 27)
DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
MINIMUM = st.integers(13, 25)


def years_old(birthday: date, today: date) -> int:
    """The day before 1 March where there is no 29 February."""
    return today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))


@pytest.mark.parametrize(
    ("born", "adult_from"),
    [
        ("1990-05", None),
        ("2008-10", None),
        ("2008-11", date(2026, 12, 1)),
        ("2008-12", date(2027, 1, 1)),
        ("2010-10", date(2028, 11, 1)),
    ],
)
def test_a_minor_is_told_from_an_adult_by_the_month(born: str, adult_from: date | None):
    assert decide_age(born, 16, TODAY) == adult_from


@pytest.mark.parametrize("born", ["2010-11", "2010-12", "2026-11", "2016-01"])
def test_below_the_minimum_nobody_gets_in(born: str):
    with pytest.raises(TooYoung) as refused:
        decide_age(born, 16, TODAY)
    assert refused.value.extra == {"field": "born"}


@pytest.mark.parametrize(
    "born", ["", "1990", "1990-5", "1990-13", "1990-00", "26-05", "2026-12", "2027-01", "1899-05", "١٩٩٠-05"]
)
def test_what_is_no_month_of_anybodys_birth_is_refused(born: str):
    with pytest.raises(Invalid):
        decide_age(born, 16, TODAY)


@given(BIRTHDAYS, DAYS, MINIMUM)
def test_whoever_gets_in_is_old_enough_and_whoever_counts_as_of_age_is(
    birthday: date, today: date, minimum: int
):
    try:
        adult_from = decide_age(f"{birthday:%Y-%m}", minimum, today)
    except (TooYoung, Invalid):
        return
    assert years_old(birthday, today) >= minimum
    if adult_from is None:
        assert years_old(birthday, today) >= ADULT_AGE
    else:
        assert adult_from > today and years_old(birthday, adult_from) == ADULT_AGE


@given(BIRTHDAYS, MINIMUM)
def test_nobody_waits_longer_than_to_the_next_month(birthday: date, age: int):
    opens = comes_to(birthday, age)
    assert opens.day == 1
    assert years_old(birthday, opens) == age
    assert years_old(birthday, opens - timedelta(days=32)) < age

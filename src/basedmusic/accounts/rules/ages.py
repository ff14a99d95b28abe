"""How old somebody is, as far as one has to know: from the month of birth, in whole months. Pure.

A month is coarse, so every age begins with the month after that of the birthday: nobody counts as older than they
are. Of an adult nothing is kept.
"""

import re
from datetime import date

from basedmusic.accounts.contracts import TooYoung
from basedmusic.kernel.errors import Invalid

ADULT_AGE = 18
"""Convention on the Rights of the Child, article 1."""
OLDEST = 125
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


def decide_age(born: str, minimum_age: int, today: date) -> date | None:
    """Of somebody born in that month (`1990-05`): from when they are of age, or None if they are.

    Raises Invalid, and TooYoung below `minimum_age`.
    """
    month = _month(born, today)
    if today < comes_to(month, minimum_age):
        raise TooYoung(field="born")
    adult_from = comes_to(month, ADULT_AGE)
    return None if adult_from <= today else adult_from


def comes_to(born: date, age: int) -> date:
    """The first day on which somebody born in that month is `age` for certain."""
    months = born.year * 12 + born.month + age * 12
    return date(months // 12, months % 12 + 1, 1)


def _month(born: str, today: date) -> date:
    parts = _MONTH.fullmatch(born)
    if parts is None:
        raise Invalid("Give the month and the year that you were born in", field="born")
    year, month = map(int, parts.groups())
    if not (today.year - OLDEST, 0) < (year, month) <= (today.year, today.month):
        raise Invalid("Nobody here was born in that month; look at the year again", field="born")
    return date(year, month, 1)

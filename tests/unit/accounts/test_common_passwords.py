"""Passwords that are tried first are refused; what people make up themselves is not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.common_passwords import common_passwords
from basedmusic.accounts.rules import check_new_password
from basedmusic.accounts.rules.common import is_common
from basedmusic.kernel.errors import Invalid

KNOWN = common_passwords()
WORDS = st.sampled_from(sorted(KNOWN))
TAILS = st.text("0123456789!?.#*-_ ", max_size=8)


def test_the_list_is_there_with_its_source():
    assert len(KNOWN) > 20_000
    assert {"password", "qwertyuiop", "1234567890", "sunshine"} <= KNOWN
    assert all(word == word.casefold() and len(word) >= 6 for word in KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop",
        "QwertyUiop",
        "1234567890",
        "12345678!!",
        "password123!",
        "Password2026",
        "123password123",
        "p@ssw0rd123",
        "p4ssword1!!",
        "passwordpassword",
        "sunshinesunshine!",
        "aaaaaaaaaaaa",
        "1212121212",
        "abcdefghijkl",
        "zyxwvutsrqponm",
        "  password99  ",
    ],
)
def test_is_refused_in_words(password: str):
    with pytest.raises(Invalid, match="tried first") as refused:
        check_new_password(password, "mara@example.org")
    assert refused.value.extra["field"] == "password"


@pytest.mark.parametrize(
    "password",
    [
        "four words of yours",
        "tide tables at noon",
        "password of the harbour master",
        "sunshine on a rainy day",
        "k7#vQ2!xLp9z",
        "ведро и маяк 7",
    ],
)
def test_is_taken(password: str):
    assert check_new_password(password, "mara@example.org") == password


@given(WORDS, TAILS, st.booleans())
def test_no_tail_and_no_case_makes_a_common_one_good(word: str, tail: str, loud: bool):
    assert is_common((word.upper() if loud else word) + tail, KNOWN)


@given(WORDS, st.integers(2, 3))
def test_nor_does_saying_it_again(word: str, times: int):
    assert is_common(word * times, KNOWN)


@given(st.text(max_size=40))
def test_without_a_list_only_patterns_are_refused(text: str):
    bare = text.casefold().strip()
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(bare)}
    assert is_common(text, frozenset()) == (len(set(bare)) < 4 or steps in ({1}, {-1}))

"""What a key may do follows from what a route says; what it does not say is closed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import KeyKind, Scope, Verb
from basedmusic.accounts.rules.keys import LONGEST, LOOKS, can_use_key, check_expiry, check_scopes
from basedmusic.kernel.errors import Invalid

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SCOPES = st.frozensets(st.sampled_from(list(Scope)))
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", ""])
WORDS = st.sampled_from(
    ["public", "signed_in", "own", "moderator", "admin", "link", *(f"verb:{v}" for v in Verb)]
)
OPENED = st.sampled_from([None, "by_key", "upload"])


@given(SCOPES, METHODS, st.none() | st.text(max_size=12), OPENED)
def test_a_route_that_says_nothing_known_is_closed(
    scopes: frozenset[Scope], method: str, word: str | None, opened: str | None
):
    known = word in ("public", "signed_in") or (word or "").startswith("verb:") or word == "own"
    assert known or not can_use_key(scopes, method, word, opened)


@given(SCOPES, METHODS, OPENED)
def test_nobody_moderates_or_manages_a_team_by_key(scopes: frozenset[Scope], method: str, opened: str | None):
    for word in ("moderator", "admin", "link", "verb:manage_members", "verb:manage_owners"):
        assert not can_use_key(scopes, method, word, opened)


@given(SCOPES, METHODS, WORDS, OPENED)
def test_looking_needs_read_and_changing_write_or_what_upload_is_for(
    scopes: frozenset[Scope], method: str, word: str, opened: str | None
):
    if can_use_key(scopes, method, word, opened):
        needed = {Scope.READ} if method in LOOKS else {Scope.WRITE, Scope.UPLOAD}
        assert scopes & needed
        assert Scope.WRITE in scopes or method in LOOKS or opened == "upload"


@given(SCOPES, SCOPES, METHODS, WORDS, OPENED)
def test_more_scopes_never_allow_less(
    some: frozenset[Scope], more: frozenset[Scope], method: str, word: str, opened: str | None
):
    assert can_use_key(some | more, method, word, opened) >= can_use_key(some, method, word, opened)


@pytest.mark.parametrize(
    ("scopes", "method", "word", "opened", "may"),
    [
        ({"read"}, "GET", "public", None, True),
        ({"read"}, "GET", "own", None, False),
        ({"read"}, "GET", "own", "by_key", True),
        ({"read"}, "POST", "verb:edit_music", None, False),
        ({"write"}, "POST", "verb:edit_music", "upload", True),
        ({"upload"}, "POST", "verb:edit_music", "upload", True),
        ({"upload"}, "DELETE", "verb:edit_music", None, False),
        ({"upload"}, "GET", "public", None, False),
        ({"write"}, "POST", "own", None, False),
        ({"read", "write", "upload"}, "DELETE", "own", None, False),
        ({"listen"}, "GET", "public", None, False),
        ({"read"}, "GET", "verb:see_members", None, True),
        ({"write"}, "DELETE", "verb:see_members", None, False),
    ],
)
def test_the_table_by_example(scopes: set[str], method: str, word: str, opened: str | None, may: bool):
    assert can_use_key({Scope(one) for one in scopes}, method, word, opened) is may


def test_scopes_and_ends_are_checked():
    assert check_scopes(KeyKind.APP_PASSWORD, [Scope.WRITE]) == {Scope.LISTEN}
    assert check_scopes(KeyKind.API_KEY, [Scope.READ, Scope.READ]) == {Scope.READ}
    for bad in ([], [Scope.LISTEN], [Scope.READ, Scope.LISTEN]):
        with pytest.raises(Invalid):
            check_scopes(KeyKind.API_KEY, bad)
    assert check_expiry(None, NOW) is None
    assert check_expiry(NOW + LONGEST, NOW) == NOW + LONGEST
    for late in (NOW, NOW - timedelta(1), NOW + LONGEST + timedelta(1), datetime(2026, 6, 1)):
        with pytest.raises(Invalid):
            check_expiry(late, NOW)

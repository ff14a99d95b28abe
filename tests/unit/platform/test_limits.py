"""How often is too often: the window's laws, its cost, its bound."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.kernel.errors import TooManyRequests
from basedmusic.platform.http import limits
from basedmusic.platform.http.limits import Limiter


class Watch:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def let_through(limiter: Limiter, rule: str, key: str) -> "int | None":
    """None if it was, or the seconds to wait."""
    try:
        limiter.hit(rule, "try", key)
    except TooManyRequests as refusal:
        wait = refusal.extra["retry_after_s"]
        assert isinstance(wait, int)
        return wait
    return None


Moves = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 40)), max_size=60)


@given(Moves, st.integers(1, 5))
def test_no_window_of_a_minute_holds_more_than_the_rule_and_nothing_else_is_refused(
    moves: list[tuple[str, float]], amount: int
):
    watch = Watch()
    limiter = Limiter(watch)
    passed: dict[str, list[float]] = {"a": [], "b": []}
    for key, after in moves:
        watch.now += after
        recent = [at for at in passed[key] if at + 60 > watch.now]
        wait = let_through(limiter, f"{amount}/minute", key)
        assert (wait is None) == (len(recent) < amount)
        if wait is None:
            passed[key].append(watch.now)


@given(st.lists(st.floats(0, 30), min_size=3, max_size=20))
def test_who_waits_as_long_as_told_is_let_through(pauses: list[float]):
    watch = Watch()
    limiter = Limiter(watch)
    for pause in pauses:
        watch.now += pause
        wait = let_through(limiter, "2/minute", "a")
        if wait is not None:
            assert 1 <= wait <= 60
            watch.now += wait
            assert let_through(limiter, "2/minute", "a") is None


def test_each_name_and_each_key_is_counted_apart():
    limiter = Limiter(Watch())
    limiter.hit("1/hour", "sign_up", "a")
    limiter.hit("1/hour", "sign_in", "a")
    limiter.hit("1/hour", "sign_up", "b")
    with pytest.raises(TooManyRequests, match="3600 seconds"):
        limiter.hit("1/hour", "sign_up", "a")


def lines_of_a_hit(limiter: Limiter) -> int:
    """How many lines of the module one hit runs."""
    count = 0

    def trace(frame: FrameType, event: str, _: object):
        nonlocal count
        if frame.f_code.co_filename != limits.__file__:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        limiter.hit("1000/minute", "try", "me")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("after_s", [0, 120])
def test_a_hit_costs_the_same_among_thousands(after_s: int):
    watch = Watch()
    alone, crowded = Limiter(watch), Limiter(watch)
    for number in range(5_000):
        crowded.hit("10/minute", "try", f"10.0.{number >> 8}.{number & 255}")
    for limiter in (alone, crowded):
        limiter.hit("1000/minute", "try", "me")
    watch.now += after_s
    assert lines_of_a_hit(crowded) == lines_of_a_hit(alone) > 5


def test_what_is_remembered_is_bounded_and_the_longest_silent_is_forgotten():
    limiter = Limiter(Watch(), max_keys=100)
    for number in range(1_000):
        limiter.hit("1000/minute", "try", "busy")
        limiter.hit("1/minute", "try", str(number))
    assert len(limiter) == 100
    assert let_through(limiter, "1/minute", "999") is not None
    assert let_through(limiter, "1000/minute", "busy") is not None, "never silent, so never forgotten"
    assert let_through(limiter, "1/minute", "0") is None

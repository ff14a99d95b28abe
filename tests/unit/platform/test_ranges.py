"""Which bytes a request asks for: RFC 9110 by example and by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.platform.ranges import (
    MAX_RANGES,
    ByteRange,
    Conditions,
    Selection,
    Unsatisfiable,
    decide_selection,
    parse_range,
)

ETAG = '"v1"'
WHOLE = Selection(200, (ByteRange(0, 1000),))


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("bytes=0-499", [(0, 500)]),
        ("bytes=500-999", [(500, 1000)]),
        ("bytes=-500", [(500, 1000)]),
        ("bytes=9500-", None),
        ("bytes=0-0,-1", [(0, 1), (999, 1000)]),
        ("bytes= 0-0 , ,\t-1", [(0, 1), (999, 1000)]),
        ("Bytes=0-0", [(0, 1)]),
        ("bytes=0-", [(0, 1000)]),
        ("bytes=0-99999", [(0, 1000)]),
        ("bytes=-99999", [(0, 1000)]),
        ("bytes=999-999", [(999, 1000)]),
        ("bytes=1000-", None),
        ("bytes=-0", None),
        ("bytes=-0,1000-", None),
        ("bytes=1000-,5-5", [(5, 6)]),
        ("bytes=700-800,0-1", [(700, 801), (0, 2)]),
        ("bytes=5-9,0-4", [(5, 10), (0, 5)]),
        ("bytes=0-10,5-20,50-60", [(0, 21), (50, 61)]),
        ("bytes=0-,0-", [(0, 1000)]),
        ("bytes=9-5", []),
        ("bytes=0-1,9-5", []),
        ("bytes=a-b", []),
        ("bytes=1", []),
        ("bytes=-", []),
        ("bytes=--5", []),
        ("bytes=+1-5", []),
        ("bytes=1_0-20", []),
        ("bytes=٣-٤", []),
        ("bytes=", []),
        ("bytes", []),
        ("", []),
        ("samples=0-5", []),
        ("bytes=0-" + "9" * 30, []),
    ],
)
def test_what_a_range_header_means(header: str, parts: list[tuple[int, int]] | None) -> None:
    if parts is None:
        with pytest.raises(Unsatisfiable):
            parse_range(header, 1000)
    else:
        assert [tuple(part) for part in parse_range(header, 1000)] == parts


def test_very_many_ranges_are_ignored() -> None:
    asked = [f"{n}-{n}" for n in range(0, 200, 2)]
    assert len(parse_range("bytes=" + ",".join(asked[:MAX_RANGES]), 1000)) == MAX_RANGES
    assert parse_range("bytes=" + ",".join(asked[: MAX_RANGES + 1]), 1000) == ()


def test_of_nothing_a_suffix_is_all_and_a_position_is_none() -> None:
    assert parse_range("bytes=-5", 0) == ()
    with pytest.raises(Unsatisfiable):
        parse_range("bytes=0-", 0)


spec = st.one_of(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: f"{min(pair)}-{max(pair)}"),
    st.integers(0, 60).map(lambda first: f"{first}-"),
    st.integers(0, 60).map(lambda count: f"-{count}"),
)


@given(st.lists(spec, min_size=1, max_size=8), st.integers(1, 50))
def test_the_parts_are_just_the_bytes_asked_for_and_never_twice(specs: list[str], length: int) -> None:
    asked: set[int] = set()
    for one in specs:
        first, _, last = one.partition("-")
        if first:
            asked |= set(range(int(first), int(last) + 1 if last else length)) & set(range(length))
        else:
            asked |= set(range(max(length - int(last), 0), length))
    try:
        parts = parse_range("bytes=" + ",".join(specs), length)
    except Unsatisfiable:
        parts = ()
    sent = [position for part in parts for position in range(*part)]
    assert sorted(sent) == sorted(asked)


@given(st.text(max_size=30), st.integers(0, 100))
def test_no_header_breaks_it(header: str, length: int) -> None:
    for text in (header, f"bytes={header}"):
        try:
            parts = parse_range(text, length)
        except Unsatisfiable:
            continue
        assert all(0 <= part.start < part.end <= length for part in parts)


@pytest.mark.parametrize(
    ("method", "conditions", "selection"),
    [
        ("GET", Conditions(), WHOLE),
        ("GET", Conditions(range="bytes=0-1"), Selection(206, (ByteRange(0, 2),))),
        ("HEAD", Conditions(range="bytes=0-1"), WHOLE),
        ("GET", Conditions(range="bytes=1000-"), Selection(416)),
        ("GET", Conditions(range="nonsense"), WHOLE),
        ("GET", Conditions(range="bytes=0-1", if_range=ETAG), Selection(206, (ByteRange(0, 2),))),
        ("GET", Conditions(range="bytes=0-1", if_range='"v0"'), WHOLE),
        ("GET", Conditions(range="bytes=0-1", if_range='W/"v1"'), WHOLE),
        ("GET", Conditions(range="bytes=1000-", if_range='"v0"'), WHOLE),
        ("GET", Conditions(range="bytes=0-1", if_range="Sun, 22 Nov 2026 19:00:00 GMT"), WHOLE),
        ("GET", Conditions(if_none_match=ETAG), Selection(304)),
        ("HEAD", Conditions(if_none_match='"v0", W/"v1"'), Selection(304)),
        ("GET", Conditions(if_none_match="*"), Selection(304)),
        ("GET", Conditions(if_none_match='"v0"'), WHOLE),
        ("GET", Conditions(range="bytes=0-1", if_none_match=ETAG), Selection(304)),
        ("GET", Conditions(if_match='"v0"'), Selection(412)),
        ("GET", Conditions(if_match='W/"v1"'), Selection(412)),
        ("GET", Conditions(if_match="*"), WHOLE),
        ("GET", Conditions(if_match='"v0", "v1"'), WHOLE),
    ],
)
def test_preconditions_choose_the_answer(method: str, conditions: Conditions, selection: Selection) -> None:
    assert decide_selection(method, conditions, 1000, ETAG) == selection


def test_conditions_are_read_from_the_headers_and_lines_are_joined() -> None:
    headers = [
        (b"host", b"x"),
        (b"if-none-match", b'"a"'),
        (b"range", b"bytes=0-1"),
        (b"if-none-match", b'"b"'),
    ]
    assert Conditions.of(headers) == Conditions(range="bytes=0-1", if_none_match='"a", "b"')
    assert Conditions.of([]) == Conditions()

"""Which bytes a request asks for, and which preconditions it makes (RFC 9110 §13 and §14). No I/O.

Positions are half open: `ByteRange(0, 2)` is `bytes=0-1` of the header.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

MAX_RANGES = 16
"""More are taken for an attack (RFC 9110 §17.15) and the header is ignored, as §14.2 allows."""

_RANGE_SPEC = re.compile(r"(\d{1,19})-(\d{0,19})|-(\d{1,19})", re.ASCII)
_ONE_PART = re.compile(r"bytes=(\d{1,19})-(\d{0,19})", re.ASCII)
_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


class ByteRange(NamedTuple):
    start: int
    end: int

    def content_range(self, length: int) -> str:
        """The value of Content-Range for this part of `length` bytes (§14.4)."""
        return f"bytes {self.start}-{self.end - 1}/{length}"


class Unsatisfiable(Exception):
    """No requested byte exists: answer 416."""


class Conditions(NamedTuple):
    """The request's header fields that choose an answer; None where absent."""

    range: str | None = None
    if_range: str | None = None
    if_match: str | None = None
    if_none_match: str | None = None

    @classmethod
    def of(cls, headers: Iterable[tuple[bytes, bytes]]) -> "Conditions":
        """From an ASGI scope's headers, whose names are lower case."""
        found: dict[str, str] = {}
        for name, value in headers:
            field = _FIELDS.get(name)
            if field is not None:
                text = value.decode("latin-1")
                found[field] = f"{found[field]}, {text}" if field in found else text
        return cls(**found) if found else _NONE


_FIELDS = {
    b"range": "range",
    b"if-range": "if_range",
    b"if-match": "if_match",
    b"if-none-match": "if_none_match",
}
_NONE = Conditions()


class Selection(NamedTuple):
    """The status to answer with (200, 206, 304, 412 or 416) and the parts of the content to send."""

    status: int
    parts: tuple[ByteRange, ...] = ()


def decide_selection(method: str, conditions: Conditions, length: int, etag: str | None) -> Selection:
    """In the order of RFC 9110 §13.2.2. `length` in bytes; `etag` quoted, as sent."""
    if conditions.if_match is not None and not _matches(conditions.if_match, etag, weakly=False):
        return Selection(412)
    if conditions.if_none_match is not None and _matches(conditions.if_none_match, etag, weakly=True):
        return Selection(304)
    whole = Selection(200, (ByteRange(0, length),))
    # §14.2: a Range on anything but GET is ignored, so HEAD tells the whole length.
    if conditions.range is None or method != "GET" or not _still_the_same(conditions.if_range, etag):
        return whole
    try:
        parts = parse_range(conditions.range, length)
    except Unsatisfiable:
        return Selection(416)
    return Selection(206, parts) if parts else whole


def parse_range(header: str, length: int) -> tuple[ByteRange, ...]:
    """The satisfiable parts of `header` for content of `length` bytes, in the order asked for.

    Empty when the header is to be ignored: another unit, not to the grammar, too many parts. Parts that
    overlap are merged, and then sorted. Raises Unsatisfiable.
    """
    one = _ONE_PART.fullmatch(header)  # what players send, at a tenth of the price
    if one is not None:
        return _one_part(one[1], one[2], length)
    unit, equals, specs = header.partition("=")
    if not equals or unit.strip().lower() != "bytes":
        return ()
    listed = [spec for spec in (one.strip() for one in specs.split(",")) if spec]
    if not listed or len(listed) > MAX_RANGES:
        return ()
    parts: list[ByteRange] = []
    for spec in listed:
        match = _RANGE_SPEC.fullmatch(spec)
        if match is None:
            return ()
        first, last, suffix = match.groups()
        if first is not None and last and int(last) < int(first):
            return ()  # §14.1.1: invalid, which makes the whole header so
        part = _satisfied(first, last, suffix, length)
        if part is not None:
            parts.append(part)
    if not parts:
        raise Unsatisfiable
    if length == 0:
        return ()  # a suffix of nothing is all of it, and Content-Range has no way to say so
    return _merged(parts)


def _one_part(first: str, last: str, length: int) -> tuple[ByteRange, ...]:
    if last and int(last) < int(first):
        return ()
    part = _satisfied(first, last, None, length)
    if part is None:
        raise Unsatisfiable
    return (part,)


def _satisfied(first: str | None, last: str | None, suffix: str | None, length: int) -> ByteRange | None:
    if suffix is not None:
        count = int(suffix)
        return ByteRange(max(length - count, 0), length) if count else None
    start = int(first or 0)
    if start >= length:
        return None
    return ByteRange(start, min(int(last) + 1, length) if last else length)


def _merged(parts: list[ByteRange]) -> tuple[ByteRange, ...]:
    ordered = sorted(parts)
    if all(one.end <= following.start for one, following in pairwise(ordered)):
        return tuple(parts)
    merged = ordered[:1]
    for part in ordered[1:]:
        last = merged[-1]
        if part.start <= last.end:
            merged[-1] = ByteRange(last.start, max(last.end, part.end))
        else:
            merged.append(part)
    return tuple(merged)


def _still_the_same(if_range: str | None, etag: str | None) -> bool:
    """§13.1.5, strong comparison. A date never matches: we send ETags, and times have whole seconds only."""
    return if_range is None or (etag is not None and not etag.startswith("W/") and if_range.strip() == etag)


def _matches(header: str, etag: str | None, *, weakly: bool) -> bool:
    """Whether the list in If-Match or If-None-Match has `etag` (§8.8.3.2), or is `*`."""
    if header.strip() == "*":
        return True
    if etag is None:
        return False
    listed = _ENTITY_TAG.findall(header)
    if weakly:
        return etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in listed}
    return not etag.startswith("W/") and etag in listed

"""Keyset pages: a list is `items` and an opaque `next` token, never an offset and never unbounded.

The token is the sort key of the last row shown, so that rows which come or go between two requests
neither repeat nor hide a row that stayed.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from basedmusic.kernel.errors import Invalid

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
_MAX_POSITION = (1 << 15) - 1
"""PostgreSQL's smallint."""

T = TypeVar("T")
U = TypeVar("U")
Key = tuple[Any, ...]
"""A list's sort key: values whose `str` their reader takes back, such as a UUID or a datetime."""
Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    next: str | None = None
    """Token of the page after this one, or None at the end."""

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        return Page([change(item) for item in self.items], self.next)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a caller asked for: at most `limit` items after the row with key `after`."""

    limit: int = DEFAULT_LIMIT
    after: Key | None = None

    @classmethod
    def parse(cls, limit: int, token: str | None, *readers: Reader) -> "PageRequest":
        """From a query string; `readers` make the parts of this list's key of text. Raises Invalid."""
        if not 1 <= limit <= MAX_LIMIT:
            raise Invalid(f"limit must be from 1 to {MAX_LIMIT}", field="limit")
        return cls(limit, decode_key(token, *readers) if token else None)

    def page(self, rows: Sequence[T], key: Callable[[T], Key]) -> Page[T]:
        """The page made of up to `limit` + 1 fetched rows: the surplus row only proves that more follows."""
        shown = rows[: self.limit]
        more = len(rows) > self.limit
        return Page(shown, encode_key(key(shown[-1])) if more else None)


def encode_key(key: Key) -> str:
    parts = json.dumps([str(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(parts.encode()).decode().rstrip("=")


def decode_key(token: str, *readers: Reader) -> Key:
    """The key in a token from `encode_key`. Raises Invalid for anything else."""
    try:
        parts: object = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(parts, list):
            raise TypeError
        texts = cast("list[object]", parts)
        return tuple(read(_text(part)) for read, part in zip(readers, texts, strict=True))
    except (ValueError, TypeError, binascii.Error):
        raise Invalid(
            "This page token is not one of ours; start from the first page", field="after"
        ) from None


def read_position(text: str) -> int:
    """The reader of a place within a list: a positive smallint. Raises ValueError."""
    position = int(text)
    if not 0 < position <= _MAX_POSITION:
        raise ValueError("a position is from 1 to 32767")
    return position


def _text(part: object) -> str:
    if not isinstance(part, str):
        raise TypeError
    return part

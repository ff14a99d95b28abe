"""Keyset pages: a list is `items` and an opaque `next` token, never an offset and never unbounded.

The token is the sort key of the last row shown, so that rows which come or go between two requests
neither repeat nor hide a row that stayed.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from basedmusic.kernel.errors import Invalid

DEFAULT_LIMIT = 20
MAX_LIMIT = 100

T = TypeVar("T")
U = TypeVar("U")
Key = tuple[str, ...]


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
    def parse(cls, limit: int, token: str | None, width: int) -> "PageRequest":
        """From a query string; `width` is the number of parts this list's key has. Raises Invalid."""
        if not 1 <= limit <= MAX_LIMIT:
            raise Invalid(f"limit must be from 1 to {MAX_LIMIT}", field="limit")
        return cls(limit, decode_key(token, width) if token else None)

    def page(self, rows: Sequence[T], key: Callable[[T], Key]) -> Page[T]:
        """The page made of up to `limit` + 1 fetched rows: the surplus row only proves that more follows."""
        shown = rows[: self.limit]
        more = len(rows) > self.limit
        return Page(shown, encode_key(key(shown[-1])) if more else None)


def encode_key(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_key(token: str, width: int) -> Key:
    """The key in a token from `encode_key`. Raises Invalid for anything else."""
    try:
        key = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error):
        key = None
    if not isinstance(key, list) or len(key) != width or not all(isinstance(part, str) for part in key):
        raise Invalid("This page token is not one of ours; start from the first page", field="after")
    return tuple(key)

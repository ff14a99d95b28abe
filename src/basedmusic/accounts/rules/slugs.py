"""Address parts made of names."""

import re
import unicodedata
from collections.abc import Container
from uuid import UUID

from basedmusic.accounts.contracts import PartyKind

MAX_SLUG = 60
SLUG_NUMBERS = 100
"""Numbered slugs looked at before giving a name a random ending."""
# Letters that Unicode does not decompose into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)


def slug_for(name: str, kind: PartyKind) -> str:
    """`name` as an address part: a-z, 0-9 and single hyphens, at most MAX_SLUG; accents are folded.

    A name without such letters, or one that could be read as an id, is known by its kind.
    """
    bare = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_FOLDED)
    letters = "".join(char for char in bare if not unicodedata.combining(char) and char not in "'’")
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_SLUG].rstrip("-")
    return slug if slug and not _is_uuid(slug) else kind.value


def numbered_slugs(slug: str) -> list[str]:
    """`slug`, then -2, -3 …: what is tried in this order."""
    return [slug, *(f"{slug}-{number}" for number in range(2, SLUG_NUMBERS + 1))]


def decide_slug(slug: str, taken: Container[str], random_ending: str) -> str:
    """The first of `numbered_slugs` not in `taken`, or one with a random ending."""
    free = (candidate for candidate in numbered_slugs(slug) if candidate not in taken)
    return next(free, f"{slug}-{random_ending}")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

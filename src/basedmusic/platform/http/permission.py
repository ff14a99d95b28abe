"""What a route asks of whoever calls it, said in the OpenAPI document.

The word does not guard anything: the code does. It is the promise that the matrix of the tests
(role × route × ownership) holds the code to, and a route without one fails the suite.
"""

from typing import Any

KEY = "x-permission"

PUBLIC = "public"
"""Anybody; what a viewer may not see is as if it were not there."""
SIGNED_IN = "signed_in"
"""Anybody with an account."""
OWN = "own"
"""An account, about what is its own; others' is as if it were not there."""
MODERATOR = "moderator"
ADMIN = "admin"
LINK = "link"
"""Whoever holds a secret that was sent to them."""
WORDS = frozenset({PUBLIC, SIGNED_IN, OWN, MODERATOR, ADMIN, LINK})
VERB = "verb:"
"""Followed by a verb of `accounts.contracts`: members of the party in question whose role includes it."""


def permission(word: str) -> dict[str, Any]:
    """For a route's `openapi_extra`: one of WORDS, or VERB and a verb. Raises ValueError for another."""
    if word not in WORDS and not word.startswith(VERB):
        raise ValueError(f"{word!r} is no permission")
    return {KEY: word}

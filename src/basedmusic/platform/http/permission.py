"""What a route asks of whoever calls it, said in the OpenAPI document.

The word does not guard anything: the code does. It is the promise that the matrix of the tests
(role × route × ownership) holds the code to, and a route without one fails the suite.
"""

from typing import Any

from starlette.requests import HTTPConnection

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


OPENED = "x-opened-to-keys"
BY_KEY = "by_key"
"""What is the account's own, and a program's affair all the same."""
UPLOAD = "upload"
"""What a key with that scope is for."""


def permission(word: str, opened: str | None = None) -> dict[str, Any]:
    """For a route's `openapi_extra`: one of WORDS, or VERB and a verb. Raises ValueError for another.

    `opened` is BY_KEY or UPLOAD; what keys of programs may do without it is in `accounts.rules.keys`.
    """
    if word not in WORDS and not word.startswith(VERB):
        raise ValueError(f"{word!r} is no permission")
    if opened not in (None, BY_KEY, UPLOAD):
        raise ValueError(f"{opened!r} opens nothing")
    return {KEY: word} | ({OPENED: opened} if opened else {})


def permission_of(connection: HTTPConnection) -> tuple[str | None, str | None]:
    """The word of the route that was found for this request, and what opens it to keys; None for a page."""
    said = getattr(connection.scope.get("route"), "openapi_extra", None) or {}
    return said.get(KEY), said.get(OPENED)

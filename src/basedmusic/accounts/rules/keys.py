"""What a key may do: decided in one place, from what a route says it asks of its caller. Pure.

What a route does not say, a key may not do: a new route is closed to keys until it declares a word that opens
it. What is the account's own is closed unless the route opens it, since it is mostly about signing in; roles are
closed altogether, or a leaked key could make itself an owner.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from basedmusic.accounts.contracts import KeyKind, Scope, Verb
from basedmusic.kernel.errors import Invalid

MAX_KEYS = 50
MAX_KEY_NAME = 60
LONGEST = timedelta(days=5 * 366)
KEY_SEEN_EVERY = timedelta(minutes=5)
"""How stale a key's last use may be."""

LOOKS = frozenset({"GET", "HEAD"})
_OPEN = frozenset({"public", "signed_in"})
_SEE_MEMBERS = f"verb:{Verb.SEE_MEMBERS}"
"""To change something with it is to leave."""
_CLOSED_VERBS = frozenset({Verb.MANAGE_MEMBERS, Verb.MANAGE_OWNERS, Verb.CLOSE_PROFILE})


def can_use_key(scopes: Collection[Scope], method: str, permission: str | None, opened: str | None) -> bool:
    """Whether a key may call a route of that method and permission.

    `opened` is the route's own word: `by_key` opens what is the account's, `upload` is what that scope is for.
    """
    if not _is_open(permission, opened) or (permission == _SEE_MEMBERS and method not in LOOKS):
        return False
    if method in LOOKS:
        return Scope.READ in scopes
    return Scope.WRITE in scopes or (opened == "upload" and Scope.UPLOAD in scopes)


def check_scopes(kind: KeyKind, scopes: Collection[Scope]) -> frozenset[Scope]:
    """In order for that kind. Raises Invalid."""
    if kind is KeyKind.APP_PASSWORD:
        return frozenset({Scope.LISTEN})
    chosen = frozenset(scopes)
    if not chosen or Scope.LISTEN in chosen:
        raise Invalid("Choose what the key may do: read, write or upload", field="scopes")
    return chosen


def check_expiry(expires_at: datetime | None, now: datetime) -> datetime | None:
    """None is for as long as it is not taken back. Raises Invalid."""
    if expires_at is None:
        return None
    if expires_at.tzinfo is None or not now < expires_at <= now + LONGEST:
        raise Invalid("A key ends later than now, and within five years", field="expires_at")
    return expires_at


def _is_open(permission: str | None, opened: str | None) -> bool:
    if permission is None:
        return False
    if permission in _OPEN:
        return True
    if permission.startswith("verb:"):
        return permission.removeprefix("verb:") not in _CLOSED_VERBS
    return permission == "own" and opened == "by_key"

"""What must come of a call: from the permission that a route declares, who calls, and on what. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from basedmusic.accounts import Role, Verb
from basedmusic.accounts.rules.permissions import can, can_administer, can_moderate
from basedmusic.platform.http.permission import (
    ADMIN,
    KEY,
    LINK,
    MODERATOR,
    OWN,
    PUBLIC,
    SIGNED_IN,
    VERB,
)

METHODS = ("get", "post", "put", "patch", "delete")


class Caller(StrEnum):
    """Who calls. The party is the one that the thing in the path belongs to."""

    VISITOR = "visitor"
    LISTENER = "listener"
    """An account that acts for nobody."""
    STRANGER = "stranger"
    """Owner of another party."""
    DOOR = "door"
    BOOKER = "booker"
    MEMBER = "member"
    MANAGER = "manager"
    OWNER = "owner"
    MODERATOR = "moderator"
    """Of the scene, and of no party, as is:"""
    ADMIN = "admin"

    @property
    def role(self) -> Role | None:
        """In the party."""
        return Role(self) if self in _MEMBERS else None

    @property
    def scene_role(self) -> Role | None:
        return Role(self) if self in (Caller.MODERATOR, Caller.ADMIN) else None


_MEMBERS = (Caller.DOOR, Caller.BOOKER, Caller.MEMBER, Caller.MANAGER, Caller.OWNER)


class Outcome(StrEnum):
    ALLOWED = "allowed"
    SIGN_IN = "sign in"
    """401."""
    REFUSED = "refused"
    """403: the caller may know of the thing, and not do this to it."""
    INVISIBLE = "invisible"
    """404: as if it were not there. To a wrong secret 401 says the same."""


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    operation: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def permission(self) -> str:
        return str(self.operation.get(KEY))


@dataclass(frozen=True, slots=True)
class Thing:
    """What a route is called on. `fills` gives parameters, and ids in bodies, the name of something on stage."""

    words: str
    fills: Mapping[str, str]
    seen_by: Verb | None = None
    """By members whose role includes it; None: by everybody who may call the route."""
    mine: bool = True
    """What OWN and LINK are about: whether it is the caller's, and whether the secret is right."""
    there: bool = True
    """False: for nobody who comes from where the matrix does, whatever they may do."""


NOTHING = Thing("", {})


def routes_of(document: Mapping[str, Any]) -> Iterator[Route]:
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                yield Route(method.upper(), path, operations[method])


def expect(permission: str, caller: Caller, thing: Thing) -> Outcome:
    """Raises LookupError for a permission that nobody declared the meaning of."""
    if permission not in (PUBLIC, LINK) and caller is Caller.VISITOR:
        return Outcome.SIGN_IN
    if not thing.there:
        return Outcome.INVISIBLE
    if permission in (OWN, LINK):  # what leaves one's own list may be anything, so nothing else is looked at
        return Outcome.ALLOWED if thing.mine else Outcome.INVISIBLE
    if thing.seen_by is not None and not can(caller.role, thing.seen_by):
        return Outcome.INVISIBLE
    return Outcome.ALLOWED if _may(permission, caller) else Outcome.REFUSED


def _may(permission: str, caller: Caller) -> bool:
    if permission in (PUBLIC, SIGNED_IN):
        return True
    if permission == MODERATOR:
        return can_moderate(caller.scene_role)
    if permission == ADMIN:
        return can_administer(caller.scene_role)
    if permission.startswith(VERB):
        return can(caller.role, Verb(permission.removeprefix(VERB)))
    raise LookupError(f"{permission!r} means nothing to the matrix; say in _may who is let through")

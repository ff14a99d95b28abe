"""Parties, the accounts among them, and what an account is to a party."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from basedmusic.kernel.errors import (
    Conflict,
)
from basedmusic.kernel.ids import AccountId, PartyId

MAX_PARTY_NAME = 120


class PartyKind(StrEnum):
    PERSON = "person"
    ARTIST = "artist"
    VENUE = "venue"
    ORGANISER = "organiser"
    SCENE = "scene"


class Role(StrEnum):
    """What an account is to a party. A profile keeps at least one owner."""

    OWNER = "owner"
    MANAGER = "manager"
    MEMBER = "member"
    BOOKER = "booker"
    """Puts on and answers about shows; sees no unreleased music."""
    DOOR = "door"
    """Lets people in."""
    MODERATOR = "moderator"
    """Of the scene, as is:"""
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Party:
    id: PartyId
    kind: PartyKind
    name: str
    slug: str
    """Unique among parties of its kind, and stable: a new name leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Account:
    id: AccountId
    email: str
    display_name: str
    created_at: datetime
    email_verified_at: datetime | None = None
    """When a link sent to the address was used; None until then."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A sign-up found in order; every field is in its normal form."""

    email: str
    email_normalised: str
    password: str
    display_name: str
    adult_from: date | None = None
    """Of somebody who is not of age: from when they are."""

    def __repr__(self) -> str:
        return "NewAccount(…)"  # a password must not reach a log by way of a traceback


@dataclass(frozen=True, slots=True)
class Profile:
    """A party that an account acts for, and as what."""

    party: Party
    role: Role


class EmailTaken(Conflict):
    code = "email_taken"
    title = "There is an account with this email address already"


class SlugsTaken(Conflict):
    code = "name_taken"
    title = "Too many others have this name; choose a longer one"

"""What crosses the slice's border: values, enums, errors. Everything here is frozen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.kernel.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    SignInRequired,
    TooManyRequests,
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
    """What an account is to a party. Every party that has owners keeps at least one."""

    OWNER = "owner"
    MANAGER = "manager"
    MEMBER = "member"


class SessionKind(StrEnum):
    COOKIE = "cookie"
    """A browser: one opaque token in a cookie that scripts can't read."""
    BEARER = "bearer"
    """A program: short access tokens, and refresh tokens that work once each."""


class SavedKind(StrEnum):
    """What a person can save, in the words of the slice above that has it.

    Accounts keeps kind and id and asks nothing: whether there is such a thing, who may see it and when it is
    purged is that slice's affair.
    """

    TRACK = "track"
    RELEASE = "release"


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


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A sign-up found in order; every field is in its normal form."""

    email: str
    email_normalised: str
    password: str
    display_name: str

    def __repr__(self) -> str:
        return "NewAccount(…)"  # a password must not reach a log by way of a traceback


@dataclass(frozen=True, slots=True)
class Profile:
    """A party that an account acts for, and as what."""

    party: Party
    role: Role


@dataclass(frozen=True, slots=True)
class Session:
    """Where an account is signed in; one that is over is nowhere."""

    id: UUID
    account_id: AccountId
    created_at: datetime
    last_seen_at: datetime
    device: str
    """What it was begun with, such as "Firefox on Linux"; may be empty."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. Anonymous has neither id."""

    account_id: AccountId | None
    session_id: UUID | None


@dataclass(frozen=True, slots=True)
class SignedInViewer(Viewer):
    """What a verb asks for that nobody without an account can do."""

    account_id: AccountId


ANONYMOUS = Viewer(None, None)


class EmailTaken(Conflict):
    code = "email_taken"
    title = "There is an account with this email address already"


class SlugsTaken(Conflict):
    code = "name_taken"
    title = "Too many others have this name; choose a longer one"


class WrongCredentials(SignInRequired):
    """One answer for an unknown address and for a wrong password."""

    code = "wrong_credentials"
    title = "The email address or the password is not right"


class WrongPassword(Invalid):
    """Of somebody who is signed in, and stays so."""

    code = "wrong_password"
    title = "This is not your current password"


class SessionMissing(NotFound):
    """Over, or of somebody else."""

    code = "session_not_found"
    title = "There is no such sign-in"


class SessionEnded(SignInRequired):
    """A bearer token that is not ours, has expired, or whose session is over: refresh it or sign in."""

    code = "session_ended"
    title = "This sign-in is over"


class RefreshInvalid(SignInRequired):
    code = "refresh_invalid"
    title = "This refresh token is not valid any more; sign in again"


class RefreshReused(SignInRequired):
    """Somebody holds a copy of the token. Who is who can't be told, so both are signed out."""

    code = "refresh_reused"
    title = "This refresh token was used before, so its sign-in was ended; sign in again"


class Busy(TooManyRequests):
    """More passwords wait to be checked than the server can check soon."""

    code = "busy"
    title = "Too many people are signing in right now; try again in a moment"


class LibraryFull(Conflict):
    code = "library_full"
    title = "Your library is full"


class NotAMember(NotAllowed):
    code = "not_a_member"
    title = "You don't act for this profile"

"""Where an account is signed in, who looks, and how signing in is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.kernel.errors import (
    Invalid,
    NotFound,
    SignInRequired,
    TooManyRequests,
)
from basedmusic.kernel.ids import AccountId


class SessionKind(StrEnum):
    COOKIE = "cookie"
    """A browser: one opaque token in a cookie that scripts can't read."""
    BEARER = "bearer"
    """A program: short access tokens, and refresh tokens that work once each."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where an account is signed in; one that is over is nowhere."""

    id: UUID
    account_id: AccountId
    created_at: datetime
    last_seen_at: datetime
    device: str
    """What it was begun with, such as "Firefox on Linux"; may be empty."""
    place: str = ""
    """The city that names the browser's time zone; may be empty."""
    network: str = ""
    """The /24 or /48 that it was begun from."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of where a sign-in comes from."""

    device: str = ""
    place: str = ""
    network: str = ""


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

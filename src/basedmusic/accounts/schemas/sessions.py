"""Signing in on the wire. What is secret is a SecretStr, so that no repr shows it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from basedmusic.accounts.contracts import Session
from basedmusic.accounts.schemas.parties import AccountOut, Email, Password
from basedmusic.accounts.whereabouts import MAX_ZONE
from basedmusic.platform.http.text import BodyIn


class SignInIn(BodyIn):
    email: Email
    password: Password
    time_zone: Annotated[
        str,
        Field(max_length=MAX_ZONE, description="The browser's own, such as Europe/Berlin; kept as its city"),
    ] = ""


class RefreshIn(BodyIn):
    refresh_token: Annotated[SecretStr, Field(max_length=200)]


class SessionOut(BaseModel):
    id: UUID
    device: str
    """What it was begun with, such as "Firefox on Linux"; may be empty."""
    place: str
    """The city that names the browser's time zone; may be empty."""
    network: str
    """The /24 or /48 it was begun from; may be empty."""
    created_at: datetime
    last_seen_at: datetime
    """Within some minutes."""
    current: bool
    """Whether it is the one that asks."""

    @classmethod
    def of(cls, session: Session, asking: UUID | None) -> "SessionOut":
        return cls(
            id=session.id,
            device=session.device,
            place=session.place,
            network=session.network,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            current=session.id == asking,
        )


class TokensOut(BaseModel):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme (RFC 6750)
    expires_in: int
    """Seconds that the access token holds."""


class CookieSessionOut(BaseModel):
    account: AccountOut

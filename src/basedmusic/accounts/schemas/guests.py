"""Guests on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from basedmusic.accounts.schemas.parties import Email
from basedmusic.platform.http.text import BodyIn

Token = Annotated[SecretStr, Field(max_length=200)]


class GuestIn(BodyIn):
    email: Email


class GuestTokenIn(BodyIn):
    token: Token


class UnsubscribeIn(BodyIn):
    token: Token
    everything: bool = False
    """No mail from this scene at all, ever."""


class GuestFollowOut(BaseModel):
    name: str
    slug: str


class GuestDataOut(BaseModel):
    address: str
    follows: list[str]
    """Names of those whose news are mailed."""
    reports: list[str]
    """Numbers of the reports that were sent with the address."""

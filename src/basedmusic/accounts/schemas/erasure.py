"""Leaving for good, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from basedmusic.accounts.contracts import LeftBehind, PartyKind
from basedmusic.accounts.schemas.parties import Email, Password
from basedmusic.platform.http.text import BodyIn


class ErasureIn(BodyIn):
    password: Password
    """The account's, asked anew."""


class KeepIn(BodyIn):
    email: Email
    password: Password


class KeepLinkIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]


class ErasureOut(BaseModel):
    due_at: datetime
    """When it is done. Until then it can be taken back."""


class LeftBehindOut(BaseModel):
    id: UUID
    kind: PartyKind
    name: str
    slug: str
    heir: str | None
    """The name of whoever becomes its owner; null: it stays without one, and can be claimed."""

    @classmethod
    def of(cls, left: LeftBehind) -> "LeftBehindOut":
        party = left.party
        return cls(id=party.id, kind=party.kind, name=party.name, slug=party.slug, heir=left.heir_name)


class ErasurePreviewOut(BaseModel):
    days: int
    """For how long it can be taken back."""
    left_behind: list[LeftBehindOut]
    """Profiles that this person alone owns."""

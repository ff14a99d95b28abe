"""Teams and invitations on the wire. An invitation's secret is told once, to whoever made it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from basedmusic.accounts.contracts import Offer, PartyKind, Role
from basedmusic.accounts.schemas.parties import Email
from basedmusic.platform.http.text import BodyIn

ProfileRole = Literal[Role.OWNER, Role.MANAGER, Role.MEMBER, Role.BOOKER, Role.DOOR]


class RoleIn(BodyIn):
    role: ProfileRole


class InvitationIn(RoleIn):
    email: Email | None = Field(
        None, description="Where to send the link; without it the answer has the link"
    )


class TransferIn(BodyIn):
    account_id: UUID
    stay_as: Literal[Role.MANAGER, Role.MEMBER, Role.BOOKER, Role.DOOR] | None = Field(
        description="What the caller is from now on; null leaves the team"
    )


class InvitationTokenIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]


class MemberOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    account_id: UUID
    name: str | None
    """Null of somebody who is about to leave for good; so are the names of who invited."""
    role: Role
    since: datetime
    followable: bool
    """Whether the caller may begin to follow them: they let others."""
    following: bool
    """By the caller."""


class InvitationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    role: Role
    invited_by: str | None
    address: str | None
    """Where it was sent by mail."""
    created_at: datetime
    expires_at: datetime


class NewInvitationOut(BaseModel):
    """Alike for every address: it never tells whether one has an account."""

    id: UUID
    role: Role
    token: str | None
    link: str | None
    """To give to one person; null where it went by mail. What is secret stands after the #, which a browser
    sends to no server."""
    address: str | None
    expires_at: datetime


class OfferOut(BaseModel):
    party_id: UUID
    kind: PartyKind
    name: str
    slug: str
    role: Role
    invited_by: str | None
    expires_at: datetime

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        party = offer.party
        return cls(
            party_id=party.id,
            kind=party.kind,
            name=party.name,
            slug=party.slug,
            role=offer.role,
            invited_by=offer.invited_by,
            expires_at=offer.expires_at,
        )

"""Blocked, muted and hidden parties on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from basedmusic.accounts.contracts import Avoided, PartyKind


class AvoidedOut(BaseModel):
    id: UUID
    kind: PartyKind
    slug: str
    name: str
    since: datetime

    @classmethod
    def of(cls, one: Avoided) -> "AvoidedOut":
        party = one.party
        return cls(id=party.id, kind=party.kind, slug=party.slug, name=party.name, since=one.since)


class AvoidanceOut(BaseModel):
    """What the caller did with one party, track or release."""

    model_config = ConfigDict(from_attributes=True)
    blocked: bool
    muted: bool
    hidden: bool

"""Blocked, muted and hidden parties on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

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

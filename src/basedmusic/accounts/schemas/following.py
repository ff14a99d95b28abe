"""Whom somebody follows, on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from basedmusic.accounts.contracts import Followed, PartyKind

FollowedKind = Literal[PartyKind.ARTIST, PartyKind.VENUE, PartyKind.ORGANISER, PartyKind.PERSON]


class FollowedOut(BaseModel):
    id: UUID
    kind: FollowedKind
    slug: str
    name: str
    since: datetime

    @classmethod
    def of(cls, one: Followed) -> "FollowedOut":
        party = one.party
        return cls(
            id=party.id,
            kind=party.kind,  # type: ignore[arg-type]  # nobody follows a scene, by the table's check
            slug=party.slug,
            name=party.name,
            since=one.since,
        )

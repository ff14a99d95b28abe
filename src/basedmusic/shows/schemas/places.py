"""Places on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from basedmusic.platform.http.text import BodyIn
from basedmusic.shows.contracts import (
    MAX_CAPACITY,
    MAX_PARTY,
    MAX_TYPE_NAME,
    MAX_TYPES,
    Places,
    PlaceType,
    Pool,
    Rsvp,
    RsvpState,
)
from basedmusic.shows.schemas.shows import ShowOut

Size = Annotated[int, Field(strict=True, ge=1, le=MAX_PARTY, description="With oneself")]
Bound = Annotated[int, Field(strict=True, ge=1, le=MAX_CAPACITY)]
WEEK_MINUTES = 7 * 24 * 60


class PlaceTypeIn(BodyIn):
    id: UUID | None = None
    """Of one that is there already."""
    name: Annotated[str, Field(min_length=1, max_length=MAX_TYPE_NAME)]
    size: Bound | None = None

    def type(self) -> PlaceType:
        return PlaceType(self.name, self.size, self.id)


class PlacesIn(BodyIn):
    capacity: Bound | None = None
    """null: as many as come."""
    types: Annotated[list[PlaceTypeIn], Field(max_length=MAX_TYPES)] = []  # noqa: RUF012 - pydantic copies it
    party_max: Size = 6
    offer_minutes: Annotated[int, Field(strict=True, ge=5, le=WEEK_MINUTES)] = 720
    """How long somebody on the waitlist has to take an offer."""
    offers_stop_minutes: Annotated[int, Field(strict=True, ge=0, le=WEEK_MINUTES)] = 120
    """Before the start: from then on freed places go to whoever comes first."""


class RsvpIn(BodyIn):
    says: Literal[RsvpState.GOING, RsvpState.INTERESTED, RsvpState.NO]
    size: Size = 1
    type_id: UUID | None = None


class PartyIn(BodyIn):
    size: Size = 1
    type_id: UUID | None = None


class PoolOut(BaseModel):
    id: UUID
    name: str
    size: int | None
    free: int | None

    @classmethod
    def of(cls, pool: Pool) -> "PoolOut":
        return cls(id=pool.id, name=pool.name or "", size=pool.size, free=pool.free)


class PlacesOut(BaseModel):
    capacity: int | None
    free: int | None
    types: list[PoolOut]
    party_max: int
    offer_minutes: int
    offers_stop_minutes: int
    going: int
    interested: int
    waiting: int

    @classmethod
    def of(cls, places: Places) -> "PlacesOut":
        return cls(
            capacity=places.capacity,
            free=places.free,
            types=[PoolOut.of(pool) for pool in places.types],
            party_max=places.party_max,
            offer_minutes=places.offer_minutes,
            offers_stop_minutes=places.offers_stop_minutes,
            going=places.going,
            interested=places.interested,
            waiting=places.waiting,
        )


class RsvpOut(BaseModel):
    state: RsvpState
    size: int
    type_id: UUID | None
    until: datetime | None
    """Of what is held or offered."""
    ahead: int | None
    """Parties before one in the waitlist."""
    said_at: datetime

    @classmethod
    def of(cls, rsvp: Rsvp) -> "RsvpOut":
        return cls(
            state=rsvp.state,
            size=rsvp.size,
            type_id=rsvp.pool_id,
            until=rsvp.until,
            ahead=rsvp.ahead,
            said_at=rsvp.said_at,
        )


class MyShowOut(BaseModel):
    show: ShowOut
    rsvp: RsvpOut

"""Places at a show: who goes, who waits, what is promised until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from basedmusic.kernel.errors import Conflict, Invalid
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.facts import Fact
from basedmusic.shows.contracts.shows import ShowId

RsvpId = NewType("RsvpId", UUID)
PoolId = NewType("PoolId", UUID)

MAX_PARTY = 20
MAX_TYPES = 20
MAX_TYPE_NAME = 60
HOLD_MINUTES = 10
"""How long a timed reservation lasts."""


class RsvpState(StrEnum):
    NO = "no"
    INTERESTED = "interested"
    HELD = "held"
    """Places reserved for some minutes."""
    GOING = "going"
    WAITING = "waiting"
    OFFERED = "offered"
    """Places from the waitlist, until a deadline."""
    LAPSED = "lapsed"
    """Held or offered, and not taken in time."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The capacity of a show (without a name), or a place type under it."""

    id: PoolId
    name: str | None
    size: int | None
    """None: as many as come."""
    free: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """What anybody sees of a show's places."""

    capacity: int | None
    free: int | None
    types: tuple[Pool, ...]
    party_max: int
    """With oneself."""
    offer_minutes: int
    offers_stop_minutes: int
    """Before the start: from then on freed places go to whoever comes first."""
    going: int
    """People, with whom they bring."""
    interested: int
    waiting: int


@dataclass(frozen=True, slots=True)
class PlaceType:
    name: str
    size: int | None
    id: UUID | None = None
    """Of one that is there already."""


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What somebody said of a show."""

    id: RsvpId
    show_id: ShowId
    account_id: AccountId
    state: RsvpState
    """LAPSED is worked out for the time that it was read at."""
    size: int
    pool_id: PoolId | None
    until: datetime | None
    ahead: int | None
    """Parties before one in the waitlist; None unless waiting."""
    said_at: datetime


@dataclass(frozen=True, slots=True)
class PlaceOffered(Fact):
    """To somebody on the waitlist, who must hear of it."""

    rsvp_id: RsvpId
    show_id: ShowId


class SoldOut(Conflict):
    code = "sold_out"
    title = "There are not that many places left; you can wait for one"


class PlacesLeft(Conflict):
    """Nobody waits for what is there."""

    code = "places_left"
    title = "There are places: take yours"


class PartyTooLarge(Invalid):
    code = "party_too_large"
    title = "That is more people than one may bring"


class TypeUnknown(Invalid):
    code = "place_type_unknown"
    title = "Choose one of the show's kinds of places"


class NotWaiting(Conflict):
    code = "not_waiting"
    title = "You have places at this show already"


class PlacesTaken(Conflict):
    code = "places_taken"
    title = "More people than that have their places already"


class NoPlacesGiven(Conflict):
    code = "no_places_given"
    title = "Nobody can say any more that they come"

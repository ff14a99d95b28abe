"""Who gets places, and until when they are promised. Pure."""

from datetime import datetime, timedelta

from basedmusic.shows.contracts import (
    HOLD_MINUTES,
    NoPlacesGiven,
    PartyTooLarge,
    RsvpState,
    ShowState,
    SoldOut,
    TypeUnknown,
)
from basedmusic.shows.rules.states import GOING_ON

WITH_PLACES = frozenset({RsvpState.HELD, RsvpState.GOING, RsvpState.OFFERED})
SHORTEST_OFFER = timedelta(minutes=5)


def hold_until(now: datetime) -> datetime:
    return now + timedelta(minutes=HOLD_MINUTES)


def offer_until(now: datetime, starts_at: datetime, offer_minutes: int, stop_minutes: int) -> datetime | None:
    """Until when places from the waitlist are promised; None when it is too late to promise any."""
    last = starts_at - timedelta(minutes=stop_minutes)
    if now + SHORTEST_OFFER > last:
        return None
    return min(now + timedelta(minutes=offer_minutes), last)


def rsvp_state_at(kept: RsvpState, until: datetime | None, now: datetime) -> RsvpState:
    """What was promised until a time is no more, from then on, whatever the row says."""
    return RsvpState.LAPSED if until is not None and until <= now else kept


def require_open(state: ShowState) -> None:
    """Raises NoPlacesGiven."""
    if state not in GOING_ON:
        raise NoPlacesGiven


def require_party(size: int, party_max: int) -> None:
    """Raises PartyTooLarge."""
    if size > party_max:
        most = "Each comes alone" if party_max == 1 else f"At most {party_max} come together"
        raise PartyTooLarge(most, field="size")


def require_type(chosen: object, types: int) -> None:
    """A show with kinds of places has none without a kind. Raises TypeUnknown."""
    if (chosen is None) == (types > 0):
        raise TypeUnknown(field="type_id")


def sold_out(free: int | None) -> SoldOut:
    """In words, with how many there are."""
    if not free:
        return SoldOut("There is no place left; you can wait for one", free=0)
    left = "one place is" if free == 1 else f"{free} places are"
    return SoldOut(f"Only {left} left; you can wait for more", free=free)

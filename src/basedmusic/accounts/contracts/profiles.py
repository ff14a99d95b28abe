"""What a profile tells about itself. An artist's own words are catalog's; the rest is here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from basedmusic.accounts.contracts.parties import Party, PartyKind
from basedmusic.kernel.errors import NotFound

MAX_ADDRESS = 300
MAX_LINKS = 8
PROFILE_KINDS = frozenset({PartyKind.ARTIST, PartyKind.VENUE, PartyKind.ORGANISER})
"""Parties that people act for."""


class OrganiserType(StrEnum):
    PROMOTER = "promoter"
    COLLECTIVE = "collective"
    SERIES = "series"
    FESTIVAL = "festival"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Places:
    """Where else a profile is to be found."""

    website: str | None = None
    """Its own, or the page it has instead; also what a claim is proved by."""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A venue or an organiser as anybody sees it. Who its members are is nobody's business."""

    party: Party
    type: OrganiserType | None
    """None for a venue."""
    city: str
    about: str
    places: Places
    created_at: datetime
    claimable: bool
    """Whether nobody owns it yet."""
    can_edit: bool
    """Whether the viewer it was read for may change it."""
    followed_at: datetime | None
    """Since when that viewer follows it."""


@dataclass(frozen=True, slots=True)
class ProfileRef:
    """Any profile, in short."""

    party: Party
    places: Places
    claimable: bool


class ProfileMissing(NotFound):
    code = "profile_not_found"
    title = "There is no such profile"


class VenueMissing(NotFound):
    code = "venue_not_found"
    title = "There is no such venue"


class OrganiserMissing(NotFound):
    code = "organiser_not_found"
    title = "There is no such organiser"

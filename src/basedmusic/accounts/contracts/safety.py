"""Whom a person keeps away, and what they do not want to see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from basedmusic.accounts.contracts.parties import Party
from basedmusic.kernel.errors import Conflict, NotFound


class HiddenKind(StrEnum):
    """What a person can take out of their own lists. As with SavedKind, its own slice asks who may see it."""

    PROFILE = "profile"
    TRACK = "track"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Avoided:
    """A party that a person blocked, muted or hid, and since when."""

    party: Party
    since: datetime


@dataclass(frozen=True, slots=True)
class Avoidance:
    """What an account did with one party, track or release."""

    blocked: bool
    muted: bool
    hidden: bool


class PartyMissing(NotFound):
    code = "party_not_found"
    title = "There is nobody with this id"


class OwnParty(Conflict):
    """Of blocking, muting or hiding oneself, a profile one belongs to, or the scene."""

    code = "own_party"
    title = "This is you, or a profile that you belong to"


class TooManyAvoided(Conflict):
    code = "too_many_avoided"
    title = "Your list is full; take somebody off it first"

"""Rooms of a venue, and what is known of getting in and around."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from basedmusic.accounts.contracts import Party
from basedmusic.kernel.errors import Conflict, NotFound

RoomId = NewType("RoomId", UUID)

MAX_CAPACITY = 100_000
MAX_ACCESS_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Access:
    """None where nobody has said: silence keeps people away, and it is not a no."""

    step_free: bool | None = None
    """From the street to the room."""
    accessible_toilet: bool | None = None
    hearing_loop: bool | None = None
    seats: bool | None = None
    """For whoever can't stand."""
    companion_free: bool | None = None
    """Whoever comes along to assist pays nothing."""
    quiet_space: bool | None = None
    strobe_free: bool | None = None
    words: str = ""
    """The rest: the width of a door, whom to call."""


@dataclass(frozen=True, slots=True)
class Room:
    id: RoomId
    venue: Party
    name: str
    capacity: int | None
    access: Access
    closed_at: datetime | None
    """Closed rooms take no new shows; those in them stay."""


class RoomMissing(NotFound):
    code = "room_not_found"
    title = "There is no such room"


class RoomClosed(Conflict):
    code = "room_closed"
    title = "This room is closed; choose another"

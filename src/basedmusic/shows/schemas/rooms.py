"""Rooms on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from basedmusic.platform.http.text import BodyIn
from basedmusic.shows.contracts import MAX_ACCESS_WORDS, MAX_CAPACITY, Room
from basedmusic.shows.service.rooms import MAX_ROOM_NAME

RoomName = Annotated[str, Field(min_length=1, max_length=MAX_ROOM_NAME)]
Capacity = Annotated[int, Field(strict=True, ge=1, le=MAX_CAPACITY)]
Known = Annotated[bool | None, Field(description="null: nobody has said")]


class AccessIn(BodyIn):
    """What is left out stays as it is; in a new room, unknown."""

    step_free: Known = None
    accessible_toilet: Known = None
    hearing_loop: Known = None
    seats: Known = None
    companion_free: Known = None
    quiet_space: Known = None
    strobe_free: Known = None
    words: Annotated[str, Field(max_length=MAX_ACCESS_WORDS)] = ""


class RoomIn(BodyIn):
    name: RoomName
    capacity: Capacity | None = None
    access: AccessIn = AccessIn()


class RoomPatch(BodyIn):
    """What is left out stays as it is."""

    name: RoomName = ""
    capacity: Capacity | None = None
    access: AccessIn = AccessIn()


class AccessOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    step_free: bool | None
    accessible_toilet: bool | None
    hearing_loop: bool | None
    seats: bool | None
    companion_free: bool | None
    quiet_space: bool | None
    strobe_free: bool | None
    words: str


class PartyOut(BaseModel):
    id: UUID
    kind: str
    slug: str
    name: str


class RoomOut(BaseModel):
    id: UUID
    venue: PartyOut
    name: str
    capacity: int | None
    access: AccessOut
    closed: bool

    @classmethod
    def of(cls, room: Room) -> "RoomOut":
        venue = room.venue
        return cls(
            id=room.id,
            venue=PartyOut(id=venue.id, kind=venue.kind, slug=venue.slug, name=venue.name),
            name=room.name,
            capacity=room.capacity,
            access=AccessOut.model_validate(room.access),
            closed=room.closed_at is not None,
        )

"""Rooms: a venue says once what each is like, and every show in it tells that."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from basedmusic.accounts import Verb, Viewer, require_can
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line, clean_text
from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.contracts import MAX_ACCESS_WORDS, Access, Room, RoomMissing
from basedmusic.shows.store import rooms as store

MAX_ROOM_NAME = 120


async def create_room(
    tx: Tx, viewer: Viewer, venue_id: UUID, *, name: str, capacity: int | None, access: Access
) -> Room:
    """Raises NotAllowed, RoomMissing for what is no venue, Invalid."""
    await require_can(tx.conn, viewer, PartyId(venue_id), Verb.EDIT_SHOWS)
    if not await store.is_venue(tx.conn, venue_id):
        raise RoomMissing("Only a venue has rooms")
    name = clean_line(name, "name", MAX_ROOM_NAME)
    room_id = await store.insert_room(tx.conn, PartyId(venue_id), name, capacity, _clean(access))
    return await get_room(tx.conn, viewer, room_id)


async def edit_room(tx: Tx, viewer: Viewer, room_id: UUID, changes: dict[str, Any]) -> Room:
    """Change what is given: `name`, `capacity`, and `access` by its fields.

    Raises RoomMissing, NotAllowed, Invalid.
    """
    room = await get_room(tx.conn, viewer, room_id)
    await require_can(tx.conn, viewer, room.venue.id, Verb.EDIT_SHOWS)
    await store.update_room(
        tx.conn,
        room.id,
        clean_line(changes.get("name", room.name), "name", MAX_ROOM_NAME),
        changes.get("capacity", room.capacity),
        _clean(replace(room.access, **changes.get("access", {}))),
    )
    return await get_room(tx.conn, viewer, room.id)


async def close_room(tx: Tx, viewer: Viewer, room_id: UUID, now: datetime | None) -> Room:
    """No new shows come into it; None opens it again. Raises RoomMissing, NotAllowed."""
    room = await get_room(tx.conn, viewer, room_id)
    await require_can(tx.conn, viewer, room.venue.id, Verb.EDIT_SHOWS)
    await store.set_closed(tx.conn, room.id, (room.closed_at or now) if now else None)
    return await get_room(tx.conn, viewer, room.id)


async def get_room(conn: Connection, viewer: Viewer, room_id: UUID) -> Room:
    room = await store.find_room(conn, viewer.account_id, room_id)
    if room is None:
        raise RoomMissing
    return room


async def list_rooms(conn: Connection, viewer: Viewer, venue_id: UUID, page: PageRequest) -> Page[Room]:
    """The open ones of a venue."""
    rows = await store.list_rooms(conn, viewer.account_id, venue_id, page)
    return page.page(rows, lambda room: (room.id,))


def _clean(access: Access) -> Access:
    return replace(access, words=clean_text(access.words, "access", MAX_ACCESS_WORDS))

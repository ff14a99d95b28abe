"""Rooms."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Party, PartyKind
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record
from basedmusic.shows.contracts import Access, Room, RoomId

COLUMNS = """r.name AS room_name, r.capacity, r.step_free, r.accessible_toilet, r.hearing_loop, r.seats,
       r.companion_free, r.quiet_space, r.strobe_free, r.access_words, r.closed_at,
       v.id AS venue_id, v.name AS venue_name, v.slug AS venue_slug"""
_SELECT = f"""
SELECT r.id AS room_id, {COLUMNS}
  FROM shows.room r JOIN accounts.v_party v ON v.id = r.venue_id
 WHERE r.venue_id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)
"""  # noqa: S608 - no value stands in it


async def is_venue(conn: Connection, party_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.v_party WHERE id = $1 AND kind = 'venue'", party_id
    )
    return found is not None


async def insert_room(
    conn: Connection, venue_id: PartyId, name: str, capacity: int | None, access: Access
) -> RoomId:
    room_id: UUID | None = await conn.fetchval(
        """INSERT INTO shows.room (venue_id, name, capacity, step_free, accessible_toilet, hearing_loop, seats,
                                   companion_free, quiet_space, strobe_free, access_words)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id""",
        venue_id,
        name,
        capacity,
        *_access_values(access),
    )
    assert room_id is not None
    return RoomId(room_id)


async def update_room(
    conn: Connection, room_id: RoomId, name: str, capacity: int | None, access: Access
) -> None:
    await conn.execute(
        """UPDATE shows.room
              SET name = $2, capacity = $3, step_free = $4, accessible_toilet = $5, hearing_loop = $6,
                  seats = $7, companion_free = $8, quiet_space = $9, strobe_free = $10, access_words = $11
            WHERE id = $1""",
        room_id,
        name,
        capacity,
        *_access_values(access),
    )


async def set_closed(conn: Connection, room_id: RoomId, closed_at: datetime | None) -> None:
    await conn.execute("UPDATE shows.room SET closed_at = $2 WHERE id = $1", room_id, closed_at)


async def find_room(conn: Connection, viewer: AccountId | None, room_id: UUID) -> Room | None:
    row = await conn.fetchrow(_SELECT + " AND r.id = $2", viewer, room_id)
    return room_of(row) if row else None


async def list_rooms(
    conn: Connection, viewer: AccountId | None, venue_id: UUID, page: PageRequest
) -> list[Room]:
    """A venue's open ones in the order they were made, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT
        + """ AND r.venue_id = $2 AND r.closed_at IS NULL AND ($3::uuid IS NULL OR r.id > $3)
             ORDER BY r.id LIMIT $4""",
        viewer,
        venue_id,
        after,
        page.limit + 1,
    )
    return [room_of(row) for row in rows]


def room_of(row: Record) -> Room:
    return Room(
        id=row["room_id"],
        venue=Party(row["venue_id"], PartyKind.VENUE, row["venue_name"], row["venue_slug"]),
        name=row["room_name"],
        capacity=row["capacity"],
        access=Access(
            step_free=row["step_free"],
            accessible_toilet=row["accessible_toilet"],
            hearing_loop=row["hearing_loop"],
            seats=row["seats"],
            companion_free=row["companion_free"],
            quiet_space=row["quiet_space"],
            strobe_free=row["strobe_free"],
            words=row["access_words"],
        ),
        closed_at=row["closed_at"],
    )


def _access_values(access: Access) -> tuple[object, ...]:
    return (
        access.step_free,
        access.accessible_toilet,
        access.hearing_loop,
        access.seats,
        access.companion_free,
        access.quiet_space,
        access.strobe_free,
        access.words,
    )

"""Slots: what is free, taking them, giving them back.

Locks, in this order: the show's row, the answer's row, the slots. Whoever takes free slots without the show's lock
passes over those that another holds (SKIP LOCKED) and waits for none; that alone undersells, since what it passed
over may become free again, so a miss is tried once more under the show's lock, which waits for each slot. Nothing
that waits for the show's lock holds slots.
"""

from datetime import datetime
from uuid import UUID

from basedmusic.platform.db import Connection
from basedmusic.shows.contracts import Pool, PoolId, RsvpId, ShowId

# Of each pool that has a bound, the show's and the type's, as many as the party. Arrays of numbers, not a join:
# a planner that thinks of many would read all slots of the scene for one.
_TAKE = """
WITH whole AS MATERIALIZED (
    SELECT id FROM shows.pool WHERE show_id = $1 AND place = 0 AND size IS NOT NULL
), kind AS MATERIALIZED (
    SELECT id FROM shows.pool WHERE show_id = $1 AND id = $2 AND place > 0 AND size IS NOT NULL
), of_whole AS (
    UPDATE shows.slot SET rsvp_id = $5, free_at = coalesce($6::timestamptz, 'infinity')
     WHERE pool_id = (SELECT id FROM whole) AND n = ANY (ARRAY(
         SELECT f.n FROM shows.slot f
          WHERE f.pool_id = (SELECT id FROM whole) AND f.free_at <= $4 AND f.free_at < 'infinity'
          ORDER BY f.free_at LIMIT $3::integer FOR UPDATE SKIP LOCKED))
    RETURNING n
), of_kind AS (
    UPDATE shows.slot SET rsvp_id = $5, free_at = coalesce($6::timestamptz, 'infinity')
     WHERE pool_id = (SELECT id FROM kind) AND n = ANY (ARRAY(
         SELECT f.n FROM shows.slot f
          WHERE f.pool_id = (SELECT id FROM kind) AND f.free_at <= $4 AND f.free_at < 'infinity'
          ORDER BY f.free_at LIMIT $3::integer FOR UPDATE SKIP LOCKED))
    RETURNING n
)
SELECT (SELECT count(*) FROM of_whole) = $3 * (SELECT count(*) FROM whole)
   AND (SELECT count(*) FROM of_kind) = $3 * (SELECT count(*) FROM kind)
"""
_TAKE_WAITING = _TAKE.replace(" SKIP LOCKED", "")


async def take_slots(
    conn: Connection,
    show_id: ShowId,
    pool_id: UUID | None,
    size: int,
    rsvp_id: RsvpId,
    until: datetime | None,
    now: datetime,
    *,
    waiting: bool,
) -> bool:
    """Whether all were there; if not, the caller rolls back what was taken.

    `waiting` for those that another holds: under the show's lock only.
    """
    query = _TAKE_WAITING if waiting else _TAKE
    whole = await conn.fetchval(query, show_id, pool_id, size, now, rsvp_id, until)
    return bool(whole)


async def free_slots(conn: Connection, rsvp_id: RsvpId) -> None:
    await conn.execute(
        "UPDATE shows.slot SET rsvp_id = NULL, free_at = '-infinity' WHERE rsvp_id = $1", rsvp_id
    )


async def keep_slots(conn: Connection, rsvp_id: RsvpId) -> int:
    """Promised ones become theirs; how many. Those that another is about to take over are left to them."""
    rows = await conn.fetch(
        """WITH own AS MATERIALIZED (
               SELECT pool_id, n FROM shows.slot WHERE rsvp_id = $1 FOR UPDATE SKIP LOCKED)
           UPDATE shows.slot s SET free_at = 'infinity' FROM own
            WHERE s.rsvp_id = $1 AND s.pool_id = own.pool_id AND s.n = own.n RETURNING s.n""",
        rsvp_id,
    )
    return len(rows)


async def list_pools(conn: Connection, show_id: UUID, now: datetime) -> list[Pool]:
    """The show's own first, if it has one."""
    rows = await conn.fetch(
        """SELECT p.id, p.name, p.size,
                  CASE WHEN p.size IS NOT NULL THEN
                      (SELECT count(*) FROM shows.slot s
                        WHERE s.pool_id = p.id AND s.free_at <= $2 AND s.free_at < 'infinity') END AS free
             FROM shows.pool p WHERE p.show_id = $1 ORDER BY p.place""",
        show_id,
        now,
    )
    return [Pool(PoolId(row["id"]), row["name"], row["size"], row["free"]) for row in rows]


async def count_bounds(conn: Connection, show_id: UUID, pool_id: UUID | None) -> int:
    """Of how many pools with a bound each place takes a slot."""
    bounds = await conn.fetchval(
        """SELECT count(*) FROM shows.pool
            WHERE show_id = $1 AND size IS NOT NULL AND (place = 0 OR id = $2)""",
        show_id,
        pool_id,
    )
    return bounds or 0


async def count_types(conn: Connection, show_id: UUID, pool_id: UUID | None) -> tuple[int, bool]:
    """How many types the show has, and whether `pool_id` is one of them."""
    row = await conn.fetchrow(
        """SELECT count(*) AS types, coalesce(bool_or(id = $2), false) AS found
             FROM shows.pool WHERE show_id = $1 AND place > 0""",
        show_id,
        pool_id,
    )
    assert row is not None
    return row["types"], row["found"]


async def lock_pools(conn: Connection, show_id: UUID) -> None:
    """Before pools come or go: waits for everybody who is taking places, whose answers reference the show."""
    await conn.execute("SELECT FROM shows.show WHERE id = $1 FOR UPDATE", show_id)


async def insert_pool(conn: Connection, show_id: ShowId, name: str | None, place: int) -> PoolId:
    """Without a bound."""
    pool_id: UUID | None = await conn.fetchval(
        "INSERT INTO shows.pool (show_id, name, place) VALUES ($1, $2, $3) RETURNING id", show_id, name, place
    )
    assert pool_id is not None
    return PoolId(pool_id)


async def update_type(conn: Connection, pool_id: PoolId, name: str, place: int) -> None:
    await conn.execute("UPDATE shows.pool SET name = $2, place = $3 WHERE id = $1", pool_id, name, place)


async def delete_pool(conn: Connection, pool_id: PoolId) -> bool:
    """False if somebody has said something of it."""
    if await conn.fetchval("SELECT true FROM shows.rsvp WHERE pool_id = $1 LIMIT 1", pool_id):
        return False
    await conn.execute("DELETE FROM shows.pool WHERE id = $1", pool_id)
    return True


async def give_bound(conn: Connection, pool_id: PoolId, size: int) -> bool:
    """Make the slots of a pool that had none, the first ones for whoever has places; False if they are more."""
    kept = await conn.fetchval(
        """WITH held AS (
               INSERT INTO shows.slot (pool_id, n, rsvp_id, free_at)
               SELECT p.id, row_number() OVER (ORDER BY r.id), r.id, coalesce(r.until, 'infinity')
                 FROM shows.pool p
                 JOIN shows.rsvp r ON r.show_id = p.show_id AND (p.place = 0 OR r.pool_id = p.id)
                 CROSS JOIN generate_series(1, r.size)
                WHERE p.id = $1 AND r.state IN ('going', 'held', 'offered')
               RETURNING n)
           SELECT count(*) FROM held""",
        pool_id,
    )
    await conn.execute("UPDATE shows.pool SET size = $2 WHERE id = $1", pool_id, size)
    assert kept is not None
    if kept > size:
        return False
    await conn.execute(
        "INSERT INTO shows.slot (pool_id, n) SELECT $1, n FROM generate_series($2::integer + 1, $3) n",
        pool_id,
        kept,
        size,
    )
    return True


async def resize_pool(conn: Connection, pool_id: PoolId, size: int, now: datetime) -> bool:
    """More slots, or fewer of the free ones; False if not so many are free. Under the show's lock.

    The ones that go are chosen once, as an array: a subquery with FOR UPDATE that a planner runs for each row finds
    others each time, as the first are gone by then, and all free ones would go.
    """
    await conn.execute(
        """INSERT INTO shows.slot (pool_id, n)
           SELECT $1, had.last + more
             FROM (SELECT coalesce(max(n), 0) AS last, count(*) AS slots FROM shows.slot WHERE pool_id = $1) had,
                  LATERAL generate_series(1, $2::integer - had.slots) more""",
        pool_id,
        size,
    )
    await conn.execute(
        """DELETE FROM shows.slot WHERE pool_id = $1 AND n = ANY (ARRAY(
               SELECT n FROM shows.slot WHERE pool_id = $1 AND free_at <= $3 AND free_at < 'infinity'
                LIMIT greatest(0, (SELECT count(*) FROM shows.slot WHERE pool_id = $1) - $2) FOR UPDATE))""",
        pool_id,
        size,
        now,
    )
    await conn.execute("UPDATE shows.pool SET size = $2 WHERE id = $1", pool_id, size)
    return await conn.fetchval("SELECT count(*) FROM shows.slot WHERE pool_id = $1", pool_id) == size


async def lift_bound(conn: Connection, pool_id: PoolId) -> None:
    await conn.execute("UPDATE shows.pool SET size = NULL WHERE id = $1", pool_id)
    await conn.execute("DELETE FROM shows.slot WHERE pool_id = $1", pool_id)


async def update_terms(
    conn: Connection, show_id: ShowId, party_max: int, offer_minutes: int, offers_stop_minutes: int
) -> None:
    await conn.execute(
        "UPDATE shows.show SET party_max = $2, offer_minutes = $3, offers_stop_minutes = $4 WHERE id = $1",
        show_id,
        party_max,
        offer_minutes,
        offers_stop_minutes,
    )


async def largest_party(conn: Connection, show_id: UUID) -> int:
    """Of those who go, hold or wait."""
    size = await conn.fetchval(
        """SELECT max(size) FROM shows.rsvp
            WHERE show_id = $1 AND state IN ('going', 'held', 'offered', 'waiting')""",
        show_id,
    )
    return size or 0

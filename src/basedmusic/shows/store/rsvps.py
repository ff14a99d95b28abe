"""What people say of shows, and the waitlist."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record
from basedmusic.shows.contracts import PoolId, Rsvp, RsvpId, RsvpState, ShowId
from basedmusic.shows.rules.places import rsvp_state_at


@dataclass(frozen=True, slots=True)
class Terms:
    """On which a show gives places."""

    starts_at: datetime
    party_max: int
    offer_minutes: int
    offers_stop_minutes: int


@dataclass(frozen=True, slots=True)
class Waiting:
    rsvp_id: RsvpId
    size: int
    pool_id: UUID | None


_SELECT = """
SELECT r.*, CASE WHEN r.state = 'waiting'
                 THEN (SELECT count(*) FROM shows.rsvp w
                        WHERE w.show_id = r.show_id AND w.state = 'waiting' AND w.turn < r.turn) END AS ahead
  FROM shows.rsvp r WHERE r.account_id = $1
"""


async def find_terms(conn: Connection, show_id: UUID) -> Terms:
    row = await conn.fetchrow(
        "SELECT starts_at, party_max, offer_minutes, offers_stop_minutes FROM shows.show WHERE id = $1",
        show_id,
    )
    assert row is not None
    return Terms(row["starts_at"], row["party_max"], row["offer_minutes"], row["offers_stop_minutes"])


async def find_rsvp(conn: Connection, account_id: AccountId, show_id: UUID, now: datetime) -> Rsvp | None:
    row = await conn.fetchrow(_SELECT + " AND r.show_id = $2", account_id, show_id)
    return _rsvp(row, now) if row else None


async def lock_rsvp(conn: Connection, account_id: AccountId, show_id: UUID, now: datetime) -> Rsvp | None:
    """After the show's own lock."""
    row = await conn.fetchrow(_SELECT + " AND r.show_id = $2 FOR UPDATE OF r", account_id, show_id)
    return _rsvp(row, now) if row else None


async def begin_rsvp(
    conn: Connection,
    show_id: ShowId,
    account_id: AccountId,
    state: RsvpState,
    size: int,
    pool_id: UUID | None,
    until: datetime | None,
    now: datetime,
) -> RsvpId | None:
    """For somebody without places, while nobody waits for one; None otherwise. Needs no lock of the show's."""
    return await conn.fetchval(
        """INSERT INTO shows.rsvp AS r (show_id, account_id, state, size, pool_id, until, said_at)
           SELECT $1, $2, $3, $4, $5, $6, $7
            WHERE NOT EXISTS (SELECT FROM shows.rsvp w WHERE w.show_id = $1 AND w.state = 'waiting')
           ON CONFLICT (show_id, account_id) DO UPDATE
              SET state = excluded.state, size = excluded.size, pool_id = excluded.pool_id,
                  until = excluded.until, said_at = excluded.said_at
            WHERE r.state IN ('no', 'interested', 'lapsed')
           RETURNING r.id""",
        show_id,
        account_id,
        state.value,
        size,
        pool_id,
        until,
        now,
    )


async def put_rsvp(
    conn: Connection,
    show_id: UUID,
    account_id: AccountId,
    state: RsvpState,
    size: int,
    pool_id: UUID | None,
    until: datetime | None,
    now: datetime,
) -> RsvpId:
    """Whatever was there before; who waits gets the last turn."""
    rsvp_id: UUID | None = await conn.fetchval(
        """INSERT INTO shows.rsvp AS r (show_id, account_id, state, size, pool_id, until, said_at, turn)
           VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $3 = 'waiting' THEN nextval('shows.turn') END)
           ON CONFLICT (show_id, account_id) DO UPDATE
              SET state = excluded.state, size = excluded.size, pool_id = excluded.pool_id,
                  until = excluded.until, said_at = excluded.said_at, turn = excluded.turn
           RETURNING r.id""",
        show_id,
        account_id,
        state.value,
        size,
        pool_id,
        until,
        now,
    )
    assert rsvp_id is not None
    return RsvpId(rsvp_id)


async def shrink_waiting(conn: Connection, rsvp_id: RsvpId, size: int) -> None:
    """In its turn still."""
    await conn.execute("UPDATE shows.rsvp SET size = $2 WHERE id = $1", rsvp_id, size)


async def keep_promised(
    conn: Connection, rsvp_id: RsvpId, size: int, pool_id: UUID | None, now: datetime
) -> bool:
    """What was held or offered, and not too late, is taken."""
    kept = await conn.fetchval(
        """UPDATE shows.rsvp SET state = 'going', until = NULL, said_at = $4
            WHERE id = $1 AND state IN ('held', 'offered') AND until > $4 AND size = $2
              AND pool_id IS NOT DISTINCT FROM $3 RETURNING true""",
        rsvp_id,
        size,
        pool_id,
        now,
    )
    return kept is not None


async def offer(conn: Connection, rsvp_id: RsvpId, until: datetime) -> None:
    await conn.execute(
        "UPDATE shows.rsvp SET state = 'offered', until = $2, turn = NULL WHERE id = $1", rsvp_id, until
    )


async def delete_rsvp(conn: Connection, rsvp_id: RsvpId) -> None:
    """Its places become free by the table's own trigger."""
    await conn.execute("DELETE FROM shows.rsvp WHERE id = $1", rsvp_id)


async def mark_lapsed(conn: Connection, show_id: UUID, now: datetime) -> None:
    """What was promised and not taken in time is nobody's. Only for the record: it was free before."""
    await conn.execute(
        """WITH gone AS (
               UPDATE shows.rsvp SET state = 'lapsed', until = NULL
                WHERE show_id = $1 AND state IN ('held', 'offered') AND until <= $2 RETURNING id)
           UPDATE shows.slot s SET rsvp_id = NULL, free_at = '-infinity' FROM gone WHERE s.rsvp_id = gone.id""",
        show_id,
        now,
    )


async def find_next(conn: Connection, show_id: UUID, now: datetime) -> Waiting | None:
    """The first in the waitlist for whose whole party there are places, in the show and in the type."""
    row = await conn.fetchrow(
        """WITH free AS MATERIALIZED (
               SELECT p.id, p.place,
                      (SELECT count(*) FROM shows.slot s
                        WHERE s.pool_id = p.id AND s.free_at <= $2 AND s.free_at < 'infinity') AS left
                 FROM shows.pool p WHERE p.show_id = $1 AND p.size IS NOT NULL)
           SELECT r.id, r.size, r.pool_id FROM shows.rsvp r
            WHERE r.show_id = $1 AND r.state = 'waiting'
              AND NOT EXISTS (SELECT FROM free f
                               WHERE (f.place = 0 OR f.id = r.pool_id) AND f.left < r.size)
            ORDER BY r.turn LIMIT 1 FOR UPDATE OF r SKIP LOCKED""",
        show_id,
        now,
    )
    return Waiting(RsvpId(row["id"]), row["size"], row["pool_id"]) if row else None


async def count_said(conn: Connection, show_id: UUID, now: datetime) -> tuple[int, int, int]:
    """People who go, people interested, parties that wait."""
    row = await conn.fetchrow(
        """SELECT coalesce(sum(size) FILTER (WHERE state = 'going'), 0) AS going,
                  count(*) FILTER (WHERE state = 'interested') AS interested,
                  count(*) FILTER (WHERE state = 'waiting') AS waiting
             FROM shows.rsvp WHERE show_id = $1""",
        show_id,
    )
    assert row is not None
    return row["going"], row["interested"], row["waiting"]


async def is_unsettled(conn: Connection, show_id: UUID, now: datetime) -> bool:
    """Whether somebody waits and something is free by now, if not for all of them. Locks nothing."""
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM shows.rsvp r WHERE r.show_id = $1 AND r.state = 'waiting')
              AND EXISTS (SELECT FROM shows.pool p JOIN shows.slot s ON s.pool_id = p.id
                           WHERE p.show_id = $1 AND s.free_at <= $2 AND s.free_at < 'infinity')""",
        show_id,
        now,
    )
    return bool(found)


async def list_unsettled(conn: Connection, now: datetime, limit: int) -> list[UUID]:
    """Shows at which somebody waits and something is free by now."""
    rows = await conn.fetch(
        """SELECT DISTINCT r.show_id FROM shows.rsvp r
            WHERE r.state = 'waiting'
              AND EXISTS (SELECT FROM shows.pool p JOIN shows.slot s ON s.pool_id = p.id
                           WHERE p.show_id = r.show_id AND s.free_at <= $1 AND s.free_at < 'infinity')
            LIMIT $2""",
        now,
        limit,
    )
    return [row["show_id"] for row in rows]


async def list_of_account(
    conn: Connection, account_id: AccountId, now: datetime, since: datetime, page: PageRequest
) -> list[tuple[Rsvp, datetime]]:
    """What somebody said of shows that start after `since`, soonest first, with the start. One more than asked for.

    The key is (starts_at, show_id).
    """
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        """SELECT r.*, NULL::bigint AS ahead, s.starts_at FROM shows.rsvp r JOIN shows.show s ON s.id = r.show_id
            WHERE r.account_id = $1 AND r.state <> 'no' AND s.starts_at > $2
              AND ($3::timestamptz IS NULL OR (s.starts_at, s.id) > ($3, $4::uuid))
            ORDER BY s.starts_at, s.id LIMIT $5""",
        account_id,
        since,
        at,
        last,
        page.limit + 1,
    )
    return [(_rsvp(row, now), row["starts_at"]) for row in rows]


def _rsvp(row: Record, now: datetime) -> Rsvp:
    return Rsvp(
        id=RsvpId(row["id"]),
        show_id=ShowId(row["show_id"]),
        account_id=AccountId(row["account_id"]),
        state=rsvp_state_at(RsvpState(row["state"]), row["until"], now),
        size=row["size"],
        pool_id=PoolId(row["pool_id"]) if row["pool_id"] else None,
        until=row["until"],
        ahead=row["ahead"],
        said_at=row["said_at"],
    )

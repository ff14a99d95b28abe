"""The waitlist: what becomes free is handed on in the transaction that freed it, to the first whose party fits.

A party that is too large for what is free keeps its turn; who comes after and fits is not made to wait for it.
"""

from datetime import datetime
from uuid import UUID

from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.contracts import PlaceOffered, ShowId
from basedmusic.shows.rules.places import offer_until
from basedmusic.shows.store import places, rsvps, shows

SWEPT_AT_ONCE = 100


async def hand_on(tx: Tx, show_id: ShowId, now: datetime) -> None:
    """Under the show's lock. Promises that were not taken end here too, though they counted for nothing before."""
    if not await rsvps.is_unsettled(tx.conn, show_id, now):
        return
    await rsvps.mark_lapsed(tx.conn, show_id, now)
    terms = await rsvps.find_terms(tx.conn, show_id)
    until = offer_until(now, terms.starts_at, terms.offer_minutes, terms.offers_stop_minutes)
    if until is None:
        return
    while (first := await rsvps.find_next(tx.conn, show_id, now)) is not None:
        if not await _offer(tx.conn, show_id, first, until, now):
            return
        await tx.emit(PlaceOffered(first.rsvp_id, show_id))


async def settle(tx: Tx, show_id: UUID, now: datetime) -> None:
    """For whoever looks: what became free since the last touch is handed on first."""
    if not await rsvps.is_unsettled(tx.conn, show_id, now):
        return
    await shows.lock_show(tx.conn, show_id)
    await hand_on(tx, ShowId(show_id), now)


async def list_unsettled(conn: Connection, now: datetime) -> list[UUID]:
    """Shows for the sweep, which only makes sure that people hear of an offer before somebody looks."""
    return await rsvps.list_unsettled(conn, now, SWEPT_AT_ONCE)


class _Missed(Exception):
    """Rolls back what was taken of a party's places."""


async def _offer(
    conn: Connection, show_id: ShowId, first: rsvps.Waiting, until: datetime, now: datetime
) -> bool:
    try:
        async with conn.transaction():
            await rsvps.offer(conn, first.rsvp_id, until)
            taken = await places.take_slots(
                conn, show_id, first.pool_id, first.size, first.rsvp_id, until, now, waiting=True
            )
            if not taken:  # somebody who came before anybody waited was about to take them, and did
                raise _Missed
    except _Missed:
        return False
    return True

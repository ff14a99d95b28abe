"""Going, holding, waiting, giving back: what people say of a show, and the places it takes."""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from basedmusic.accounts import SignedInViewer, Viewer
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.contracts import (
    NotWaiting,
    Places,
    Rsvp,
    RsvpId,
    RsvpState,
    Show,
    ShowId,
    SoldOut,
    TypeUnknown,
)
from basedmusic.shows.rules.places import (
    WITH_PLACES,
    hold_until,
    require_open,
    require_party,
    require_type,
    sold_out,
)
from basedmusic.shows.service.shows import get_show
from basedmusic.shows.service.waitlist import hand_on, settle
from basedmusic.shows.store import places as store
from basedmusic.shows.store import rsvps, shows

Without = Literal[RsvpState.NO, RsvpState.INTERESTED]


async def go(
    tx: Tx,
    viewer: SignedInViewer,
    show_id: UUID,
    size: int,
    pool_id: UUID | None,
    now: datetime,
    *,
    hold: bool = False,
) -> Rsvp | SoldOut:
    """Take places for oneself and `size` - 1 more, for some minutes only with `hold`; or, of those one has, more or
    fewer, or of another type. What one had stays where the new ones are not there.

    SoldOut comes back and is not raised, since what was handed on to the waitlist meanwhile must be committed.
    Raises ShowMissing, NoPlacesGiven, PartyTooLarge, TypeUnknown.
    """
    show = await _open_show(tx.conn, viewer, show_id, size, pool_id, now)
    mine = await rsvps.find_rsvp(tx.conn, viewer.account_id, show.id, now)
    if mine is not None and mine.state in WITH_PLACES and (mine.size, mine.pool_id) == (size, pool_id):
        if hold or mine.state is RsvpState.GOING:
            return mine  # a promise is not made longer by asking again
        if await _keep_promised(tx.conn, mine, now):
            return replace(mine, state=RsvpState.GOING, until=None, said_at=now)
    until = hold_until(now) if hold else None
    wanted = _Wanted(show.id, viewer.account_id, size, pool_id, until, now)
    if await _take_quickly(tx.conn, wanted):
        return await _get(tx.conn, viewer.account_id, show.id, now)
    if mine is None or mine.state not in WITH_PLACES:
        # What others are about to take, and may not, still counts as free: fewer than that is sold out for sure,
        # and a crowd that comes too late does not queue for the lock to hear it.
        left = await _left(tx.conn, show.id, pool_id, now)
        if left is not None and left < size:
            return sold_out(left)
    if not await _take_in_turn(tx, wanted):
        return sold_out(await _left(tx.conn, show.id, pool_id, now))
    return await _get(tx.conn, viewer.account_id, show.id, now)


async def wait_for(
    tx: Tx, viewer: SignedInViewer, show_id: UUID, size: int, pool_id: UUID | None, now: datetime
) -> Rsvp:
    """Join the waitlist; places that are there after all are offered at once. A smaller party keeps its turn.

    Raises ShowMissing, NoPlacesGiven, PartyTooLarge, TypeUnknown, NotWaiting.
    """
    show = await _open_show(tx.conn, viewer, show_id, size, pool_id, now)
    await shows.lock_show(tx.conn, show.id)
    mine = await rsvps.lock_rsvp(tx.conn, viewer.account_id, show.id, now)
    if mine is not None and mine.state in WITH_PLACES:
        raise NotWaiting
    if mine is not None and mine.state is RsvpState.LAPSED:
        await store.free_slots(tx.conn, mine.id)
    if mine is not None and mine.state is RsvpState.WAITING and mine.pool_id == pool_id and size <= mine.size:
        await rsvps.shrink_waiting(tx.conn, mine.id, size)
    else:
        await rsvps.put_rsvp(tx.conn, show.id, viewer.account_id, RsvpState.WAITING, size, pool_id, None, now)
    await hand_on(tx, show.id, now)
    return await _get(tx.conn, viewer.account_id, show.id, now)


async def say(
    tx: Tx, viewer: SignedInViewer, show_id: UUID, state: Without | None, now: datetime
) -> Rsvp | None:
    """Interested, no, or nothing at all: places, or one's turn, go to others. Raises ShowMissing, NoPlacesGiven."""
    show = await get_show(tx.conn, viewer, show_id, now)
    if state is not None:
        require_open(show.state)
    await shows.lock_show(tx.conn, show.id)
    mine = await rsvps.lock_rsvp(tx.conn, viewer.account_id, show.id, now)
    if mine is not None:
        await store.free_slots(tx.conn, mine.id)
    if state is not None:
        await rsvps.put_rsvp(tx.conn, show.id, viewer.account_id, state, 1, None, None, now)
    elif mine is not None:
        await rsvps.delete_rsvp(tx.conn, mine.id)
    await hand_on(tx, show.id, now)
    return await rsvps.find_rsvp(tx.conn, viewer.account_id, show.id, now)


async def look(tx: Tx, viewer: SignedInViewer, show_id: UUID, now: datetime) -> Rsvp | None:
    """What the viewer said. Whoever waits sees an offer as soon as it is theirs. Raises ShowMissing."""
    show = await get_show(tx.conn, viewer, show_id, now)
    mine = await rsvps.find_rsvp(tx.conn, viewer.account_id, show.id, now)
    if mine is None or mine.state is not RsvpState.WAITING:
        return mine
    await settle(tx, show.id, now)
    return await rsvps.find_rsvp(tx.conn, viewer.account_id, show.id, now)


async def get_places(conn: Connection, viewer: Viewer, show_id: UUID, now: datetime) -> Places:
    """Raises ShowMissing."""
    show = await get_show(conn, viewer, show_id, now)
    terms = await rsvps.find_terms(conn, show.id)
    pools = await store.list_pools(conn, show.id, now)
    whole = next((pool for pool in pools if pool.name is None), None)
    going, interested, waiting = await rsvps.count_said(conn, show.id, now)
    return Places(
        capacity=whole.size if whole else None,
        free=whole.free if whole else None,
        types=tuple(pool for pool in pools if pool.name is not None),
        party_max=terms.party_max,
        offer_minutes=terms.offer_minutes,
        offers_stop_minutes=terms.offers_stop_minutes,
        going=going,
        interested=interested,
        waiting=waiting,
    )


async def list_mine(
    conn: Connection, viewer: SignedInViewer, now: datetime, page: PageRequest
) -> Page[tuple[Show, Rsvp]]:
    """Shows to come that the viewer said something of, but no."""
    rows = await rsvps.list_of_account(conn, viewer.account_id, now, now - shows.LONGEST, page)
    found = page.page(rows, lambda row: (row[1], row[0].show_id))
    listed: list[tuple[Show, Rsvp]] = []
    for rsvp, _ in found.items:
        show = await shows.find_show(conn, viewer.account_id, rsvp.show_id, now)
        if show is not None:
            listed.append((show, rsvp))
    return Page(listed, found.next)


class _Missed(Exception):
    """Rolls back what was taken of a party's places."""


class _Wanted:
    """What is asked for, as the stores take it."""

    def __init__(
        self,
        show_id: ShowId,
        account_id: AccountId,
        size: int,
        pool_id: UUID | None,
        until: datetime | None,
        now: datetime,
    ) -> None:
        self.show_id, self.account_id, self.now = show_id, account_id, now
        self.state = RsvpState.GOING if until is None else RsvpState.HELD
        self.size, self.pool_id, self.until = size, pool_id, until

    async def take(self, conn: Connection, rsvp_id: RsvpId, *, waiting: bool) -> None:
        """Raises _Missed."""
        if not await store.take_slots(
            conn, self.show_id, self.pool_id, self.size, rsvp_id, self.until, self.now, waiting=waiting
        ):
            raise _Missed


async def _take_quickly(conn: Connection, wanted: _Wanted) -> bool:
    """Without the show's lock, so that a crowd is not a queue. False says nothing yet: others may have stood in the
    way for a moment only."""
    try:
        async with conn.transaction():
            rsvp_id = await rsvps.begin_rsvp(
                conn,
                wanted.show_id,
                wanted.account_id,
                wanted.state,
                wanted.size,
                wanted.pool_id,
                wanted.until,
                wanted.now,
            )
            if rsvp_id is None:
                return False
            await wanted.take(conn, rsvp_id, waiting=False)
    except _Missed:
        return False
    return True


async def _take_in_turn(tx: Tx, wanted: _Wanted) -> bool:
    """Under the show's lock, after the waitlist. False is so: there are not that many."""
    conn = tx.conn
    await shows.lock_show(conn, wanted.show_id)
    await hand_on(tx, wanted.show_id, wanted.now)
    mine = await rsvps.lock_rsvp(conn, wanted.account_id, wanted.show_id, wanted.now)
    try:
        async with conn.transaction():
            if mine is not None:
                await store.free_slots(conn, mine.id)
            rsvp_id = await rsvps.put_rsvp(
                conn,
                wanted.show_id,
                wanted.account_id,
                wanted.state,
                wanted.size,
                wanted.pool_id,
                wanted.until,
                wanted.now,
            )
            await wanted.take(conn, rsvp_id, waiting=True)
    except _Missed:
        return False
    if mine is not None and mine.state in WITH_PLACES:
        await hand_on(tx, wanted.show_id, wanted.now)  # a smaller party, or another type
    return True


async def _keep_promised(conn: Connection, mine: Rsvp, now: datetime) -> bool:
    """Needs no lock of the show's: whoever would take the places over at this moment is passed by, and wins."""
    try:
        async with conn.transaction():
            if not await rsvps.keep_promised(conn, mine.id, mine.size, mine.pool_id, now):
                return False
            bounds = await store.count_bounds(conn, mine.show_id, mine.pool_id)
            if await store.keep_slots(conn, mine.id) != bounds * mine.size:
                raise _Missed
    except _Missed:
        return False
    return True


async def _open_show(
    conn: Connection, viewer: Viewer, show_id: UUID, size: int, pool_id: UUID | None, now: datetime
) -> Show:
    show = await get_show(conn, viewer, show_id, now)
    require_open(show.state)
    require_party(size, (await rsvps.find_terms(conn, show.id)).party_max)
    types, found = await store.count_types(conn, show.id, pool_id)
    require_type(pool_id, types)
    if pool_id is not None and not found:
        raise TypeUnknown(field="type_id")
    return show


async def _left(conn: Connection, show_id: UUID, pool_id: UUID | None, now: datetime) -> int | None:
    """As many as there are in the show and in the type; None without a bound."""
    pools = await store.list_pools(conn, show_id, now)
    free = [
        pool.free for pool in pools if pool.free is not None and (pool.name is None or pool.id == pool_id)
    ]
    return min(free, default=None)


async def _get(conn: Connection, account_id: AccountId, show_id: UUID, now: datetime) -> Rsvp:
    mine = await rsvps.find_rsvp(conn, account_id, show_id, now)
    assert mine is not None
    return mine

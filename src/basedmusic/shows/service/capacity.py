"""How many places a show has, of which kinds, and on which terms they are given."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from basedmusic.accounts import Verb, Viewer, require_can
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Tx
from basedmusic.shows.contracts import (
    MAX_TYPE_NAME,
    Places,
    PlacesTaken,
    PlaceType,
    Pool,
    PoolId,
    ShowId,
    TypeUnknown,
)
from basedmusic.shows.service.places import get_places
from basedmusic.shows.service.shows import get_show
from basedmusic.shows.service.waitlist import hand_on
from basedmusic.shows.store import places as store
from basedmusic.shows.store import rsvps

WHOLE = 0
"""The place of the show's own pool among its pools; types come after."""


async def set_places(
    tx: Tx,
    viewer: Viewer,
    show_id: UUID,
    *,
    capacity: int | None,
    types: Sequence[PlaceType],
    party_max: int,
    offer_minutes: int,
    offers_stop_minutes: int,
    now: datetime,
) -> Places:
    """All of it, from now on. More places go to whoever waits, at once; nobody's is ever taken away.

    Raises ShowMissing, NotAllowed, PlacesTaken, TypeUnknown, Invalid.
    """
    await store.lock_pools(tx.conn, show_id)
    show = await get_show(tx.conn, viewer, show_id, now)
    await require_can(tx.conn, viewer, show.owner.id, Verb.EDIT_SHOWS)
    await rsvps.mark_lapsed(tx.conn, show.id, now)
    if party_max < await store.largest_party(tx.conn, show.id):
        raise PlacesTaken("Somebody comes with more people than that", field="party_max")
    there = await store.list_pools(tx.conn, show.id, now)
    whole = next((pool for pool in there if pool.name is None), None)
    if whole is None and capacity is not None:
        whole = Pool(await store.insert_pool(tx.conn, show.id, None, WHOLE), None, None, None)
    if whole is not None:
        await _bound(tx, whole, capacity, now)
    await _set_types(tx, show.id, [pool for pool in there if pool.name is not None], types, now)
    await store.update_terms(tx.conn, show.id, party_max, offer_minutes, offers_stop_minutes)
    await hand_on(tx, show.id, now)
    return await get_places(tx.conn, viewer, show.id, now)


async def _set_types(
    tx: Tx, show_id: ShowId, there: Sequence[Pool], types: Sequence[PlaceType], now: datetime
) -> None:
    known = {pool.id: pool for pool in there}
    named = [one.id for one in types if one.id is not None]
    if not set(named) <= known.keys() or len(set(named)) < len(named):
        raise TypeUnknown(field="types")
    for pool in there:
        if pool.id not in named and not await store.delete_pool(tx.conn, pool.id):
            raise PlacesTaken(f"Somebody has a place of the kind {pool.name}", field="types")
    for place, one in enumerate(types, WHOLE + 1):
        name = clean_line(one.name, "name", MAX_TYPE_NAME)
        if one.id is None:
            pool = Pool(await store.insert_pool(tx.conn, show_id, name, place), name, None, None)
        else:
            pool = known[PoolId(one.id)]
            await store.update_type(tx.conn, pool.id, name, place)
        await _bound(tx, pool, one.size, now)


async def _bound(tx: Tx, pool: Pool, size: int | None, now: datetime) -> None:
    if size is None:
        if pool.size is not None:
            await store.lift_bound(tx.conn, pool.id)
        return
    if pool.size is None:
        fits = await store.give_bound(tx.conn, pool.id, size)
    else:
        fits = pool.size == size or await store.resize_pool(tx.conn, pool.id, size, now)
    if not fits:
        raise PlacesTaken(field="capacity" if pool.name is None else "types")

"""A crowd at one hot show: nothing is given twice, nothing is kept from anybody, no party is split.

Each storm is first shown with its guards off: what it then does to the show is what the guards are for.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
import pytest
from tests.support.shows import NOW, Stage, make_people, minutes
from tests.support.unguarded import Unguarded, on

from basedmusic.accounts import SignedInViewer
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database, Tx, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.shows.contracts import NotWaiting, RsvpState, SoldOut
from basedmusic.shows.service import places

pytestmark = pytest.mark.anyio

CROWD = int(os.environ.get("BASEDMUSIC_STORM_PEOPLE", "300"))
"""1000 for the long one."""
CAPACITY, CONNECTIONS = CROWD // 2, 32
GUARDS_OFF = {
    # Free slots are looked at, and not held while they are taken.
    " FOR UPDATE SKIP LOCKED": "",
    " LIMIT $3::integer FOR UPDATE": " LIMIT $3::integer",
}
LAST_GUARDS = """ALTER TABLE shows.slot DISABLE TRIGGER slot_was_not_taken;
                 ALTER TABLE shows.rsvp DISABLE TRIGGER rsvp_has_its_places"""


@pytest.fixture
async def crowded(dsn: str, anyio_backend: str) -> AsyncGenerator[Database]:
    """With as many connections as a small cluster's web processes have together."""
    pool = await open_pool(dsn, min_size=CONNECTIONS, max_size=CONNECTIONS)
    yield Database(pool, FactRegistry())
    await pool.close()


async def rush(
    database: Database,
    people: list[SignedInViewer],
    does: Callable[[Tx, SignedInViewer], Awaitable[object]],
    without: dict[str, str] | None = None,
) -> list[object]:
    """Everybody at once, as far as there are connections; what came of each."""

    turns = asyncio.Semaphore(CONNECTIONS)

    async def one(who: SignedInViewer) -> object:
        async with turns, database.transaction() as tx:
            return await does(on(tx, Unguarded(tx.conn, without)) if without else tx, who)

    return await asyncio.gather(*map(one, people), return_exceptions=True)


async def given(stage: Stage) -> int:
    """People who have a place."""
    query = "SELECT coalesce(sum(size), 0) FROM shows.rsvp WHERE state = 'going' AND show_id = $1"
    return await stage.database.pool.fetchval(query, stage.show.id)


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_a_sell_out_gives_every_place_once(crowded: Database, guarded: bool):
    stage = await Stage.make(crowded, 60)
    people = await make_people(crowded, 120)
    if not guarded:
        await crowded.pool.execute(LAST_GUARDS)
    came = await rush(
        crowded,
        people,
        lambda tx, who: places.go(tx, who, stage.show.id, 1, None, NOW),
        None if guarded else GUARDS_OFF,
    )
    if guarded:
        assert Counter(map(type, came))[SoldOut] == 60, came
        assert await given(stage) == 60
        assert await stage.broken() == {}
    else:
        assert await given(stage) > 60
        assert "no pool has given more than it has" in await stage.broken()


async def test_with_the_code_s_guards_off_the_database_s_own_still_oversells_nothing(crowded: Database):
    stage = await Stage.make(crowded, 60)
    people = await make_people(crowded, 120)
    came = await rush(
        crowded, people, lambda tx, who: places.go(tx, who, stage.show.id, 1, None, NOW), GUARDS_OFF
    )
    assert any(isinstance(one, asyncpg.CheckViolationError) for one in came)
    assert await given(stage) <= 60
    assert await stage.broken() == {}


async def test_two_who_miss_by_each_other_leave_no_place_unsold(crowded: Database):
    """Parties of three at five places: each passes over what the other has taken for a moment."""
    for _ in range(12):
        stage = await Stage.make(crowded, 5)
        people = await make_people(crowded, 4)
        came = await rush(
            crowded, people, lambda tx, who, show=stage.show.id: places.go(tx, who, show, 3, None, NOW)
        )
        assert Counter(map(type, came))[SoldOut] == 3, came  # and not four
        assert await stage.broken() == {}


@pytest.mark.timeout(240)
async def test_a_storm_at_a_hot_show(crowded: Database):
    """Twice as many people as places of two types: parties, reservations that end, places given back, offers taken,
    declined and left; then whoever was refused and does not wait tries once more, alone."""
    stage = await Stage.make(
        crowded, CAPACITY, [("Floor", CAPACITY * 4 // 5), ("Seats", CAPACITY * 3 // 10)], offer_minutes=30
    )
    people = await make_people(crowded, CROWD)
    dice = random.Random(5)
    parties = {
        who.account_id: (dice.choice([1, 1, 2, 2, 3, 4]), dice.choice(["Floor", "Floor", "Seats"]))
        for who in people
    }
    walked_away: list[SignedInViewer] = []
    clock = {"now": NOW}

    async def come(tx: Tx, who: SignedInViewer) -> object:
        size, type_ = parties[who.account_id]
        hold = dice.random() < 0.3
        return await places.go(tx, who, stage.show.id, size, stage.types[type_], clock["now"], hold=hold)

    async def stay_or_go(tx: Tx, who: SignedInViewer) -> object:
        """Second thoughts: of those with a place a third gives it back, of the refused most wait."""
        size, type_ = parties[who.account_id]
        now = clock["now"]
        mine = await places.look(tx, who, stage.show.id, now)
        if mine is None or mine.state is RsvpState.LAPSED:
            if dice.random() < 0.8:
                return await places.wait_for(tx, who, stage.show.id, size, stage.types[type_], now)
            walked_away.append(who)
            return None
        if mine.state is RsvpState.OFFERED:
            if dice.random() < 0.6:
                return await places.go(tx, who, stage.show.id, mine.size, mine.pool_id, now)
            return await places.say(tx, who, stage.show.id, None, now) if dice.random() < 0.5 else None
        if mine.state is RsvpState.GOING and dice.random() < 0.3:
            return await places.say(tx, who, stage.show.id, None, now)
        return None

    came = await rush(crowded, people, come)
    assert Counter(map(type, came))[SoldOut] > 0
    for ahead in (0, 11, 31, 62):  # holds end after ten minutes, offers after thirty
        clock["now"] = NOW + minutes(ahead)
        walked_away.clear()
        dice.shuffle(people)
        came += await rush(crowded, people, stay_or_go)
        broken = await stage.broken(now=clock["now"])
        broken.pop("nobody waits for what is free", None)  # until the last of them has looked
        assert broken == {}
    failed = Counter(type(one) for one in came if isinstance(one, BaseException))
    assert failed.keys() <= {SoldOut, NotWaiting}
    now = clock["now"]
    for who in people:  # who waits looks, and with that what ended is handed on
        await stage.look(who, now=now)
    assert await stage.broken(now=now) == {}
    for who in walked_away:  # refused, and not waiting: alone now, each gets what fits or nothing fits
        size, type_ = parties[who.account_id]
        async with crowded.transaction() as tx:
            said = await places.go(tx, who, stage.show.id, size, stage.types[type_], now)
        if isinstance(said, SoldOut):
            free = said.extra["free"]
            assert isinstance(free, int) and free < size
    assert await stage.broken(now=now) == {}
    assert (await stage.free(now=now) or 0) < 0.2 * CAPACITY  # what is promised is not left over


async def test_giving_back_and_joining_the_waitlist_at_once_leaves_nobody_beside_a_free_place(
    crowded: Database,
):
    for _ in range(15):
        stage = await Stage.make(crowded, 1)
        has, *others = await make_people(crowded, 4)
        await stage.go(has)

        async def one(tx: Tx, who: SignedInViewer, stage: Stage = stage, has: SignedInViewer = has) -> object:
            if who is has:
                return await places.say(tx, who, stage.show.id, None, NOW)
            return await places.wait_for(tx, who, stage.show.id, 1, None, NOW)

        await rush(crowded, [has, *others], one)
        states = [said.state for who in others if (said := await stage.look(who))]
        assert Counter(states) == {RsvpState.OFFERED: 1, RsvpState.WAITING: 2}
        assert await stage.broken() == {}


async def test_a_promise_taken_at_the_moment_it_ends_is_kept_or_gone_never_both(crowded: Database):
    for _ in range(15):
        stage = await Stage.make(crowded, 2)
        first, other = await make_people(crowded, 2)
        await stage.go(first, 2, hold=True)
        # Two servers whose clocks differ by a second, around the end.
        clocks = {
            first.account_id: NOW + minutes(10) - timedelta(seconds=1),
            other.account_id: NOW + minutes(10),
        }

        async def one(
            tx: Tx, who: SignedInViewer, stage: Stage = stage, clocks: dict[AccountId, datetime] = clocks
        ) -> object:
            return await places.go(tx, who, stage.show.id, 2, None, clocks[who.account_id])

        came = await rush(crowded, [first, other], one)
        assert Counter(map(type, came))[SoldOut] == 1, came
        assert await given(stage) == 2
        assert await stage.broken(now=NOW + minutes(10)) == {}


async def test_more_places_while_people_take_them(crowded: Database):
    stage = await Stage.make(crowded, None)
    people = await make_people(crowded, 60)

    async def one(tx: Tx, who: SignedInViewer) -> object:
        return await places.go(tx, who, stage.show.id, 1, None, NOW)

    await asyncio.gather(rush(crowded, people, one), stage.set_places(60), return_exceptions=True)
    await stage.set_places(60)
    assert await stage.broken() == {}
    assert await given(stage) == 60

"""Places at a show: taken, promised, waited for, given back, and always as many as there are."""

from datetime import datetime, timedelta

import asyncpg
import pytest
from tests.support.shows import NOW, STARTS, Stage, make_people, minutes

from basedmusic.accounts import SignedInViewer
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database
from basedmusic.shows.contracts import (
    MAX_CAPACITY,
    NoPlacesGiven,
    NotWaiting,
    PartyTooLarge,
    PlacesTaken,
    PlaceType,
    RsvpState,
    ShowAct,
    TypeUnknown,
)
from basedmusic.shows.jobs import sweep_waitlists
from basedmusic.shows.service.places import get_places, list_mine, say
from basedmusic.shows.service.shows import change_show
from basedmusic.shows.service.waitlist import list_unsettled
from basedmusic.shows.store.places import list_pools, resize_pool

pytestmark = pytest.mark.anyio
GOING, WAITING, OFFERED, HELD, LAPSED = (
    RsvpState.GOING,
    RsvpState.WAITING,
    RsvpState.OFFERED,
    RsvpState.HELD,
    RsvpState.LAPSED,
)


async def state_of(stage: Stage, who: SignedInViewer, now: datetime = NOW) -> RsvpState | None:
    said = await stage.look(who, now=now)
    return said and said.state


async def test_who_comes_has_a_place_and_the_last_is_the_last(database: Database):
    stage = await Stage.make(database, 4)
    a, b, c, d = await make_people(database, 4)
    assert await stage.go(a, 3) is GOING
    assert await stage.go(b, 2) is None
    assert await stage.free() == 1  # nobody is split: what there was for b is there for c
    assert await stage.go(c) is GOING
    assert await stage.go(d) is None
    assert await stage.broken() == {}


async def test_said_twice_it_is_said_once(database: Database):
    stage = await Stage.make(database, 4)
    (a,) = await make_people(database, 1)
    assert [await stage.go(a, 2), await stage.go(a, 2)] == [GOING, GOING]
    assert await stage.free() == 2


async def test_a_party_grows_and_shrinks_and_keeps_what_it_has_if_it_cannot(database: Database):
    stage = await Stage.make(database, 4)
    a, b = await make_people(database, 2)
    assert await stage.go(a, 2) is GOING
    assert await stage.go(a, 4) is GOING
    assert await stage.go(a, 1) is GOING
    assert await stage.go(b, 2) is GOING
    assert await stage.go(a, 3) is None
    kept = await stage.look(a)
    assert kept is not None
    assert (kept.state, kept.size, await stage.free()) == (GOING, 1, 1)
    assert await stage.broken() == {}


async def test_types_have_quotas_under_the_capacity_of_all(database: Database):
    stage = await Stage.make(database, 5, [("Standing", None), ("Seated", 2)])
    a, b, c, d = await make_people(database, 4)
    assert await stage.go(a, 2, "Seated") is GOING
    assert await stage.go(b, 1, "Seated") is None
    assert await stage.go(b, 3, "Standing") is GOING
    assert await stage.go(c, 1, "Standing") is None  # the room is full, if not the floor
    await stage.leave(a)
    assert await stage.go(c, 1, "Standing") is GOING
    assert await stage.go(d, 1, "Seated") is GOING
    assert await stage.go(d, 1, "Standing") is GOING  # moves over, and leaves the chair
    assert await stage.go(a, 1, "Seated") is None
    with pytest.raises(TypeUnknown):
        await stage.go(a, 1)
    assert await stage.broken() == {}


async def test_nobody_brings_more_than_they_may(database: Database):
    stage = await Stage.make(database, 10, party_max=2)
    (a,) = await make_people(database, 1)
    with pytest.raises(PartyTooLarge, match="At most 2"):
        await stage.go(a, 3)
    await stage.go(a, 2)
    with pytest.raises(PlacesTaken, match="more people"):
        await stage.set_places(10, party_max=1)


async def test_what_is_held_is_anybodys_after_ten_minutes_without_a_sweep(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    assert await stage.go(a, 2, hold=True) is HELD
    assert await stage.go(b, 2, now=NOW + minutes(9)) is None
    later = NOW + minutes(10)
    assert await stage.free(now=later) == 2
    assert await stage.go(b, 2, now=later) is GOING
    assert await state_of(stage, a, later) is LAPSED
    assert await stage.go(a, 2, now=later) is None
    assert await stage.broken(now=later) == {}


async def test_what_is_held_is_taken_in_time_and_not_made_longer(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    await stage.go(a, 2, hold=True)
    await stage.go(a, 2, hold=True, now=NOW + minutes(5))
    held = await stage.look(a)
    assert held is not None
    assert held.until == NOW + minutes(10)
    assert await stage.go(a, 2, now=NOW + minutes(9)) is GOING
    assert await stage.go(b, 1, now=NOW + minutes(60)) is None
    assert await stage.broken(now=NOW + minutes(60)) == {}


async def test_too_late_is_too_late_only_if_somebody_else_came(database: Database):
    stage = await Stage.make(database, 2)
    (a,) = await make_people(database, 1)
    await stage.go(a, 2, hold=True)
    assert await stage.go(a, 2, now=NOW + minutes(11)) is GOING
    assert await stage.broken(now=NOW + minutes(11)) == {}


async def test_what_is_given_back_is_offered_to_the_first_whose_party_fits(database: Database):
    stage = await Stage.make(database, 4)
    a, b, four, one, late = await make_people(database, 5)
    await stage.go(a, 2)
    await stage.go(b, 2)
    assert (await stage.wait(four, 4)).ahead == 0
    assert (await stage.wait(one, 1)).ahead == 1
    assert (await stage.wait(late, 1)).ahead == 2
    await stage.leave(a)
    assert await state_of(stage, four) is WAITING  # keeps its turn
    assert [await state_of(stage, who) for who in (one, late)] == [OFFERED, OFFERED]
    assert await stage.free() == 0
    assert await stage.go(one) is GOING
    await stage.leave(late)
    await stage.leave(b)
    assert await state_of(stage, four) is WAITING
    await stage.leave(one)
    assert await state_of(stage, four) is OFFERED
    assert await stage.go(four, 4) is GOING
    assert await stage.broken() == {}


async def test_whoever_comes_does_not_overtake_whoever_waits(database: Database):
    stage = await Stage.make(database, 2)
    a, waits, comes = await make_people(database, 3)
    await stage.go(a, 2, hold=True)
    await stage.wait(waits, 2)
    later = NOW + minutes(10)  # nobody swept; the first to touch the show is somebody else
    assert await stage.go(comes, 1, now=later) is None
    assert await state_of(stage, waits, later) is OFFERED
    assert await stage.broken(now=later) == {}


async def test_an_offer_that_is_not_taken_goes_to_the_next_whoever_looks_first(database: Database):
    stage = await Stage.make(database, 1)
    a, b, c = await make_people(database, 3)
    await stage.go(a)
    await stage.wait(b)
    await stage.wait(c)
    await stage.leave(a)
    offered = await stage.look(b)
    assert offered is not None
    assert (offered.state, offered.until) == (OFFERED, NOW + minutes(60))
    later = NOW + minutes(60)
    assert await state_of(stage, c, later) is OFFERED  # by looking
    assert await state_of(stage, b, later) is LAPSED
    assert await stage.go(b, now=later) is None
    assert await stage.go(c, now=later) is GOING


async def test_the_sweep_finds_who_waits_for_what_is_free(database: Database):
    stage = await Stage.make(database, 1)
    a, b = await make_people(database, 2)
    await stage.go(a)
    await stage.wait(b)
    async with database.connection() as conn:
        assert await list_unsettled(conn, NOW) == []
    # An erasure takes the answer away with the account, behind everybody's back.
    await database.pool.execute("DELETE FROM accounts.party WHERE id = $1", a.account_id)
    assert list(await stage.broken()) == ["nobody waits for what is free"]
    await sweep_waitlists(database, lambda: NOW)
    assert await state_of(stage, b) is OFFERED
    assert await stage.broken() == {}


async def test_close_to_the_start_nothing_is_promised_any_more(database: Database):
    stage = await Stage.make(database, 1, offers_stop_minutes=120)
    a, b, c = await make_people(database, 3)
    await stage.go(a)
    await stage.wait(b)
    start = NOW.replace(day=STARTS.day, hour=STARTS.hour)
    soon = start - timedelta(minutes=130)
    await stage.leave(a, now=soon)
    offered = await stage.look(b, now=soon)
    assert offered is not None
    assert offered.until == start - timedelta(minutes=120)  # the hour would end after that
    last = start - timedelta(minutes=119)
    assert await stage.go(c, now=last) is GOING
    await stage.leave(c, now=last)
    await stage.wait(b, now=last)
    assert await state_of(stage, b, last) is WAITING
    assert await stage.go(b, now=last) is GOING  # whoever comes first


async def test_waiting_is_for_those_without_a_place(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    await stage.go(a, 1)
    with pytest.raises(NotWaiting):
        await stage.wait(a, 2)
    assert (await stage.wait(b, 1)).state is OFFERED  # there was a place after all


async def test_a_smaller_party_keeps_its_turn_and_a_larger_one_goes_to_the_end(database: Database):
    stage = await Stage.make(database, 1)
    a, b, c = await make_people(database, 3)
    await stage.go(a)
    await stage.wait(b, 3)
    await stage.wait(c, 1)
    assert (await stage.wait(b, 2)).ahead == 0
    assert (await stage.wait(b, 3)).ahead == 1


async def test_as_many_places_go_as_are_too_many_however_they_are_found(database: Database):
    """A planner that knows nothing of the slots may look for them once a row; so it is made to here."""
    stage = await Stage.make(database, 8)
    async with database.transaction() as tx:
        for way in (
            "hashjoin",
            "mergejoin",
            "hashagg",
            "sort",
            "material",
            "memoize",
            "indexscan",
            "bitmapscan",
        ):
            await tx.conn.execute(f"SET LOCAL enable_{way} = off")
        (pool,) = await list_pools(tx.conn, stage.show.id, NOW)
        assert await resize_pool(tx.conn, pool.id, 3, NOW)
    assert await stage.free() == 3
    assert await stage.broken() == {}


async def test_more_places_wake_the_waitlist_and_fewer_are_taken_from_nobody(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    await stage.go(a, 2)
    await stage.wait(b, 2)
    await stage.set_places(4)
    assert await state_of(stage, b) is OFFERED
    with pytest.raises(PlacesTaken):
        await stage.set_places(3)
    await stage.leave(b)
    await stage.set_places(3)
    assert await stage.free() == 1
    await stage.set_places(None)
    assert await stage.go(b, 6) is GOING
    with pytest.raises(PlacesTaken):
        await stage.set_places(7)
    await stage.set_places(9)
    assert await stage.free() == 1
    assert await stage.broken() == {}


async def test_types_come_and_go_while_nobody_has_them(database: Database):
    stage = await Stage.make(database, 3, [("Seated", 1), ("Standing", None)])
    (a,) = await make_people(database, 1)
    await stage.go(a, 1, "Seated")
    seated, standing = stage.types["Seated"], stage.types["Standing"]
    with pytest.raises(PlacesTaken, match="Seated"):
        await stage.set_places(3, [PlaceType("Standing", None, standing)])
    await stage.set_places(3, [PlaceType("Floor", 2, standing), PlaceType("Chairs", 1, seated)])
    assert list(stage.types) == ["Floor", "Chairs"]
    await stage.set_places(3, [PlaceType("Chairs", 1, seated)])
    with pytest.raises(TypeUnknown):
        await stage.set_places(3, [PlaceType("Floor", 2, standing)])
    assert await stage.broken() == {}


async def test_without_a_bound_all_come(database: Database):
    stage = await Stage.make(database, None)
    people = await make_people(database, 5)
    assert {await stage.go(who, 6) for who in people} == {GOING}
    async with database.connection() as conn:
        seen = await get_places(conn, stage.owner, stage.show.id, NOW)
    assert (seen.capacity, seen.free, seen.going) == (None, None, 30)
    assert await stage.broken() == {}


async def test_at_a_show_that_is_off_or_over_nobody_gets_a_place(database: Database):
    stage = await Stage.make(database, 3)
    (a,) = await make_people(database, 1)
    with pytest.raises(NoPlacesGiven):
        await stage.go(a, now=NOW + timedelta(days=30))
    async with database.transaction() as tx:
        await change_show(tx, stage.owner, stage.show.id, ShowAct.CANCEL, NOW)
    with pytest.raises(NoPlacesGiven):
        await stage.go(a)


async def test_interested_and_no_take_nothing(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    await stage.go(a, 2)
    await stage.wait(b, 2)
    async with database.transaction() as tx:
        said = await say(tx, a, stage.show.id, RsvpState.INTERESTED, NOW)
    assert said is not None
    assert (said.state, said.size) == (RsvpState.INTERESTED, 1)
    assert await state_of(stage, b) is OFFERED
    async with database.connection() as conn:
        seen = await get_places(conn, stage.owner, stage.show.id, NOW)
        mine = await list_mine(conn, a, NOW, PageRequest())
    assert (seen.interested, seen.going, seen.waiting) == (1, 0, 0)
    assert [(show.id, rsvp.state) for show, rsvp in mine.items] == [(stage.show.id, RsvpState.INTERESTED)]


async def test_the_database_itself_refuses_a_going_without_its_places(database: Database):
    stage = await Stage.make(database, 2)
    a, b = await make_people(database, 2)
    await stage.go(a, 2)
    for trespass in (
        "UPDATE shows.rsvp SET size = 3 WHERE account_id = $1",
        """INSERT INTO shows.rsvp (show_id, account_id, state, said_at)
           SELECT show_id, (SELECT id FROM accounts.account WHERE id <> $1 LIMIT 1), 'going', now()
             FROM shows.rsvp WHERE account_id = $1""",
        """UPDATE shows.slot SET rsvp_id = NULL, free_at = '-infinity' FROM shows.rsvp r
            WHERE r.id = rsvp_id AND r.account_id = $1""",
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="has not the places it says"):
            await database.pool.execute(trespass, a.account_id)
    assert await stage.broken() == {}
    assert b


async def test_a_big_room_is_a_matter_of_rows(database: Database):
    stage = await Stage.make(database, 20_000)
    (a,) = await make_people(database, 1)
    assert await stage.go(a, 6) is GOING
    assert await stage.free() == 19_994
    assert MAX_CAPACITY >= 20_000

"""A show's places against a plain model: whatever people do in whatever order, both say the same.

Forty runs by default; BASEDMUSIC_PLACES_RUNS=10000 for the long one.
"""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.support.shows import NOW, Stage, make_people, minutes

from basedmusic.accounts import SignedInViewer
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.shows.contracts import HOLD_MINUTES, NotWaiting, PlacesTaken, PlaceType, RsvpState

Came = TypeVar("Came")

RUNS = int(os.environ.get("BASEDMUSIC_PLACES_RUNS", "40"))
STEPS = 25
PEOPLE = 6
OFFER_MINUTES = 30
TYPES = ("Floor", "Seats")
WITH_PLACES = (RsvpState.GOING, RsvpState.HELD, RsvpState.OFFERED)


@dataclass
class Said:
    state: RsvpState
    size: int
    type: str
    until: datetime | None = None
    turn: int = 0


class Model:
    """What must be so, said as plainly as can be: who has places is a list, and free is what is left of it."""

    def __init__(self, capacity: int, seats: int) -> None:
        self.bounds: dict[str, int] = {"": capacity, "Seats": seats}
        self.said: dict[int, Said] = {}
        self.turns = 0

    def free(self, bound: str, now: datetime) -> int:
        taken = sum(
            one.size
            for one in self.said.values()
            if one.state in WITH_PLACES and (one.until is None or one.until > now) and bound in ("", one.type)
        )
        return self.bounds[bound] - taken

    def fits(self, size: int, type_: str, now: datetime) -> bool:
        return all(self.free(bound, now) >= size for bound in self.bounds if bound in ("", type_))

    def end_promises(self, now: datetime) -> None:
        for one in self.said.values():
            if one.until is not None and one.until <= now:
                one.state, one.until = RsvpState.LAPSED, None

    def hand_on(self, now: datetime) -> None:
        self.end_promises(now)
        while True:
            waiting = sorted(
                (one for one in self.said.values() if one.state is RsvpState.WAITING),
                key=lambda one: one.turn,
            )
            first = next((one for one in waiting if self.fits(one.size, one.type, now)), None)
            if first is None:
                return
            first.state, first.until = RsvpState.OFFERED, now + minutes(OFFER_MINUTES)

    def go(self, who: int, size: int, type_: str, now: datetime, *, hold: bool) -> RsvpState | None:
        self.end_promises(now)
        mine = self.said.get(who)
        if mine is not None and mine.state in WITH_PLACES and (mine.size, mine.type) == (size, type_):
            if not hold:
                mine.state, mine.until = RsvpState.GOING, None
            return mine.state
        if (mine is None or mine.state not in WITH_PLACES) and not self.fits(size, type_, now):
            return None
        self.hand_on(now)
        mine = self.said.pop(who, None)
        if not self.fits(size, type_, now):
            if mine is not None:
                self.said[who] = mine
            return None
        state = RsvpState.HELD if hold else RsvpState.GOING
        self.said[who] = Said(state, size, type_, now + minutes(HOLD_MINUTES) if hold else None)
        self.hand_on(now)
        return state

    def wait(self, who: int, size: int, type_: str, now: datetime) -> RsvpState | None:
        self.end_promises(now)
        mine = self.said.get(who)
        if mine is not None and mine.state in WITH_PLACES:
            return None
        if mine is not None and mine.state is RsvpState.WAITING and mine.type == type_ and size <= mine.size:
            mine.size = size
        else:
            self.turns += 1
            self.said[who] = Said(RsvpState.WAITING, size, type_, turn=self.turns)
        self.hand_on(now)
        return self.said[who].state

    def leave(self, who: int, now: datetime) -> None:
        self.said.pop(who, None)
        self.hand_on(now)

    def resize(self, capacity: int, now: datetime) -> bool:
        self.end_promises(now)
        if self.free("", now) + capacity - self.bounds[""] < 0:
            return False
        self.bounds[""] = capacity
        self.hand_on(now)
        return True


class PlacesMachine(RuleBasedStateMachine):
    database: Database
    loop: asyncio.AbstractEventLoop
    people: list[SignedInViewer]

    @initialize(capacity=st.integers(1, 8), seats=st.integers(1, 4))
    def open(self, capacity: int, seats: int) -> None:
        self.now = NOW
        self.model = Model(capacity, seats)
        types = [("Floor", None), ("Seats", seats)]
        self.stage = self._run(Stage.make(self.database, capacity, types, offer_minutes=OFFER_MINUTES))

    who = st.integers(0, PEOPLE - 1)
    size = st.integers(1, 4)
    type_ = st.sampled_from(TYPES)

    @rule(who=who, size=size, type_=type_, hold=st.booleans())
    def go(self, who: int, size: int, type_: str, hold: bool) -> None:
        state = self._run(self.stage.go(self.people[who], size, type_, now=self.now, hold=hold))
        assert state == self.model.go(who, size, type_, self.now, hold=hold)

    @rule(who=who)
    def take_what_is_promised(self, who: int) -> None:
        mine = self.model.said.get(who)
        if mine is not None and mine.state is not RsvpState.LAPSED:
            self.go(who, mine.size, mine.type, False)

    @rule(who=who, size=size, type_=type_)
    def wait(self, who: int, size: int, type_: str) -> None:
        try:
            state = self._run(self.stage.wait(self.people[who], size, type_, now=self.now)).state
        except NotWaiting:
            state = None
        assert state == self.model.wait(who, size, type_, self.now)

    @rule(who=who)
    def leave(self, who: int) -> None:
        self._run(self.stage.leave(self.people[who], now=self.now))
        self.model.leave(who, self.now)

    @rule(capacity=st.integers(1, 8))
    def resize(self, capacity: int) -> None:
        types = [
            PlaceType("Floor", None, self.stage.types["Floor"]),
            PlaceType("Seats", self.model.bounds["Seats"], self.stage.types["Seats"]),
        ]
        try:
            self._run(self.stage.set_places(capacity, types, now=self.now, offer_minutes=OFFER_MINUTES))
            done = True
        except PlacesTaken:
            done = False
        assert done == self.model.resize(capacity, self.now)

    @rule(ahead=st.sampled_from([1, 5, HOLD_MINUTES, OFFER_MINUTES]))
    def time_goes_by(self, ahead: int) -> None:
        self.now += minutes(ahead)

    @rule(who=who)
    def look(self, who: int) -> None:
        said = self._run(self.stage.look(self.people[who], now=self.now))
        mine = self.model.said.get(who)
        if mine is not None and mine.state is RsvpState.WAITING:
            self.model.hand_on(self.now)
        else:
            self.model.end_promises(self.now)
        assert (said and (said.state, said.size)) == (mine and (mine.state, mine.size))

    @invariant()
    def both_say_the_same(self) -> None:
        if not hasattr(self, "stage"):
            return
        assert self._run(self.stage.free(now=self.now)) == self.model.free("", self.now)
        broken = self._run(self.stage.broken(now=self.now))
        broken.pop("nobody waits for what is free", None)  # a promise has ended, and nobody has looked since
        assert broken == {}

    def teardown(self) -> None:
        self._run(self.database.pool.execute("DELETE FROM shows.show"))

    def _run(self, work: Coroutine[Any, Any, Came]) -> Came:
        return self.loop.run_until_complete(work)


@pytest.mark.timeout(0 if RUNS > 1_000 else 240)
def test_whatever_people_do_the_places_are_as_the_model_says(dsn: str):
    loop = asyncio.new_event_loop()

    async def connect() -> tuple[Database, list[SignedInViewer]]:
        database = Database(await open_pool(dsn, max_size=2), FactRegistry())
        return database, await make_people(database, PEOPLE)

    PlacesMachine.loop = loop
    PlacesMachine.database, PlacesMachine.people = loop.run_until_complete(connect())
    try:
        run_state_machine_as_test(
            PlacesMachine,
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
    finally:
        loop.run_until_complete(PlacesMachine.database.pool.close())
        loop.close()

"""Requests for one thing make it once."""

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest

from basedmusic.platform.singleflight import SingleFlight

pytestmark = pytest.mark.anyio


class Kitchen:
    """Makes numbers slowly, and counts how often it was asked and how often it was stopped."""

    def __init__(self) -> None:
        self.made = 0
        self.stopped = 0
        self.gate = asyncio.Event()

    async def make(self) -> int:
        self.made += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return self.made

    async def burn(self) -> int:
        await self.make()
        raise ValueError(f"burnt {self.made}")


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class NoFlight:
    """The guard left out: everybody makes their own."""

    async def run(self, key: str, work: Callable[[], Awaitable[int]]) -> int:
        return await work()


@pytest.mark.parametrize(("guard", "made"), [(NoFlight(), 20), (SingleFlight[str, int](), 1)])
async def test_concurrent_callers_share_one_flight(guard: SingleFlight[str, int], made: int) -> None:
    kitchen = Kitchen()
    callers = [asyncio.create_task(guard.run("soup", kitchen.make)) for _ in range(20)]
    await settle()
    kitchen.gate.set()
    await asyncio.gather(*callers)
    assert kitchen.made == made


async def test_keys_do_not_wait_for_each_other() -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    slow, quick = Kitchen(), Kitchen()
    quick.gate.set()
    waiting = asyncio.create_task(flights.run("slow", slow.make))
    await settle()
    assert await flights.run("quick", quick.make) == 1
    slow.gate.set()
    assert await waiting == 1


async def test_nothing_is_remembered() -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    kitchen = Kitchen()
    kitchen.gate.set()
    assert [await flights.run("soup", kitchen.make) for _ in range(3)] == [1, 2, 3]
    assert len(flights) == 0


async def test_a_failure_goes_to_all_who_wait_and_to_nobody_later() -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    kitchen = Kitchen()
    callers = [asyncio.create_task(flights.run("soup", kitchen.burn)) for _ in range(3)]
    await settle()
    kitchen.gate.set()
    ends = await asyncio.gather(*callers, return_exceptions=True)
    assert [str(end) for end in ends] == ["burnt 1"] * 3
    assert await flights.run("soup", kitchen.make) == 2


@pytest.mark.parametrize("leaver", [0, 1, 2])
async def test_one_caller_leaving_does_not_stop_the_others(leaver: int) -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    kitchen = Kitchen()
    callers = [asyncio.create_task(flights.run("soup", kitchen.make)) for _ in range(3)]
    await settle()
    callers[leaver].cancel()
    await settle()
    kitchen.gate.set()
    ends = await asyncio.gather(*callers, return_exceptions=True)
    assert isinstance(ends.pop(leaver), asyncio.CancelledError)
    assert ends == [1, 1] and kitchen.stopped == 0


async def test_when_all_have_left_the_work_stops_and_the_next_begins_anew() -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    kitchen = Kitchen()
    callers = [asyncio.create_task(flights.run("soup", kitchen.make)) for _ in range(3)]
    await settle()
    for caller in callers:
        caller.cancel()
    again = asyncio.create_task(flights.run("soup", kitchen.make))
    await settle()
    kitchen.gate.set()
    assert await again == 2
    assert (kitchen.made, kitchen.stopped, len(flights)) == (2, 1, 0)


async def test_one_callers_time_limit_is_not_the_others() -> None:
    flights: SingleFlight[str, int] = SingleFlight()
    kitchen = Kitchen()

    async def impatient() -> int:
        async with asyncio.timeout(0.01):
            return await flights.run("soup", kitchen.make)

    first = asyncio.create_task(impatient())
    await settle()
    patient = asyncio.create_task(flights.run("soup", kitchen.make))
    with pytest.raises(TimeoutError):
        await first
    kitchen.gate.set()
    assert await patient == 1


async def test_a_failure_that_nobody_waits_for_any_more_is_not_reported_as_forgotten() -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    flights: SingleFlight[str, int] = SingleFlight()

    async def fail_when_stopped() -> int:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise ValueError("while stopping") from None
        return 0

    caller = asyncio.create_task(flights.run("soup", fail_when_stopped))
    await settle()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await settle()
    gc.collect()
    asyncio.get_running_loop().set_exception_handler(None)
    assert complaints == []

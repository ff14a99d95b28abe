"""Requests for one thing make it once: concurrent callers of one key share one task.

When the last caller has gone the work is cancelled: nobody waits for it, and what it would have filled (a
cache, a store) is filled by the next caller. Where work must outlive its callers, it is a job, not a flight.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True, eq=False)
class _Flight(Generic[V]):
    task: "asyncio.Task[V]"
    callers: int = 0


class SingleFlight(Generic[K, V]):
    """Nothing is remembered: a result, or a failure, goes to those who were waiting and to nobody later."""

    def __init__(self) -> None:
        self._flights: dict[K, _Flight[V]] = {}

    def __len__(self) -> int:
        """How many keys are in the air."""
        return len(self._flights)

    async def run(self, key: K, work: Callable[[], Awaitable[V]]) -> V:
        """The result of `work` for `key`, or of the flight that another caller began.

        `work` runs in a task and context of its own: the first caller's cancellation or time limit is not
        its own. Raises what `work` raises, the same exception object to all callers.
        """
        flight = self._flights.get(key)
        if flight is None:
            flight = self._begin(key, work)
        flight.callers += 1
        try:
            # Shielded: cancelling one caller must not reach the task that the others wait for.
            return await asyncio.shield(flight.task)
        finally:
            flight.callers -= 1
            if flight.callers == 0 and not flight.task.done():
                self._leave(key, flight)
                flight.task.cancel()

    def _begin(self, key: K, work: Callable[[], Awaitable[V]]) -> _Flight[V]:
        async def fly() -> V:
            return await work()

        flight = _Flight(asyncio.get_running_loop().create_task(fly()))
        self._flights[key] = flight
        flight.task.add_done_callback(lambda task: self._landed(key, flight, task))
        return flight

    def _landed(self, key: K, flight: _Flight[V], task: "asyncio.Task[V]") -> None:
        self._leave(key, flight)
        if not task.cancelled():
            task.exception()  # seen: the callers that are left raise it, and there may be none

    def _leave(self, key: K, flight: _Flight[V]) -> None:
        """Free the key; a caller who comes while a cancelled flight still unwinds begins a new one."""
        if self._flights.get(key) is flight:
            del self._flights[key]

"""Facts: what happened, told upward. A slice emits one; higher slices subscribe; nobody imports upward.

Emitting enqueues one job per subscriber in the emitting transaction, so a fact is known if and only if
what it tells of was committed. A subscriber may run more than once and must be safe to repeat.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from basedmusic.platform.queue.outbox import Job


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of all facts: frozen; ids and small values only, since it is stored in the queue."""


F = TypeVar("F", bound=Fact)


@dataclass(slots=True)
class FactRegistry:
    """Who wants to know what; filled once, by the composition root, alike in every process."""

    _jobs: dict[type[Fact], list[Job[Any]]] = field(default_factory=dict[type[Fact], list[Job[Any]]])
    _handlers: dict[Job[Any], Callable[[Any], Awaitable[None]]] = field(
        default_factory=dict[Job[Any], Callable[[Any], Awaitable[None]]]
    )

    def subscribe(self, fact: type[F], subscriber: str, handle: Callable[[F], Awaitable[None]]) -> None:
        """`subscriber` names the queued jobs, so it must stay the same across releases."""
        job = Job(f"{subscriber}:{fact.__name__}", fact)
        self._jobs.setdefault(fact, []).append(job)
        self._handlers[job] = handle

    def jobs_for(self, fact: Fact) -> Iterator[Job[Any]]:
        yield from self._jobs.get(type(fact), ())

    def handlers(self) -> Iterator[tuple[Job[Any], Callable[[Any], Awaitable[None]]]]:
        yield from self._handlers.items()

"""Passwords become argon2id hashes on threads of their own, with a short queue and then a refusal.

One hash costs some 50 ms of a core and 46 MiB: on the event loop it would stop every listener, and
without a bound a crowd signing in would take the machine.
"""

import asyncio
import os
import secrets
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from basedmusic.accounts.contracts import Busy

THREADS = 2
WAITING = 8
"""Half a second of work: somebody who waits longer sends the form again."""
NICE = 10

T = TypeVar("T")


class Hasher(Protocol):
    """`pwdlib.PasswordHash`, or a cheap one where a test counts calls."""

    def hash(self, password: str) -> str: ...

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    right: bool
    new_hash: str | None = None
    """To be stored instead: the parameters have changed since the old one was made."""


def argon2id() -> Hasher:
    """46 MiB, one pass, one lane: the first choice of the OWASP Password Storage Cheat Sheet."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash([Argon2Hasher(time_cost=1, memory_cost=47_104, parallelism=1)])


class Passwords:
    """The only place that sees passwords. `close()` it; nothing of it is needed after."""

    def __init__(self, hasher: Hasher, *, threads: int = THREADS, waiting: int = WAITING) -> None:
        self._hasher = hasher
        self._threads = ThreadPoolExecutor(threads, "password", initializer=_give_way)
        self._room = threading.BoundedSemaphore(threads + waiting)
        # Made by the same hasher, at once and aside, so that an unknown address costs one check as well.
        self._nobodys = self._threads.submit(hasher.hash, secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """Raises Busy."""
        return await self._run(lambda: self._hasher.hash(password))

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Whether `password` made the hash `stored`; None (no such account) takes as long. Raises Busy."""

        def check() -> Verdict:
            right, new_hash = self._hasher.verify_and_update(password, stored or self._nobodys.result())
            return Verdict(right, new_hash) if stored else Verdict(right=False)

        return await self._run(check)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._room.acquire(blocking=False):
            raise Busy(retry_after_s=1)
        future = self._threads.submit(work)
        future.add_done_callback(self._leave)  # also when the caller went away and the work was not begun
        return await asyncio.wrap_future(future)

    def _leave(self, _: "Future[T]") -> None:
        self._room.release()


def _give_way() -> None:
    """Music before passwords. Only Linux gives a thread a niceness of its own (setpriority(2), Notes)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)

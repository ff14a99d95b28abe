"""A line for each account before the one process that probes, so that nobody's long files fill it up."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from basedmusic.kernel.ids import AccountId


class Turns:
    """So many at once of each account; who is over it waits for their own, and holds up nobody else."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._here: Counter[AccountId] = Counter()
        self._gates: dict[AccountId, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def turn(self, account_id: AccountId) -> AsyncGenerator[None]:
        gate = self._gates.setdefault(account_id, asyncio.Semaphore(self._at_once))
        self._here[account_id] += 1
        try:
            async with gate:
                yield
        finally:
            self._here[account_id] -= 1
            if not self._here[account_id]:
                del self._here[account_id], self._gates[account_id]

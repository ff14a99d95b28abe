"""Guards taken off, so that a race can be shown before it is shown to be prevented.

A guard of ours is a statement, or a part of one. `Unguarded` is a connection on which the real verbs run with
statements changed; `Rendezvous` makes those who race meet at the worst moment.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from basedmusic.platform.db import Connection, Tx


class Rendezvous:
    """Whoever comes waits until all have come, or until it is clear that a guard holds one back."""

    def __init__(self, parties: int, patience_s: float = 0.4) -> None:
        self._left = parties
        self._all_here = asyncio.Event()
        self._patience_s = patience_s

    async def meet(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._all_here.set()
        try:
            async with asyncio.timeout(self._patience_s):
                await self._all_here.wait()
        except TimeoutError:
            pass


class Unguarded:
    """A connection whose statements have the parts of `without` replaced before they are sent.

    Before a statement that contains `meet_before`, it waits at `rendezvous`.
    """

    def __init__(
        self,
        conn: Connection,
        without: Mapping[str, str] | None = None,
        meet_before: str | None = None,
        rendezvous: Rendezvous | None = None,
    ) -> None:
        self._conn = conn
        self._without = without or {}
        self._meet_before = meet_before
        self._rendezvous = rendezvous

    async def execute(self, query: str, *arguments: Any) -> str:
        return await self._conn.execute(await self._ready(query), *arguments)

    async def fetch(self, query: str, *arguments: Any):
        return await self._conn.fetch(await self._ready(query), *arguments)

    async def fetchrow(self, query: str, *arguments: Any):
        return await self._conn.fetchrow(await self._ready(query), *arguments)

    async def fetchval(self, query: str, *arguments: Any):
        return await self._conn.fetchval(await self._ready(query), *arguments)

    def transaction(self) -> Any:
        return self._conn.transaction()

    def is_closed(self) -> bool:
        return self._conn.is_closed()

    async def _ready(self, query: str) -> str:
        if self._rendezvous and self._meet_before and self._meet_before in query:
            await self._rendezvous.meet()
        for guard, instead in self._without.items():
            query = query.replace(guard, instead)
        return query


def on(tx: Tx, conn: Unguarded) -> Tx:
    """`tx`, speaking through `conn`."""
    return Tx(conn, tx.facts)  # type: ignore[arg-type]  # has what the stores use of one

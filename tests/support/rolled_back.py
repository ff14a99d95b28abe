"""An application whose requests all run inside one transaction, which a test rolls back.

Whatever a request does to the database is gone a moment later, so that a thousand requests can each find the
same scene. Each request still begins and commits as always: what it opens is a savepoint, and what the
database only looks at on COMMIT is looked at when a connection is given back.
"""

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import asyncpg
from tests.support.server import PATIENT_S, Site
from tests.support.unguarded import Unguarded

from basedmusic.platform.http.limits import Limiter

AT_COMMIT = (
    "SAVEPOINT at_commit; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO at_commit; RELEASE SAVEPOINT at_commit"
)


class Boundless(Limiter):
    """Counts nothing: a matrix asks more often than anybody may."""

    def hit(self, rule: str, name: str, key: str) -> None: ...


class OneTransaction:
    """Where a `Database` has its pool: one connection, lent to one request at a time."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._lent = asyncio.Lock()
        self._conn: asyncpg.Connection | None = None
        self._transaction: Any = None
        self.without: Mapping[str, str] = {}
        """Guards taken off, as `Unguarded` has them."""

    async def begin(self) -> None:
        conn = self._conn or await asyncpg.connect(self._dsn, server_settings={"timezone": "UTC"})
        self._conn, self._transaction = conn, conn.transaction()
        await self._transaction.start()

    async def roll_back(self) -> None:
        async with self._lent:
            await self._transaction.rollback()

    async def close(self) -> None:
        if self._conn is not None:
            await self._conn.close()

    async def acquire(self, *, timeout: float | None = None) -> Unguarded:
        async with asyncio.timeout(timeout):
            await self._lent.acquire()
        assert self._conn is not None
        return Unguarded(self._conn, self.without)

    async def release(self, held: Unguarded) -> None:
        try:
            await held.execute(AT_COMMIT)
        except asyncpg.InFailedSQLTransactionError:
            pass  # a statement outside any transaction of its own; nothing more comes of this request
        finally:
            self._lent.release()


class RolledBack:
    """A site on which each `cell` leaves nothing behind."""

    def __init__(self, site: Site, one: OneTransaction) -> None:
        self._site = site
        self._one = one

    @contextmanager
    def cell(self) -> Generator[None]:
        self._run(self._one.begin())
        try:
            yield
        finally:
            self._run(self._one.roll_back())

    @contextmanager
    def without(self, guards: Mapping[str, str]) -> Generator[None]:
        """With statements changed (see `Unguarded`) for as long as the block lasts."""
        self._one.without = guards
        try:
            yield
        finally:
            self._one.without = {}

    def _run(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._site.loop).result(PATIENT_S)


@contextmanager
def rolled_back(site: Site) -> Generator[RolledBack]:
    """The running `site`, from now on in one transaction, and without limits on how often."""
    state = site.app.state
    database, limiter = state.database, state.limiter
    pool, one = database.pool, OneTransaction(site.dsn)
    database.pool, state.limiter = one, Boundless()
    try:
        yield RolledBack(site, one)
    finally:
        database.pool, state.limiter = pool, limiter
        asyncio.run_coroutine_threadsafe(one.close(), site.loop).result(PATIENT_S)

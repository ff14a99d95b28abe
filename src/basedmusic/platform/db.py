"""PostgreSQL through asyncpg: the pool, and the transaction that the edge opens.

`Tx` is what a slice's verbs get: the connection for its `store`, and `emit` for the facts that must become
known exactly when the transaction commits (they are jobs in the same transaction, which is the outbox).
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import asyncpg

from basedmusic.kernel.errors import Unavailable
from basedmusic.platform.connection import Connection as Connection
from basedmusic.platform.connection import Record as Record
from basedmusic.platform.facts import Fact, FactRegistry
from basedmusic.platform.queue.outbox import Job, enqueue

P = TypeVar("P")

CONNECT_TIMEOUT_S = 10
COMMAND_TIMEOUT_S = 30
LOCK_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_MS = 60_000


@dataclass(frozen=True, slots=True)
class Tx:
    """One open transaction. Everything written through it happens, or nothing does."""

    conn: Connection
    facts: FactRegistry

    async def emit(self, fact: Fact) -> None:
        """Make `fact` known to each subscriber as a job of its own, if and when this commits."""
        for job in self.facts.jobs_for(fact):
            await enqueue(self.conn, job, fact)

    async def enqueue(self, job: Job[P], payload: P, *, dedupe_key: str | None = None) -> None:
        await enqueue(self.conn, job, payload, dedupe_key=dedupe_key)


class Database:
    """The pool of one process. Raises Unavailable when PostgreSQL can't be reached."""

    def __init__(self, pool: asyncpg.Pool, facts: FactRegistry) -> None:
        self.pool = pool
        self.facts = facts

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Connection]:
        """A connection without a transaction, for single reads."""
        try:
            held = await self.pool.acquire(timeout=CONNECT_TIMEOUT_S)
        except (
            OSError,
            asyncpg.PostgresConnectionError,
            asyncpg.CannotConnectNowError,
            TimeoutError,
        ) as error:
            raise Unavailable("The database can't be reached right now; nothing was changed") from error
        try:
            yield held
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            if not _is_gone(held):
                raise
            # At COMMIT not even we know whether it was done.
            raise Unavailable(
                "The database went away in the middle; send the request again, with the same Idempotency-Key"
            ) from error
        finally:
            await asyncio.shield(self.pool.release(held))

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with self.connection() as conn, conn.transaction():
            yield Tx(conn, self.facts)


def _is_gone(held: Connection) -> bool:
    try:
        return held.is_closed()
    except asyncpg.InterfaceError:  # the pool has taken the broken one back already
        return True


async def _keep_session(_: object) -> None:
    """Nothing to undo, so no round trip at every release: no session is ever SET (only SET LOCAL), locks are
    those of transactions, and asyncpg has rolled back whatever was open."""


async def open_pool(dsn: str, *, min_size: int = 1, max_size: int = 10) -> asyncpg.Pool:
    """A pool whose sessions give up on locks and forgotten transactions instead of waiting for ever."""
    return await asyncpg.create_pool(
        dsn,
        min_size=min_size,
        max_size=max_size,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
        max_inactive_connection_lifetime=60,
        reset=_keep_session,
        server_settings={
            "application_name": "basedmusic",
            "timezone": "UTC",
            "lock_timeout": str(LOCK_TIMEOUT_MS),
            "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_MS),
        },
    )


def surely_rolled_back(error: Exception) -> bool:
    """Whether PostgreSQL itself said so; after a lost connection or a shutdown nobody knows."""
    lost = (asyncpg.PostgresConnectionError, asyncpg.exceptions.OperatorInterventionError)
    return isinstance(error, asyncpg.PostgresError) and not isinstance(error, lost)

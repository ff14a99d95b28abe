"""Hints between processes: "something about this topic changed, look again".

Lossy by contract. A subscriber that missed a hint has lost time, never data, because the truth is in the
database: on (re)connecting it looks for itself. Two buses: in process, and PostgreSQL NOTIFY for several
processes (payload under 8,000 bytes, so topics only; notes: one listening connection, watched).
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Protocol

import asyncpg
import structlog

log = structlog.get_logger()

CHANNEL = "basedmusic_bus"
QUEUE_SIZE = 64
"""Hints a subscriber may fall behind by; beyond it they are dropped and it is told to look at everything."""
PING_S = 5.0
PATIENCE_S = 2.0
"""How long a hint may wait for a connection: whoever gives it has done their work and wants to answer."""

EVERYTHING = "*"
"""The hint that hints may have been lost."""


class Bus(Protocol):
    async def publish(self, topic: str) -> None: ...

    def subscribe(self, topics: Iterable[str]) -> "Subscriber": ...


class Subscriber:
    """An async context manager whose `get()` waits for the next topic that was hinted at."""

    def __init__(self, topics: Iterable[str], hub: "LocalBus") -> None:
        self.topics = frozenset(topics)
        self._hub = hub
        self._queue: asyncio.Queue[str] = asyncio.Queue(QUEUE_SIZE)

    async def get(self) -> str:
        return await self._queue.get()

    def offer(self, topic: str) -> None:
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            topic = EVERYTHING
        self._queue.put_nowait(topic)

    async def __aenter__(self) -> "Subscriber":
        self._hub.add(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._hub.remove(self)


class LocalBus:
    """One process. Also the local half of the others: it fans out to this process's subscribers."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Subscriber]] = {}

    async def publish(self, topic: str) -> None:
        self.deliver(topic)

    def subscribe(self, topics: Iterable[str]) -> Subscriber:
        return Subscriber(topics, self)

    def deliver(self, topic: str) -> None:
        for subscriber in tuple(self._by_topic.get(topic, ())):
            subscriber.offer(topic)

    def deliver_everything(self) -> None:
        for subscriber in {one for group in self._by_topic.values() for one in group}:
            subscriber.offer(EVERYTHING)

    def add(self, subscriber: Subscriber) -> None:
        for topic in subscriber.topics:
            self._by_topic.setdefault(topic, set()).add(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        for topic in subscriber.topics:
            group = self._by_topic.get(topic, set())
            group.discard(subscriber)
            if not group:
                self._by_topic.pop(topic, None)


class PostgresBus(LocalBus):
    """Several processes over LISTEN/NOTIFY. `run()` keeps the one listening connection alive."""

    def __init__(self, dsn: str, pool: asyncpg.Pool, patience_s: float = PATIENCE_S) -> None:
        super().__init__()
        self._patience_s = patience_s
        self._dsn = dsn
        self._pool = pool

    async def publish(self, topic: str) -> None:
        try:
            async with self._pool.acquire(timeout=self._patience_s) as conn:
                await conn.execute("SELECT pg_notify($1, $2)", CHANNEL, topic, timeout=self._patience_s)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            log.warning("bus_hint_lost", topic=topic, error=repr(error))

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        task = asyncio.create_task(self._listen_forever())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _listen_forever(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("bus_reconnecting", error=repr(error))
            self.deliver_everything()
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        conn = await asyncpg.connect(self._dsn, timeout=10)
        try:
            await conn.add_listener(CHANNEL, lambda _c, _pid, _ch, topic: self.deliver(str(topic)))
            self.deliver_everything()
            while True:  # asyncpg does not notice a dead listener by itself (asyncpg#519)
                await asyncio.sleep(PING_S)
                await conn.execute("SELECT 1", timeout=PING_S)
        finally:
            conn.terminate()

"""Server-sent events (WHATWG HTML §9.2) that carry hints: a topic changed, fetch it again.

The one stream of its kind until the gateway replaces it. `ready` comes first: what changed before it is
found by the fetch that follows it, what changes after it is hinted at, so nothing falls between.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, nullcontext

import msgspec
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from basedmusic.platform.bus import EVERYTHING, Bus, Subscriber

HEARTBEAT_S = 15.0
MAX_TOPICS = 50


class HintStream(StreamingResponse):
    """Counted for exactly as long as it is sent; what `admit` raises is the answer instead."""

    def __init__(
        self, events: AsyncGenerator[bytes], admit: Callable[[], AbstractContextManager[None]]
    ) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(events, 200, headers, "text/event-stream")
        self._admit = admit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._admit():
            await super().__call__(scope, receive, send)


def stream_hints(
    bus: Bus,
    topics: frozenset[str],
    closing: asyncio.Event,
    admit: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> HintStream:
    """An answer that ends when the client leaves, or when `closing` is set."""
    return HintStream(_events(bus, topics, closing), admit)


async def _events(bus: Bus, topics: frozenset[str], closing: asyncio.Event) -> AsyncGenerator[bytes]:
    async with bus.subscribe(topics) as subscriber:
        yield b"retry: 1000\nevent: ready\ndata: {}\n\n"
        # Whoever drains the server must not have to wait for the next hint or heartbeat.
        stopping = asyncio.create_task(closing.wait())
        try:
            while not stopping.done():
                topic = await _next_topic(subscriber, stopping)
                if topic is None:
                    yield b": still here\n\n"
                    continue
                for changed in topics if topic == EVERYTHING else (topic,):
                    yield b"event: changed\ndata: " + msgspec.json.encode({"topic": changed}) + b"\n\n"
        finally:
            stopping.cancel()


async def _next_topic(subscriber: Subscriber, stopping: "asyncio.Task[bool]") -> str | None:
    """The next hint, or None: a heartbeat is due, or the end has come."""
    hint = asyncio.create_task(subscriber.get())
    try:
        done, _ = await asyncio.wait(
            (hint, stopping), timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED
        )
        return hint.result() if hint in done else None
    finally:
        hint.cancel()

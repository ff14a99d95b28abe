"""A media pool that runs nothing: it counts what it was asked for, and answers when it is told to."""

import asyncio
from collections.abc import Callable
from typing import Any

from basedmusic.codec.contracts import ChunkReply, ChunkRequest
from basedmusic.kernel.calls import Call


class CountingPool:
    """Fits where a `MediaPool` encodes segments; each encode is different, as a real one never is."""

    def __init__(self) -> None:
        self.asked: list[ChunkRequest] = []
        self.may_answer = asyncio.Event()

    async def run(
        self,
        call: Call[Any, Any],
        request: ChunkRequest,
        *,
        timeout_s: float | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> ChunkReply:
        self.asked.append(request)
        number = len(self.asked)
        await self.may_answer.wait()
        return ChunkReply(b"%d" % number, request.bit_rate)

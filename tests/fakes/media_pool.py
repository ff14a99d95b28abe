"""A media pool that runs nothing: it counts what it was asked for, and answers when it is told to."""

import asyncio
from collections.abc import Callable
from typing import Any

from basedmusic.codec.contracts import SegmentReply, SegmentRequest
from basedmusic.kernel.calls import Call


class CountingPool:
    """Fits where a `MediaPool` encodes segments; each encode is different, as a real one never is."""

    def __init__(self) -> None:
        self.asked: list[SegmentRequest] = []
        self.may_answer = asyncio.Event()

    async def run(
        self,
        call: Call[Any, Any],
        request: SegmentRequest,
        *,
        timeout_s: float | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> SegmentReply:
        self.asked.append(request)
        number = len(self.asked)
        await self.may_answer.wait()
        return SegmentReply(b"%d" % number, request.bit_rate)

"""The progressive file of a rendition as content with ranges: a slot is made when its bytes are asked for."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from basedmusic.codec.progressive import Part, ProgressiveFile
from basedmusic.platform.files import serve_ranged
from basedmusic.streaming.segments import Rendered, SegmentSource

AHEAD = 2
"""Chunks that are being made while one is sent: as many as a machine of two cores makes at once."""


class ProgressiveSource:
    """`platform.files.RangedSource` over chunks: while one is sent, the next are already being made.

    The first sound comes with the header in one piece: what refuses it, refuses before the answer begins.
    """

    def __init__(self, rendered: Rendered, segments: SegmentSource) -> None:
        self._rendered = rendered
        self._segments = segments
        self._file = ProgressiveFile(rendered.recipe.rendition, rendered.total)
        self.length = self._file.length

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        lead = b""
        ahead = 0  # the first sound has the machine to itself
        making: deque[tuple[Part, asyncio.Task[bytes]]] = deque()
        try:
            for part in self._file.parts(start, end):
                if part.chunk is None:
                    lead = self._file.header[part.offset : part.offset + part.length]
                    continue
                making.append((part, asyncio.create_task(self._slot(part.chunk))))
                while len(making) > ahead:
                    yield lead + await _first(making)
                    lead, ahead = b"", AHEAD
            while making:
                yield lead + await _first(making)
                lead = b""
            if lead:
                yield lead
        finally:
            for _, task in making:
                task.cancel()
            await asyncio.gather(*(task for _, task in making), return_exceptions=True)

    async def _slot(self, chunk: int) -> bytes:
        return self._file.slot(chunk, await self._segments.get_chunk(self._rendered, chunk))


async def _first(making: "deque[tuple[Part, asyncio.Task[bytes]]]") -> bytes:
    """What is asked of the foremost slot, once it is made. Until then it stays in line, to be cancelled there."""
    part, task = making[0]
    slot = await asyncio.shield(task)
    making.popleft()
    return slot[part.offset : part.offset + part.length]


class RangedResponse(Response):
    """A progressive file as an answer, by the rules of `platform.files.serve_ranged`."""

    def __init__(
        self, source: ProgressiveSource, media_type: str, headers: Mapping[str, str], etag: str
    ) -> None:
        super().__init__(None, 200, headers, media_type)
        self._source = source
        self._fields = headers
        self._etag = etag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve_ranged(
            scope,
            receive,
            send,
            source=self._source,
            media_type=str(self.media_type),
            headers=self._fields,
            etag=self._etag,
        )

"""The progressive file of a rendition as content with ranges: each slot is made when its bytes are asked for."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from basedmusic.codec.progressive import ProgressiveFile
from basedmusic.platform.files import serve_ranged
from basedmusic.streaming.segments import Rendered, SegmentSource


class ProgressiveSource:
    """`platform.files.RangedSource` over segments. While one slot is sent, the next is already being made.

    The first sound comes with the header in one piece: what refuses it, refuses before the answer begins.
    """

    def __init__(self, rendered: Rendered, segments: SegmentSource) -> None:
        self._rendered = rendered
        self._segments = segments
        self._file = ProgressiveFile(rendered.recipe.rendition, rendered.total)
        self.length = self._file.length

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        parts = list(self._file.parts(start, end))
        indexes = [part.segment for part in parts if part.segment is not None]
        ahead: asyncio.Task[bytes] | None = None
        before = b""
        try:
            for part in parts:
                if part.segment is None:
                    before = self._file.header[part.offset : part.offset + part.length]
                    continue
                making = ahead or self._begin(part.segment)
                ahead = None
                slot = self._file.slot(part.segment, await _unless_cancelled(making))
                following = part.segment + 1
                if following in indexes:
                    ahead = self._begin(following)
                yield before + slot[part.offset : part.offset + part.length]
                before = b""
            if before:
                yield before
        finally:
            if ahead is not None:
                ahead.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await ahead

    def _begin(self, index: int) -> "asyncio.Task[bytes]":
        return asyncio.create_task(self._segments.get_bytes(self._rendered, index))


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


async def _unless_cancelled(making: "asyncio.Task[bytes]") -> bytes:
    """Its result; the task ends with the one who waits for it."""
    try:
        return await making
    except asyncio.CancelledError:
        making.cancel()
        raise

"""Sound as answers that go out while it is made: a rendition as one file with ranges, and its segments."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from basedmusic.codec.progressive import ProgressiveFile
from basedmusic.platform.files import BytesResponse, serve_ranged
from basedmusic.platform.growing import serve_growing, wants_all
from basedmusic.streaming.segments import Rendered, SegmentSource


class ProgressiveSource:
    """`platform.files.RangedSource` over chunks: while one is sent, the next are already being made.

    The first sound comes with the header in one piece: what refuses it, refuses before the answer begins.
    """

    def __init__(self, segments: SegmentSource, rendered: Rendered) -> None:
        self._segments = segments
        self._rendered = rendered
        self._file = ProgressiveFile(rendered.recipe.rendition, rendered.total)
        self.length = self._file.length

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        lead = self._file.header[start:end]
        slots = self._file.slots_under(start, end)
        async with aclosing(self._segments.stream(self._rendered, slots)) as chunks:
            number = slots.start
            async for chunk in chunks:
                yield lead + self._file.slot_part(number, chunk, start, end)
                lead, number = b"", number + 1
        if lead:
            yield lead


class _SoundResponse(Response):
    def __init__(
        self, segments: SegmentSource, rendered: Rendered, headers: Mapping[str, str], etag: str
    ) -> None:
        super().__init__(None, 200, headers, rendered.recipe.rendition.content_type)
        self._segments = segments
        self._rendered = rendered
        self._fields = headers
        self._etag = etag


class ProgressiveResponse(_SoundResponse):
    """A whole rendition as one file of exact length, by the rules of `platform.files.serve_ranged`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve_ranged(
            scope,
            receive,
            send,
            source=ProgressiveSource(self._segments, self._rendered),
            media_type=str(self.media_type),
            headers=self._fields,
            etag=self._etag,
        )


class SegmentResponse(_SoundResponse):
    """A segment that isn't stored yet: chunk by chunk as they are made; for a range or a condition, whole."""

    def __init__(
        self, segments: SegmentSource, rendered: Rendered, index: int, headers: Mapping[str, str], etag: str
    ) -> None:
        super().__init__(segments, rendered, headers, etag)
        self._index = index

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = str(self.media_type)
        if wants_all(scope):
            await serve_growing(
                scope,
                receive,
                send,
                pieces=self._chunks(),
                media_type=kind,
                headers=self._fields,
                etag=self._etag,
            )
        else:
            whole = b"".join([chunk async for chunk in self._chunks()])
            await BytesResponse(whole, kind, self._fields, self._etag)(scope, receive, send)

    async def _chunks(self) -> AsyncGenerator[bytes]:
        """While these are sent, what follows is prepared."""
        async with aclosing(self._segments.stream_segment(self._rendered, self._index)) as chunks:
            async for chunk in chunks:
                self._segments.prepare(self._rendered, self._index + 1)
                yield chunk

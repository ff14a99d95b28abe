"""Answers with ranges: local files out of the page cache without a thread, bytes from memory, made-up files.

The bare ASGI way, because it is the hot path: a warm 64 KB range costs about a tenth of what Starlette's
FileResponse does (benchmarks/file_ranges.py). The first piece is read before the headers go out, so that
a source that fails at once is an honest error; one that fails later closes the connection. Never padded.
"""

import asyncio
import errno
import os
import secrets
import stat
import threading
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import NamedTuple, Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from basedmusic.kernel.errors import NotFound
from basedmusic.platform.connected import WhileConnected
from basedmusic.platform.ranges import ByteRange, Conditions, decide_selection

CHUNK = 128 << 10
"""Bytes read and handed over at once: what a stalled client may cost, beside the socket's own buffer."""

_RWF_NOWAIT: int | None = getattr(os, "RWF_NOWAIT", None)
_NOT_AT_ONCE = (errno.EAGAIN, errno.EOPNOTSUPP)
"""Not in the page cache; or a file system, such as tmpfs, that can't say."""

_per_thread = threading.local()

RawHeaders = list[tuple[bytes, bytes]]


class BodyBroken(Exception):
    """The content ended or failed after the headers had gone; the connection is closed."""


class RangedSource(Protocol):
    """Content of a known length in bytes, any part of which can be read or made."""

    @property
    def length(self) -> int: ...

    def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        """The bytes from `start` up to `end`, in pieces of any size; closed early when the client leaves."""
        ...


class BytesSource:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self.length = len(content)

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        whole = start == 0 and end == self.length
        yield self._content if whole else self._content[start:end]


ReadCached = Callable[[int, int, int], bytes | None]


def read_cached(fd: int, start: int, count: int) -> bytes | None:
    """Up to `count` bytes if the kernel has them in memory, else None. Empty at the end of the file."""
    if _RWF_NOWAIT is None:
        return None
    scratch = _scratch()[:count]
    try:
        got = os.preadv(fd, [scratch], start, _RWF_NOWAIT)
    except OSError as error:
        if error.errno in _NOT_AT_ONCE:
            return None
        raise
    # Copied, always: the server keeps what it is handed until a slow client has taken it, and by then the
    # scratch buffer holds another listener's music.
    return bytes(scratch[:got])


class FileSource:
    """An open file of `length` bytes. Close it. `read` raises BodyBroken if the file has become shorter."""

    def __init__(self, path: Path | str, read_cached: ReadCached = read_cached) -> None:
        """Raises NotFound for what is no regular file."""
        try:
            self._fd = os.open(path, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound from None
        status = os.fstat(self._fd)
        if not stat.S_ISREG(status.st_mode):
            os.close(self._fd)
            raise NotFound
        self.length = status.st_size
        self.etag = f'"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"'
        self._read_cached = read_cached
        self._reading: asyncio.Future[bytes] | None = None

    def read_at_once(self, part: ByteRange) -> bytes | None:
        """All of `part`, or None unless it is short and in memory."""
        count = part.end - part.start
        piece = self._read_cached(self._fd, part.start, count) if count <= CHUNK else None
        return piece if piece is not None and len(piece) == count else None

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        while start < end:
            count = min(CHUNK, end - start)
            piece = self._read_cached(self._fd, start, count)
            if piece is None:
                piece = await self._read_in_thread(start, count)
            if not piece:
                raise BodyBroken(f"the file ends at byte {start} of {self.length}")
            start += len(piece)
            yield piece

    def close(self) -> None:
        if self._reading is None or self._reading.done():
            os.close(self._fd)
        else:  # we were cancelled, the thread was not: the number must not become another file's under it
            fd = self._fd
            self._reading.add_done_callback(lambda _: os.close(fd))

    async def _read_in_thread(self, start: int, count: int) -> bytes:
        loop = asyncio.get_running_loop()
        self._reading = loop.run_in_executor(None, os.pread, self._fd, count, start)
        return await asyncio.shield(self._reading)


async def serve_ranged(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    source: RangedSource,
    media_type: str,
    headers: Mapping[str, str] | None = None,
    etag: str | None = None,
) -> None:
    """Answer a GET or HEAD with `source` by RFC 9110: one range, several, conditions, 416.

    `etag` is quoted, as sent. When the client leaves, `source.read` is cancelled wherever it waits. What it
    raises before its first piece is raised here, with nothing sent yet; later it is BodyBroken.
    """
    plan = _plan_answer(scope, source.length, media_type, headers, etag)
    async with WhileConnected(receive) as connection:
        await _send_body(plan, source, send, connection.settle)


async def serve_file(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    path: Path | str,
    media_type: str,
    headers: Mapping[str, str] | None = None,
    etag: str | None = None,
) -> None:
    """As `serve_ranged` with the file at `path`. Raises NotFound before anything is sent."""
    source = FileSource(path)
    try:
        plan = _plan_answer(scope, source.length, media_type, headers, etag or source.etag)
        only = plan.pieces[0] if len(plan.pieces) == 1 else None
        at_once = source.read_at_once(only) if isinstance(only, ByteRange) else None
        if at_once is not None:  # nothing to stop in the middle, so no task and no generators to pay for
            await send({"type": "http.response.start", "status": plan.status, "headers": plan.headers})
            await send({"type": "http.response.body", "body": at_once, "more_body": False})
            return
        async with WhileConnected(receive) as connection:
            await _send_body(plan, source, send, connection.settle)
    finally:
        source.close()


class FileSliceResponse(Response):
    """A local file, by `serve_file`. Its ETag is made of inode, time and size unless `etag` is given."""

    def __init__(
        self,
        path: Path | str,
        media_type: str,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
    ) -> None:
        super().__init__(None, 200, headers, media_type)
        self._path = path
        self._fields = headers
        self._etag = etag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        media_type, fields = str(self.media_type), self._fields
        await serve_file(
            scope, receive, send, path=self._path, media_type=media_type, headers=fields, etag=self._etag
        )


class BytesResponse(Response):
    """Bytes from memory, with the same rules."""

    def __init__(
        self,
        content: bytes,
        media_type: str,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
    ) -> None:
        super().__init__(None, 200, headers, media_type)
        self._source = BytesSource(content)
        self._fields = headers
        self._etag = etag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plan = _plan_answer(scope, self._source.length, str(self.media_type), self._fields, self._etag)
        await _send_body(plan, self._source, send)


class _Plan(NamedTuple):
    status: int
    headers: RawHeaders
    pieces: Sequence[bytes | ByteRange]
    """What the body is made of: words of ours (between the parts of a multipart) and the source's bytes."""
    length: int
    """Of the whole body in bytes."""


def _plan_answer(
    scope: Scope, length: int, media_type: str, headers: Mapping[str, str] | None, etag: str | None
) -> _Plan:
    method: str = scope["method"]
    selection = decide_selection(method, Conditions.of(scope["headers"]), length, etag)
    fields = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()
    ]
    fields.append((b"accept-ranges", b"bytes"))
    if etag is not None:
        fields.append((b"etag", etag.encode("latin-1")))
    if selection.status == 304:
        return _Plan(304, fields, (), 0)
    if selection.status in (412, 416):
        return _refusal(selection.status, fields, length)
    pieces, kind = selection.parts, media_type
    if selection.status == 206 and len(selection.parts) == 1:
        fields.append((b"content-range", selection.parts[0].content_range(length).encode()))
    elif selection.status == 206:
        pieces, kind = _multipart(selection.parts, length, media_type)
    size = sum(len(piece) if isinstance(piece, bytes) else piece.end - piece.start for piece in pieces)
    fields.append((b"content-type", kind.encode("latin-1")))
    fields.append((b"content-length", str(size).encode()))
    return (
        _Plan(selection.status, fields, (), 0)
        if method == "HEAD"
        else _Plan(selection.status, fields, pieces, size)
    )


def _refusal(status: int, fields: RawHeaders, length: int) -> _Plan:
    """Whatever may be kept of the content, a refusal may not."""
    fields = [field for field in fields if field[0] != b"cache-control"]
    if status == 416:
        fields.append((b"content-range", f"bytes */{length}".encode()))
    return _Plan(status, [*fields, (b"cache-control", b"no-store"), (b"content-length", b"0")], (), 0)


def _multipart(
    parts: Sequence[ByteRange], length: int, media_type: str
) -> tuple[list[bytes | ByteRange], str]:
    """multipart/byteranges (RFC 9110 §14.6): its pieces and its Content-Type."""
    boundary = secrets.token_hex(12)
    pieces: list[bytes | ByteRange] = []
    for part in parts:
        lead = "\r\n" if pieces else ""
        head = f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {part.content_range(length)}"
        pieces += [f"{lead}{head}\r\n\r\n".encode("latin-1"), part]
    pieces.append(f"\r\n--{boundary}--\r\n".encode())
    return pieces, f"multipart/byteranges; boundary={boundary}"


async def _send_body(
    plan: _Plan, source: RangedSource, send: Send, before_last: Callable[[], None] = lambda: None
) -> None:
    start = {"type": "http.response.start", "status": plan.status, "headers": plan.headers}
    left = plan.length
    started = False
    try:
        async with aclosing(_pieces(plan, source)) as pieces:
            async for piece in pieces:
                if not started:
                    started = True
                    await send(start)
                left -= len(piece)
                if left == 0:
                    before_last()
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
    except Exception as error:
        if not started or isinstance(error, BodyBroken):
            raise
        raise BodyBroken(repr(error)) from error
    if not started:
        await send(start)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pieces(plan: _Plan, source: RangedSource) -> AsyncGenerator[bytes]:
    for piece in plan.pieces:
        if isinstance(piece, bytes):
            yield piece
            continue
        left = piece.end - piece.start
        async with aclosing(source.read(piece.start, piece.end)) as chunks:
            async for chunk in chunks:
                left -= len(chunk)
                if left < 0:
                    raise BodyBroken(f"the source gave more than bytes {piece.start}-{piece.end}")
                if chunk:
                    yield chunk
        if left:
            raise BodyBroken(f"the source gave {left} bytes too few of {piece.start}-{piece.end}")


def _scratch() -> memoryview:
    """One buffer per thread that runs an event loop: preadv lets other threads run while it fills it."""
    try:
        return _per_thread.scratch
    except AttributeError:
        _per_thread.scratch = memoryview(bytearray(CHUNK))
        return _per_thread.scratch

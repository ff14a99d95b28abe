"""multipart/form-data (RFC 7578) as it arrives: small fields first, then one file streamed to a sink.

Nothing of the file is held in memory beyond one write's worth, and no temporary file is made here: the sink
decides where bytes go. Fields must come before the file, so that a request that may not upload is
refused before its bytes are read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from basedmusic.kernel.errors import AppError, Invalid

MAX_FIELDS = 32
MAX_FIELD_BYTES = 64 * 1024
MAX_HEADER_BYTES = 8 * 1024
WRITE_BYTES = 1 << 20
STALLED_S = 60.0

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


class NotMultipart(Invalid):
    code = "not_multipart"
    status = 415
    title = "Send the file as multipart/form-data"


class UploadCutOff(AppError):
    """The connection ended before the file did; nothing is kept."""

    code = "upload_cut_off"
    status = 400
    title = "The connection dropped before the whole file had arrived; nothing was kept"


class Sink(Protocol):
    async def write(self, data: bytes) -> None: ...


@dataclass(slots=True)
class _Part:
    name: str
    filename: str | None
    content: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class FilePart:
    """The one file, already written to its sink."""

    filename: str
    fields: Mapping[str, str]


OpenSink = Callable[[Mapping[str, str]], Awaitable[Sink]]
"""Called when the file begins, with the fields so far; may refuse by raising an AppError."""


async def receive_file(request: Request, file_field: str, open_sink: OpenSink) -> FilePart:
    """Read the whole request. Raises NotMultipart, Invalid, UploadCutOff and what `open_sink` raises."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise NotMultipart
    stream = request.stream().__aiter__()
    try:
        reader = _Reader(boundary, file_field, open_sink)
        while True:
            async with asyncio.timeout(STALLED_S):
                chunk = await anext(stream, None)
            if chunk is None:
                break
            await reader.feed(chunk)
    except (ClientDisconnect, TimeoutError):
        raise UploadCutOff from None
    except FormParserError as error:
        raise Invalid(f"The form can't be read: {error}") from None
    return await reader.finish()


class _Reader:
    """Turns the parser's callbacks into parts, and the file's part into writes of WRITE_BYTES."""

    def __init__(self, boundary: bytes, file_field: str, open_sink: OpenSink) -> None:
        self._file_field = file_field
        self._open_sink = open_sink
        self._fields: dict[str, str] = {}
        self._filename: str | None = None
        self._sink: Sink | None = None
        self._part: _Part | None = None
        self._headers: dict[bytes, bytes] = {}
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._pending = bytearray()
        self._ended = False
        self._parser = MultipartParser(boundary, callbacks=self._callbacks())

    async def feed(self, chunk: bytes) -> None:
        self._parser.write(chunk)
        if self._filename is not None and self._sink is None:
            self._sink = await self._open_sink(dict(self._fields))
        if len(self._pending) >= WRITE_BYTES:
            await self._flush()

    async def finish(self) -> FilePart:
        if not self._ended:
            raise UploadCutOff
        if self._filename is None or self._sink is None:
            raise Invalid(f"The form has no file in the field {self._file_field!r}", field=self._file_field)
        await self._flush()
        return FilePart(self._filename, self._fields)

    async def _flush(self) -> None:
        if self._pending and self._sink is not None:
            data = bytes(self._pending)
            self._pending.clear()
            await self._sink.write(data)

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _part_begin(self) -> None:
        self._headers = {}

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]
        self._check_header()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._check_header()

    def _check_header(self) -> None:
        if len(self._header_name) + len(self._header_value) > MAX_HEADER_BYTES:
            raise Invalid("The form has a header that is too long")

    def _header_end(self) -> None:
        self._headers[bytes(self._header_name).lower()] = bytes(self._header_value)
        self._header_name.clear()
        self._header_value.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        filename = options.get(b"filename")
        self._part = _Part(name, filename.decode("utf-8", "replace") if filename is not None else None)
        if self._part.filename is not None:
            if name != self._file_field or self._filename is not None:
                raise Invalid(f"Send one file, in the field {self._file_field!r}", field=name)
            self._filename = self._part.filename
        elif self._filename is not None:
            raise Invalid(f"The field {name!r} must come before the file", field=name)
        elif len(self._fields) >= MAX_FIELDS:
            raise Invalid("The form has too many fields")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        if part is None:
            return
        if part.filename is not None:
            self._pending += data[start:end]
        elif len(part.content) + end - start > MAX_FIELD_BYTES:
            raise Invalid(f"The field {part.name!r} is too long", field=part.name)
        else:
            part.content += data[start:end]

    def _part_end(self) -> None:
        part, self._part = self._part, None
        if part is not None and part.filename is None:
            try:
                self._fields[part.name] = part.content.decode()
            except UnicodeDecodeError:
                raise Invalid(f"The field {part.name!r} is not UTF-8 text", field=part.name) from None

    def _end(self) -> None:
        self._ended = True

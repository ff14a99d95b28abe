"""Uploads are read as they arrive, in whatever pieces, and cut-off ones are named."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from basedmusic.kernel.errors import AppError, Invalid
from basedmusic.platform.http.multipart import (
    MAX_FIELD_BYTES,
    FilePart,
    NotMultipart,
    UploadCutOff,
    receive_file,
)

BOUNDARY = "x1y2"


class MemorySink:
    def __init__(self) -> None:
        self.data = bytearray()
        self.largest = 0

    async def write(self, data: bytes) -> None:
        self.largest = max(self.largest, len(data))
        self.data += data


def form(
    fields: Mapping[str, str], content: bytes | None, *, after: Mapping[str, str] | None = None
) -> bytes:
    def field(name: str, value: str) -> bytes:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        return head.encode() + value.encode() + b"\r\n"

    body = b"".join(field(*pair) for pair in fields.items())
    if content is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    body += b"".join(field(*pair) for pair in (after or {}).items())
    return body + f"--{BOUNDARY}--\r\n".encode()


async def receive(
    body: bytes, *, piece: int = 65536, cut: int | None = None, content_type: str | None = None
) -> tuple[FilePart, MemorySink]:
    sent = body[:cut] if cut is not None else body
    pieces = [sent[at : at + piece] for at in range(0, len(sent), piece)]
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in pieces]
    messages.append({"type": "http.disconnect"} if cut is not None else {"type": "http.request", "body": b""})
    kind = content_type or f"multipart/form-data; boundary={BOUNDARY}"

    async def take() -> Any:
        return messages.pop(0)

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}, take)
    sink = MemorySink()

    async def open_sink(fields: Mapping[str, str]) -> MemorySink:
        if fields.get("artist_id") == "forbidden":
            raise AppError("refused before the bytes")
        return sink

    return await receive_file(request, "file", open_sink), sink


@pytest.mark.anyio
@given(content=st.binary(max_size=3000), piece=st.integers(min_value=1, max_value=700))
async def test_the_file_arrives_whole_in_whatever_pieces(content: bytes, piece: int):
    part, sink = await receive(form({"artist_id": "7", "title": "Ünï"}, content), piece=piece)
    assert bytes(sink.data) == content
    assert part.fields == {"artist_id": "7", "title": "Ünï"}
    assert part.filename == "a.wav"


@pytest.mark.anyio
@given(cut=st.integers(min_value=0, max_value=250))
async def test_a_cut_off_upload_is_named_as_that(cut: int):
    with pytest.raises(UploadCutOff):
        await receive(form({"artist_id": "7"}, b"x" * 200), cut=cut)


@pytest.mark.anyio
async def test_a_large_file_is_written_in_bounded_pieces():
    _, sink = await receive(form({}, b"z" * (5 << 20)))
    assert len(sink.data) == 5 << 20
    assert sink.largest <= (1 << 20) + 65536


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (form({"artist_id": "7"}, None), "no file"),
        (form({}, b"x", after={"title": "late"}), "must come before the file"),
        (form({"title": "x" * (MAX_FIELD_BYTES + 1)}, b"x"), "too long"),
        (form({str(number): "" for number in range(40)}, b"x"), "too many fields"),
        (form({}, b"x")[: -len(f"--{BOUNDARY}--\r\n")] + form({}, b"y"), "one file"),
        (b"--x1y2\r\nbroken\x00header\r\n\r\n", "can't be read"),
    ],
)
async def test_a_wrong_form_is_refused_in_words(body: bytes, says: str):
    with pytest.raises(Invalid, match=says):
        await receive(body)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
async def test_anything_but_multipart_is_refused(kind: str):
    with pytest.raises(NotMultipart):
        await receive(b"{}", content_type=kind)


@pytest.mark.anyio
async def test_a_boundary_that_is_too_long_is_refused_in_words():
    with pytest.raises(Invalid, match="can't be read"):
        await receive(b"", content_type="multipart/form-data; boundary=" + "x" * 300)


@pytest.mark.anyio
async def test_who_may_not_upload_is_refused_before_the_file_is_read():
    body = form({"artist_id": "forbidden"}, b"x" * (4 << 20))
    with pytest.raises(AppError, match="before the bytes"):
        await receive(body, piece=1024)

"""Ranges of files, of bytes and of files made on demand: every listener gets the bytes asked for."""

import asyncio
import os
import re
import socket
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from basedmusic.kernel.errors import NotFound, TooManyRequests
from basedmusic.platform.files import (
    CHUNK,
    BodyBroken,
    BytesResponse,
    FileSliceResponse,
    FileSource,
    serve_file,
    serve_ranged,
)

pytestmark = pytest.mark.anyio

CONTENT = bytes(os.urandom(3 * CHUNK + 17))
ETAG = '"v1"'
MEDIA = "audio/mp4"

App = Callable[[Scope, Receive, Send], Awaitable[None]]


class MadeUp:
    """A file that exists nowhere: makes its bytes piece by piece, and may fail or take its time."""

    def __init__(
        self,
        content: bytes,
        piece: int = 1000,
        error: Exception | None = None,
        at: int = 0,
        pause_s: float = 0,
    ) -> None:
        self.length = len(content)
        self.stopped_early = False
        self._content = content
        self._piece = piece
        self._error = error
        self._at = at
        self._pause_s = pause_s

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        try:
            for position in range(start, end, self._piece):
                if self._error is not None and position >= self._at:
                    raise self._error
                await asyncio.sleep(self._pause_s)
                yield self._content[position : min(position + self._piece, end)]
        except (asyncio.CancelledError, GeneratorExit):
            self.stopped_early = True
            raise


class Answer:
    """What an ASGI application sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return self.messages[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.messages[1:])

    @property
    def complete(self) -> bool:
        return bool(self.messages) and self.messages[-1].get("more_body") is False


async def stay() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def ask(app: App, method: str = "GET", receive: Receive = stay, **headers: str) -> Answer:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    answer = Answer()
    await app({"type": "http", "method": method, "headers": raw}, receive, answer.send)
    assert answer.complete
    return answer


@pytest.fixture(params=["file", "file in a thread", "file response", "bytes", "made up"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> App:
    path = tmp_path / "song.m4a"
    path.write_bytes(CONTENT)
    return make_app(request.param, path)


def make_app(kind: str, path: Path) -> App:
    async def in_thread(scope: Scope, receive: Receive, send: Send) -> None:
        source = FileSource(path, read_cached=lambda fd, start, count: None)
        try:
            await serve_ranged(scope, receive, send, source=source, media_type=MEDIA, etag=ETAG)
        finally:
            source.close()

    match kind:
        case "file":
            return partial(serve_file, path=path, media_type=MEDIA, etag=ETAG)
        case "file in a thread":
            return in_thread
        case "file response":
            return FileSliceResponse(path, MEDIA, etag=ETAG)
        case "bytes":
            return BytesResponse(CONTENT, MEDIA, etag=ETAG)
        case _:
            return partial(serve_ranged, source=MadeUp(CONTENT), media_type=MEDIA, etag=ETAG)


async def test_the_whole(app: App) -> None:
    answer = await ask(app)
    assert (answer.status, answer.body == CONTENT) == (200, True)
    assert answer.headers == {
        "accept-ranges": "bytes",
        "content-type": MEDIA,
        "content-length": str(len(CONTENT)),
        "etag": ETAG,
    }


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=1000-66535", 1000, 66536),
        ("bytes=5-", 5, len(CONTENT)),
        ("bytes=-7", len(CONTENT) - 7, len(CONTENT)),
        (f"bytes={CHUNK - 1}-{CHUNK}", CHUNK - 1, CHUNK + 1),
    ],
)
async def test_one_range(app: App, header: str, start: int, end: int) -> None:
    answer = await ask(app, range=header)
    assert (answer.status, answer.body == CONTENT[start:end]) == (206, True)
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


async def test_head_has_the_length_and_no_body(app: App) -> None:
    answer = await ask(app, "HEAD", range="bytes=0-5")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(CONTENT)))


async def test_beyond_the_end(app: App) -> None:
    answer = await ask(app, range=f"bytes={len(CONTENT)}-")
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"
    assert answer.headers["content-length"] == "0"


async def test_conditions(app: App) -> None:
    unchanged = await ask(app, if_none_match=ETAG)
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert unchanged.headers["etag"] == ETAG and "content-length" not in unchanged.headers
    assert (await ask(app, range="bytes=0-1", if_range=ETAG)).status == 206
    assert (await ask(app, range="bytes=0-1", if_range='"v0"')).status == 200
    assert (await ask(app, if_match='"v0"')).status == 412


def parts_of(answer: Answer) -> list[tuple[str, bytes]]:
    """Content-Range and content of each part, read as RFC 2046 §5.1 says."""
    match = re.fullmatch(r"multipart/byteranges; boundary=(\w+)", answer.headers["content-type"])
    assert match is not None
    delimiter = b"--" + match[1].encode()
    before, *parts, after = (b"\r\n" + answer.body).split(b"\r\n" + delimiter)
    assert (before, after) == (b"", b"--\r\n")
    found: list[tuple[str, bytes]] = []
    for part in parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = dict(line.split(": ") for line in head.decode().split("\r\n"))
        assert fields["Content-Type"] == MEDIA
        found.append((fields["Content-Range"], content))
    return found


async def test_several_ranges(app: App) -> None:
    answer = await ask(app, range=f"bytes=10-19,-3,100-{CHUNK * 2}")
    size = len(CONTENT)
    assert answer.status == 206 and "content-range" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.body))
    assert parts_of(answer) == [
        (f"bytes 10-19/{size}", CONTENT[10:20]),
        (f"bytes {size - 3}-{size - 1}/{size}", CONTENT[-3:]),
        (f"bytes 100-{CHUNK * 2}/{size}", CONTENT[100 : CHUNK * 2 + 1]),
    ]


@given(
    st.binary(min_size=1, max_size=50),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
)
def test_what_is_announced_is_what_comes(content: bytes, asked: list[tuple[int, int]]) -> None:
    app = partial(serve_ranged, source=MadeUp(content, piece=7), media_type=MEDIA)
    header = "bytes=" + ",".join(f"{first}-{first + more}" for first, more in asked)
    answer = asyncio.run(ask(app, range=header))
    assert answer.headers["content-length"] == str(len(answer.body))
    if answer.status == 200:
        assert answer.body == content
    elif answer.status == 206:
        parts = (
            [(answer.headers["content-range"], answer.body)]
            if "content-range" in answer.headers
            else parts_of(answer)
        )
        for place, part in parts:
            first, last, size = map(int, re.findall(r"\d+", place))
            assert (part, size) == (content[first : last + 1], len(content))


async def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    for app in (FileSliceResponse(path, MEDIA), BytesResponse(b"", MEDIA)):
        answer = await ask(app)
        assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "0")
        assert (await ask(app, range="bytes=0-")).status == 416


async def test_headers_of_the_caller_are_kept_but_a_refusal_is_not_cached() -> None:
    headers = {"Cache-Control": "max-age=60", "Content-Security-Policy": "sandbox"}
    app = BytesResponse(CONTENT, MEDIA, headers)
    assert (await ask(app)).headers["cache-control"] == "max-age=60"
    refused = await ask(app, range="bytes=9999999-")
    assert refused.headers["cache-control"] == "no-store"
    assert refused.headers["content-security-policy"] == "sandbox"


async def test_a_file_names_its_version_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(b"one")
    first = (await ask(FileSliceResponse(path, MEDIA))).headers["etag"]
    assert (await ask(FileSliceResponse(path, MEDIA), if_none_match=first)).status == 304
    path.write_bytes(b"other")
    assert (await ask(FileSliceResponse(path, MEDIA), if_none_match=first)).body == b"other"


async def test_what_is_no_file_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing", Path("/dev/null/x")):
        with pytest.raises(NotFound):
            await ask(FileSliceResponse(path, MEDIA))


@pytest.mark.parametrize("folder", [None, *filter(os.path.isdir, ["/dev/shm"])])
async def test_cold_pages_and_file_systems_that_cannot_say_come_through_a_thread(
    folder: str | None, tmp_path: Path
) -> None:
    """tmpfs answers RWF_NOWAIT with EOPNOTSUPP, a page that is not in memory with EAGAIN."""
    path = (Path(folder) if folder else tmp_path) / f"basedmusic-test-{os.getpid()}"
    try:
        path.write_bytes(CONTENT)
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        assert (await ask(FileSliceResponse(path, MEDIA), range="bytes=7-99999")).body == CONTENT[7:100000]
        assert (await ask(FileSliceResponse(path, MEDIA))).body == CONTENT
    finally:
        path.unlink()


async def test_a_source_that_fails_at_once_is_an_honest_error() -> None:
    answer = Answer()
    source = MadeUp(CONTENT, error=TooManyRequests())
    with pytest.raises(TooManyRequests):
        await serve_ranged(
            {"type": "http", "method": "GET", "headers": []},
            stay,
            answer.send,
            source=source,
            media_type=MEDIA,
        )
    assert answer.messages == []


@pytest.mark.parametrize("error", [TooManyRequests(), ValueError(), BodyBroken()])
async def test_a_source_that_fails_later_breaks_the_body_off(error: Exception) -> None:
    with pytest.raises(BodyBroken):
        await ask(partial(serve_ranged, source=MadeUp(CONTENT, error=error, at=5000), media_type=MEDIA))


class WrongLength(MadeUp):
    def __init__(self, length: int) -> None:
        super().__init__(CONTENT[:2000])
        self.length = length

    async def read(self, start: int, end: int) -> AsyncGenerator[bytes]:
        async for piece in super().read(0, 2000):
            yield piece


@pytest.mark.parametrize("length", [1500, 2500])
async def test_a_source_that_gives_too_little_or_too_much_is_found_out(length: int) -> None:
    answer = Answer()
    with pytest.raises(BodyBroken):
        await serve_ranged(
            {"type": "http", "method": "GET", "headers": []},
            stay,
            answer.send,
            source=WrongLength(length),
            media_type=MEDIA,
        )
    assert not answer.complete and len(answer.body) <= length


def leaving_after(seconds: float) -> Receive:
    messages: Iterator[Message] = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in messages:
            return message
        await asyncio.sleep(seconds)
        return {"type": "http.disconnect"}

    return receive


async def test_when_the_client_leaves_the_source_stops() -> None:
    source = MadeUp(CONTENT, pause_s=0.01)
    answer = Answer()
    began = time.monotonic()
    await serve_ranged(
        {"type": "http", "method": "GET", "headers": []},
        leaving_after(0.05),
        answer.send,
        source=source,
        media_type=MEDIA,
    )
    assert time.monotonic() - began < 1
    assert source.stopped_early and not answer.complete
    await asyncio.sleep(0)  # the cancellation was used up: this task lives on


async def test_a_cancellation_from_outside_is_not_swallowed() -> None:
    app = partial(serve_ranged, source=MadeUp(CONTENT, pause_s=0.01), media_type=MEDIA)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await ask(app)


async def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(CONTENT)
    before = len(os.listdir("/proc/self/fd"))

    async def slow_read(scope: Scope, receive: Receive, send: Send) -> None:
        source = FileSource(path, read_cached=lambda fd, start, count: None)
        try:
            await serve_ranged(scope, receive, send, source=source, media_type=MEDIA)
        finally:
            source.close()

    for _ in range(20):
        await ask(FileSliceResponse(path, MEDIA), range="bytes=0-5")
        await ask(FileSliceResponse(path, MEDIA), range="bytes=9999999-")
        task = asyncio.create_task(ask(slow_read))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.05)  # threads that were reading come back, and then their files are closed
    assert len(os.listdir("/proc/self/fd")) <= before


# Over a real server


@contextmanager
def serving(app: Any) -> Generator[tuple[str, int]]:
    """uvicorn with uvloop in a thread, its sockets' buffers small so that slow readers are felt."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    config = uvicorn.Config(
        app, interface="asgi3", loop="uvloop", http="httptools", lifespan="off", log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def request(address: tuple[str, int], path: str, extra: str = "") -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(10)
    client.connect(address)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{extra}\r\n".encode())
    return client


def read_to_end(client: socket.socket) -> tuple[bytes, bytes]:
    """Head and body, up to where the server closed."""
    with client:
        data = bytearray()
        while piece := client.recv(65536):
            data += piece
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    return head, body


def uncopied(fd: int, start: int, count: int) -> bytes:
    """The guard left out: the one scratch buffer itself is handed to the server."""
    view = memoryview(SCRATCH)[:count]
    return view[: os.preadv(fd, [view], start)]  # type: ignore[return-value]


SCRATCH = bytearray(CHUNK)
LISTENERS = 12
SONG = 4 * CHUNK


@pytest.mark.parametrize("asked", ["", f"Range: bytes=0-{CHUNK - 1}\r\n"])
@pytest.mark.parametrize("guarded", [False, True])
def test_stalled_listeners_of_different_files_get_their_own_bytes(
    tmp_path: Path, asked: str, guarded: bool
) -> None:
    for number in range(LISTENERS):
        (tmp_path / str(number)).write_bytes(bytes([number]) * SONG)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = tmp_path / scope["path"].strip("/")
        if guarded:
            await serve_file(scope, receive, send, path=path, media_type=MEDIA)
            return
        source = FileSource(path, read_cached=uncopied)
        try:
            await serve_ranged(scope, receive, send, source=source, media_type=MEDIA)
        finally:
            source.close()

    with serving(app) as address:
        clients = [request(address, f"/{number}", asked) for number in range(LISTENERS)]
        time.sleep(0.2)  # all are answered, none has read
        bodies = [read_to_end(client)[1] for client in clients]
    size = CHUNK if asked else SONG
    assert [len(body) for body in bodies] == [size] * LISTENERS
    own = [body == bytes([number]) * size for number, body in enumerate(bodies)]
    assert all(own) if guarded else not all(own)


def test_a_file_that_shrinks_meanwhile_ends_the_connection_unpadded(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(b"x" * (64 * CHUNK))
    with serving(partial(serve_file, path=path, media_type=MEDIA)) as address:
        client = request(address, "/")
        time.sleep(0.1)  # the answer has begun and waits for us to read
        os.truncate(path, 8 * CHUNK)
        head, body = read_to_end(client)
    assert head.startswith(b"HTTP/1.1 200") and f"content-length: {64 * CHUNK}".encode() in head
    assert 8 * CHUNK <= len(body) < 64 * CHUNK and set(body) == set(b"x")


def test_a_listener_who_leaves_ends_the_making(tmp_path: Path) -> None:
    source = MadeUp(bytes(64 * CHUNK), piece=CHUNK, pause_s=0.01)
    with serving(partial(serve_ranged, source=source, media_type=MEDIA)) as address:
        client = request(address, "/")
        client.recv(1000)
        client.close()
        end = time.monotonic() + 3
        while not source.stopped_early:
            assert time.monotonic() < end
            time.sleep(0.01)


def test_a_connection_serves_on_after_ranges(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(CONTENT)
    with serving(partial(serve_file, path=path, media_type=MEDIA)) as address:
        with socket.create_connection(address, timeout=10) as client:
            for start, end in [(0, 9), (5, 2 * CHUNK), (100, 199)]:
                client.sendall(f"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes={start}-{end}\r\n\r\n".encode())
                data = b""
                while len(data.partition(b"\r\n\r\n")[2]) < end - start + 1:
                    data += client.recv(65536)
                assert data.partition(b"\r\n\r\n")[2] == CONTENT[start : end + 1]

"""The listener of all benchmarks: HTTP/1.1 over a socket, with the time at which each byte came.

One client for every server, and so small that what is measured is the server.
"""

import socket
import time
from dataclasses import dataclass, field
from types import TracebackType

import httptools

TIMEOUT_S = 60.0
READ = 256 << 10


@dataclass(slots=True)
class Answer:
    """What came, and when. Times are seconds since the request (or since `since`, given to `get`)."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytearray = field(default_factory=bytearray)
    arrivals: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    """After so many seconds the body had so many bytes."""
    ended: bool = False

    @property
    def first_byte_s(self) -> float:
        """Of the body: headers are not sound."""
        return self.arrivals[0][0]

    def when(self, count: int) -> float:
        """When the body first had `count` bytes. Raises LookupError when it never had."""
        for at, have in self.arrivals:
            if have >= count:
                return at
        raise LookupError(f"{count} bytes of {len(self.body)}")


class _Reader:
    """What httptools calls while it parses."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode().lower()] = value.decode()

    def on_body(self, body: bytes) -> None:
        self.answer.body += body

    def on_message_complete(self) -> None:
        self.answer.ended = True


class Connection:
    """One keep-alive connection; opened with the first request, whose time includes that."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def get(
        self,
        target: str,
        headers: dict[str, str] | None = None,
        *,
        at_least: int | None = None,
        since: float | None = None,
    ) -> Answer:
        """GET `target`; the whole body, or as soon as `at_least` bytes of it are here (then close)."""
        begun = time.perf_counter() if since is None else since
        if self._socket is None:
            self._socket = socket.create_connection(self._address, TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {target} HTTP/1.1", f"Host: {self._address[0]}:{self._address[1]}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = Answer()
        reader = _Reader(answer)
        parser = httptools.HttpResponseParser(reader)
        while not answer.ended and (at_least is None or len(answer.body) < at_least):
            received = self._socket.recv(READ)
            at = time.perf_counter() - begun
            if not received:
                break
            before = len(answer.body)
            parser.feed_data(received)
            if len(answer.body) > before:
                answer.arrivals.append((at, len(answer.body)))
        answer.status = parser.get_status_code()
        if not answer.ended:
            self.close()
        return answer


def fetch(
    port: int, target: str, headers: dict[str, str] | None = None, *, at_least: int | None = None
) -> Answer:
    """One request on a connection of its own."""
    with Connection(port) as connection:
        return connection.get(target, headers, at_least=at_least)

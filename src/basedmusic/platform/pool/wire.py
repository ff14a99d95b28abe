"""What goes over the socket pairs: 4 bytes of length (big endian), then MessagePack of one struct.

Never pickle: what a media process sends is decoded to declared types only, so that a decoder taken over by
a hostile file can lie about its result and nothing more.
"""

import socket
from collections.abc import Sequence
from typing import TypeVar

import msgspec

MAX_FRAME = 32 << 20
"""Bytes. Larger requests and replies belong into files, which both sides can name by path."""

_HEADER = 4

T = TypeVar("T")


class FrameTooLarge(Exception):
    """The message does not fit into `MAX_FRAME` bytes."""


class _Message(msgspec.Struct, frozen=True, array_like=True, tag=True):
    pass


# Owner to forkserver


class Setup(_Message, frozen=True):
    """Sent once, first."""

    preload: Sequence[str]
    allowed: Sequence[str]
    nice: int
    address_space_headroom: int


class Fork(_Message, frozen=True):
    """Comes with one file descriptor: the new child's end of its socket pair."""


class Kill(_Message, frozen=True):
    pid: int


ToServer = Setup | Fork | Kill


# Forkserver to owner


class Ready(_Message, frozen=True):
    """Everything is imported; forks are quick from here on."""


class Broken(_Message, frozen=True):
    """Start-up failed for good; the forkserver exits."""

    traceback: str


class Forked(_Message, frozen=True):
    pid: int


class Exited(_Message, frozen=True):
    pid: int
    cause: str
    """`exit 1`, `SIGSEGV`: for people and logs."""


FromServer = Ready | Broken | Forked | Exited


# Owner to child and back


class Request(_Message, frozen=True):
    target: str
    payload: msgspec.Raw


class Progress(_Message, frozen=True):
    fraction: float


class Done(_Message, frozen=True):
    result: msgspec.Raw


class Refused(_Message, frozen=True):
    code: str
    detail: str
    extra: dict[str, object]


class Failed(_Message, frozen=True):
    traceback: str


class OutOfMemory(_Message, frozen=True):
    pass


FromChild = Progress | Done | Refused | Failed | OutOfMemory

encode = msgspec.msgpack.Encoder(enc_hook=str).encode


def frame(message: object) -> bytes:
    """The bytes of one message, header included. Raises FrameTooLarge."""
    body = encode(message)
    if len(body) > MAX_FRAME:
        raise FrameTooLarge(f"{len(body)} bytes")
    return len(body).to_bytes(_HEADER, "big") + body


class FrameBuffer:
    """Bytes in as they arrive, whole message bodies out."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies completed by `data`. Raises FrameTooLarge as soon as a header announces one."""
        held = self._held
        held += data
        bodies: list[bytes] = []
        start = 0
        while len(held) - start >= _HEADER:
            end = start + _HEADER + _length(held[start : start + _HEADER])
            if len(held) < end:
                break
            bodies.append(bytes(memoryview(held)[start + _HEADER : end]))
            start = end
        if start:
            del held[:start]
        return bodies


def receive(sock: socket.socket) -> bytes | None:
    """One body from a blocking socket, or None at a clean or unclean end."""
    header = _receive_exactly(sock, _HEADER)
    return _receive_exactly(sock, _length(header)) if header else None


def receive_with_fd(sock: socket.socket) -> tuple[bytes, int | None] | None:
    """As `receive`, with the file descriptor that came along (SCM_RIGHTS rides on a frame's first byte)."""
    header, fds, _, _ = socket.recv_fds(sock, _HEADER, 1)
    if len(header) < _HEADER:
        rest = _receive_exactly(sock, _HEADER - len(header)) if header else None
        if rest is None:
            return None
        header += rest
    body = _receive_exactly(sock, _length(header))
    return (body, fds[0] if fds else None) if body is not None else None


def _length(header: bytes | bytearray) -> int:
    length = int.from_bytes(header, "big")
    if length > MAX_FRAME:
        raise FrameTooLarge(f"{length} bytes announced")
    return length


def _receive_exactly(sock: socket.socket, count: int) -> bytes | None:
    data = sock.recv(count, socket.MSG_WAITALL)
    while data and len(data) < count:  # a signal or a full buffer may cut MSG_WAITALL short
        more = sock.recv(count - len(data))
        if not more:
            return None
        data += more
    return data or None

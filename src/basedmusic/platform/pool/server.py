"""The owner's end of a forkserver: start it, ask it for children, hear how they died, end it."""

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import msgspec
import structlog

from basedmusic.platform.pool import wire
from basedmusic.platform.pool.confine import clean_environment
from basedmusic.platform.pool.errors import MediaUnavailable

log = structlog.get_logger()

START_TIMEOUT_S = 60.0
"""Importing everything, at nice 19 on a busy machine."""
FORK_TIMEOUT_S = 10.0
CAUSE_TIMEOUT_S = 0.5
CLOSE_TIMEOUT_S = 2.0

_FORKSERVER_DIED = "its forkserver died"

_decoder: msgspec.msgpack.Decoder[wire.FromServer] = msgspec.msgpack.Decoder(wire.FromServer)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ServerSpec:
    name: str
    preload: Sequence[str]
    allowed: Sequence[str]
    nice: int
    address_space_headroom: int


class ServerHandle(asyncio.Protocol):
    """One forkserver process. `lost` once it is gone, whoever ended it."""

    def __init__(self, process: "subprocess.Popen[bytes]", name: str, control: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self.lost = False
        self.pid = process.pid
        self._process = process
        self._name = name
        self._control = control
        self._transport: asyncio.Transport | None = None
        self._ready: asyncio.Future[None] = loop.create_future()
        self._forking: deque[asyncio.Future[int]] = deque()
        self._causes: dict[int, str] = {}
        self._mourning: dict[int, asyncio.Future[str]] = {}
        self._buffer = wire.FrameBuffer()
        self._reaping: asyncio.Future[int] | None = None

    @classmethod
    async def start(cls, spec: ServerSpec) -> "ServerHandle":
        """Raises MediaUnavailable when the process does not come up with everything imported."""
        ours, theirs = socket.socketpair()
        with theirs:
            # In this thread on purpose: the kernel ties "die with your parent" to the thread that forked.
            process = _spawn(spec.name, theirs)
        handle = cls(process, spec.name, ours)
        setup = wire.Setup(spec.preload, spec.allowed, spec.nice, spec.address_space_headroom)
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await asyncio.get_running_loop().create_unix_connection(lambda: handle, sock=ours.dup())
                handle._tell(setup)
                await handle._ready
        except TimeoutError:
            await handle.close()
            raise MediaUnavailable from None
        except BaseException:
            await handle.close()
            raise
        return handle

    async def fork(self) -> tuple[int, socket.socket]:
        """A new child's process id and our end of its socket pair. Raises MediaUnavailable."""
        if self.lost:
            raise MediaUnavailable
        ours, theirs = socket.socketpair()
        forked: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        try:
            with theirs:
                # Beside the transport, which can't send descriptors; the kernel keeps the frames in order.
                socket.send_fds(self._control, [wire.frame(wire.Fork())], [theirs.fileno()])
            self._forking.append(forked)
            async with asyncio.timeout(FORK_TIMEOUT_S):
                return await forked, ours
        except (OSError, TimeoutError) as error:
            ours.close()
            raise MediaUnavailable from error
        except BaseException:
            ours.close()  # the child, if there is one, sees its socket end and leaves
            raise

    def kill(self, pid: int) -> None:
        """SIGKILL for our child `pid`, sent by its parent: the number can't have become a stranger's."""
        if not self.lost:
            self._tell(wire.Kill(pid))

    async def cause_of_death(self, pid: int) -> str:
        """How child `pid` ended (`SIGSEGV`, `exit 1`), as soon as that is known. Call once per child."""
        if pid in self._causes:
            return self._causes.pop(pid)
        if self.lost:
            return _FORKSERVER_DIED
        known: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._mourning[pid] = known
        try:
            async with asyncio.timeout(CAUSE_TIMEOUT_S):
                return await known
        except TimeoutError:
            return "cause unknown"
        finally:
            self._mourning.pop(pid, None)

    async def close(self) -> None:
        """End the forkserver and with it all its children; returns when it is gone."""
        if self._transport is not None:
            self._transport.abort()
        self._control.close()
        reaping = self._reap()
        done, _ = await asyncio.wait([reaping], timeout=CLOSE_TIMEOUT_S)
        if not done:
            self._process.kill()
            await reaping

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without saying so

    def data_received(self, data: bytes) -> None:
        for body in self._buffer.feed(data):
            match _decoder.decode(body):
                case wire.Ready():
                    _resolve(self._ready, None)
                case wire.Broken(traceback):
                    log.error("media_forkserver_broken", pool=self._name, traceback=traceback)
                case wire.Forked(pid):
                    _resolve(self._forking.popleft(), pid)
                case wire.Exited(pid, cause):
                    waiting = self._mourning.get(pid)
                    if waiting is None:
                        self._causes[pid] = cause
                    else:
                        _resolve(waiting, cause)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._control.close()
        for waiting in self._mourning.values():
            _resolve(waiting, _FORKSERVER_DIED)
        for future in (self._ready, *self._forking):
            if not future.done():
                future.set_exception(MediaUnavailable())
                future.exception()  # seen: nobody need be waiting any more
        self._reap()

    def _tell(self, message: wire.ToServer) -> None:
        if self._transport is not None:
            self._transport.write(wire.frame(message))

    def _reap(self) -> "asyncio.Future[int]":
        if self._reaping is None:
            self._reaping = asyncio.get_running_loop().run_in_executor(None, self._process.wait)
        return self._reaping


def _spawn(name: str, control: socket.socket) -> "subprocess.Popen[bytes]":
    fd = control.fileno()
    module = "basedmusic.platform.pool.forkserver"
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, name, str(fd), str(os.getpid())],
        env=clean_environment(os.environ, sys.path),
        pass_fds=[fd],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a command's output is the command's; warnings go to standard error
    )


def _resolve(future: "asyncio.Future[T]", value: T) -> None:
    if not future.done():
        future.set_result(value)

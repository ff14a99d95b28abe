"""A cable between a browser and the server that a test can cut, in the middle of what is being sent."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class Cable:
    """Carries bytes both ways. Cut, it carries nothing, and takes no new connection, until it is mended."""

    place: tuple[str, int]
    address: str = ""
    cut: bool = False
    carried: int = 0
    """Bytes towards the server."""
    _cut_after: int | None = None
    _swallow: bytes | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    def cut_after(self, count: int) -> None:
        """Once that many bytes more went towards the server."""
        self._cut_after = self.carried + count

    def swallow_answer_to(self, start: str) -> None:
        """Carry a request that begins so, whole; cut as its answer comes."""
        self._swallow = start.encode()

    def unplug(self) -> None:
        """Cut it now."""
        self._fall()

    def mend(self) -> None:
        self.cut, self._cut_after, self._swallow = False, None, None

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if self.cut:
            back.close()
            return
        far, there = await asyncio.open_connection(*self.place)
        self._open |= {back, there}
        asked = asyncio.Event()
        with suppress(OSError):
            await asyncio.gather(self._send(near, there, asked), self._answer(far, back, asked))
        for writer in (back, there):
            self._open.discard(writer)
            writer.close()

    async def _send(
        self, near: asyncio.StreamReader, there: asyncio.StreamWriter, asked: asyncio.Event
    ) -> None:
        while sent := await near.read(CHUNK):
            if self._swallow and sent.startswith(self._swallow):
                asked.set()
            self.carried += len(sent)
            if self._cut_after is not None and self.carried > self._cut_after:
                self._fall()
                return
            there.write(sent)
            await there.drain()
        there.close()

    async def _answer(
        self, far: asyncio.StreamReader, back: asyncio.StreamWriter, asked: asyncio.Event
    ) -> None:
        while answered := await far.read(CHUNK):
            if asked.is_set():
                self._fall()
                return
            back.write(answered)
            await back.drain()
        back.close()

    def _fall(self) -> None:
        self.cut = True
        for writer in self._open:
            writer.transport.abort()


@asynccontextmanager
async def cable_to(place: tuple[str, int]) -> AsyncGenerator[Cable]:
    cable = Cable(place)
    server = await asyncio.start_server(cable.carry, "127.0.0.1", 0)
    cable.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield cable
    finally:
        cable._fall()
        server.close()

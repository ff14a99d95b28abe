"""An answer that is sent while it is made: honest before its first piece, never mistaken for whole after it."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from starlette.types import Message, Scope

from basedmusic.kernel.errors import TooManyRequests
from basedmusic.platform.files import BodyBroken
from basedmusic.platform.growing import serve_growing, wants_all

pytestmark = pytest.mark.anyio


class Client:
    """Its end of an ASGI connection; `leaves_after` so many messages."""

    def __init__(self, leaves_after: int | None = None) -> None:
        self.messages: list[Message] = []
        self._left = asyncio.Event()
        self._leaves_after = leaves_after

    async def receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if len(self.messages) == self._leaves_after:
            self._left.set()

    @property
    def ended(self) -> bool:
        return bool(self.messages) and self.messages[-1].get("more_body") is False

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)


class Maker:
    """Three pieces; fails before the piece with the number `fails_at`."""

    def __init__(self, fails_at: int | None = None, pause_s: float = 0) -> None:
        self.made = 0
        self._fails_at = fails_at
        self._pause_s = pause_s

    async def pieces(self) -> AsyncGenerator[bytes]:
        for number in range(3):
            if number == self._fails_at:
                raise TooManyRequests("busy", retry_after_s=1)
            await asyncio.sleep(self._pause_s)
            self.made += 1
            yield b"%d" % number


async def serve(client: Client, maker: Maker) -> None:
    await serve_growing(
        asking(),
        client.receive,
        client.send,
        pieces=maker.pieces(),
        media_type="audio/mp4",
        headers={"Cache-Control": "public"},
        etag='"v1"',
    )


def asking(method: str = "GET", **fields: str) -> Scope:
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    return {"type": "http", "http_version": "1.1", "method": method, "headers": headers}


async def test_all_of_it_arrives_without_a_length() -> None:
    client = Client()
    await serve(client, Maker())
    assert (client.body, client.ended) == (b"012", True)
    assert dict(client.messages[0]["headers"]) == {
        b"cache-control": b"public",
        b"accept-ranges": b"bytes",
        b"content-type": b"audio/mp4",
        b"etag": b'"v1"',
    }


async def test_what_fails_at_once_is_an_honest_error() -> None:
    client = Client()
    with pytest.raises(TooManyRequests):
        await serve(client, Maker(fails_at=0))
    assert client.messages == []


async def test_what_fails_later_is_never_ended_as_if_it_were_whole() -> None:
    client = Client()
    with pytest.raises(BodyBroken):
        await serve(client, Maker(fails_at=2))
    assert (client.body, client.ended) == (b"01", False)


async def test_nothing_is_made_for_who_has_left() -> None:
    maker = Maker(pause_s=0.05)
    await asyncio.wait_for(serve(client := Client(leaves_after=2), maker), 5)
    assert (maker.made, client.ended) == (1, False)


@pytest.mark.parametrize(
    ("scope", "all_of_it"),
    [
        (asking(), True),
        (asking("HEAD"), False),
        (asking(range="bytes=0-1"), False),
        (asking(if_none_match='"v1"'), False),
        (asking(accept="audio/mp4"), True),
        ({**asking(), "http_version": "1.0"}, False),
    ],
)
def test_who_wants_all_asks_for_no_part(scope: Scope, all_of_it: bool) -> None:
    assert wants_all(scope) is all_of_it

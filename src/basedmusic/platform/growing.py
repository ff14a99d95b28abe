"""An answer that is sent while it is made, its length not known beforehand (RFC 9112 §7.1: chunked)."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from starlette.types import Receive, Scope, Send

from basedmusic.platform.connected import WhileConnected
from basedmusic.platform.files import BodyBroken
from basedmusic.platform.ranges import Conditions


def wants_all(scope: Scope) -> bool:
    """Whether the request is a GET of the whole, without a range or a condition to be held against it.

    By a client that knows chunks: HTTP/1.0 would take their framing for content (RFC 9112 §6.1).
    """
    return (
        scope["method"] == "GET"
        and scope["http_version"] != "1.0"
        and Conditions.of(scope["headers"]) == Conditions()
    )


async def serve_growing(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    pieces: AsyncGenerator[bytes],
    media_type: str,
    headers: Mapping[str, str],
    etag: str,
) -> None:
    """Answer a request that `wants_all`. When the client leaves, `pieces` is cancelled wherever it waits.

    What it raises before its first piece is raised here, with nothing sent yet; later it is BodyBroken, and
    the connection is closed without the last chunk, so that nobody takes a part for the whole.
    """
    fields = {**headers, "accept-ranges": "bytes", "content-type": media_type, "etag": etag}
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    started = False
    try:
        async with WhileConnected(receive) as connection, aclosing(pieces):
            async for piece in pieces:
                if not started:
                    started = True
                    await send({"type": "http.response.start", "status": 200, "headers": raw})
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            connection.settle()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except Exception as error:
        if not started or isinstance(error, BodyBroken):
            raise
        raise BodyBroken(repr(error)) from error

"""HEAD for pages and probes: answered as the GET is, without its content (RFC 9110 §9.3.2).

FastAPI's routes know GET only. Sound and covers answer HEAD themselves, since a GET would make what nobody takes.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN = ("/api/", "/media/", "/covers/")


class HeadsOfPages:
    """Pure ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(OWN):
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)

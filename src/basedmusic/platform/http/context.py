"""Around every request: an id in the log and the answer, one log line, one measurement, safe headers."""

import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from basedmusic.kernel.clock import Clock
from basedmusic.kernel.errors import AppError, Invalid, NotFound
from basedmusic.platform.http.origin import SAFE_METHODS
from basedmusic.platform.http.problem import problem_of, unexpected
from basedmusic.platform.metrics import REQUESTS

log = structlog.get_logger()

_BARE = frozenset({"media", "assets"})


class RequestContext:
    """Pure ASGI: Starlette's BaseHTTPMiddleware wraps a task around each request, which is dear."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                # What differs by who asks must not lie in a cache between; whoever may be shared says so itself.
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refusal = _refusal_of_address(scope)
        answer = self._app if refusal is None else problem_of(refusal)
        try:
            await answer(scope, receive, send_with_id)
        except Exception as error:
            if status:  # too late for an answer: the server closes the connection
                raise
            # Answered here, not left to Starlette, which raises it again: uvicorn would reset the connection
            # under the client's next request.
            await unexpected(error)(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            route = _route(scope)
            REQUESTS.labels(scope["method"], route, status or 500).observe(seconds)
            looked = scope["method"] in SAFE_METHODS and 0 < status < 400
            (log.debug if looked else log.info)(  # what people look at and hear would bury everything else
                "request",
                method=scope["method"],
                route=route,
                status=status or 500,
                ms=round(seconds * 1000, 1),
            )


def _refusal_of_address(scope: Scope) -> AppError | None:
    """NUL in an address, which no database and no file system takes: a path with it names nothing.

    The server has decoded the path, but not the query. Half surrogates it has replaced already.
    """
    if "\0" in scope["path"]:
        return NotFound()
    if b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
        return Invalid("The query may not contain NUL")
    return None


def _route(scope: Scope) -> str:
    """A label of few values: the route's template, or for bare routes the first part of the path."""
    template = getattr(scope.get("route"), "path", None)
    if template is not None:
        return template
    first = scope["path"].lstrip("/").split("/", 1)[0]  # "OPTIONS *" has no slash at all
    return f"/{first}" if first in _BARE else "unmatched"


def _request_id(headers: Headers) -> str:
    """The caller's own id if it is short and plain, so that a proxy's log and ours can be joined."""
    given = headers.get("x-request-id", "")
    return given if 8 <= len(given) <= 64 and given.replace("-", "").isalnum() else uuid4().hex


def clock_of(connection: HTTPConnection) -> Clock:
    """The one clock of this process, put into the application's state by the composition root."""
    return connection.app.state.clock

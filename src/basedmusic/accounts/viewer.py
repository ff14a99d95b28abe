"""Who sends a request: the dependencies that every slice's routes use.

A bearer token wins over a cookie, and one that is no longer good is refused rather than passed over. A
cookie that is no longer good belongs to nobody: its browser sees what anyone sees. Each looks the session
up on a connection that it gives back at once, so name them before a route's `Transaction`: a request that
held one connection and waited for a second could deadlock the pool.
"""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import HTTPConnection

from basedmusic.accounts import service
from basedmusic.accounts.contracts import ANONYMOUS, KeyOutOfScope, SessionEnded, SignedInViewer, Viewer
from basedmusic.accounts.rules.keys import can_use_key
from basedmusic.accounts.service.keys import KEY_PREFIX
from basedmusic.accounts.tokens import AccessTokens, Secret
from basedmusic.kernel.errors import SignInRequired
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import database_of
from basedmusic.platform.http.origin import SAFE_METHODS, require_same_origin
from basedmusic.platform.http.permission import permission_of

COOKIE = "basedmusic_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""The prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis §4.1.3.2)."""

_bearer_scheme = HTTPBearer(
    auto_error=False, scheme_name="bearer", description="From POST /sessions, or a key"
)
_cookie_scheme = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="cookie",
    description=f"Set by POST /sessions with X-Session: cookie; named {SECURE_COOKIE} under https",
)


def cookie_name(connection: HTTPConnection) -> str:
    return SECURE_COOKIE if connection.app.state.settings.https else COOKIE


def access_tokens_of(connection: HTTPConnection) -> AccessTokens:
    return connection.app.state.access_tokens


def bearer_token(connection: HTTPConnection) -> str | None:
    """What follows `Bearer` (RFC 6750 §2.1), empty if nothing does; None for another scheme or none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def find_viewer(connection: HTTPConnection) -> Viewer:
    """Of a request or a WebSocket. Raises SessionEnded and AccountSuspended (bearer), ForeignOrigin (cookie)."""
    token = bearer_token(connection)
    if token is not None:
        return await _bearer_viewer(connection, token)
    cookie = connection.cookies.get(cookie_name(connection))
    return await _cookie_viewer(connection, cookie) if cookie else ANONYMOUS


async def require_viewer(
    viewer: Annotated[Viewer, Depends(find_viewer)],
    _bearer: Annotated[object, Security(_bearer_scheme)],
    _cookie: Annotated[object, Security(_cookie_scheme)],
) -> SignedInViewer:
    """The two schemes are there for the OpenAPI document. Raises SignInRequired too."""
    if not isinstance(viewer, SignedInViewer):
        raise SignInRequired
    return viewer


CurrentViewer = Annotated[Viewer, Depends(find_viewer)]
"""Whoever looks; anonymous included."""
SignedIn = Annotated[SignedInViewer, Depends(require_viewer)]
"""A viewer with an account."""


async def _bearer_viewer(connection: HTTPConnection, token: str) -> SignedInViewer:
    now = clock_of(connection)()
    if token.startswith(KEY_PREFIX):
        return await _key_viewer(connection, Secret(token), now)
    tokens = access_tokens_of(connection)
    session_id = tokens.session_of(token, now)
    async with database_of(connection).connection() as conn:
        viewer = await service.find_viewer_by_session(conn, session_id, now)
        if not isinstance(viewer, SignedInViewer):
            await service.require_unsuspended(conn, tokens.account_of(token, now), now)
            raise SessionEnded
    return viewer


async def _key_viewer(connection: HTTPConnection, presented: Secret, now: datetime) -> SignedInViewer:
    """The one place where a key's scopes are held against the route. Raises KeyInvalid, KeyOutOfScope."""
    async with database_of(connection).connection() as conn:
        key = await service.find_key(conn, presented, now)
    word, opened = permission_of(connection)
    if not can_use_key(key.scopes, connection.scope.get("method", ""), word, opened):
        raise KeyOutOfScope
    return SignedInViewer(key.account_id, None)


async def _cookie_viewer(connection: HTTPConnection, cookie: str) -> Viewer:
    # A WebSocket has no method, and a page of another site may open one: it counts as unsafe.
    if connection.scope.get("method") not in SAFE_METHODS:
        require_same_origin(connection)
    async with database_of(connection).connection() as conn:
        return await service.find_viewer_by_cookie(conn, Secret(cookie), clock_of(connection)())

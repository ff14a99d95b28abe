"""The session's cookie, and the mark beside it."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.rules import SESSION_LONGEST
from basedmusic.accounts.service import Grant
from basedmusic.accounts.viewer import SECURE_COOKIE, cookie_name

NO_STORE = {"Cache-Control": "no-store"}
SIGNED_IN_MARK = "basedmusic_signed_in"
"""A cookie beside the session's that the page can read, worth nothing by itself: without it the page need not
ask who is looking, and a guest's visit begins without a refused request. Its value tells one account from
another, so that what a browser keeps of one is never shown to the next, with or without a connection."""


def with_cookie(request: Request, response: Response, grant: Grant) -> Response:
    """The browser keeps it as long as a session can last at most; the server ends an idle one earlier."""
    response.headers.update(NO_STORE)
    secure = cookie_name(request) == SECURE_COOKIE
    life = int(SESSION_LONGEST.total_seconds())
    cookies = (cookie_name(request), grant.secret.text, True), (SIGNED_IN_MARK, _mark(grant), False)
    for name, value, hidden in cookies:
        response.set_cookie(name, value, life, path="/", secure=secure, httponly=hidden, samesite="lax")
    return response


def without_cookie(request: Request, response: Response | None = None) -> Response:
    response = response or Response(status_code=204, headers=NO_STORE)
    secure = cookie_name(request) == SECURE_COOKIE
    for name, hidden in ((cookie_name(request), True), (SIGNED_IN_MARK, False)):
        response.delete_cookie(name, path="/", secure=secure, httponly=hidden, samesite="lax")
    return response


def _mark(grant: Grant) -> str:
    return hashlib.blake2b(grant.account_id.bytes, digest_size=8).hexdigest()

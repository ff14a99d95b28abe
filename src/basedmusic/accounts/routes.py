"""/accounts, /sessions and /me."""

import hashlib
import hmac
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, FastAPI, Header
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.contracts import RefreshReused, SessionKind
from basedmusic.accounts.passwords import Passwords, argon2id
from basedmusic.accounts.rules import ACCESS_TOKEN_LIFE, SESSION_LONGEST, check_new_account, normalise_email
from basedmusic.accounts.schemas import (
    AccountOut,
    CookieSessionOut,
    MeOut,
    RefreshIn,
    SignInIn,
    SignUpIn,
    TokensOut,
)
from basedmusic.accounts.service import Grant
from basedmusic.accounts.tokens import AccessTokens, Secret
from basedmusic.accounts.viewer import SECURE_COOKIE, SignedIn, access_tokens_of, bearer_token, cookie_name
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.origin import client_address, limit_key, require_same_origin
from basedmusic.platform.http.problem import RESPONSES, problem_of

SIGN_UPS_PER_ADDRESS = "10/hour"
SIGN_INS_PER_ADDRESS = "10/minute"
SIGN_INS_PER_ACCOUNT_AND_ADDRESS = "20/hour"
SIGN_INS_PER_ACCOUNT = "100/hour"
"""Above the one before, so that one person guessing does not lock the owner out of the account."""
REFRESHES_PER_ADDRESS = "60/minute"

api = APIRouter(responses=RESPONSES, tags=["accounts"])
"""Under /api/v1."""

NO_STORE = {"Cache-Control": "no-store"}
SIGNED_IN_MARK = "basedmusic_signed_in"
"""A cookie beside the session's that the page can read, worth nothing by itself: without it the page need not
ask who is looking, and a guest's visit begins without a refused request. Its value tells one account from
another, so that what a browser keeps of one is never shown to the next, with or without a connection."""


def install(app: FastAPI) -> None:
    """Give `app.state`, which has its secrets already, what signing in needs."""
    app.state.access_tokens = AccessTokens(app.state.secrets.key("access-token"))
    app.state.passwords = Passwords(argon2id())


@api.post("/accounts", status_code=201, response_model=AccountOut)
async def sign_up(body: SignUpIn, request: Request, idempotency: Idempotency) -> Response:
    """Make an account; sign in with it afterwards.

    An address that has an account is refused with 409 `email_taken`. That tells who is here, and is
    chosen over a silent answer because a person who forgot about an account must learn it; the limit per
    address keeps it from being a way to ask for many.
    """
    address = _address(request)
    limiter_of(request).hit(SIGN_UPS_PER_ADDRESS, "sign_up", address)
    new = check_new_account(body.email, body.password.get_secret_value(), body.display_name)
    hashed = await _passwords(request).hash(new.password)
    fields = (new.email_normalised, new.password, new.display_name)
    # Keyed, since the digest is kept for a day and must not be of use for guessing the password.
    digest = hmac.digest(
        request.app.state.secrets.key("sign-up-digest"), msgspec.json.encode(fields), hashlib.sha256
    )
    # Not the `Transaction` dependency: no connection should be held while the password is being hashed.
    async with database_of(request).transaction() as tx:

        async def effect() -> Response:
            account = await service.add_account(tx, new, hashed)
            return json_answer(201, AccountOut.model_validate(account).model_dump(mode="json"))

        return await idempotency.run(tx, address, digest, effect)


@api.post("/sessions", status_code=201, response_model=TokensOut | CookieSessionOut)
async def sign_in(
    body: SignInIn,
    request: Request,
    x_session: Annotated[
        Literal["cookie", "bearer"], Header(description="`cookie`: for the page, answers with no tokens")
    ] = "bearer",
) -> Response:
    """Sign in: tokens for a program, a cookie that scripts can't read for the page.

    An unknown address and a wrong password get the same answer after the same work.
    """
    kind = SessionKind(x_session)
    if kind is SessionKind.COOKIE:
        require_same_origin(request)
    _limit_sign_in(request, body.email)
    grant = await service.sign_in(
        database_of(request),
        _passwords(request),
        body.email,
        body.password.get_secret_value(),
        kind,
        clock_of(request)(),
    )
    if kind is SessionKind.BEARER:
        return _tokens(request, grant)
    async with database_of(request).connection() as conn:
        account = await service.get_account(conn, grant.account_id)
    answer = CookieSessionOut(account=AccountOut.model_validate(account))
    return _with_cookie(request, json_answer(201, answer.model_dump(mode="json")), grant)


@api.post("/sessions/refresh", status_code=201, response_model=TokensOut)
async def refresh(body: RefreshIn, request: Request, tx: Transaction) -> Response:
    """The next pair of tokens. Each refresh token works once.

    Presenting one a second time ends its session (401 `refresh_reused`), however soon: send one refresh
    at a time, and sign in again if its answer was lost.
    """
    limiter_of(request).hit(REFRESHES_PER_ADDRESS, "refresh", _address(request))
    outcome = await service.refresh_session(
        tx, Secret(body.refresh_token.get_secret_value()), clock_of(request)()
    )
    # Returned, not raised: the transaction that ended the session must commit.
    return problem_of(outcome) if isinstance(outcome, RefreshReused) else _tokens(request, outcome)


@api.delete("/sessions/current", status_code=204)
async def sign_out(viewer: SignedIn, request: Request, tx: Transaction) -> Response:
    """End this session; its cookie or tokens stop working at once."""
    assert viewer.session_id is not None
    await service.end_session(tx, viewer.session_id)
    return Response(status_code=204) if bearer_token(request) is not None else _without_cookie(request)


@api.delete("/sessions", status_code=204)
async def sign_out_everywhere(viewer: SignedIn, request: Request, tx: Transaction) -> Response:
    """End all sessions of the account, this one included, at once."""
    assert viewer.account_id is not None
    await service.end_sessions(tx, viewer.account_id)
    return _without_cookie(request)


@api.get("/me")
async def me(viewer: SignedIn, conn: ReadConnection, response: Response) -> MeOut:
    """The account, and the profiles it acts for."""
    assert viewer.account_id is not None
    response.headers.update(NO_STORE)
    account = await service.get_account(conn, viewer.account_id)
    return MeOut.of(account, await service.list_profiles(conn, viewer.account_id))


def _limit_sign_in(request: Request, email: str) -> None:
    """The address first, so that a flood from one does not use up what an account may be tried."""
    limiter, address = limiter_of(request), _address(request)
    account = hashlib.sha256(normalise_email(email.strip()).encode("utf-8", "replace")).hexdigest()
    limiter.hit(SIGN_INS_PER_ADDRESS, "sign_in", address)
    limiter.hit(SIGN_INS_PER_ACCOUNT_AND_ADDRESS, "sign_in_account", f"{account} {address}")
    limiter.hit(SIGN_INS_PER_ACCOUNT, "sign_in_account_all", account)


def _tokens(request: Request, grant: Grant) -> Response:
    answer = TokensOut(
        access_token=access_tokens_of(request).issue(grant.account_id, grant.session_id, clock_of(request)()),
        refresh_token=grant.secret.text,
        expires_in=int(ACCESS_TOKEN_LIFE.total_seconds()),
    )
    response = json_answer(201, answer.model_dump(mode="json"))
    response.headers.update(NO_STORE)
    return response


def _with_cookie(request: Request, response: Response, grant: Grant) -> Response:
    """The browser keeps it as long as a session can last at most; the server ends an idle one earlier."""
    response.headers.update(NO_STORE)
    secure = cookie_name(request) == SECURE_COOKIE
    life = int(SESSION_LONGEST.total_seconds())
    cookies = (cookie_name(request), grant.secret.text, True), (SIGNED_IN_MARK, _mark(grant), False)
    for name, value, hidden in cookies:
        response.set_cookie(name, value, life, path="/", secure=secure, httponly=hidden, samesite="lax")
    return response


def _mark(grant: Grant) -> str:
    return hashlib.blake2b(grant.account_id.bytes, digest_size=8).hexdigest()


def _without_cookie(request: Request) -> Response:
    response = Response(status_code=204, headers=NO_STORE)
    secure = cookie_name(request) == SECURE_COOKIE
    for name, hidden in ((cookie_name(request), True), (SIGNED_IN_MARK, False)):
        response.delete_cookie(name, path="/", secure=secure, httponly=hidden, samesite="lax")
    return response


def _address(request: Request) -> str:
    return limit_key(client_address(request, request.app.state.settings.trusted_proxies))


def _passwords(request: Request) -> Passwords:
    return request.app.state.passwords

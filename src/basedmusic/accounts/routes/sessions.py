"""/sessions: signing in, staying signed in, and ending it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.contracts import RefreshReused, SessionKind, Whereabouts
from basedmusic.accounts.devices import device_of
from basedmusic.accounts.routes.cookies import NO_STORE, with_cookie, without_cookie
from basedmusic.accounts.routes.limits import (
    REFRESHES_PER_ADDRESS,
    address_of,
    limit_passwords,
    passwords_of,
)
from basedmusic.accounts.rules import ACCESS_TOKEN_LIFE
from basedmusic.accounts.schemas import AccountOut, CookieSessionOut, RefreshIn, SignInIn, TokensOut
from basedmusic.accounts.service import Grant
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import SignedIn, access_tokens_of, bearer_token
from basedmusic.accounts.whereabouts import network_of, place_of
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import Transaction, database_of
from basedmusic.platform.http.idempotency import json_answer
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.origin import client_address, require_same_origin
from basedmusic.platform.http.permission import LINK, OWN, PUBLIC, permission
from basedmusic.platform.http.problem import problem_of

router = APIRouter()


@router.post(
    "/sessions",
    status_code=201,
    response_model=TokensOut | CookieSessionOut,
    openapi_extra=permission(PUBLIC),
)
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
    limit_passwords(request, body.email)
    grant = await service.sign_in(
        database_of(request),
        passwords_of(request),
        body.email,
        body.password.get_secret_value(),
        kind,
        clock_of(request)(),
        Whereabouts(
            device_of(request.headers.get("user-agent", "")),
            place_of(body.time_zone),
            network_of(client_address(request, request.app.state.settings.trusted_proxies)),
        ),
        letterhead_of(request),
    )
    if kind is SessionKind.BEARER:
        return _tokens(request, grant)
    async with database_of(request).connection() as conn:
        account = await service.get_account(conn, grant.account_id)
    answer = CookieSessionOut(account=AccountOut.model_validate(account))
    return with_cookie(request, json_answer(201, answer.model_dump(mode="json")), grant)


@router.post("/sessions/refresh", status_code=201, response_model=TokensOut, openapi_extra=permission(LINK))
async def refresh(body: RefreshIn, request: Request, tx: Transaction) -> Response:
    """The next pair of tokens. Each refresh token works once.

    If the answer was lost, the same token may be sent again for ten seconds, until the new one is used. Presenting
    a used one otherwise ends its session (401 `refresh_reused`), so send one refresh at a time.
    """
    limiter_of(request).hit(REFRESHES_PER_ADDRESS, "refresh", address_of(request))
    outcome = await service.refresh_session(
        tx, Secret(body.refresh_token.get_secret_value()), clock_of(request)()
    )
    # Returned, not raised: the transaction that ended the session must commit.
    return problem_of(outcome) if isinstance(outcome, RefreshReused) else _tokens(request, outcome)


@router.delete("/sessions/current", status_code=204, openapi_extra=permission(OWN))
async def sign_out(viewer: SignedIn, request: Request, tx: Transaction) -> Response:
    """End this session; its cookie or tokens stop working at once."""
    assert viewer.session_id is not None
    await service.end_session(tx, viewer.session_id)
    return Response(status_code=204) if bearer_token(request) is not None else without_cookie(request)


@router.delete("/sessions", status_code=204, openapi_extra=permission(OWN))
async def sign_out_everywhere(viewer: SignedIn, request: Request, tx: Transaction) -> Response:
    """End all sessions of the account, this one included, at once."""
    await service.end_sessions(tx, viewer.account_id)
    return without_cookie(request)


def _tokens(request: Request, grant: Grant) -> Response:
    answer = TokensOut(
        access_token=access_tokens_of(request).issue(grant.account_id, grant.session_id, clock_of(request)()),
        refresh_token=grant.secret.text,
        expires_in=int(ACCESS_TOKEN_LIFE.total_seconds()),
    )
    response = json_answer(201, answer.model_dump(mode="json"))
    response.headers.update(NO_STORE)
    return response

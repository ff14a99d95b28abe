"""/me/erasure: leaving for good; and taking it back, which is all that such an account can do."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.routes.cookies import NO_STORE, without_cookie
from basedmusic.accounts.routes.limits import address_of, limit_passwords, passwords_of
from basedmusic.accounts.rules.erasure import ERASURE_DELAY
from basedmusic.accounts.schemas import (
    ErasureIn,
    ErasureOut,
    ErasurePreviewOut,
    KeepIn,
    KeepLinkIn,
    LeftBehindOut,
)
from basedmusic.accounts.service import erasure
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import SignedIn, bearer_token
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.idempotency import json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import LINK, OWN, PUBLIC, permission
from basedmusic.platform.mail import Letterhead

router = APIRouter()

LOOKS_PER_ADDRESS = "60/minute"


@router.get("/me/erasure", openapi_extra=permission(OWN))
async def preview_erasure(viewer: SignedIn, conn: ReadConnection, response: Response) -> ErasurePreviewOut:
    """What would become of the profiles that nobody else owns."""
    response.headers.update(NO_STORE)
    left = await erasure.list_left_behind(conn, viewer.account_id)
    return ErasurePreviewOut(days=ERASURE_DELAY.days, left_behind=[LeftBehindOut.of(one) for one in left])


@router.post("/me/erasure", status_code=202, response_model=ErasureOut, openapi_extra=permission(OWN))
async def ask_for_erasure(body: ErasureIn, viewer: SignedIn, request: Request) -> Response:
    """Erase the account, and all that is kept about the person, in fourteen days; all sign-ins end at once.

    Takes no Idempotency-Key: whoever asked is signed out, and asking twice is asking once.
    """
    database = database_of(request)
    async with database.connection() as conn:
        account = await service.get_account(conn, viewer.account_id)
    limit_passwords(request, account.email)
    due_at = await erasure.ask_for_erasure(
        database,
        passwords_of(request),
        account,
        body.password.get_secret_value(),
        letterhead_of(request),
        clock_of(request)(),
    )
    answer = json_answer(202, ErasureOut(due_at=due_at).model_dump(mode="json"))
    answer.headers.update(NO_STORE)
    return answer if bearer_token(request) is not None else without_cookie(request, answer)


@router.post("/accounts/keep", status_code=204, openapi_extra=permission(PUBLIC))
async def keep_account(body: KeepIn, request: Request) -> Response:
    """Take an erasure back, with the account's address and password; it can sign in again then."""
    limit_passwords(request, body.email)
    await erasure.keep_account_by_password(
        database_of(request), passwords_of(request), body.email, body.password.get_secret_value()
    )
    return Response(status_code=204, headers=NO_STORE)


@router.post("/accounts/keep/link", status_code=204, openapi_extra=permission(LINK))
async def keep_account_by_link(body: KeepLinkIn, request: Request, tx: Transaction) -> Response:
    """The same, with the link of the mail, which works once."""
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "keep_account", address_of(request))
    await erasure.keep_account_by_link(tx, Secret(body.token.get_secret_value()), clock_of(request)())
    return Response(status_code=204, headers=NO_STORE)


def letterhead_of(request: Request) -> Letterhead:
    settings = request.app.state.settings
    return Letterhead(settings.scene_name, settings.address)

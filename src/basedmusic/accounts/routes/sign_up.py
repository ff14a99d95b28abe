"""/accounts."""

import hashlib
import hmac

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.contracts import TooYoung
from basedmusic.accounts.routes.ages import decide_age_once, remember_refusal
from basedmusic.accounts.routes.limits import SIGN_UPS_PER_ADDRESS, address_of, passwords_of
from basedmusic.accounts.rules import check_new_account
from basedmusic.accounts.schemas import AccountOut, SignUpIn
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import database_of
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import PUBLIC, permission

router = APIRouter()


@router.post("/accounts", status_code=201, response_model=AccountOut, openapi_extra=permission(PUBLIC))
async def sign_up(body: SignUpIn, request: Request, idempotency: Idempotency) -> Response:
    """Make an account; sign in with it afterwards. A mail asks to confirm its address.

    Whoever is too young (`too_young`) is told so, and for a day the same browser is told the same.

    An address that has an account is refused with 409 `email_taken`. That tells who is here, and is
    chosen over a silent answer because a person who forgot about an account must learn it; the limit per
    address keeps it from being a way to ask for many.
    """
    address = address_of(request)
    limiter_of(request).hit(SIGN_UPS_PER_ADDRESS, "sign_up", address)
    try:
        adult_from = decide_age_once(request, body.born)
    except TooYoung as refused:
        return remember_refusal(request, refused)
    new = check_new_account(body.email, body.password.get_secret_value(), body.display_name, adult_from)
    hashed = await passwords_of(request).hash(new.password)
    fields = (new.email_normalised, new.password, new.display_name, body.born)
    # Keyed, since the digest is kept for a day and must not be of use for guessing the password.
    digest = hmac.digest(
        request.app.state.secrets.key("sign-up-digest"), msgspec.json.encode(fields), hashlib.sha256
    )
    now = clock_of(request)()
    # Not the `Transaction` dependency: no connection should be held while the password is being hashed.
    async with database_of(request).transaction() as tx:

        async def effect() -> Response:
            account = await service.add_account(tx, new, hashed, now)
            await service.ask_to_verify(tx, letterhead_of(request), account, now)
            return json_answer(201, AccountOut.model_validate(account).model_dump(mode="json"))

        return await idempotency.run(tx, address, digest, effect)

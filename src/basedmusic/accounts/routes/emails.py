"""/me/email, and what the links in mails lead to."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.routes.cookies import NO_STORE, without_cookie
from basedmusic.accounts.routes.limits import (
    LINKS_PER_ADDRESS,
    MAILS_PER_ACCOUNT,
    RESETS_PER_ADDRESS,
    RESETS_PER_MAILBOX,
    address_of,
    limit_passwords,
    mailbox_key,
    passwords_of,
)
from basedmusic.accounts.schemas import (
    EmailOut,
    ForgottenPasswordIn,
    MailTokenIn,
    NewEmailIn,
    ResetPasswordIn,
    TakenBackOut,
)
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.errors import Conflict
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import Transaction, database_of
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import LINK, OWN, PUBLIC, permission

router = APIRouter()

# None of these takes an Idempotency-Key: sent twice, each leaves one mail more, one link that holds, or a refusal.


@router.post("/me/email/verification", status_code=204, openapi_extra=permission(OWN))
async def verify_again(viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """Send the mail that confirms the address once more; the link of the one before holds no longer."""
    account = await service.get_account(tx.conn, viewer.account_id)
    state = await service.get_address_state(tx.conn, account, _now(request))
    if account.email_verified_at and not state.returned:
        raise Conflict("This address is confirmed already")
    limiter_of(request).hit(MAILS_PER_ACCOUNT, "mails", str(viewer.account_id))
    await service.ask_to_verify(tx, letterhead_of(request), account, _now(request))


@router.post("/me/email", status_code=202, openapi_extra=permission(OWN))
async def change_email(body: NewEmailIn, viewer: SignedIn, request: Request, response: Response) -> EmailOut:
    """Send a link to the new address; the present one stays until it is used. The password is asked for."""
    response.headers.update(NO_STORE)
    database = database_of(request)
    async with database.connection() as conn:
        account = await service.get_account(conn, viewer.account_id)
    limit_passwords(request, account.email)
    limiter_of(request).hit(MAILS_PER_ACCOUNT, "mails", str(viewer.account_id))
    address = await service.ask_to_change(
        database,
        passwords_of(request),
        letterhead_of(request),
        account,
        email=body.email,
        password=body.password.get_secret_value(),
        now=_now(request),
    )
    return EmailOut(email=address)


@router.delete("/me/email/change", status_code=204, openapi_extra=permission(OWN))
async def stop_change(viewer: SignedIn, tx: Transaction) -> None:
    """Keep the present address: the link that was sent to the new one leads nowhere."""
    await service.stop_change(tx, viewer.account_id)


@router.post("/emails/confirm", openapi_extra=permission(LINK))
async def confirm_email(body: MailTokenIn, request: Request, tx: Transaction, response: Response) -> EmailOut:
    """Confirm an account's own address or its new one, by the link that was sent there."""
    response.headers.update(NO_STORE)
    limiter_of(request).hit(LINKS_PER_ADDRESS, "mail_links", address_of(request))
    address = await service.confirm_email(tx, letterhead_of(request), _secret(body), _now(request))
    return EmailOut(email=address)


@router.post("/emails/take-back", openapi_extra=permission(LINK))
async def take_email_back(
    body: MailTokenIn, request: Request, tx: Transaction, response: Response
) -> TakenBackOut:
    """Undo a change of address that was somebody else's doing: all sessions and keys end."""
    response.headers.update(NO_STORE)
    limiter_of(request).hit(LINKS_PER_ADDRESS, "mail_links", address_of(request))
    secret = await service.take_email_back(tx, _secret(body), _now(request))
    without_cookie(request, response)
    return TakenBackOut(reset_token=secret.text)


@router.post("/password-resets", status_code=202, openapi_extra=permission(PUBLIC))
async def request_reset(body: ForgottenPasswordIn, request: Request, tx: Transaction) -> None:
    """Send a link to choose a new password, if there is such an account. The answer is the same if not."""
    limiter_of(request).hit(RESETS_PER_ADDRESS, "resets", address_of(request))
    limiter_of(request).hit(RESETS_PER_MAILBOX, "resets_mailbox", mailbox_key(body.email))
    await service.request_reset(tx, body.email)


@router.post("/password-resets/use", status_code=204, openapi_extra=permission(LINK))
async def reset_password(body: ResetPasswordIn, request: Request) -> Response:
    """Choose a new password by the link that was mailed. All sessions of the account end; its keys stay."""
    limiter_of(request).hit(LINKS_PER_ADDRESS, "mail_links", address_of(request))
    await service.reset_password(
        database_of(request),
        passwords_of(request),
        letterhead_of(request),
        Secret(body.token.get_secret_value()),
        body.password.get_secret_value(),
        _now(request),
    )
    return without_cookie(request)


def _secret(body: MailTokenIn) -> Secret:
    return Secret(body.token.get_secret_value())


def _now(request: Request) -> datetime:
    return clock_of(request)()

"""/profiles/…/mail and /guests: mail for people without an account."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.limits import address_of
from basedmusic.accounts.rules import normalise_email
from basedmusic.accounts.schemas import GuestDataOut, GuestFollowOut, GuestIn, GuestTokenIn, UnsubscribeIn
from basedmusic.accounts.service import guests
from basedmusic.accounts.tokens import Secret
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import LINK, PUBLIC, permission

router = APIRouter()

ASKS_PER_ADDRESS = "10/hour"
ASKS_PER_MAILBOX = "5/hour"
LOOKS_PER_ADDRESS = "60/minute"


@router.post("/profiles/{party_id}/mail", status_code=202, openapi_extra=permission(PUBLIC))
async def ask_for_mail(party_id: UUID, body: GuestIn, request: Request, tx: Transaction) -> None:
    """Mail to the address when the artist puts something out, once the link in a first mail was pressed.

    The answer is the same for every address. Takes no Idempotency-Key: asking twice is asking once more.
    """
    _limit_asking(request, body.email)
    await guests.ask_for_mail(tx, desk_of(request), party_id, body.email, clock_of(request)())


@router.post("/guests/confirm", openapi_extra=permission(LINK))
async def confirm_mail(body: GuestTokenIn, request: Request, tx: Transaction) -> GuestFollowOut:
    """The link in that first mail; it works once."""
    _limit_looking(request)
    party = await guests.confirm_mail(tx, _secret(body), clock_of(request)())
    return GuestFollowOut(name=party.name, slug=party.slug)


@router.post("/guests/unsubscribe", status_code=204, openapi_extra=permission(LINK))
async def unsubscribe(body: UnsubscribeIn, request: Request, tx: Transaction) -> None:
    """With the link at the end of a mail: no more of these, or none at all."""
    _limit_looking(request)
    token = body.token.get_secret_value()
    await guests.unsubscribe(tx, desk_of(request), token, clock_of(request)(), everything=body.everything)


@router.post("/guests/unsubscribe/{token}", status_code=204, openapi_extra=permission(LINK))
async def unsubscribe_at_once(token: str, request: Request, tx: Transaction) -> None:
    """One press in a mail program (RFC 8058). Whatever form it sends is not looked at."""
    _limit_looking(request)
    await guests.unsubscribe(tx, desk_of(request), token, clock_of(request)(), everything=False)


@router.get("/guests/unsubscribe/{token}", response_class=RedirectResponse, openapi_extra=permission(LINK))
async def show_unsubscribing(token: str, request: Request) -> Response:
    """To the page that asks: opening a link changes nothing, since mail guards open all of them."""
    desk_of(request).read(token)
    return RedirectResponse(f"/unsubscribe#{token}", 303, headers=NO_STORE)


@router.post("/guests/link", status_code=202, openapi_extra=permission(PUBLIC))
async def ask_for_data(body: GuestIn, request: Request, tx: Transaction) -> None:
    """Mail the address a link to what is kept about it. The answer is the same for every address."""
    _limit_asking(request, body.email)
    await guests.ask_for_guest_data(tx, desk_of(request), body.email, clock_of(request)())


@router.post("/guests/data", openapi_extra=permission(LINK))
async def get_data(
    body: GuestTokenIn, request: Request, conn: ReadConnection, response: Response
) -> GuestDataOut:
    """All that is kept about the address that the link was sent to."""
    _limit_looking(request)
    response.headers.update(NO_STORE)
    data = await guests.get_guest_data(conn, _secret(body), clock_of(request)())
    return GuestDataOut(address=data.address, follows=list(data.follows), reports=list(data.reports))


@router.post("/guests/erase", status_code=204, openapi_extra=permission(LINK))
async def erase(body: GuestTokenIn, request: Request, tx: Transaction) -> None:
    """Forget the address that the link was sent to, with all that is kept about it."""
    _limit_looking(request)
    await guests.erase_guest(tx, _secret(body), clock_of(request)())


def desk_of(request: Request) -> guests.GuestDesk:
    return request.app.state.guest_desk


def _limit_asking(request: Request, email: str) -> None:
    limiter = limiter_of(request)
    limiter.hit(ASKS_PER_ADDRESS, "guest_mail", address_of(request))
    limiter.hit(ASKS_PER_MAILBOX, "guest_mailbox", normalise_email(email.strip()))


def _limit_looking(request: Request) -> None:
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "guests", address_of(request))


def _secret(body: GuestTokenIn) -> Secret:
    return Secret(body.token.get_secret_value())

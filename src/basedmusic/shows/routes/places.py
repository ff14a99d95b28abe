"""/shows/{id}/places and /shows/{id}/rsvp: going, holding, waiting, giving back."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import Verb
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.idempotency import json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, SIGNED_IN, VERB, permission
from basedmusic.platform.http.problem import RESPONSES, problem_of
from basedmusic.shows.contracts import Rsvp, RsvpState, SoldOut
from basedmusic.shows.schemas.places import MyShowOut, PartyIn, PlacesIn, PlacesOut, RsvpIn, RsvpOut
from basedmusic.shows.schemas.shows import ShowOut
from basedmusic.shows.service import capacity
from basedmusic.shows.service import places as service

router = APIRouter(responses=RESPONSES)
ANSWERS_PER_ACCOUNT = "60/minute"


@router.get("/shows/{show_id}/places", openapi_extra=permission(PUBLIC))
async def get_places(
    show_id: UUID, viewer: CurrentViewer, conn: ReadConnection, request: Request
) -> PlacesOut:
    return PlacesOut.of(await service.get_places(conn, viewer, show_id, clock_of(request)()))


@router.put("/shows/{show_id}/places", openapi_extra=permission(VERB + Verb.EDIT_SHOWS))
async def set_places(
    show_id: UUID, body: PlacesIn, viewer: SignedIn, request: Request, tx: Transaction
) -> PlacesOut:
    """All of it, from now on. More places go to whoever waits; nobody's are taken away."""
    places = await capacity.set_places(
        tx,
        viewer,
        show_id,
        capacity=body.capacity,
        types=[one.type() for one in body.types],
        party_max=body.party_max,
        offer_minutes=body.offer_minutes,
        offers_stop_minutes=body.offers_stop_minutes,
        now=clock_of(request)(),
    )
    return PlacesOut.of(places)


@router.get("/shows/{show_id}/rsvp", openapi_extra=permission(SIGNED_IN))
async def get_rsvp(show_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> RsvpOut | None:
    """What the caller said; null for nothing. Whoever waits sees an offer as soon as it is theirs."""
    rsvp = await service.look(tx, viewer, show_id, clock_of(request)())
    return None if rsvp is None else RsvpOut.of(rsvp)


@router.put("/shows/{show_id}/rsvp", response_model=RsvpOut, openapi_extra=permission(SIGNED_IN))
async def put_rsvp(
    show_id: UUID, body: RsvpIn, viewer: SignedIn, request: Request, tx: Transaction
) -> Response:
    """Going takes places, or what was held or offered; interested and no give back what one had."""
    _count(request, viewer.account_id)
    now = clock_of(request)()
    if body.says is RsvpState.GOING:
        return _answer(await service.go(tx, viewer, show_id, body.size, body.type_id, now))
    rsvp = await service.say(tx, viewer, show_id, body.says, now)
    assert rsvp is not None
    return _answer(rsvp)


@router.delete("/shows/{show_id}/rsvp", status_code=204, openapi_extra=permission(SIGNED_IN))
async def delete_rsvp(show_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """As if nothing had been said: places, or one's turn in the waitlist, go to others at once."""
    _count(request, viewer.account_id)
    await service.say(tx, viewer, show_id, None, clock_of(request)())


@router.put("/shows/{show_id}/rsvp/hold", response_model=RsvpOut, openapi_extra=permission(SIGNED_IN))
async def hold_places(
    show_id: UUID, body: PartyIn, viewer: SignedIn, request: Request, tx: Transaction
) -> Response:
    """For ten minutes; asked again, it is not made longer."""
    _count(request, viewer.account_id)
    now = clock_of(request)()
    return _answer(await service.go(tx, viewer, show_id, body.size, body.type_id, now, hold=True))


@router.put("/shows/{show_id}/rsvp/waiting", response_model=RsvpOut, openapi_extra=permission(SIGNED_IN))
async def wait_for_places(
    show_id: UUID, body: PartyIn, viewer: SignedIn, request: Request, tx: Transaction
) -> Response:
    """Join the waitlist; where there are places after all, the answer is an offer."""
    _count(request, viewer.account_id)
    return _answer(await service.wait_for(tx, viewer, show_id, body.size, body.type_id, clock_of(request)()))


@router.get("/me/shows", openapi_extra=permission(SIGNED_IN))
async def list_my_shows(
    viewer: SignedIn, conn: ReadConnection, request: Request, limit: Limit = DEFAULT, after: After = None
) -> PageOut[MyShowOut]:
    """Shows to come that the caller goes to, waits for or is interested in, soonest first."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_mine(conn, viewer, clock_of(request)(), wanted)
    items = [MyShowOut(show=ShowOut.of(show), rsvp=RsvpOut.of(rsvp)) for show, rsvp in page.items]
    return PageOut(items=items, next=page.next)


def _answer(said: Rsvp | SoldOut) -> Response:
    """A refusal is answered, not raised: what the waitlist got meanwhile must be committed."""
    if isinstance(said, SoldOut):
        return problem_of(said)
    return json_answer(200, RsvpOut.of(said).model_dump(mode="json"))


def _count(request: Request, account_id: UUID) -> None:
    limiter_of(request).hit(ANSWERS_PER_ACCOUNT, "rsvp", str(account_id))

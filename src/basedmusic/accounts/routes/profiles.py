"""/venues, /organisers, and /profiles/{id}: any of them in short."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.contracts import PartyKind, Verb
from basedmusic.accounts.schemas.profiles import (
    OrganiserIn,
    OrganiserOut,
    OrganiserPatch,
    ProfileRefOut,
    VenueIn,
    VenueOut,
    VenuePatch,
)
from basedmusic.accounts.service import profiles
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.fresh import NOT_MODIFIED, IdOrSlug, fresh_json
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, SIGNED_IN, VERB, permission

router = APIRouter()

NEW_PROFILES_PER_ACCOUNT = "20/hour"
_EDITS = permission(VERB + Verb.EDIT_PROFILE)


@router.post("/venues", status_code=201, response_model=VenueOut, openapi_extra=permission(SIGNED_IN))
async def create_venue(
    body: VenueIn, viewer: SignedIn, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Put a room on the map: the caller is the new profile's owner."""

    async def effect() -> Response:
        limiter_of(request).hit(NEW_PROFILES_PER_ACCOUNT, "new_profiles", str(viewer.account_id))
        card = await profiles.create_card(tx, viewer, PartyKind.VENUE, **body.model_dump())
        return json_answer(201, VenueOut.of(card).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/venues", openapi_extra=permission(PUBLIC))
async def list_venues(
    viewer: CurrentViewer, conn: ReadConnection, limit: Limit = DEFAULT, after: After = None
) -> PageOut[VenueOut]:
    """Newest first."""
    page = await profiles.list_cards(conn, viewer, PartyKind.VENUE, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[VenueOut.of(card) for card in page.items], next=page.next)


@router.get(
    "/venues/{key}", response_model=VenueOut, responses=NOT_MODIFIED, openapi_extra=permission(PUBLIC)
)
async def get_venue(key: IdOrSlug, viewer: CurrentViewer, conn: ReadConnection, request: Request) -> Response:
    """By slug or id."""
    card = await profiles.get_card(conn, viewer, PartyKind.VENUE, key)
    return fresh_json(request, VenueOut.of(card))


@router.patch("/venues/{party_id}", openapi_extra=_EDITS)
async def edit_venue(party_id: UUID, body: VenuePatch, viewer: SignedIn, tx: Transaction) -> VenueOut:
    given = body.model_dump(exclude_unset=True)
    return VenueOut.of(await profiles.edit_card(tx, viewer, PartyKind.VENUE, party_id, **given))


@router.post("/organisers", status_code=201, response_model=OrganiserOut, openapi_extra=permission(SIGNED_IN))
async def create_organiser(
    body: OrganiserIn, viewer: SignedIn, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Put shows on in other people's rooms: the caller is the new profile's owner."""

    async def effect() -> Response:
        limiter_of(request).hit(NEW_PROFILES_PER_ACCOUNT, "new_profiles", str(viewer.account_id))
        card = await profiles.create_card(tx, viewer, PartyKind.ORGANISER, **body.model_dump())
        return json_answer(201, OrganiserOut.of(card).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/organisers", openapi_extra=permission(PUBLIC))
async def list_organisers(
    viewer: CurrentViewer, conn: ReadConnection, limit: Limit = DEFAULT, after: After = None
) -> PageOut[OrganiserOut]:
    """Newest first."""
    wanted = PageRequest.parse(limit, after, UUID)
    page = await profiles.list_cards(conn, viewer, PartyKind.ORGANISER, wanted)
    return PageOut(items=[OrganiserOut.of(card) for card in page.items], next=page.next)


@router.get(
    "/organisers/{key}", response_model=OrganiserOut, responses=NOT_MODIFIED, openapi_extra=permission(PUBLIC)
)
async def get_organiser(
    key: IdOrSlug, viewer: CurrentViewer, conn: ReadConnection, request: Request
) -> Response:
    """By slug or id."""
    card = await profiles.get_card(conn, viewer, PartyKind.ORGANISER, key)
    return fresh_json(request, OrganiserOut.of(card))


@router.patch("/organisers/{party_id}", openapi_extra=_EDITS)
async def edit_organiser(
    party_id: UUID, body: OrganiserPatch, viewer: SignedIn, tx: Transaction
) -> OrganiserOut:
    given = body.model_dump(exclude_unset=True)
    return OrganiserOut.of(await profiles.edit_card(tx, viewer, PartyKind.ORGANISER, party_id, **given))


@router.get("/profiles/{party_id}", openapi_extra=permission(PUBLIC))
async def get_profile(party_id: UUID, viewer: CurrentViewer, conn: ReadConnection) -> ProfileRefOut:
    """Any artist, venue or organiser, in short."""
    return ProfileRefOut.of(await profiles.get_profile(conn, viewer, party_id))

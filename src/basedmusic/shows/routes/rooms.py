"""/venues/{id}/rooms and /rooms."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import Verb
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.kernel.page import MAX_LIMIT, PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.pages import After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, VERB, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.shows.contracts import Access
from basedmusic.shows.schemas.rooms import RoomIn, RoomOut, RoomPatch
from basedmusic.shows.service import rooms as service

router = APIRouter(responses=RESPONSES)
_EDITS = permission(VERB + Verb.EDIT_SHOWS)


@router.post("/venues/{party_id}/rooms", status_code=201, response_model=RoomOut, openapi_extra=_EDITS)
async def create_room(
    party_id: UUID, body: RoomIn, viewer: SignedIn, tx: Transaction, idempotency: Idempotency
) -> Response:
    async def effect() -> Response:
        access = Access(**body.access.model_dump())
        room = await service.create_room(
            tx, viewer, party_id, name=body.name, capacity=body.capacity, access=access
        )
        return json_answer(201, RoomOut.of(room).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/venues/{party_id}/rooms", openapi_extra=permission(PUBLIC))
async def list_rooms(
    party_id: UUID,
    viewer: CurrentViewer,
    conn: ReadConnection,
    limit: Limit = MAX_LIMIT,
    after: After = None,
) -> PageOut[RoomOut]:
    """The open ones, in the order they were made."""
    page = await service.list_rooms(conn, viewer, party_id, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[RoomOut.of(room) for room in page.items], next=page.next)


@router.get("/rooms/{room_id}", openapi_extra=permission(PUBLIC))
async def get_room(room_id: UUID, viewer: CurrentViewer, conn: ReadConnection) -> RoomOut:
    return RoomOut.of(await service.get_room(conn, viewer, room_id))


@router.patch("/rooms/{room_id}", openapi_extra=_EDITS)
async def edit_room(room_id: UUID, body: RoomPatch, viewer: SignedIn, tx: Transaction) -> RoomOut:
    changes = body.model_dump(exclude_unset=True)
    return RoomOut.of(await service.edit_room(tx, viewer, room_id, changes))


@router.post("/rooms/{room_id}/close", openapi_extra=_EDITS)
async def close_room(room_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> RoomOut:
    """It takes no new shows; those in it stay. Safe to repeat."""
    return RoomOut.of(await service.close_room(tx, viewer, room_id, clock_of(request)()))


@router.post("/rooms/{room_id}/open", openapi_extra=_EDITS)
async def open_room(room_id: UUID, viewer: SignedIn, tx: Transaction) -> RoomOut:
    """The undo of `close`. Safe to repeat."""
    return RoomOut.of(await service.close_room(tx, viewer, room_id, None))

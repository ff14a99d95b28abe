"""/shows/{id}/lineup, and the answers of those who were named."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from basedmusic.accounts import Verb
from basedmusic.accounts.viewer import SignedIn
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import Transaction
from basedmusic.platform.http.permission import VERB, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.shows.schemas.shows import ActOut, AnswerIn, LineupIn, LineupOut
from basedmusic.shows.service import lineup as service

router = APIRouter(responses=RESPONSES)
_EDITS = permission(VERB + Verb.EDIT_SHOWS)


@router.put("/shows/{show_id}/lineup", openapi_extra=_EDITS)
async def set_lineup(
    show_id: UUID, body: LineupIn, viewer: SignedIn, request: Request, tx: Transaction
) -> LineupOut:
    """All of it, in order. Artists that are not the caller's own are asked."""
    new = [act.new() for act in body.acts]
    acts = await service.set_lineup(tx, viewer, show_id, new, clock_of(request)())
    return LineupOut(acts=[ActOut.of(act) for act in acts])


@router.put("/shows/{show_id}/lineup/{act_id}/answer", status_code=204, openapi_extra=_EDITS)
async def answer_act(
    show_id: UUID, act_id: UUID, body: AnswerIn, viewer: SignedIn, request: Request, tx: Transaction
) -> None:
    """By whoever edits the shows of the artist."""
    await service.answer_act(tx, viewer, show_id, act_id, body.answer, clock_of(request)())


@router.put("/shows/{show_id}/venue-answer", status_code=204, openapi_extra=_EDITS)
async def answer_for_room(
    show_id: UUID, body: AnswerIn, viewer: SignedIn, request: Request, tx: Transaction
) -> None:
    """By whoever edits the shows of the venue that the room is in."""
    await service.answer_for_room(tx, viewer, show_id, body.answer, clock_of(request)())

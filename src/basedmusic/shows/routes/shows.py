"""/shows: drafted, published, moved; what is on; what a profile puts on or plays at."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import Verb, Viewer
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, VERB, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.shows.contracts import Show, ShowAct
from basedmusic.shows.schemas.shows import (
    ReasonIn,
    RescheduleIn,
    ShowChangeOut,
    ShowIn,
    ShowOut,
    ShowPatch,
)
from basedmusic.shows.service import shows as service
from basedmusic.shows.service.lineup import list_lineups

router = APIRouter(responses=RESPONSES)
_EDITS = permission(VERB + Verb.EDIT_SHOWS)
NEW_SHOWS_PER_ACCOUNT = "60/hour"


@router.post("/shows", status_code=201, response_model=ShowOut, openapi_extra=_EDITS)
async def create_show(
    body: ShowIn, viewer: SignedIn, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """A draft, which only those see who may edit it."""

    async def effect() -> Response:
        limiter_of(request).hit(NEW_SHOWS_PER_ACCOUNT, "new_shows", str(viewer.account_id))
        show = await service.create_show(tx, viewer, body.owner_id, body.new(), clock_of(request)())
        return json_answer(201, ShowOut.of(show).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/shows", openapi_extra=permission(PUBLIC))
async def list_shows(
    viewer: CurrentViewer,
    conn: ReadConnection,
    request: Request,
    evening: Annotated[date | None, Query(description="All of one night, those that are over too")] = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ShowOut]:
    """What is on, soonest first."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_coming(conn, viewer, clock_of(request)(), evening, wanted)
    return await _page(conn, viewer, page)


@router.get("/profiles/{party_id}/shows", openapi_extra=permission(PUBLIC))
async def list_profile_shows(
    party_id: UUID,
    viewer: CurrentViewer,
    conn: ReadConnection,
    request: Request,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ShowOut]:
    """Those to come that an artist, venue or organiser puts on, hosts or plays at, soonest first."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_of_party(conn, viewer, party_id, clock_of(request)(), wanted)
    return await _page(conn, viewer, page)


@router.get("/profiles/{party_id}/asking-shows", openapi_extra=_EDITS)
async def list_asking_shows(
    party_id: UUID,
    viewer: SignedIn,
    conn: ReadConnection,
    request: Request,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ShowOut]:
    """Those that name the profile, or its room, and wait for its yes."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_asking(conn, viewer, party_id, clock_of(request)(), wanted)
    return await _page(conn, viewer, page)


@router.get("/shows/{show_id}", openapi_extra=permission(PUBLIC))
async def get_show(show_id: UUID, viewer: CurrentViewer, conn: ReadConnection, request: Request) -> ShowOut:
    return await _out(conn, viewer, await service.get_show(conn, viewer, show_id, clock_of(request)()))


@router.get("/shows/{show_id}/changes", openapi_extra=permission(PUBLIC))
async def list_changes(
    show_id: UUID, viewer: CurrentViewer, conn: ReadConnection, request: Request
) -> PageOut[ShowChangeOut]:
    """What became of it, the latest first: at most fifty."""
    changes = await service.list_changes(conn, viewer, show_id, clock_of(request)())
    return PageOut(items=[ShowChangeOut.of(change) for change in changes], next=None)


@router.patch("/shows/{show_id}", openapi_extra=_EDITS)
async def edit_show(
    show_id: UUID, body: ShowPatch, viewer: SignedIn, request: Request, tx: Transaction
) -> ShowOut:
    show = await service.edit_show(tx, viewer, show_id, body.changes(), clock_of(request)())
    return await _out(tx.conn, viewer, show)


@router.delete("/shows/{show_id}", status_code=204, openapi_extra=_EDITS)
async def delete_draft(show_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """A draft only: what people know of is cancelled."""
    await service.delete_draft(tx, viewer, show_id, clock_of(request)())


@router.post("/shows/{show_id}/publish", openapi_extra=_EDITS)
async def publish_show(show_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> ShowOut:
    """Whoever is named and is not the caller's own is asked. A second time it is refused, and nothing changes."""
    show = await service.change_show(tx, viewer, show_id, ShowAct.PUBLISH, clock_of(request)())
    return await _out(tx.conn, viewer, show)


@router.post("/shows/{show_id}/reschedule", openapi_extra=_EDITS)
async def reschedule_show(
    show_id: UUID, body: RescheduleIn, viewer: SignedIn, request: Request, tx: Transaction
) -> ShowOut:
    times = body.times.planned()
    show = await service.change_show(
        tx, viewer, show_id, ShowAct.RESCHEDULE, clock_of(request)(), words=body.words, times=times
    )
    return await _out(tx.conn, viewer, show)


@router.post("/shows/{show_id}/postpone", openapi_extra=_EDITS)
async def postpone_show(
    show_id: UUID, body: ReasonIn, viewer: SignedIn, request: Request, tx: Transaction
) -> ShowOut:
    """To a date that nobody knows yet."""
    now = clock_of(request)()
    show = await service.change_show(tx, viewer, show_id, ShowAct.POSTPONE, now, words=body.words)
    return await _out(tx.conn, viewer, show)


@router.post("/shows/{show_id}/cancel", openapi_extra=_EDITS)
async def cancel_show(
    show_id: UUID, body: ReasonIn, viewer: SignedIn, request: Request, tx: Transaction
) -> ShowOut:
    """For good. It stays to be found, as cancelled."""
    now = clock_of(request)()
    show = await service.change_show(tx, viewer, show_id, ShowAct.CANCEL, now, words=body.words)
    return await _out(tx.conn, viewer, show)


async def _out(conn: Connection, viewer: Viewer, show: Show) -> ShowOut:
    return ShowOut.of(show, (await list_lineups(conn, viewer, [show.id])).get(show.id, ()))


async def _page(conn: Connection, viewer: Viewer, page: Page[Show]) -> PageOut[ShowOut]:
    acts = await list_lineups(conn, viewer, [show.id for show in page.items])
    return PageOut(items=[ShowOut.of(show, acts.get(show.id, ())) for show in page.items], next=page.next)

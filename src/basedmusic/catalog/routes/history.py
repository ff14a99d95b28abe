"""/me/history: what the caller heard. Pausing and deleting it asks nothing of the catalog: those are accounts'."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from basedmusic.accounts import Play
from basedmusic.accounts.viewer import SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import HeardOut, PlaysIn, ReportedOut
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import OWN, permission
from basedmusic.platform.http.problem import RESPONSES

REPORTS_PER_ACCOUNT = "60/minute"
"""A player sends one per track it plays, and many at once after a time offline."""

router = APIRouter(responses=RESPONSES)


async def _reporting(viewer: SignedIn, request: Request) -> None:
    limiter_of(request).hit(REPORTS_PER_ACCOUNT, "history", str(viewer.account_id))


Reporting = Annotated[None, Depends(_reporting)]
"""Counted before a connection is taken, and so named before `Transaction`."""


@router.get("/me/history", openapi_extra=permission(OWN))
async def list_history(
    viewer: SignedIn, conn: ReadConnection, link: Streams, limit: Limit = DEFAULT, after: After = None
) -> PageOut[HeardOut]:
    """What the caller heard, last heard first; nobody else can see it. What was withdrawn is left out for as long
    as it is."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_heard(conn, viewer, wanted)
    return PageOut(items=[HeardOut.of(heard, link(heard.track)) for heard in page.items], next=page.next)


@router.post("/me/history", openapi_extra=permission(OWN))
async def report_heard(
    body: PlaysIn, viewer: SignedIn, _: Reporting, request: Request, tx: Transaction
) -> ReportedOut:
    """Tracks that were really heard: for 30 s, or for half of a shorter one.

    Safe to repeat without an Idempotency-Key: a play's id counts once. What can't be seen, was heard more than 30
    days ago, or falls into a pause is passed over.
    """
    plays = [Play(play.id, play.track_id, play.heard_at) for play in body.plays]
    kept = await service.report_heard(tx, viewer, plays, body.sent_at, clock_of(request)())
    return ReportedOut(kept=kept)

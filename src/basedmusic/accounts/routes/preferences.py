"""/me/preferences and what is taken out of /me/history."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.contracts import Span
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.schemas import DeletedOut, DeletionIn, PreferencesOut, PreferencesPatch
from basedmusic.accounts.service import preferences
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.errors import Invalid
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import OWN, permission

router = APIRouter()

CHANGES_PER_ACCOUNT = "120/minute"
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


async def _changing(viewer: SignedIn, request: Request) -> None:
    limiter_of(request).hit(CHANGES_PER_ACCOUNT, "preferences", str(viewer.account_id))


Changing = Annotated[None, Depends(_changing)]
"""Counted before a connection is taken, and so named before `Transaction`."""


@router.get("/me/preferences", openapi_extra=permission(OWN))
async def get_preferences(viewer: SignedIn, conn: ReadConnection, response: Response) -> PreferencesOut:
    """What the caller chose about themselves."""
    response.headers.update(NO_STORE)
    return PreferencesOut.of(await preferences.get_preferences(conn, viewer.account_id))


@router.patch("/me/preferences", openapi_extra=permission(OWN))
async def change_preferences(
    body: PreferencesPatch,
    viewer: SignedIn,
    _: Changing,
    request: Request,
    tx: Transaction,
    response: Response,
) -> PreferencesOut:
    """`history_paused`: nothing that is heard is kept from now on, until it is false again."""
    response.headers.update(NO_STORE)
    account_id, now = viewer.account_id, clock_of(request)()
    if body.followable is not None:
        await preferences.set_followable(tx, account_id, body.followable)
    if body.history_paused is not None:
        change = service.pause_history if body.history_paused else service.resume_history
        await change(tx, account_id, now)
    return PreferencesOut.of(await preferences.get_preferences(tx.conn, account_id))


@router.put("/me/history/deletions/{deletion_id}", openapi_extra=permission(OWN))
async def delete_history(
    deletion_id: UUID, body: DeletionIn, viewer: SignedIn, _: Changing, request: Request, tx: Transaction
) -> DeletedOut:
    """Take one entry, a span of time or everything out of the caller's history, under an id of the caller's making.

    Safe to repeat. What was played in that time and is reported later stays out as well.
    """
    if body.play_id is not None and (body.since or body.until):
        raise Invalid("Delete one entry or a span of time, not both", field="play_id")
    span = Span(body.since or FIRST, body.until or LAST)
    if span.end < span.start:
        raise Invalid("The end must come after the beginning", field="until")
    what = body.play_id or span
    count = await service.delete_heard(tx, viewer.account_id, deletion_id, what, clock_of(request)())
    return DeletedOut(count=count)


@router.delete("/me/history/deletions/{deletion_id}", status_code=204, openapi_extra=permission(OWN))
async def undo_history_deletion(deletion_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """For an hour: then what was deleted is wiped."""
    await service.undo_deletion(tx, viewer.account_id, deletion_id)

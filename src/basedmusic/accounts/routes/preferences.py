"""/me/preferences, /me/taste, /places, and what is taken out of /me/history."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.contracts import Span
from basedmusic.accounts.contracts.preferences import Place, PlaceUnknown
from basedmusic.accounts.places import MAX_FOUND, shipped_places
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.limits import address_of
from basedmusic.accounts.schemas import DeletedOut, DeletionIn, PlaceOut, PreferencesOut, PreferencesPatch
from basedmusic.accounts.service import preferences
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.errors import Invalid
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import PageOut
from basedmusic.platform.http.permission import OWN, PUBLIC, permission

router = APIRouter()

CHANGES_PER_ACCOUNT = "120/minute"
SEARCHES_PER_ADDRESS = "240/minute"
"""One for every letter that somebody types."""
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
    changes = body.model_dump(exclude_unset=True, exclude={"history_paused", "welcomed", "place_id"})
    if "nights" in changes:
        changes["nights"] = tuple(sorted(set(changes["nights"] or ())))
    if changes.get("followable", False) is None:
        del changes["followable"]
    if body.welcomed is not None:
        changes["welcomed_at"] = now if body.welcomed else None
    if "place_id" in body.model_fields_set:
        changes["place"] = await _place(body.place_id)
    if changes:
        await preferences.change_preferences(tx, account_id, now, **changes)
    if body.history_paused is not None:
        change = service.pause_history if body.history_paused else service.resume_history
        await change(tx, account_id, now)
    return PreferencesOut.of(await preferences.get_preferences(tx.conn, account_id))


@router.delete("/me/taste", status_code=204, openapi_extra=permission(OWN))
async def forget_taste(viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Everything the caller said about themselves: place, nights, reach, genres, what they kept or passed."""
    await preferences.forget_taste(tx, viewer.account_id)


@router.get("/places", openapi_extra=permission(PUBLIC))
async def find_places(
    request: Request,
    response: Response,
    q: Annotated[
        str, Query(max_length=100, description="How its name begins; after a comma, its country")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=MAX_FOUND)] = 8,
) -> PageOut[PlaceOut]:
    """Cities and districts, the best first, on one page. The data is GeoNames' (CC BY 4.0), rounded to 0.1°."""
    limiter_of(request).hit(SEARCHES_PER_ADDRESS, "places", address_of(request))
    found = await asyncio.to_thread(lambda: shipped_places().find(q, limit))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return PageOut(items=[PlaceOut.model_validate(place) for place in found], next=None)


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


async def _place(place_id: int | None) -> Place | None:
    """Raises PlaceUnknown."""
    if place_id is None:
        return None
    place = (await asyncio.to_thread(shipped_places)).get(place_id)
    if place is None:
        raise PlaceUnknown(field="place_id")
    return place

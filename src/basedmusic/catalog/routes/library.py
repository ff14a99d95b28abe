"""/me/saved and /me/hidden: what the caller keeps, and does not want to see."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from basedmusic.accounts.viewer import SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import ReleaseOut, TrackOut
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import BY_KEY, OWN, SIGNED_IN, permission
from basedmusic.platform.http.problem import RESPONSES

CHANGES_PER_ACCOUNT = "300/minute"
"""Some pages' worth of hearts; a program that brings a library along waits a little."""

router = APIRouter(responses=RESPONSES)


async def _changing(viewer: SignedIn, request: Request) -> None:
    limiter_of(request).hit(CHANGES_PER_ACCOUNT, "library", str(viewer.account_id))


Changing = Annotated[None, Depends(_changing)]
"""Counted before a connection is taken, and so named before `Transaction`."""


def _newest_first(limit: Limit = DEFAULT, after: After = None) -> PageRequest:
    return PageRequest.parse(limit, after, parse_instant, UUID)


NewestFirst = Annotated[PageRequest, Depends(_newest_first)]


@router.get("/me/saved/tracks", openapi_extra=permission(OWN, BY_KEY))
async def list_saved_tracks(
    viewer: SignedIn, page: NewestFirst, conn: ReadConnection, link: Streams
) -> PageOut[TrackOut]:
    """Last saved first. What was withdrawn is left out for as long as it is."""
    tracks = await service.list_saved_tracks(conn, viewer, page)
    return PageOut(items=[TrackOut.of(track, link(track)) for track in tracks.items], next=tracks.next)


@router.put("/me/saved/tracks/{track_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def save_track(track_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat: it keeps the place it has."""
    await service.save_track(tx, viewer, track_id)


@router.delete("/me/saved/tracks/{track_id}", status_code=204, openapi_extra=permission(OWN, BY_KEY))
async def unsave_track(track_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat, and for what was never saved."""
    await service.unsave_track(tx, viewer, track_id)


@router.get("/me/saved/releases", openapi_extra=permission(OWN, BY_KEY))
async def list_saved_releases(
    viewer: SignedIn, page: NewestFirst, conn: ReadConnection
) -> PageOut[ReleaseOut]:
    """Last saved first."""
    releases = await service.list_saved_releases(conn, viewer, page)
    return PageOut(items=[ReleaseOut.of(release) for release in releases.items], next=releases.next)


@router.put("/me/saved/releases/{release_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def save_release(release_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat: it keeps the place it has."""
    await service.save_release(tx, viewer, release_id)


@router.delete("/me/saved/releases/{release_id}", status_code=204, openapi_extra=permission(OWN, BY_KEY))
async def unsave_release(release_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat, and for what was never saved."""
    await service.unsave_release(tx, viewer, release_id)


@router.get("/me/hidden/tracks", openapi_extra=permission(OWN))
async def list_hidden_tracks(
    viewer: SignedIn,
    conn: ReadConnection,
    link: Streams,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[TrackOut]:
    """What the caller took out of their own lists, the newest track first."""
    tracks = await service.list_hidden_tracks(conn, viewer, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[TrackOut.of(track, link(track)) for track in tracks.items], next=tracks.next)


@router.put("/me/hidden/tracks/{track_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def hide_track(track_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Out of the caller's own lists and counts; at its address it stays. Safe to repeat."""
    await service.hide_track(tx, viewer, track_id)


@router.delete("/me/hidden/tracks/{track_id}", status_code=204, openapi_extra=permission(OWN))
async def unhide_track(track_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat."""
    await service.unhide_track(tx, viewer, track_id)


@router.get("/me/hidden/releases", openapi_extra=permission(OWN))
async def list_hidden_releases(
    viewer: SignedIn, conn: ReadConnection, limit: Limit = DEFAULT, after: After = None
) -> PageOut[ReleaseOut]:
    """The newest release first."""
    releases = await service.list_hidden_releases(conn, viewer, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[ReleaseOut.of(release) for release in releases.items], next=releases.next)


@router.put("/me/hidden/releases/{release_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def hide_release(release_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """With the tracks on it. Safe to repeat."""
    await service.hide_release(tx, viewer, release_id)


@router.delete("/me/hidden/releases/{release_id}", status_code=204, openapi_extra=permission(OWN))
async def unhide_release(release_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat."""
    await service.unhide_release(tx, viewer, release_id)

"""/me/blocks, /me/mutes and /me/hidden/profiles: whom the caller keeps away."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from basedmusic.accounts.contracts import Avoided, HiddenKind
from basedmusic.accounts.schemas import AvoidanceOut, AvoidedOut
from basedmusic.accounts.service import safety
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import OWN, SIGNED_IN, permission

CHANGES_PER_ACCOUNT = "120/minute"

router = APIRouter()


async def _changing(viewer: SignedIn, request: Request) -> None:
    limiter_of(request).hit(CHANGES_PER_ACCOUNT, "avoided", str(viewer.account_id))


Changing = Annotated[None, Depends(_changing)]
"""Counted before a connection is taken, and so named before `Transaction`."""


def _newest_first(limit: Limit = DEFAULT, after: After = None) -> PageRequest:
    return PageRequest.parse(limit, after, parse_instant, UUID)


NewestFirst = Annotated[PageRequest, Depends(_newest_first)]


@router.get("/me/blocks", openapi_extra=permission(OWN))
async def list_blocks(viewer: SignedIn, page: NewestFirst, conn: ReadConnection) -> PageOut[AvoidedOut]:
    """Last blocked first. Nobody is told who blocked them."""
    return _out(await safety.list_blocks(conn, viewer, page))


@router.put("/me/blocks/{party_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def block(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Neither finds or follows the other from now on. Safe to repeat.

    Blocking a person covers the profiles they run. It holds for those signed in: what is public stays public to
    whoever looks without an account.
    """
    await safety.block(tx, viewer, party_id)


@router.delete("/me/blocks/{party_id}", status_code=204, openapi_extra=permission(OWN))
async def unblock(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat, and for who was never blocked. Who followed whom does not come back."""
    await safety.unblock(tx, viewer, party_id)


@router.get("/me/mutes", openapi_extra=permission(OWN))
async def list_mutes(viewer: SignedIn, page: NewestFirst, conn: ReadConnection) -> PageOut[AvoidedOut]:
    """Last muted first."""
    return _out(await safety.list_mutes(conn, viewer, page))


@router.put("/me/mutes/{party_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def mute(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Out of what is new, proposed and mailed; at their pages and in other lists they stay. Safe to repeat."""
    await safety.mute(tx, viewer, party_id)


@router.delete("/me/mutes/{party_id}", status_code=204, openapi_extra=permission(OWN))
async def unmute(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat."""
    await safety.unmute(tx, viewer, party_id)


@router.get("/me/hidden/profiles", openapi_extra=permission(OWN))
async def list_hidden_profiles(
    viewer: SignedIn, page: NewestFirst, conn: ReadConnection
) -> PageOut[AvoidedOut]:
    """Last hidden first."""
    return _out(await safety.list_hidden_profiles(conn, viewer, page))


@router.put("/me/hidden/profiles/{party_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def hide_profile(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Out of the caller's own lists; found at its address as before, and told nothing. Safe to repeat."""
    await safety.hide_profile(tx, viewer, party_id)


@router.delete("/me/hidden/profiles/{party_id}", status_code=204, openapi_extra=permission(OWN))
async def unhide_profile(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat."""
    await safety.unhide(tx, viewer, HiddenKind.PROFILE, party_id)


@router.get("/me/avoidance/{subject_id}", openapi_extra=permission(OWN))
async def get_avoidance(subject_id: UUID, viewer: SignedIn, conn: ReadConnection) -> AvoidanceOut:
    """Whether the caller blocked, muted or hid this party, track or release."""
    return AvoidanceOut.model_validate(await safety.get_avoidance(conn, viewer, subject_id))


def _out(page: Page[Avoided]) -> PageOut[AvoidedOut]:
    return PageOut(items=[AvoidedOut.of(one) for one in page.items], next=page.next)

"""/me/following: whom the caller follows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request

from basedmusic.accounts.schemas import FollowedKind, FollowedOut
from basedmusic.accounts.service import following
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import BY_KEY, OWN, SIGNED_IN, permission

CHANGES_PER_ACCOUNT = "300/minute"
"""How often it may be pressed; how many may be followed in an hour depends on the account's standing."""

router = APIRouter()


async def _changing(viewer: SignedIn, request: Request) -> None:
    limiter_of(request).hit(CHANGES_PER_ACCOUNT, "following", str(viewer.account_id))


Changing = Annotated[None, Depends(_changing)]
"""Counted before a connection is taken, and so named before `Transaction`."""


@router.get("/me/following", openapi_extra=permission(OWN, BY_KEY))
async def list_following(
    viewer: SignedIn,
    conn: ReadConnection,
    kind: FollowedKind | None = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[FollowedOut]:
    """Last followed first: everybody, or those of one kind."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await following.list_following(conn, viewer, kind, wanted)
    return PageOut(items=[FollowedOut.of(one) for one in page.items], next=page.next)


@router.put("/me/following/{party_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def follow(party_id: UUID, viewer: SignedIn, _: Changing, request: Request, tx: Transaction) -> None:
    """An artist, a venue, an organiser, or a person who lets others follow them. Safe to repeat."""
    await following.follow(tx, viewer, party_id, clock=clock_of(request))


@router.delete("/me/following/{party_id}", status_code=204, openapi_extra=permission(OWN, BY_KEY))
async def unfollow(party_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat, and for who was never followed."""
    await following.unfollow(tx, viewer, party_id)

"""/profiles/…/closing: closing a profile with all that is its own, and taking that back."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.contracts import Verb
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.rules.closing import CLOSING_DELAY
from basedmusic.accounts.schemas.closing import (
    ClosedProfileOut,
    ClosedProfilesOut,
    ClosingIn,
    ClosingOut,
    ClosingPreviewOut,
)
from basedmusic.accounts.service import closing
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.permission import OWN, VERB, permission

router = APIRouter()

_CLOSES = permission(VERB + Verb.CLOSE_PROFILE)


@router.get("/profiles/{party_id}/closing", openapi_extra=_CLOSES)
async def preview_closing(
    party_id: UUID, viewer: SignedIn, conn: ReadConnection, request: Request
) -> ClosingPreviewOut:
    """What would go with the profile."""
    contents = request.app.state.profile_contents
    preview = await closing.preview_closing(conn, viewer, contents, PartyId(party_id))
    return ClosingPreviewOut.of(preview, CLOSING_DELAY.days)


@router.post("/profiles/{party_id}/closing", status_code=202, openapi_extra=_CLOSES)
async def close_profile(
    party_id: UUID, body: ClosingIn, viewer: SignedIn, tx: Transaction, request: Request
) -> ClosingOut:
    """Nobody finds the profile or its music any more; in fourteen days all of it is gone.

    Takes no Idempotency-Key: closing twice is closing once.
    """
    gone_at = await closing.close_profile(
        tx, viewer, PartyId(party_id), body.name, letterhead_of(request), clock_of(request)()
    )
    return ClosingOut(gone_at=gone_at)


@router.delete("/profiles/{party_id}/closing", status_code=204, openapi_extra=_CLOSES)
async def reopen_profile(party_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Take it back: everything is where it was."""
    await closing.reopen_profile(tx, viewer, PartyId(party_id))


@router.get("/me/closed-profiles", openapi_extra=permission(OWN))
async def list_closed_profiles(
    viewer: SignedIn, conn: ReadConnection, response: Response
) -> ClosedProfilesOut:
    """The caller's own that are closed and not gone yet."""
    response.headers.update(NO_STORE)
    closed = await closing.list_closed_profiles(conn, viewer.account_id)
    return ClosedProfilesOut(profiles=[ClosedProfileOut.of_closed(one) for one in closed])

"""/claims: saying that a profile is one's own, proving it, and deciding where nothing proves it."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.schemas.claims import (
    ClaimMailIn,
    ClaimOut,
    ClaimTokenIn,
    ClaimWordsIn,
    DecisionIn,
    WaitingClaimOut,
)
from basedmusic.accounts.service import claims
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.fetch import Fetcher
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import MODERATOR, OWN, SIGNED_IN, permission

router = APIRouter()

CLAIMS_PER_ACCOUNT = "10/hour"
MAILS_PER_ACCOUNT = "5/hour"
MAILS_PER_ADDRESS = "3/hour"
LOOKS_PER_ACCOUNT = "20/hour"
"""At outside pages, which are not ours to trouble."""


@router.post("/profiles/{party_id}/claims", status_code=201, openapi_extra=permission(SIGNED_IN))
async def begin_claim(
    party_id: UUID, viewer: SignedIn, request: Request, tx: Transaction, response: Response
) -> ClaimOut:
    """Say that the profile is yours; the answer has the ways to prove it.

    Takes no Idempotency-Key: a claim that is under way is given again.
    """
    response.headers.update(NO_STORE)
    limiter_of(request).hit(CLAIMS_PER_ACCOUNT, "claims", str(viewer.account_id))
    return ClaimOut.of(await claims.begin_claim(tx, viewer, party_id, clock_of(request)()))


@router.get("/me/claims", openapi_extra=permission(OWN))
async def list_own_claims(
    viewer: SignedIn, conn: ReadConnection, request: Request, limit: Limit = DEFAULT, after: After = None
) -> PageOut[ClaimOut]:
    """The caller's, newest first."""
    wanted = PageRequest.parse(limit, after, UUID)
    page = await claims.list_claims(conn, viewer, clock_of(request)(), wanted)
    return PageOut(items=[ClaimOut.of(one) for one in page.items], next=page.next)


@router.get("/claims/{claim_id}", openapi_extra=permission(OWN))
async def get_claim(claim_id: UUID, viewer: SignedIn, conn: ReadConnection, request: Request) -> ClaimOut:
    return ClaimOut.of(await claims.get_claim(conn, viewer, claim_id, clock_of(request)()))


@router.delete("/claims/{claim_id}", status_code=204, openapi_extra=permission(OWN))
async def withdraw_claim(claim_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    await claims.withdraw_claim(tx, viewer, claim_id)


@router.post("/claims/{claim_id}/look", openapi_extra=permission(OWN))
async def look_at_site(claim_id: UUID, viewer: SignedIn, request: Request) -> ClaimOut:
    """Look for the code on the profile's website; with it there, the caller owns the profile.

    409 `not_proved` while it is not there, `fetch_failed` where the page can't be had, `already_owned` where
    somebody else was quicker. May be asked again.
    """
    limiter_of(request).hit(LOOKS_PER_ACCOUNT, "claim_looks", str(viewer.account_id))
    # Not the `Transaction` dependency: no connection is held while somebody else's server is asked.
    claim = await claims.prove_by_site(
        database_of(request), fetcher_of(request), viewer, claim_id, clock_of(request)()
    )
    return ClaimOut.of(claim)


@router.post("/claims/{claim_id}/mail", openapi_extra=permission(OWN))
async def send_mail(
    claim_id: UUID, body: ClaimMailIn, viewer: SignedIn, request: Request, tx: Transaction
) -> ClaimOut:
    """Send a link to an address at the profile's own domain. The last one sent holds."""
    limiter_of(request).hit(MAILS_PER_ACCOUNT, "claim_mails", str(viewer.account_id))
    limiter_of(request).hit(MAILS_PER_ADDRESS, "claim_mails_to", body.email.strip().casefold())
    letterhead, now = letterhead_of(request), clock_of(request)()
    return ClaimOut.of(await claims.send_claim_mail(tx, viewer, claim_id, body.email, letterhead, now))


@router.post("/claims/prove", openapi_extra=permission(OWN))
async def prove_by_mail(body: ClaimTokenIn, viewer: SignedIn, request: Request, tx: Transaction) -> ClaimOut:
    """Use the link of a mail: the caller, who must be who asked for it, owns the profile then."""
    limiter_of(request).hit(LOOKS_PER_ACCOUNT, "claim_proofs", str(viewer.account_id))
    secret = Secret(body.token.get_secret_value())
    return ClaimOut.of(await claims.prove_by_mail(tx, viewer, secret, clock_of(request)()))


@router.put("/claims/{claim_id}/words", openapi_extra=permission(OWN))
async def ask_moderators(
    claim_id: UUID, body: ClaimWordsIn, viewer: SignedIn, request: Request, tx: Transaction
) -> ClaimOut:
    """Put it before the moderators, in one's own words. It can still be proved meanwhile."""
    return ClaimOut.of(await claims.ask_moderators(tx, viewer, claim_id, body.words, clock_of(request)()))


@router.get("/claims", openapi_extra=permission(MODERATOR))
async def list_waiting_claims(
    viewer: SignedIn, conn: ReadConnection, request: Request, limit: Limit = DEFAULT, after: After = None
) -> PageOut[WaitingClaimOut]:
    """What the moderators have to decide, the longest waiting first."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await claims.list_waiting_claims(conn, viewer, clock_of(request)(), wanted)
    return PageOut(items=[WaitingClaimOut.of(one) for one in page.items], next=page.next)


@router.put("/claims/{claim_id}/decision", status_code=204, openapi_extra=permission(MODERATOR))
async def decide_claim(
    claim_id: UUID, body: DecisionIn, viewer: SignedIn, request: Request, tx: Transaction
) -> None:
    """Settle a claim that waits. `granted` makes the claimant an owner beside those there are, `replaced` the only
    member there is; either ends a dispute."""
    letterhead, now = letterhead_of(request), clock_of(request)()
    await claims.decide_claim(tx, viewer, claim_id, body.decision, body.answer, letterhead, now)


def fetcher_of(request: Request) -> Fetcher:
    return request.app.state.fetcher

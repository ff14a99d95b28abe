"""/profiles/…/members and /invitations: who belongs to a profile."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.contracts import Verb
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.limits import address_of
from basedmusic.accounts.schemas import (
    InvitationIn,
    InvitationOut,
    InvitationTokenIn,
    MemberOut,
    NewInvitationOut,
    OfferOut,
    RoleIn,
    TransferIn,
)
from basedmusic.accounts.service import teams
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import LINK, MODERATOR, OWN, VERB, permission

router = APIRouter()

LOOKS_PER_ADDRESS = "60/minute"
MAILS_PER_ACCOUNT = "20/hour"
_MANAGES = permission(VERB + Verb.MANAGE_MEMBERS)


@router.get("/profiles/{party_id}/members", openapi_extra=permission(VERB + Verb.SEE_MEMBERS))
async def list_members(
    party_id: UUID, viewer: SignedIn, conn: ReadConnection, limit: Limit = DEFAULT, after: After = None
) -> PageOut[MemberOut]:
    """In the order they came."""
    wanted = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await teams.list_members(conn, viewer, PartyId(party_id), wanted)
    return PageOut(items=[MemberOut.model_validate(one) for one in page.items], next=page.next)


@router.put("/profiles/{party_id}/members/{account_id}", openapi_extra=_MANAGES)
async def change_role(
    party_id: UUID, account_id: UUID, body: RoleIn, viewer: SignedIn, tx: Transaction
) -> MemberOut:
    """Give a member another role. A manager deals with members, bookers and door staff; owners with everybody."""
    member = await teams.change_role(tx, viewer, PartyId(party_id), account_id, body.role)
    return MemberOut.model_validate(member)


@router.delete("/profiles/{party_id}/members/{account_id}", status_code=204, openapi_extra=_MANAGES)
async def remove_member(party_id: UUID, account_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Their music stays the profile's."""
    await teams.remove_member(tx, viewer, PartyId(party_id), account_id)


@router.delete("/me/profiles/{party_id}", status_code=204, openapi_extra=permission(VERB + Verb.SEE_MEMBERS))
async def leave_profile(party_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Leave; the last owner hands the profile on first (409 `last_owner`)."""
    await teams.leave(tx, viewer, PartyId(party_id))


@router.post(
    "/profiles/{party_id}/transfer", status_code=204, openapi_extra=permission(VERB + Verb.MANAGE_OWNERS)
)
async def hand_on(party_id: UUID, body: TransferIn, viewer: SignedIn, tx: Transaction) -> None:
    """Hand the profile on: a member becomes its owner, and the caller something else, in one act.

    Takes no Idempotency-Key: whoever has handed it on owns it no more, so that a second try is refused.
    """
    await teams.hand_on(tx, viewer, PartyId(party_id), body.account_id, body.stay_as)


@router.post("/profiles/{party_id}/invitations", status_code=201, openapi_extra=_MANAGES)
async def invite(
    party_id: UUID,
    body: InvitationIn,
    viewer: SignedIn,
    tx: Transaction,
    request: Request,
    response: Response,
) -> NewInvitationOut:
    """A link that lets one person join, for seven days; sent by mail if an address is given.

    Takes no Idempotency-Key: the answer holds a secret, which is kept nowhere; one that was lost is taken back.
    """
    response.headers.update(NO_STORE)
    if body.email is not None:
        limiter_of(request).hit(MAILS_PER_ACCOUNT, "invitation_mails", str(viewer.account_id))
    letterhead = letterhead_of(request)
    made = await teams.invite(
        tx,
        viewer,
        PartyId(party_id),
        body.role,
        clock_of(request)(),
        address=body.email,
        letterhead=letterhead,
    )
    shown = made.secret.text if made.address is None else None
    return NewInvitationOut(
        id=made.id,
        role=made.role,
        token=shown,
        link=letterhead.link("/join", shown) if shown else None,
        address=made.address,
        expires_at=made.expires_at,
    )


@router.get("/profiles/{party_id}/invitations", openapi_extra=_MANAGES)
async def list_invitations(
    party_id: UUID,
    viewer: SignedIn,
    conn: ReadConnection,
    request: Request,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[InvitationOut]:
    """Those still open, newest first."""
    wanted = PageRequest.parse(limit, after, UUID)
    page = await teams.list_invitations(conn, viewer, PartyId(party_id), clock_of(request)(), wanted)
    return PageOut(items=[InvitationOut.model_validate(one) for one in page.items], next=page.next)


@router.delete("/profiles/{party_id}/invitations/{invitation_id}", status_code=204, openapi_extra=_MANAGES)
async def revoke_invitation(party_id: UUID, invitation_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    await teams.revoke_invitation(tx, viewer, PartyId(party_id), invitation_id)


@router.post("/invitations/preview", openapi_extra=permission(LINK))
async def preview_invitation(body: InvitationTokenIn, request: Request, conn: ReadConnection) -> OfferOut:
    """Who invites into what, for whoever holds the link. It is a POST so that no log keeps the secret."""
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "invitations", address_of(request))
    return OfferOut.of(await teams.get_offer(conn, _secret(body), clock_of(request)()))


@router.post("/invitations/accept", openapi_extra=permission(OWN))
async def accept_invitation(
    body: InvitationTokenIn, viewer: SignedIn, request: Request, tx: Transaction
) -> OfferOut:
    """Join the profile; the link is used up."""
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "invitations", address_of(request))
    return OfferOut.of(await teams.accept_invitation(tx, viewer, _secret(body), clock_of(request)()))


@router.put("/profiles/{party_id}/dispute", status_code=204, openapi_extra=permission(MODERATOR))
async def begin_dispute(party_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """Two sides claim the profile: until the dispute ends, nothing of it changes."""
    await teams.freeze_profile(tx, viewer, party_id, clock_of(request)())


@router.delete("/profiles/{party_id}/dispute", status_code=204, openapi_extra=permission(MODERATOR))
async def end_dispute(party_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    await teams.freeze_profile(tx, viewer, party_id, None)


def _secret(body: InvitationTokenIn) -> Secret:
    return Secret(body.token.get_secret_value())

"""A profile's team: who belongs to it, inviting, changing, leaving.

Whatever changes a team holds the profile's row first and looks at roles after that, so that of two owners who
step down at once the second finds itself the last one. The database holds the same law at commit.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    ANONYMOUS,
    AlreadyAMember,
    AuditAct,
    Invitation,
    InvitationMissing,
    LastOwner,
    Member,
    MemberMissing,
    Offer,
    OwnCase,
    ProfileFrozen,
    Role,
    RoleTooLow,
    SignedInViewer,
    TooManyInvitations,
    TooManyMembers,
    Verb,
    Viewer,
)
from basedmusic.accounts.rules import clean_email
from basedmusic.accounts.rules.permissions import can_give_role
from basedmusic.accounts.rules.standing import Limited
from basedmusic.accounts.rules.teams import INVITATION_LIFE, MAX_INVITATIONS, MAX_MEMBERS
from basedmusic.accounts.service.ages import may_strangers_write
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.library import hold_library
from basedmusic.accounts.service.permissions import require_can, require_moderator
from basedmusic.accounts.service.profile_mails import invitation_mail
from basedmusic.accounts.service.standing import require_room
from basedmusic.accounts.store import parties, permissions
from basedmusic.accounts.store import teams as store
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.kernel.errors import Invalid, NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.mail import Letterhead, send_mail


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation, and its secret: for its maker's eyes only, or for the mail's receiver's."""

    id: UUID
    role: Role
    secret: Secret
    address: str | None
    expires_at: datetime


async def list_members(
    conn: Connection, viewer: Viewer, party_id: PartyId, page: PageRequest
) -> Page[Member]:
    """In the order they came. Raises NotAMember."""
    await require_can(conn, viewer, party_id, Verb.SEE_MEMBERS)
    assert viewer.account_id is not None  # nobody else is a member
    rows = await store.list_members(conn, viewer.account_id, party_id, page)
    return page.page(rows, lambda member: (member.since, member.account_id))


async def change_role(tx: Tx, viewer: Viewer, party_id: PartyId, account_id: UUID, role: Role) -> Member:
    """Make a member something else, an owner too. Raises MemberMissing, RoleTooLow, LastOwner and as `require_can`.

    Handing a profile on is making somebody an owner and stepping down.
    """
    giver = await _hold_team(tx, viewer, party_id)
    member = await _member(tx.conn, party_id, account_id)
    if not can_give_role(giver, member.role, role):
        raise RoleTooLow
    await _keep_an_owner(tx.conn, party_id, member, role)
    if role is not member.role:
        await store.update_role(tx.conn, party_id, account_id, role)
        await store.delete_invitations_of(tx.conn, party_id, account_id)
    return await _member(tx.conn, party_id, account_id, viewer)


async def remove_member(tx: Tx, viewer: Viewer, party_id: PartyId, account_id: UUID) -> None:
    """What they uploaded stays the profile's. Raises MemberMissing, RoleTooLow, LastOwner and as `require_can`."""
    giver = await _hold_team(tx, viewer, party_id)
    member = await _member(tx.conn, party_id, account_id)
    if not can_give_role(giver, member.role, None):
        raise RoleTooLow
    await _keep_an_owner(tx.conn, party_id, member, None)
    await store.delete_member(tx.conn, party_id, account_id)


async def leave(tx: Tx, viewer: SignedInViewer, party_id: PartyId) -> None:
    """Anybody may, the last owner excepted. Raises NotAMember, ProfileFrozen, LastOwner."""
    await store.lock_team(tx.conn, party_id)
    await require_can(tx.conn, viewer, party_id, Verb.SEE_MEMBERS)
    standing = await permissions.find_standing(tx.conn, party_id, viewer.account_id)
    if standing is not None and standing.frozen:
        raise ProfileFrozen
    member = await _member(tx.conn, party_id, viewer.account_id)
    await _keep_an_owner(tx.conn, party_id, member, None)
    await store.delete_member(tx.conn, party_id, viewer.account_id)


async def hand_on(
    tx: Tx, viewer: SignedInViewer, party_id: PartyId, account_id: UUID, stay_as: Role | None
) -> None:
    """Make a member an owner in the viewer's place, who stays as `stay_as` or, with None, goes: one act.

    Raises MemberMissing, Invalid and as `require_can`.
    """
    await store.lock_team(tx.conn, party_id)
    await require_can(tx.conn, viewer, party_id, Verb.MANAGE_OWNERS)
    if account_id == viewer.account_id:
        raise Invalid("It is yours already; choose somebody else of the team", field="account_id")
    heir = await _member(tx.conn, party_id, account_id)
    await store.update_role(tx.conn, party_id, heir.account_id, Role.OWNER)
    await store.delete_invitations_of(tx.conn, party_id, heir.account_id)
    if stay_as is None:
        await store.delete_member(tx.conn, party_id, viewer.account_id)
    else:
        await store.update_role(tx.conn, party_id, viewer.account_id, stay_as)
        await store.delete_invitations_of(tx.conn, party_id, viewer.account_id)


async def invite(
    tx: Tx,
    viewer: SignedInViewer,
    party_id: PartyId,
    role: Role,
    now: datetime,
    *,
    address: str | None = None,
    letterhead: Letterhead | None = None,
) -> Invited:
    """A link for one person to join as `role`; with an address and a letterhead it goes there by mail.

    Not to a minor's, and the answer does not tell: whoever knows them can give them the link.

    Raises RoleTooLow, TooManyInvitations, LimitReached, Invalid and as `require_can`.
    """
    giver = await _hold_team(tx, viewer, party_id)
    if not can_give_role(giver, None, role):
        raise RoleTooLow
    if await store.has_as_many_invitations(tx.conn, party_id, now, MAX_INVITATIONS):
        raise TooManyInvitations
    await hold_library(tx, viewer.account_id)
    await require_room(tx.conn, viewer.account_id, Limited.INVITATIONS, now)
    address = None if address is None else clean_email(address)
    secret, expires_at = new_secret(), now + INVITATION_LIFE
    invitation_id = await store.insert_invitation(
        tx.conn, party_id, role, secret.hash(), viewer.account_id, now, expires_at, address
    )
    if address is not None and letterhead is not None and await may_strangers_write(tx.conn, address, now):
        offer = await get_offer(tx.conn, secret, now)
        name = offer.party.name
        by = offer.invited_by or "Somebody"  # who asked to be erased a moment ago
        await send_mail(tx, invitation_mail(letterhead, address, name, by, role, secret, expires_at))
    return Invited(invitation_id, role, secret, address, expires_at)


async def list_invitations(
    conn: Connection, viewer: Viewer, party_id: PartyId, now: datetime, page: PageRequest
) -> Page[Invitation]:
    """Those still open, newest first. Raises as `require_can`."""
    await require_can(conn, viewer, party_id, Verb.MANAGE_MEMBERS)
    rows = await store.list_invitations(conn, party_id, now, page)
    return page.page(rows, lambda invitation: (invitation.id,))


async def revoke_invitation(tx: Tx, viewer: Viewer, party_id: PartyId, invitation_id: UUID) -> None:
    """Its link leads nowhere from now on. Raises InvitationMissing and as `require_can`."""
    await _hold_team(tx, viewer, party_id)
    if not await store.delete_invitation(tx.conn, party_id, invitation_id):
        raise InvitationMissing


async def get_offer(conn: Connection, presented: Secret, now: datetime) -> Offer:
    """What the link offers. Raises InvitationMissing."""
    offer = await store.find_offer(conn, presented.hash(), now)
    if offer is None:
        raise InvitationMissing
    return offer


async def accept_invitation(tx: Tx, viewer: SignedInViewer, presented: Secret, now: datetime) -> Offer:
    """Join; the link is used up. Raises InvitationMissing, AlreadyAMember, TooManyMembers, ProfileFrozen.

    Where a block lies between the two, the link is like one that is used up: neither side learns of it here.
    A member who opens their own profile's link leaves it for whom it was meant.
    """
    offer = await get_offer(tx.conn, presented, now)
    party_id = offer.party.id
    await store.lock_team(tx.conn, party_id)
    if await store.find_member(tx.conn, party_id, viewer.account_id):
        raise AlreadyAMember
    await hold_library(tx, viewer.account_id)
    if await store.is_unwelcome(tx.conn, presented.hash(), viewer.account_id):
        raise InvitationMissing
    if await permissions.is_frozen(tx.conn, party_id):
        raise ProfileFrozen
    if await store.has_as_many_members(tx.conn, party_id, MAX_MEMBERS):
        raise TooManyMembers
    if not await store.use_invitation(tx.conn, presented.hash(), now):
        raise InvitationMissing
    await parties.insert_membership(tx.conn, party_id, viewer.account_id, offer.role)
    return offer


async def freeze_profile(tx: Tx, viewer: Viewer, party_id: UUID, now: datetime | None) -> None:
    """A dispute begins at `now`, or ends with None. Raises ModeratorsOnly, NotFound, OwnCase."""
    moderator = await require_moderator(tx.conn, viewer)
    if await store.find_member(tx.conn, PartyId(party_id), moderator):
        raise OwnCase("This is a profile of yours; another moderator has to decide about a dispute over it")
    if not await store.set_frozen(tx.conn, party_id, now):
        raise NotFound
    act = AuditAct.DISPUTE_ENDED if now is None else AuditAct.DISPUTE_BEGUN
    await record(tx, moderator, act, subject_kind="profile", subject_id=party_id)


async def _hold_team(tx: Tx, viewer: Viewer, party_id: PartyId) -> Role:
    await store.lock_team(tx.conn, party_id)
    return await require_can(tx.conn, viewer, party_id, Verb.MANAGE_MEMBERS)


async def _member(
    conn: Connection, party_id: PartyId, account_id: UUID, viewer: Viewer = ANONYMOUS
) -> Member:
    member = await store.find_member(conn, party_id, account_id, viewer.account_id)
    if member is None:
        raise MemberMissing
    return member


async def _keep_an_owner(conn: Connection, party_id: PartyId, member: Member, role: Role | None) -> None:
    if member.role is not Role.OWNER or role is Role.OWNER:
        return
    if not await store.has_other_owner(conn, party_id, member.account_id):
        raise LastOwner

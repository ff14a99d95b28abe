"""Who belongs to a profile, and how somebody comes to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts.parties import Party, Role
from basedmusic.kernel.errors import Conflict, NotFound
from basedmusic.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Member:
    account_id: AccountId
    name: str | None
    """None of somebody who is about to leave for good."""
    role: Role
    since: datetime
    followable: bool
    """Whether the viewer they were read for may begin to follow them."""
    following: bool
    """Whether that viewer does."""


@dataclass(frozen=True, slots=True)
class Invitation:
    id: UUID
    role: Role
    invited_by: str | None
    """A name, as a member's."""
    address: str | None
    """Where it was sent by mail."""
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever holds an invitation's link is told."""

    party: Party
    role: Role
    invited_by: str | None
    expires_at: datetime


class LastOwner(Conflict):
    code = "last_owner"
    title = "A profile keeps at least one owner; make somebody else an owner first"


class MemberMissing(NotFound):
    code = "member_not_found"
    title = "There is no such member"


class InvitationMissing(NotFound):
    """Used, taken back, over, or never there."""

    code = "invitation_not_found"
    title = "This invitation is not valid any more; ask for a new one"


class AlreadyAMember(Conflict):
    code = "already_a_member"
    title = "You belong to this profile already"


class TooManyMembers(Conflict):
    code = "too_many_members"
    title = "This profile has as many members as it can have"


class TooManyInvitations(Conflict):
    code = "too_many_invitations"
    title = "Too many invitations are open; take some back first"

"""Links that are sent by mail and prove that whoever presents one reads the mail of its address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import AccountId


class LinkPurpose(StrEnum):
    """What a link is for; one of another purpose is as good as none."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
    CHANGE_EMAIL = "change_email"
    TAKE_EMAIL_BACK = "take_email_back"
    KEEP_ACCOUNT = "keep_account"
    SEE_REPORT = "see_report"
    """A guest's report: looked at as often as they like, never used up."""
    APPEAL = "appeal"
    """Of a decision, also by somebody whom it keeps from signing in."""
    GUEST_CONFIRM = "guest_confirm"
    GUEST_DATA = "guest_data"
    CLAIM_PROFILE = "claim_profile"


@dataclass(frozen=True, slots=True)
class Link:
    purpose: LinkPurpose
    account_id: AccountId | None
    """None for a guest."""
    address: str | None
    """What it is about, where that is not the account's own address."""
    subject_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddressState:
    """What a person is told of their address."""

    pending: str | None
    """A new one that waits to be confirmed."""
    returned: bool
    """Mail to the present one came back, and none but proofs goes there."""


class LinkMissing(NotFound):
    """Used, taken back, over, or never there."""

    code = "link_not_found"
    title = "This link was used already or is not valid any more; ask for a new one"

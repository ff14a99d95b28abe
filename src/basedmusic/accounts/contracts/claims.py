"""Claims: somebody says that a profile is theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.accounts.contracts.profiles import ProfileRef
from basedmusic.kernel.errors import Conflict, Invalid, NotFound, TooManyRequests
from basedmusic.kernel.ids import AccountId


class ClaimStatus(StrEnum):
    OPEN = "open"
    """To be proved."""
    WAITING = "waiting"
    """A moderator decides; it may still be proved."""
    GRANTED = "granted"
    REFUSED = "refused"


class ClaimProof(StrEnum):
    SITE = "site"
    MAIL = "mail"
    MODERATOR = "moderator"


class ClaimDecision(StrEnum):
    """A moderator's."""

    GRANTED = "granted"
    """The claimant becomes an owner, beside those there are."""
    REPLACED = "replaced"
    """The claimant becomes the owner; everybody who belonged to the profile goes."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Claim:
    id: UUID
    profile: ProfileRef
    account_id: AccountId
    claimant: str
    """A name."""
    code: str
    """To be put on the profile's website."""
    mail_domain: str | None
    """Where an address proves the claim; None where none does."""
    status: ClaimStatus
    proof: ClaimProof | None
    words: str
    answer: str
    created_at: datetime
    expires_at: datetime


class ClaimMissing(NotFound):
    """Over, taken back, of somebody else, or never there."""

    code = "claim_not_found"
    title = "There is no such claim any more"


class ClaimSettled(Conflict):
    code = "claim_settled"
    title = "This claim was decided already"


class AlreadyOwned(Conflict):
    """The page has an owner, perhaps since a moment ago."""

    code = "already_owned"
    title = "Somebody owns this profile already; tell the moderators why it is yours"


class NotProved(Conflict):
    code = "not_proved"
    title = "The code is not on the page yet"


class ModeratorsClaim(Conflict):
    code = "moderators_claim"
    title = (
        "You may write onto such pages yourself, so nothing there proves it; ask another moderator to decide"
    )


class NoWebsite(Conflict):
    code = "no_website"
    title = "No website of this profile is known, so a moderator has to decide"


class ForeignAddress(Invalid):
    code = "foreign_address"
    title = "This address does not belong to the profile's own website"


class TooManyClaims(TooManyRequests):
    code = "too_many_claims"
    title = "You claim as many profiles as one can at a time; take one back, or wait for a decision"

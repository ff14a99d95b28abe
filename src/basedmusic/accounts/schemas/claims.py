"""Claims on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from basedmusic.accounts.contracts import Claim, ClaimDecision, ClaimProof, ClaimStatus
from basedmusic.accounts.rules.claims import MAX_WORDS
from basedmusic.accounts.schemas.parties import Email
from basedmusic.accounts.schemas.profiles import ProfileRefOut
from basedmusic.platform.http.text import BodyIn

Words = Annotated[str, Field(max_length=MAX_WORDS)]


class ClaimWordsIn(BodyIn):
    words: Words


class ClaimMailIn(BodyIn):
    email: Email


class ClaimTokenIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]


class DecisionIn(BodyIn):
    decision: ClaimDecision
    answer: Words = Field("", description="To the claimant")


class ClaimOut(BaseModel):
    id: UUID
    profile: ProfileRefOut
    status: ClaimStatus
    proof: ClaimProof | None
    code: str
    """To be put on the profile's website, anywhere in its text."""
    mail_domain: str | None
    """An address here, or below it, proves the claim; null where none does."""
    words: str
    answer: str
    """The moderators', once they have decided."""
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, claim: Claim) -> "ClaimOut":
        return cls(
            id=claim.id,
            profile=ProfileRefOut.of(claim.profile),
            status=claim.status,
            proof=claim.proof,
            code=claim.code,
            mail_domain=claim.mail_domain,
            words=claim.words,
            answer=claim.answer,
            created_at=claim.created_at,
            expires_at=claim.expires_at,
        )


class WaitingClaimOut(BaseModel):
    """What a moderator decides about."""

    id: UUID
    profile: ProfileRefOut
    """`claimable` is false for one that has an owner: then there are two sides."""
    account_id: UUID
    claimant: str
    words: str
    created_at: datetime

    @classmethod
    def of(cls, claim: Claim) -> "WaitingClaimOut":
        return cls(
            id=claim.id,
            profile=ProfileRefOut.of(claim.profile),
            account_id=claim.account_id,
            claimant=claim.claimant,
            words=claim.words,
            created_at=claim.created_at,
        )

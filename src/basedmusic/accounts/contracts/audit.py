"""The audit log: what was done with a moderator's, an admin's or the shell's power."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from basedmusic.kernel.ids import AccountId

Plain: TypeAlias = str | int | bool | None


class Hand(StrEnum):
    """Who acts without an account."""

    SHELL = "shell"
    """Somebody with a shell on the server."""
    SCENE = "scene"
    """The server by itself."""


Actor: TypeAlias = AccountId | Hand


class AuditAct(StrEnum):
    """Past tense, as facts are: what was done to the subject."""

    ACCOUNT_ADDED = "account.added"
    PASSWORD_SET = "account.password_set"  # noqa: S105 - a name
    ACCOUNT_SUSPENDED = "account.suspended"
    SUSPENSION_LIFTED = "account.suspension_lifted"
    SESSIONS_ENDED = "account.sessions_ended"
    SCENE_ROLE_SET = "scene.role_set"
    FIRST_ADMIN_MADE = "scene.first_admin_made"
    CASE_CLAIMED = "case.claimed"
    CASE_RELEASED = "case.released"
    CASE_DECIDED = "case.decided"
    CASE_APPEALED = "case.appealed"
    DISPUTE_BEGUN = "profile.dispute_begun"
    DISPUTE_ENDED = "profile.dispute_ended"
    PROFILE_CLOSED = "profile.closed"
    PROFILE_REOPENED = "profile.reopened"
    PROFILE_DELETED = "profile.deleted"
    CLAIM_DECIDED = "profile.claim_decided"
    JOB_RELEASED = "job.released"
    JOBS_RELEASED = "jobs.released"
    JOB_CANCELLED = "job.cancelled"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain, as it is stored. What erasing took away is None."""

    seq: int
    """From 1, without gaps."""
    at: datetime
    act: str
    hand: str
    """`account`, or a Hand."""
    actor_id: UUID | None
    subject_kind: str
    """Such as `account`, `profile` or `job`."""
    subject_id: str | None
    salt: bytes | None
    payload: str | None
    """Canonical JSON."""
    payload_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry in words: with the names that are known of its ids, and its payload read."""

    seq: int
    at: datetime
    act: str
    hand: str
    actor_id: UUID | None
    actor_name: str | None
    subject_kind: str
    subject_id: str | None
    subject_name: str | None
    payload: Mapping[str, Plain] | None
    """None once it was erased."""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of the chain; noted elsewhere, it lets a later check see that nothing before it was rewritten."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first entry that is not what was written."""

    seq: int
    why: str

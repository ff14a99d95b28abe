"""Reports of what should not be there, the cases made of them, and how they are decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from basedmusic.accounts.contracts.sessions import Viewer
from basedmusic.kernel.errors import Conflict, NotAllowed, NotFound, TooManyRequests
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection, Tx


class SubjectKind(StrEnum):
    """What can be reported."""

    TRACK = "track"
    RELEASE = "release"
    ARTIST = "artist"
    VENUE = "venue"
    ORGANISER = "organiser"
    PERSON = "person"


class Reason(StrEnum):
    """What somebody finds wrong with it."""

    NOT_THEIRS = "not_theirs"
    """Somebody else's music, picture or words."""
    PRETENDS = "pretends"
    """To be somebody else."""
    HATE = "hate"
    HARASSMENT = "harassment"
    SEXUAL = "sexual"
    CHILD_SAFETY = "child_safety"
    VIOLENCE = "violence"
    SPAM = "spam"
    PRIVATE = "private"
    """Tells what is nobody's business."""
    ILLEGAL = "illegal"
    OTHER = "other"


class CaseState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"


class Decision(StrEnum):
    NO_ACTION = "no_action"
    WARN = "warn"
    TAKE_DOWN = "take_down"
    SUSPEND = "suspend"
    RESTORE = "restore"
    """Of an appeal: what was taken down is there again, a suspension is lifted."""
    UPHOLD = "uphold"
    """Of an appeal: it stays as it was decided."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing as it is at this moment."""

    title: str
    party_id: PartyId
    """Whose it is."""
    details: Mapping[str, str]
    """What stands there, by field, and hashes of its files."""


class ReportSubject(Protocol):
    """What a slice does for reports of its things; collected in `app/wiring`."""

    @property
    def kinds(self) -> frozenset[SubjectKind]: ...

    async def collect(
        self, conn: Connection, viewer: Viewer, kind: SubjectKind, subject_id: UUID
    ) -> Evidence | None:
        """None where the viewer finds nothing."""
        ...

    async def take_down(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None: ...

    async def restore(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None:
        """Undo `take_down`; nothing for what was not taken down."""
        ...


ReportSubjects = Mapping[SubjectKind, ReportSubject]


@dataclass(frozen=True, slots=True)
class Case:
    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    party_id: PartyId
    party_name: str | None
    """None once it is gone."""
    state: CaseState
    opened_at: datetime
    reports: int
    reasons: tuple[Reason, ...]
    claimed_by: AccountId | None
    claimed_by_name: str | None
    decision: Decision | None
    rule: str | None
    facts: str | None
    decided_by: AccountId | None
    decided_at: datetime | None
    appealed_at: datetime | None
    appeal: str | None
    first_decided_by: AccountId | None
    first_decision: Decision | None
    suspended_id: AccountId | None
    """Whom it suspended; None also once that account is erased."""


@dataclass(frozen=True, slots=True)
class CaseReport:
    """For moderators: without who sent it."""

    id: UUID
    reason: Reason
    words: str
    by_guest: bool
    created_at: datetime
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseAct:
    at: datetime
    actor_name: str | None
    act: str
    words: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Where whoever sent a report is told what became of it."""

    report_id: UUID
    reference: str
    address: str
    by_guest: bool


@dataclass(frozen=True, slots=True)
class OwnReport:
    """For whoever sent it."""

    id: UUID
    reference: str
    kind: SubjectKind
    title: str
    reason: Reason
    created_at: datetime
    state: CaseState
    decision: Decision | None


class SubjectMissing(NotFound):
    code = "subject_not_found"
    title = "There is no such thing to report"


class ReportedAlready(Conflict):
    code = "reported_already"
    title = "You reported this already; a moderator is going to look at it"


class CaseMissing(NotFound):
    code = "case_not_found"
    title = "There is no such case"


class CaseTaken(Conflict):
    code = "case_taken"
    title = "Another moderator has this case"


class CaseDecided(Conflict):
    code = "case_decided"
    title = "This case has been decided meanwhile"


class OwnCase(NotAllowed):
    code = "own_case"
    title = "This is your own report or about your own profile; another moderator has to decide it"


class AppealElsewhere(NotAllowed):
    code = "appeal_elsewhere"
    title = "You made the first decision; another moderator has to look at the appeal"


class DecisionUnfit(Conflict):
    code = "decision_unfit"
    title = "This decision does not fit the case"


class AppealedAlready(Conflict):
    code = "appealed_already"
    title = "This decision was appealed before; the second one stands"


class LimitReached(TooManyRequests):
    """As much as the account may do of this for now; `retry_after_s` says when more goes."""

    code = "limit_reached"
    title = "That is as much as your account may do of this for now"

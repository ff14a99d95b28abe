"""Reports and cases on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from basedmusic.accounts.contracts import (
    Case,
    CaseState,
    Decision,
    OwnReport,
    Reason,
    SubjectKind,
)
from basedmusic.accounts.rules.moderation import MAX_WORDS
from basedmusic.accounts.schemas.parties import Email
from basedmusic.accounts.service.moderation import CaseFile
from basedmusic.platform.http.text import BodyIn

Words = Annotated[str, Field(max_length=2 * MAX_WORDS, description=f"At most {MAX_WORDS} characters")]


class ReportIn(BodyIn):
    kind: SubjectKind
    subject_id: UUID
    reason: Reason
    words: Words = ""
    contact: Email | None = Field(None, description="Of a guest who wants to know what comes of it")


class ReportTokenIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]


class OwnReportOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    reference: str
    """To quote."""
    kind: SubjectKind
    title: str
    reason: Reason
    created_at: datetime
    state: CaseState
    decision: Decision | None

    @classmethod
    def of(cls, report: OwnReport) -> "OwnReportOut":
        return cls.model_validate(report)


class CaseOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    party_name: str | None
    state: CaseState
    opened_at: datetime
    reports: int
    reasons: list[Reason]
    claimed_by: UUID | None
    claimed_by_name: str | None
    decision: Decision | None
    rule: str | None
    facts: str | None
    decided_at: datetime | None
    appealed_at: datetime | None
    appeal: str | None
    first_decision: Decision | None


class CaseReportOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    reason: Reason
    words: str
    by_guest: bool
    created_at: datetime
    evidence: Mapping[str, str]
    """The thing as it was, by field."""


class CaseActOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    at: datetime
    actor_name: str | None
    act: str
    words: str


class CaseFileOut(BaseModel):
    case: CaseOut
    items: list[CaseReportOut]
    acts: list[CaseActOut]

    @classmethod
    def of(cls, file: CaseFile) -> "CaseFileOut":
        return cls(
            case=CaseOut.model_validate(file.case),
            items=[CaseReportOut.model_validate(one) for one in file.reports],
            acts=[CaseActOut.model_validate(one) for one in file.acts],
        )


class VerdictIn(BodyIn):
    decision: Decision
    rule: Reason
    facts: Words
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(None, description="Of a suspension")


class AppealIn(BodyIn):
    words: Words


class AppealByLinkIn(BodyIn):
    token: Annotated[SecretStr, Field(max_length=200)]
    words: Words


class DecisionOut(BaseModel):
    """What whoever it is about may know: nothing of who reported it, or how many did."""

    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    decision: Decision
    rule: str
    facts: str
    decided_at: datetime
    appealed_at: datetime | None
    can_appeal: bool

    @classmethod
    def of(cls, case: Case, *, can_appeal: bool) -> "DecisionOut":
        assert case.decision is not None
        assert case.decided_at is not None
        return cls(
            id=case.id,
            kind=case.kind,
            subject_id=case.subject_id,
            title=case.title,
            decision=case.decision,
            rule=case.rule or "",
            facts=case.facts or "",
            decided_at=case.decided_at,
            appealed_at=case.appealed_at,
            can_appeal=can_appeal,
        )

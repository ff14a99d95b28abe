"""The moderators' queue: claiming a case, deciding it, and looking again when somebody appeals.

Whatever changes a case holds its row first, so that of two moderators the second sees what the first did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from basedmusic.accounts.contracts import (
    AppealedAlready,
    AppealElsewhere,
    AuditAct,
    Case,
    CaseAct,
    CaseDecided,
    CaseMissing,
    CaseReport,
    CaseState,
    CaseTaken,
    Decision,
    DecisionUnfit,
    LinkMissing,
    LinkPurpose,
    OwnCase,
    Reason,
    ReportSubjects,
    SignedInViewer,
    Viewer,
)
from basedmusic.accounts.rules import moderation as rules
from basedmusic.accounts.rules.permissions import can_administer
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.mail_links import issue_link, use_link
from basedmusic.accounts.service.outcomes import TELL_REPORTERS, TellReporters
from basedmusic.accounts.service.permissions import find_scene_role, require_moderator
from basedmusic.accounts.service.suspensions import lift_suspension, suspend_account
from basedmusic.accounts.store import reports as store
from basedmusic.accounts.store.safety import lock_everybody_behind
from basedmusic.accounts.store.suspensions import lock_scene
from basedmusic.accounts.store.teams import lock_team
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.mail import Letterhead, Mail, compose, send_mail


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that a moderator looks at before deciding."""

    case: Case
    reports: Sequence[CaseReport]
    acts: Sequence[CaseAct]


@dataclass(frozen=True, slots=True)
class Verdict:
    decision: Decision
    rule: Reason
    facts: str
    """What was found, in words that whoever was reported is going to read."""
    days: int | None = None
    """Of a suspension; None is until it is lifted."""


async def list_cases(conn: Connection, viewer: Viewer, state: CaseState, page: PageRequest) -> Page[Case]:
    """Those the moderator may decide. Raises ModeratorsOnly."""
    moderator = await require_moderator(conn, viewer)
    rows = await store.list_cases(conn, moderator, state, page)
    return page.page(rows, lambda case: (case.id,))


async def get_case(conn: Connection, viewer: Viewer, case_id: UUID) -> CaseFile:
    """Raises ModeratorsOnly, CaseMissing, OwnCase."""
    moderator = await require_moderator(conn, viewer)
    case = await _find(conn, moderator, case_id)
    return CaseFile(case, await store.list_case_reports(conn, case_id), await store.list_acts(conn, case_id))


async def claim_case(tx: Tx, viewer: Viewer, case_id: UUID, now: datetime) -> Case:
    """From now on it is the moderator's to decide. Safe to repeat.

    Raises as `get_case`, CaseTaken, CaseDecided, AppealElsewhere.
    """
    moderator = await require_moderator(tx.conn, viewer)
    case = await _hold(tx.conn, moderator, case_id)
    if not rules.can_look_again(case, moderator):
        raise AppealElsewhere
    if case.claimed_by != moderator:
        await store.set_claim(tx.conn, case_id, moderator)
        await store.insert_act(tx.conn, case_id, moderator, "claimed", "", now)
        await record(tx, moderator, AuditAct.CASE_CLAIMED, subject_kind="case", subject_id=case_id)
    return await _find(tx.conn, moderator, case_id)


async def release_case(tx: Tx, viewer: Viewer, case_id: UUID, now: datetime) -> None:
    """Back to the others; an admin may give back anybody's. Raises as `get_case`, CaseTaken, CaseDecided."""
    moderator = await require_moderator(tx.conn, viewer)
    is_admin = can_administer(await find_scene_role(tx.conn, moderator))
    case = await _hold(tx.conn, moderator, case_id, or_anothers=is_admin)
    if case.claimed_by is not None:
        await store.set_claim(tx.conn, case_id, None)
        await store.insert_act(tx.conn, case_id, moderator, "released", "", now)
        await record(tx, moderator, AuditAct.CASE_RELEASED, subject_kind="case", subject_id=case_id)


async def decide_case(
    tx: Tx,
    viewer: Viewer,
    subjects: ReportSubjects,
    letterhead: Letterhead,
    case_id: UUID,
    verdict: Verdict,
    now: datetime,
) -> Case:
    """Do what was decided, and tell both sides. Raises as `claim_case`, AppealElsewhere, DecisionUnfit, Invalid."""
    moderator = await require_moderator(tx.conn, viewer)
    await _hold_whom_it_may_hit(tx.conn, await _find(tx.conn, moderator, case_id), verdict.decision)
    case = await _hold(tx.conn, moderator, case_id)
    if not rules.can_look_again(case, moderator):
        raise AppealElsewhere
    if not rules.fits(case, verdict.decision):
        raise DecisionUnfit
    facts = rules.clean_words(verdict.facts, "facts", needed=True)
    await store.set_decision(tx.conn, case_id, moderator, verdict.decision, verdict.rule, facts, now)
    await store.insert_act(tx.conn, case_id, moderator, "decided", f"{verdict.decision.value}: {facts}", now)
    decided = await _find(tx.conn, moderator, case_id)
    await _tell_both(tx, letterhead, decided, verdict, facts, now)
    await _carry_out(tx, subjects, moderator, case, verdict, facts, now)
    await record(
        tx,
        moderator,
        AuditAct.CASE_DECIDED,
        subject_kind="case",
        subject_id=case_id,
        # Its words are the case's: the log forgets by person, and this entry is about none.
        payload={"decision": verdict.decision.value, "rule": verdict.rule.value},
    )
    return decided


async def list_decisions_about(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Case]:
    """About the viewer, or a profile they run; last first."""
    rows = await store.list_decisions_about(conn, viewer.account_id, page)
    return page.page(rows, lambda case: (case.decided_at, case.id))


async def appeal(tx: Tx, viewer: SignedInViewer, case_id: UUID, words: str, now: datetime) -> None:
    """Another moderator is to look at it. Raises CaseMissing, AppealedAlready, Invalid."""
    await _appeal(tx, viewer.account_id, case_id, words, now)


async def appeal_by_link(tx: Tx, presented: Secret, words: str, now: datetime) -> None:
    """With the link of the mail, which is used by it. Raises LinkMissing, and as `appeal`."""
    link = await use_link(tx, LinkPurpose.APPEAL, presented, now)
    if link.account_id is None or link.subject_id is None:
        raise LinkMissing
    await _appeal(tx, link.account_id, link.subject_id, words, now)


async def _appeal(tx: Tx, account_id: AccountId, case_id: UUID, words: str, now: datetime) -> None:
    words = rules.clean_words(words, "words", needed=True)
    await store.lock_case(tx.conn, case_id)
    case = await store.find_case(tx.conn, case_id)
    if case is None or not await store.is_about(tx.conn, account_id, case_id):
        raise CaseMissing
    if not rules.can_appeal(case):
        raise AppealedAlready
    await store.set_appeal(tx.conn, case_id, words, now)
    await store.insert_act(tx.conn, case_id, account_id, "appealed", words, now)
    await record(tx, account_id, AuditAct.CASE_APPEALED, subject_kind="case", subject_id=case_id)


async def _find(conn: Connection, moderator: AccountId, case_id: UUID) -> Case:
    case = await store.find_case(conn, case_id)
    if case is None:
        raise CaseMissing
    if await store.is_own_case(conn, moderator, case_id):
        raise OwnCase
    return case


async def _hold(conn: Connection, moderator: AccountId, case_id: UUID, *, or_anothers: bool = False) -> Case:
    """Not decided, and nobody else's."""
    await store.lock_case(conn, case_id)
    case = await _find(conn, moderator, case_id)
    if case.state is CaseState.DECIDED:
        raise CaseDecided
    if not or_anothers and case.claimed_by not in (None, moderator):
        raise CaseTaken(f"{case.claimed_by_name or 'Another moderator'} has this case")
    return case


async def _hold_whom_it_may_hit(conn: Connection, case: Case, decision: Decision) -> None:
    """Before the case itself, in the order in which everybody holds rows."""
    if decision in (Decision.SUSPEND, Decision.RESTORE):
        await lock_scene(conn)
    await lock_team(conn, case.party_id)
    await lock_everybody_behind(conn, case.party_id, case.suspended_id)


async def _carry_out(
    tx: Tx,
    subjects: ReportSubjects,
    moderator: AccountId,
    case: Case,
    verdict: Verdict,
    facts: str,
    now: datetime,
) -> None:
    subject = subjects[case.kind]
    if verdict.decision is Decision.TAKE_DOWN:
        await subject.take_down(tx, case.kind, case.subject_id)
    elif verdict.decision is Decision.SUSPEND:
        until = now + timedelta(days=verdict.days) if verdict.days else None
        reason = " ".join(facts.split())[:200]
        account_id = await _only_one_behind(tx.conn, case)
        await suspend_account(tx, moderator, account_id, reason, until, now, case_id=case.id)
        await store.set_suspended(tx.conn, case.id, account_id)
    elif verdict.decision is Decision.RESTORE and case.first_decision is Decision.TAKE_DOWN:
        await subject.restore(tx, case.kind, case.subject_id)
    elif verdict.decision is Decision.RESTORE and case.suspended_id is not None:
        await lift_suspension(tx, moderator, case.suspended_id, of_case=case.id)


async def _only_one_behind(conn: Connection, case: Case) -> AccountId:
    behind = await store.list_behind(conn, case.party_id)
    if len(behind) != 1:
        raise DecisionUnfit(
            "Several people run this profile, or nobody; suspend the one who did it under People"
        )
    return behind[0][0]


async def _tell_both(
    tx: Tx, letterhead: Letterhead, case: Case, verdict: Verdict, facts: str, now: datetime
) -> None:
    decision = verdict.decision
    await tx.enqueue(TELL_REPORTERS, TellReporters(case.id, decision))
    if decision is Decision.NO_ACTION:
        return
    said = rules.statement_of_reasons(
        case.title, decision, verdict.rule, facts, verdict.days, appeal_possible=rules.can_appeal(case)
    )
    for account_id, address in await store.list_behind(tx.conn, case.party_id):
        action = ("See the decision", letterhead.link("/settings"))
        if rules.can_appeal(case):
            secret = await issue_link(
                tx,
                LinkPurpose.APPEAL,
                account_id=account_id,
                subject_id=case.id,
                life=rules.KEEP_EVIDENCE,
                now=now,
            )
            action = ("Appeal", letterhead.link("/appeal", secret.text))
        text, html = compose(
            letterhead.scene_name,
            said,
            action=action,
        )
        await send_mail(
            tx, Mail(address, f"A decision about “{case.title}”", text, html, "statement_of_reasons")
        )

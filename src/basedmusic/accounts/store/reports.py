"""Reports, cases, and what moderators did with them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    Case,
    CaseAct,
    CaseReport,
    CaseState,
    Decision,
    Evidence,
    OwnReport,
    Reason,
    Reporter,
    SubjectKind,
)
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

# A claim by somebody who is gone, suspended, or no moderator any more counts as none: the case is open again.
_CASE = """
SELECT c.id, c.subject_kind, c.subject_id, c.title, c.party_id, p.name AS party_name,
       CASE WHEN c.state = 'claimed' AND k.id IS NULL THEN 'open' ELSE c.state END AS state, c.opened_at,
       k.id AS claimed_by, k.name AS claimed_by_name, c.decision, c.rule, c.facts, c.decided_by, c.decided_at,
       c.appealed_at, c.appeal, c.first_decided_by, c.first_decision,
       c.suspended_id,
       (SELECT count(*) FROM accounts.report r WHERE r.case_id = c.id) AS reports,
       ARRAY(SELECT DISTINCT r.reason FROM accounts.report r WHERE r.case_id = c.id ORDER BY 1) AS reasons
  FROM accounts.moderation_case c
  LEFT JOIN accounts.party p ON p.id = c.party_id
  LEFT JOIN accounts.party k ON k.id = c.claimed_by
        AND EXISTS (SELECT FROM accounts.membership m JOIN accounts.account a ON a.id = m.account_id
                     WHERE m.account_id = c.claimed_by AND m.party_kind = 'scene'
                       AND (a.suspended_at IS NULL OR a.suspended_until <= now()))
"""
_IN_STATE = {
    CaseState.OPEN: "(c.state = 'open' OR (c.state = 'claimed' AND k.id IS NULL))",
    CaseState.CLAIMED: "c.state = 'claimed' AND k.id IS NOT NULL",
    CaseState.DECIDED: "c.state = 'decided'",
}
# A moderator's own reports and own profiles are not for them; they are not even listed.
_NOT_OWN = """ c.party_id <> $1
   AND NOT EXISTS (SELECT FROM accounts.membership m WHERE m.party_id = c.party_id AND m.account_id = $1)
   AND NOT EXISTS (SELECT FROM accounts.report r WHERE r.case_id = c.id AND r.reporter_id = $1)
"""


async def hold_open_case(
    conn: Connection, kind: SubjectKind, subject_id: UUID, evidence: Evidence, now: datetime
) -> UUID:
    """The open case about it, a new one if there is none but an appeal; nobody decides it until we are done."""
    case_id = await conn.fetchval(
        """INSERT INTO accounts.moderation_case (subject_kind, subject_id, title, party_id, opened_at)
           VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (subject_kind, subject_id) WHERE state <> 'decided' AND appealed_at IS NULL
              DO UPDATE SET title = excluded.title
           RETURNING id""",
        kind.value,
        subject_id,
        evidence.title[:200],
        evidence.party_id,
        now,
    )
    assert case_id is not None
    return case_id


async def insert_report(
    conn: Connection,
    case_id: UUID,
    reference: str,
    reporter_id: AccountId | None,
    contact: str | None,
    reason: Reason,
    words: str,
    evidence: Evidence,
    now: datetime,
) -> UUID | None:
    """None where this account has reported it in this case already. A contact must be new to the case."""
    return await conn.fetchval(
        """INSERT INTO accounts.report
               (case_id, reference, reporter_id, contact, reason, words, evidence, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
           ON CONFLICT (case_id, reporter_id) DO NOTHING RETURNING id""",
        case_id,
        reference,
        reporter_id,
        contact,
        reason.value,
        words,
        json.dumps(dict(evidence.details)),
        now,
    )


async def list_references(conn: Connection, contact: str) -> list[str]:
    """Of what guests reported with the address, in order; all of it, which is little (REPORTS_PER_CONTACT)."""
    rows = await conn.fetch(
        "SELECT reference FROM accounts.report WHERE lower(contact) = lower($1) ORDER BY id LIMIT 1000",
        contact,
    )
    return [row["reference"] for row in rows]


async def forget_contact(conn: Connection, contact: str) -> None:
    await conn.execute("UPDATE accounts.report SET contact = NULL WHERE lower(contact) = lower($1)", contact)


async def has_report_of(conn: Connection, case_id: UUID, contact: str) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.report WHERE lower(contact) = lower($2) AND case_id = $1", case_id, contact
    )
    return found is not None


async def has_many_reports(conn: Connection, contact: str, since: datetime, most: int) -> bool:
    found = await conn.fetchval(
        """SELECT count(*) >= $3 FROM accounts.report
            WHERE lower(contact) = lower($1) AND created_at > $2""",
        contact,
        since,
        most,
    )
    return bool(found)


_OWN_REPORT = """
SELECT r.id, r.reference, c.subject_kind, c.title, r.reason, r.created_at, c.state, c.decision
  FROM accounts.report r JOIN accounts.moderation_case c ON c.id = r.case_id
"""


async def list_own_reports(conn: Connection, reporter_id: AccountId, page: PageRequest) -> list[OwnReport]:
    """Newest first, one more than asked for. The key is (id)."""
    rows = await conn.fetch(
        _OWN_REPORT
        + " WHERE r.reporter_id = $1 AND ($2::uuid IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3",
        reporter_id,
        page.after[0] if page.after else None,
        page.limit + 1,
    )
    return [_own_report(row) for row in rows]


async def find_report(conn: Connection, report_id: UUID) -> OwnReport | None:
    row = await conn.fetchrow(_OWN_REPORT + " WHERE r.id = $1", report_id)
    return _own_report(row) if row else None


async def list_cases(
    conn: Connection, moderator: AccountId, state: CaseState, page: PageRequest
) -> list[Case]:
    """Those the moderator may decide: the oldest first while they wait, the latest first once decided.

    One more than asked for. The key is (id). An appeal waits with the open ones.
    """
    order, follows = ("DESC", "<") if state is CaseState.DECIDED else ("ASC", ">")
    rows = await conn.fetch(
        f"""{_CASE} WHERE {_NOT_OWN} AND {_IN_STATE[state]} AND ($2::uuid IS NULL OR c.id {follows} $2)
             ORDER BY c.id {order} LIMIT $3""",
        moderator,
        page.after[0] if page.after else None,
        page.limit + 1,
    )
    return [_case(row) for row in rows]


async def list_cases_behind(
    conn: Connection, moderator: AccountId, account_id: AccountId, page: PageRequest
) -> list[Case]:
    """About a person or a profile that they run, in any state, the latest first; but for the moderator's own.

    One more than asked for. The key is (id).
    """
    rows = await conn.fetch(
        f"""{_CASE} WHERE {_NOT_OWN}
               AND c.party_id IN (SELECT party_id FROM accounts.v_behind WHERE account_id = $2)
               AND ($3::uuid IS NULL OR c.id < $3)
             ORDER BY c.id DESC LIMIT $4""",  # noqa: S608 - no value in it
        moderator,
        account_id,
        page.after[0] if page.after else None,
        page.limit + 1,
    )
    return [_case(row) for row in rows]


async def find_case(conn: Connection, case_id: UUID) -> Case | None:
    row = await conn.fetchrow(_CASE + " WHERE c.id = $1", case_id)
    return _case(row) if row else None


async def is_own_case(conn: Connection, account_id: AccountId, case_id: UUID) -> bool:
    found = await conn.fetchval(
        f"SELECT NOT ({_NOT_OWN}) FROM accounts.moderation_case c WHERE c.id = $2",  # noqa: S608 - no value in it
        account_id,
        case_id,
    )
    return bool(found)


async def lock_case(conn: Connection, case_id: UUID) -> None:
    """Of two who act at once the second sees what the first has done."""
    await conn.execute("SELECT FROM accounts.moderation_case WHERE id = $1 FOR UPDATE", case_id)


async def set_claim(conn: Connection, case_id: UUID, moderator: AccountId | None) -> None:
    await conn.execute(
        """UPDATE accounts.moderation_case
              SET claimed_by = $2, state = CASE WHEN $2::uuid IS NULL THEN 'open' ELSE 'claimed' END
            WHERE id = $1""",
        case_id,
        moderator,
    )


async def set_decision(
    conn: Connection,
    case_id: UUID,
    moderator: AccountId,
    decision: Decision,
    rule: Reason,
    facts: str,
    now: datetime,
) -> None:
    await conn.execute(
        """UPDATE accounts.moderation_case
              SET state = 'decided', decision = $3, rule = $4, facts = $5, decided_by = $2, decided_at = $6,
                  claimed_by = NULL
            WHERE id = $1""",
        case_id,
        moderator,
        decision.value,
        rule.value,
        facts,
        now,
    )


async def set_suspended(conn: Connection, case_id: UUID, account_id: AccountId) -> None:
    """An appeal gives back to this one, whoever runs the profile by then."""
    await conn.execute(
        "UPDATE accounts.moderation_case SET suspended_id = $2 WHERE id = $1", case_id, account_id
    )


async def set_appeal(conn: Connection, case_id: UUID, words: str, now: datetime) -> None:
    await conn.execute(
        """UPDATE accounts.moderation_case
              SET state = 'open', appealed_at = $3, appeal = $2, first_decided_by = decided_by,
                  first_decision = decision, first_decided_at = decided_at
            WHERE id = $1""",
        case_id,
        words,
        now,
    )


async def insert_act(
    conn: Connection, case_id: UUID, actor_id: AccountId, act: str, words: str, now: datetime
) -> None:
    await conn.execute(
        "INSERT INTO accounts.case_act (case_id, at, actor_id, act, words) VALUES ($1, $2, $3, $4, $5)",
        case_id,
        now,
        actor_id,
        act,
        words,
    )


async def list_acts(conn: Connection, case_id: UUID) -> list[CaseAct]:
    """The last hundred, in order."""
    rows = await conn.fetch(
        """SELECT a.at, p.name AS actor_name, a.act, a.words
             FROM accounts.case_act a LEFT JOIN accounts.party p ON p.id = a.actor_id
            WHERE a.case_id = $1 ORDER BY a.id DESC LIMIT 100""",
        case_id,
    )
    return [CaseAct(**row) for row in reversed(rows)]


async def list_case_reports(conn: Connection, case_id: UUID) -> list[CaseReport]:
    """The first hundred, in order."""
    rows = await conn.fetch(
        """SELECT id, reason, words, reporter_id IS NULL AS by_guest, created_at, evidence::text AS evidence
             FROM accounts.report WHERE case_id = $1 ORDER BY id LIMIT 100""",
        case_id,
    )
    return [
        CaseReport(
            row["id"],
            Reason(row["reason"]),
            row["words"],
            row["by_guest"],
            row["created_at"],
            json.loads(row["evidence"]),
        )
        for row in rows
    ]


async def list_decisions_about(conn: Connection, account_id: AccountId, page: PageRequest) -> list[Case]:
    """What was decided about the person or the profiles they run, last first; the key is (decided_at, id).

    Only what they were told: not that somebody reported and nothing came of it.
    """
    rows = await conn.fetch(
        _CASE  # noqa: S608 - no value stands in it
        + """ WHERE c.party_id IN (SELECT party_id FROM accounts.v_behind WHERE account_id = $1)
                AND c.decided_at IS NOT NULL AND c.decision <> 'no_action'
                AND ($2::timestamptz IS NULL OR (c.decided_at, c.id) < ($2, $3::uuid))
              ORDER BY c.decided_at DESC, c.id DESC LIMIT $4""",
        account_id,
        *(page.after or (None, None)),
        page.limit + 1,
    )
    return [_case(row) for row in rows]


async def is_about(conn: Connection, account_id: AccountId, case_id: UUID) -> bool:
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.moderation_case c JOIN accounts.v_behind b
                                   ON b.party_id = c.party_id AND b.account_id = $1
                           WHERE c.id = $2 AND c.decided_at IS NOT NULL AND c.decision <> 'no_action')""",
        account_id,
        case_id,
    )
    return bool(found)


async def list_behind(conn: Connection, party_id: PartyId) -> Sequence[tuple[AccountId, str]]:
    """Those who run it, and their addresses."""
    rows = await conn.fetch(
        """SELECT a.id, a.email FROM accounts.v_behind b JOIN accounts.account a ON a.id = b.account_id
            WHERE b.party_id = $1 ORDER BY a.id LIMIT 50""",
        party_id,
    )
    return [(row["id"], row["email"]) for row in rows]


async def list_reporters(
    conn: Connection, case_id: UUID, after: UUID | None, most: int
) -> Sequence[Reporter]:
    """Those who are told what became of it, in the order of their reports; the key is `report_id`."""
    rows = await conn.fetch(
        """SELECT r.id AS report_id, r.reference, coalesce(a.email, r.contact) AS address,
                  a.id IS NULL AS by_guest
             FROM accounts.report r LEFT JOIN accounts.account a ON a.id = r.reporter_id
            WHERE r.case_id = $1 AND ($2::uuid IS NULL OR r.id > $2)
              AND coalesce(a.email, r.contact) IS NOT NULL ORDER BY r.id LIMIT $3""",
        case_id,
        after,
        most,
    )
    return [Reporter(**row) for row in rows]


async def hide_text(conn: Connection, party_id: UUID) -> None:
    await conn.execute("UPDATE accounts.party SET text_hidden_at = now() WHERE id = $1", party_id)


async def show_text(conn: Connection, party_id: UUID) -> None:
    """Unless another decision hid it too."""
    await conn.execute(
        """UPDATE accounts.party SET text_hidden_at = NULL
            WHERE id = $1 AND NOT EXISTS (SELECT FROM accounts.v_taken_down d
                                           WHERE d.subject_id = $1
                                             AND d.kind IN ('artist', 'venue', 'organiser', 'person'))""",
        party_id,
    )


async def find_profile_evidence(
    conn: Connection, kind: SubjectKind, party_id: UUID
) -> Mapping[str, str] | None:
    row = await conn.fetchrow(
        """SELECT p.name, p.slug, coalesce(c.city, '') AS city, coalesce(c.about, '') AS about
             FROM accounts.party p LEFT JOIN accounts.card c ON c.party_id = p.id
            WHERE p.id = $1 AND p.kind = $2""",
        party_id,
        kind.value,
    )
    return {name: value for name, value in row.items() if value} if row else None


async def delete_old_cases(conn: Connection, before: datetime) -> int:
    """Decided before then, with the evidence kept for them; how many."""
    done = await conn.execute(
        """DELETE FROM accounts.moderation_case
            WHERE id IN (SELECT id FROM accounts.moderation_case WHERE state = 'decided' AND decided_at < $1
                          ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)""",
        before,
    )
    return int(done.rpartition(" ")[2])


def _own_report(row: Record) -> OwnReport:
    return OwnReport(
        row["id"],
        row["reference"],
        SubjectKind(row["subject_kind"]),
        row["title"],
        Reason(row["reason"]),
        row["created_at"],
        CaseState(row["state"]),
        Decision(row["decision"]) if row["decision"] else None,
    )


def _case(row: Record) -> Case:
    return Case(
        id=row["id"],
        kind=SubjectKind(row["subject_kind"]),
        subject_id=row["subject_id"],
        title=row["title"],
        party_id=row["party_id"],
        party_name=row["party_name"],
        state=CaseState(row["state"]),
        opened_at=row["opened_at"],
        reports=row["reports"],
        reasons=tuple(map(Reason, row["reasons"])),
        claimed_by=row["claimed_by"],
        claimed_by_name=row["claimed_by_name"],
        decision=Decision(row["decision"]) if row["decision"] else None,
        rule=row["rule"],
        facts=row["facts"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        appealed_at=row["appealed_at"],
        appeal=row["appeal"],
        first_decided_by=row["first_decided_by"],
        first_decision=Decision(row["first_decision"]) if row["first_decision"] else None,
        suspended_id=row["suspended_id"],
    )

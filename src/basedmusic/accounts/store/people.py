"""People, searched and looked at; and the audit log, read."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from basedmusic.accounts.contracts import Among, AuditRecord, Person, Role, Suspension
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

_PERSON = """SELECT a.id, p.name, p.slug, a.email, a.created_at, m.role,
                    a.suspended_at, a.suspended_until, a.suspension_reason
               FROM accounts.account a
               JOIN accounts.party p ON p.id = a.id
               LEFT JOIN accounts.membership m ON m.account_id = a.id AND m.party_kind = 'scene'"""

_PEOPLE = (
    _PERSON  # noqa: S608 - both parts stand here
    + """ WHERE ($1::text IS NULL OR a.id = $2
                     OR a.id IN (SELECT id FROM accounts.party
                                  WHERE kind = 'person' AND accounts.fold(name) LIKE accounts.fold($1))
                     OR ($3 AND a.id IN (SELECT id FROM accounts.account
                                          WHERE accounts.fold(email) LIKE accounts.fold($1))))
                AND CASE $4 WHEN 'team' THEN m.role IS NOT NULL
                            WHEN 'suspended' THEN a.suspended_at IS NOT NULL
                                              AND (a.suspended_until IS NULL OR a.suspended_until > $5)
                            ELSE true END
                AND ($6::uuid IS NULL OR a.id < $6)
              ORDER BY a.id DESC LIMIT $7"""
)


async def list_people(
    conn: Connection, words: str, among: Among, now: datetime, page: PageRequest, *, by_email: bool
) -> list[Person]:
    """Newest first, one more than asked for. The key is (id). `words`: a part of a name (or address), or an id."""
    found = f"%{_like(words)}%" if words else None
    rows = await conn.fetch(
        _PEOPLE,
        found,
        _id(words),
        by_email,
        among.value,
        now,
        page.after[0] if page.after else None,
        page.limit + 1,
    )
    return [_person(row, now, by_email) for row in rows]


async def find_person(
    conn: Connection, account_id: UUID, now: datetime, *, with_email: bool
) -> Person | None:
    row = await conn.fetchrow(_PERSON + " WHERE a.id = $1", account_id)
    return _person(row, now, with_email) if row else None


async def list_records(
    conn: Connection, act: str | None, actor_id: UUID | None, subject_id: str | None, page: PageRequest
) -> list[AuditRecord]:
    """Newest first, one more than asked for. The key is (seq)."""
    rows = await conn.fetch(
        """SELECT e.seq, e.at, e.act, e.hand, e.actor_id, a.name AS actor_name,
                  e.subject_kind, e.subject_id, s.name AS subject_name, e.payload
             FROM accounts.audit_entry e
             LEFT JOIN accounts.party a ON a.id = e.actor_id
             LEFT JOIN accounts.party s
                    ON e.subject_kind IN ('account', 'profile') AND s.id::text = e.subject_id
            WHERE ($1::text IS NULL OR e.act = $1)
              AND ($2::uuid IS NULL OR e.actor_id = $2)
              AND ($3::text IS NULL OR e.subject_id = $3)
              AND ($4::bigint IS NULL OR e.seq < $4)
            ORDER BY e.seq DESC LIMIT $5""",
        act,
        actor_id,
        subject_id,
        page.after[0] if page.after else None,
        page.limit + 1,
    )
    return [_record(row) for row in rows]


async def list_acts(conn: Connection) -> list[str]:
    """Those there are, by name; as many look-ups as answers."""
    rows = await conn.fetch(
        """WITH RECURSIVE acts AS (
               (SELECT act FROM accounts.audit_entry ORDER BY act LIMIT 1)
               UNION ALL
               SELECT (SELECT e.act FROM accounts.audit_entry e WHERE e.act > acts.act ORDER BY e.act LIMIT 1)
                 FROM acts WHERE acts.act IS NOT NULL
           ) SELECT act FROM acts WHERE act IS NOT NULL"""
    )
    return [row["act"] for row in rows]


async def has_admin(conn: Connection) -> bool:
    found = await conn.fetchval("SELECT EXISTS (SELECT FROM accounts.membership WHERE role = 'admin')")
    return bool(found)


async def find_account_by_email(conn: Connection, email_normalised: str) -> AccountId | None:
    return await conn.fetchval(
        "SELECT id FROM accounts.account WHERE email_normalised = $1", email_normalised
    )


def _like(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _id(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _person(row: Record, now: datetime, with_email: bool) -> Person:
    suspension = None
    if row["suspended_at"] and (row["suspended_until"] is None or now < row["suspended_until"]):
        suspension = Suspension(row["suspended_at"], row["suspended_until"], row["suspension_reason"])
    return Person(
        id=row["id"],
        name=row["name"],
        slug=row["slug"],
        email=row["email"] if with_email else None,
        created_at=row["created_at"],
        scene_role=Role(row["role"]) if row["role"] else None,
        suspension=suspension,
    )


def _record(row: Record) -> AuditRecord:
    fields: dict[str, Any] = {**row, "payload": json.loads(row["payload"]) if row["payload"] else None}
    return AuditRecord(**fields)

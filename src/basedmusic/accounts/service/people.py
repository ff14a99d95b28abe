"""People, for whoever runs the scene: finding them, looking at them, and what was done to whom by whom.

A moderator works with names; addresses are for admins, who have to answer their mail.
"""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import (
    AccountMissing,
    AdminsOnly,
    AdminThere,
    Among,
    AuditAct,
    AuditRecord,
    Case,
    Person,
    Profile,
    Role,
    Session,
    SignedInViewer,
    Viewer,
)
from basedmusic.accounts.rules.permissions import can_administer
from basedmusic.accounts.rules.standing import Standing, standing_of
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.permissions import require_admin, require_moderator
from basedmusic.accounts.store import parties, permissions, reports, sessions, standing, suspensions
from basedmusic.accounts.store import people as store
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def list_people(
    conn: Connection, viewer: Viewer, words: str, among: Among, now: datetime, page: PageRequest
) -> Page[Person]:
    """Newest first; those with `words` in their name (for admins: or address), or with this id.

    Raises ModeratorsOnly.
    """
    is_admin = await _is_admin(conn, viewer)
    rows = await store.list_people(conn, words.strip(), among, now, page, by_email=is_admin)
    return page.page(rows, lambda person: (person.id,))


async def get_person(conn: Connection, viewer: Viewer, account_id: UUID, now: datetime) -> Person:
    """Raises ModeratorsOnly, AccountMissing."""
    person = await store.find_person(conn, account_id, now, with_email=await _is_admin(conn, viewer))
    if person is None:
        raise AccountMissing
    return person


async def list_profiles_of(conn: Connection, viewer: Viewer, account_id: AccountId) -> list[Profile]:
    """Raises ModeratorsOnly."""
    await require_moderator(conn, viewer)
    return await parties.list_profiles(conn, account_id)


async def list_sessions_of(
    conn: Connection, viewer: Viewer, account_id: AccountId, now: datetime, page: PageRequest
) -> Page[Session]:
    """Where somebody is signed in, newest first. Raises ModeratorsOnly."""
    await require_moderator(conn, viewer)
    rows = await sessions.list_sessions(conn, account_id, now, page)
    return page.page(rows, lambda session: (session.id,))


async def list_cases_of(
    conn: Connection, viewer: Viewer, account_id: AccountId, page: PageRequest
) -> Page[Case]:
    """What was reported of a person and of the profiles they run, latest first. Raises ModeratorsOnly."""
    moderator = await require_moderator(conn, viewer)
    rows = await reports.list_cases_behind(conn, moderator, account_id, page)
    return page.page(rows, lambda case: (case.id,))


async def get_standing_of(conn: Connection, viewer: Viewer, account_id: AccountId, now: datetime) -> Standing:
    """Of somebody who is there. Raises ModeratorsOnly."""
    await require_moderator(conn, viewer)
    return standing_of(await standing.find_record(conn, account_id), now)


async def list_records(
    conn: Connection,
    viewer: Viewer,
    page: PageRequest,
    *,
    act: str | None = None,
    actor_id: UUID | None = None,
    subject_id: str | None = None,
) -> Page[AuditRecord]:
    """The log, newest first; for a moderator what is about one subject. Raises ModeratorsOnly, AdminsOnly."""
    if not await _is_admin(conn, viewer) and subject_id is None:
        raise AdminsOnly
    rows = await store.list_records(conn, act, actor_id, subject_id, page)
    return page.page(rows, lambda entry: (entry.seq,))


async def list_acts(conn: Connection, viewer: Viewer) -> list[str]:
    """What there is to filter by. Raises AdminsOnly."""
    await require_admin(conn, viewer)
    return await store.list_acts(conn)


async def has_admin(conn: Connection) -> bool:
    return await store.has_admin(conn)


async def make_first_admin(tx: Tx, viewer: SignedInViewer) -> None:
    """For whoever came by the link that a new scene prints; of two at once one. Raises AdminThere."""
    await suspensions.lock_scene(tx.conn)
    if await store.has_admin(tx.conn):
        raise AdminThere
    await permissions.set_scene_role(tx.conn, viewer.account_id, Role.ADMIN)
    act = AuditAct.FIRST_ADMIN_MADE
    await record(tx, viewer.account_id, act, subject_kind="account", subject_id=viewer.account_id)


async def find_people(conn: Connection, words: str, now: datetime, page: PageRequest) -> Page[Person]:
    """As `list_people` for an admin; for commands, which nobody looks over the shoulder of."""
    rows = await store.list_people(conn, words.strip(), Among.EVERYBODY, now, page, by_email=True)
    return page.page(rows, lambda person: (person.id,))


async def find_person(conn: Connection, account_id: AccountId, now: datetime) -> Person:
    """For commands. Raises AccountMissing."""
    person = await store.find_person(conn, account_id, now, with_email=True)
    if person is None:
        raise AccountMissing
    return person


async def find_sessions(
    conn: Connection, account_id: AccountId, now: datetime, page: PageRequest
) -> Page[Session]:
    """For commands."""
    rows = await sessions.list_sessions(conn, account_id, now, page)
    return page.page(rows, lambda session: (session.id,))


async def find_records(
    conn: Connection, page: PageRequest, *, subject_id: str | None = None
) -> Page[AuditRecord]:
    """The log, newest first; for commands."""
    rows = await store.list_records(conn, None, None, subject_id, page)
    return page.page(rows, lambda entry: (entry.seq,))


async def get_account_id(conn: Connection, email: str) -> AccountId:
    """Whose address it is; for commands. Raises Invalid, AccountMissing."""
    found = await store.find_account_by_email(conn, rules.normalise_email(rules.clean_email(email)))
    if found is None:
        raise AccountMissing(f"Nobody has an account with the address {email}")
    return found


async def _is_admin(conn: Connection, viewer: Viewer) -> bool:
    """Whether the viewer is one, or a moderator. Raises SignInRequired, ModeratorsOnly."""
    account_id = await require_moderator(conn, viewer)
    return can_administer(await permissions.find_scene_role(conn, account_id))

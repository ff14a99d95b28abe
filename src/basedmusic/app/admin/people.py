"""/admin/people, /admin/audit and the first admin."""

import hmac
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request

from basedmusic import accounts
from basedmusic.accounts import Among, BrokenLink, SignedInViewer
from basedmusic.accounts.viewer import SignedIn
from basedmusic.app.admin.schemas import (
    AuditRecordOut,
    ChainOut,
    FirstAdminIn,
    PersonDetailOut,
    PersonOut,
    PersonsCaseOut,
    PersonsProfileOut,
    PersonsSessionOut,
    SceneRoleIn,
    SuspensionIn,
    SuspensionOut,
)
from basedmusic.kernel.errors import NotAllowed
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import ADMIN, MODERATOR, SIGNED_IN, permission
from basedmusic.platform.secrets import Secrets

router = APIRouter()
CHECKS_OF_THE_LOG = "6/minute"
TRIES_AT_THE_LINK = "10/minute"


@router.get("/people", openapi_extra=permission(MODERATOR))
async def list_people(
    viewer: SignedIn,
    request: Request,
    conn: ReadConnection,
    q: Annotated[str, Query(max_length=200, description="A part of a name or address, or an id")] = "",
    among: Among = Among.EVERYBODY,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[PersonOut]:
    """Newest first. Addresses are searched and told for admins only."""
    wanted = PageRequest.parse(limit, after, UUID)
    page = await accounts.list_people(conn, viewer, q, among, clock_of(request)(), wanted)
    return PageOut(items=[PersonOut.of(one) for one in page.items], next=page.next)


@router.get("/people/{account_id}", openapi_extra=permission(MODERATOR))
async def get_person(
    account_id: UUID, viewer: SignedIn, request: Request, conn: ReadConnection
) -> PersonDetailOut:
    return await _person(conn, viewer, account_id, clock_of(request)())


@router.get("/people/{account_id}/cases", openapi_extra=permission(MODERATOR))
async def list_cases(
    account_id: UUID, viewer: SignedIn, conn: ReadConnection, limit: Limit = DEFAULT, after: After = None
) -> PageOut[PersonsCaseOut]:
    """What was reported of somebody and of the profiles they run, latest first."""
    wanted = PageRequest.parse(limit, after, UUID)
    page = await accounts.list_cases_of(conn, viewer, AccountId(account_id), wanted)
    return PageOut(items=[PersonsCaseOut.model_validate(one) for one in page.items], next=page.next)


@router.get("/people/{account_id}/sessions", openapi_extra=permission(MODERATOR))
async def list_sessions(
    account_id: UUID,
    viewer: SignedIn,
    request: Request,
    conn: ReadConnection,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[PersonsSessionOut]:
    """Where somebody is signed in, newest first."""
    wanted = PageRequest.parse(limit, after, UUID)
    now = clock_of(request)()
    page = await accounts.list_sessions_of(conn, viewer, AccountId(account_id), now, wanted)
    return PageOut(items=[PersonsSessionOut.model_validate(one) for one in page.items], next=page.next)


@router.delete("/people/{account_id}/sessions", status_code=204, openapi_extra=permission(MODERATOR))
async def end_sessions(account_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Sign somebody out everywhere, at once."""
    await accounts.end_sessions_of(tx, viewer.account_id, AccountId(account_id))


@router.put("/people/{account_id}/suspension", openapi_extra=permission(MODERATOR))
async def suspend(
    account_id: UUID, body: SuspensionIn, viewer: SignedIn, request: Request, tx: Transaction
) -> SuspensionOut:
    """They are signed out at once and told the reason when they sign in. Moderators and admins are an admin's to
    suspend; nobody suspends themselves or the last admin."""
    now = clock_of(request)()
    made = await accounts.suspend_account(
        tx, viewer.account_id, AccountId(account_id), body.reason, body.until, now
    )
    return SuspensionOut.model_validate(made)


@router.delete("/people/{account_id}/suspension", status_code=204, openapi_extra=permission(MODERATOR))
async def lift_suspension(account_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    await accounts.lift_suspension(tx, viewer.account_id, AccountId(account_id))


@router.put("/people/{account_id}/scene-role", status_code=204, openapi_extra=permission(ADMIN))
async def set_scene_role(account_id: UUID, body: SceneRoleIn, viewer: SignedIn, tx: Transaction) -> None:
    """Make somebody a moderator, an admin or neither; the scene keeps an admin (409 `last_admin`)."""
    admin = await accounts.require_admin(tx.conn, viewer)
    await accounts.set_scene_role(tx, AccountId(account_id), body.role, by=admin)


@router.get("/audit", openapi_extra=permission(MODERATOR))
async def list_audit(
    viewer: SignedIn,
    conn: ReadConnection,
    act: Annotated[str | None, Query(max_length=60)] = None,
    actor: UUID | None = None,
    subject: Annotated[str | None, Query(max_length=80)] = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[AuditRecordOut]:
    """Newest first. A moderator must name a subject; an admin sees all."""
    wanted = PageRequest.parse(limit, after, _seq)
    page = await accounts.list_records(conn, viewer, wanted, act=act, actor_id=actor, subject_id=subject)
    return PageOut(items=[AuditRecordOut.of(one) for one in page.items], next=page.next)


@router.get("/audit/acts", openapi_extra=permission(ADMIN))
async def list_acts(viewer: SignedIn, conn: ReadConnection) -> list[str]:
    """What the log holds, to filter by."""
    return await accounts.list_acts(conn, viewer)


@router.post("/audit/check", openapi_extra=permission(ADMIN))
async def check_audit(viewer: SignedIn, request: Request, conn: ReadConnection) -> ChainOut:
    """Follow the chain of the whole log. A POST because it reads every entry; it changes nothing."""
    admin = await accounts.require_admin(conn, viewer)
    limiter_of(request).hit(CHECKS_OF_THE_LOG, "audit_check", str(admin))
    found = await accounts.verify_chain(conn)
    if isinstance(found, BrokenLink):
        return ChainOut(entries=found.seq - 1, hash=None, broken_at=found.seq, why=found.why)
    return ChainOut(entries=found.seq, hash=found.hash.hex(), broken_at=None, why=None)


@router.post("/first-admin", status_code=204, openapi_extra=permission(SIGNED_IN))
async def become_first_admin(body: FirstAdminIn, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """With the link that a new scene prints; it is void once there is an admin (409 `admin_there`)."""
    limiter_of(request).hit(TRIES_AT_THE_LINK, "first_admin", str(viewer.account_id))
    given = body.token.get_secret_value().encode("utf-8", "replace")
    if not hmac.compare_digest(given, first_admin_token(request.app.state.secrets).encode()):
        raise LinkWrong
    await accounts.make_first_admin(tx, viewer)


class LinkWrong(NotAllowed):
    code = "link_wrong"
    title = "This is not the link that the server printed; look at what it wrote when it started"


def first_admin_token(secrets: Secrets) -> str:
    """What the scene's keys make of one purpose: it needs no row, and an admin's being there is its end."""
    return secrets.key("first-admin").hex()


async def _person(
    conn: Connection, viewer: SignedInViewer, account_id: UUID, now: datetime
) -> PersonDetailOut:
    person = await accounts.get_person(conn, viewer, account_id, now)
    profiles = await accounts.list_profiles_of(conn, viewer, person.id)
    shown = PersonOut.of(person).model_dump()
    standing = await accounts.get_standing_of(conn, viewer, person.id, now)
    return PersonDetailOut(
        **shown, profiles=[PersonsProfileOut.of(one) for one in profiles], standing=standing
    )


def _seq(text: str) -> int:
    seq = int(text)
    if not 0 < seq < 1 << 63:
        raise ValueError("a number of an entry")
    return seq

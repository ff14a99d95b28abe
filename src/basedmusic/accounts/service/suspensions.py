"""Suspending an account, and lifting it.

It ends what the account is signed in with at once, and a sign-in that happens in the same moment waits for it or is
ended by it: both hold the account's row. The account's profiles stay, with their music and their other members.
"""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    AccountMissing,
    AccountSuspended,
    Actor,
    AuditAct,
    Hand,
    LastAdmin,
    ModeratorsOnly,
    NotYourself,
    RankTooHigh,
    Role,
    Suspension,
)
from basedmusic.accounts.rules import suspension as rules
from basedmusic.accounts.rules.permissions import can_moderate
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.store import parties, permissions, sessions
from basedmusic.accounts.store import suspensions as store
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def suspend_account(
    tx: Tx,
    actor: Actor,
    account_id: AccountId,
    reason: str,
    until: datetime | None,
    now: datetime,
    *,
    case_id: UUID | None = None,
) -> Suspension:
    """From now on, also if it is suspended already: the new reason and end hold, and the case that decided it.

    Raises Invalid, AccountMissing, ModeratorsOnly, RankTooHigh, NotYourself, LastAdmin.
    """
    reason = rules.clean_reason(reason)
    rules.check_until(until, now)
    role = await _require_rank(tx, actor, account_id)
    if role is Role.ADMIN and not await store.has_other_admin(tx.conn, account_id):
        raise LastAdmin
    before = await store.hold_suspension(tx.conn, account_id)
    suspension = Suspension(
        before.since if before and rules.is_suspended(before, now) else now, until, reason
    )
    await store.update_suspension(tx.conn, account_id, suspension, case_id)
    await sessions.delete_sessions(tx.conn, account_id)
    await record(
        tx,
        actor,
        AuditAct.ACCOUNT_SUSPENDED,
        subject_kind="account",
        subject_id=account_id,
        payload={"reason": reason, "until": until.isoformat() if until else None},
    )
    return suspension


async def lift_suspension(
    tx: Tx, actor: Actor, account_id: AccountId, *, of_case: UUID | None = None
) -> None:
    """They may sign in again; nothing happens if they may already, or are suspended for something else than
    that case. Raises as `suspend_account`."""
    await _require_rank(tx, actor, account_id)
    if await store.hold_suspension(tx.conn, account_id) is None:
        return
    if of_case is not None and await store.find_suspending_case(tx.conn, account_id) != of_case:
        return
    await store.update_suspension(tx.conn, account_id, None)
    await record(tx, actor, AuditAct.SUSPENSION_LIFTED, subject_kind="account", subject_id=account_id)


async def end_sessions_of(tx: Tx, actor: Actor, account_id: AccountId) -> None:
    """Sign somebody out everywhere; they may sign in again. Raises as `suspend_account`."""
    await _require_rank(tx, actor, account_id)
    await sessions.delete_sessions(tx.conn, account_id)
    await record(tx, actor, AuditAct.SESSIONS_ENDED, subject_kind="account", subject_id=account_id)


async def require_unsuspended(conn: Connection, account_id: AccountId, now: datetime) -> None:
    """Raises AccountSuspended."""
    _refuse(await store.find_suspension(conn, account_id), now)


async def hold_unsuspended(tx: Tx, account_id: AccountId, now: datetime) -> None:
    """And it stays so until the transaction ends. Raises AccountSuspended."""
    _refuse(await store.hold_suspension(tx.conn, account_id), now)


def _refuse(suspension: Suspension | None, now: datetime) -> None:
    if suspension is not None and rules.is_suspended(suspension, now):
        until = suspension.until.isoformat() if suspension.until else None
        raise AccountSuspended(rules.explain(suspension), until=until, reason=suspension.reason)


async def _require_rank(tx: Tx, actor: Actor, account_id: AccountId) -> Role | None:
    """The role in the scene of the account, which `actor` may deal with; nobody's changes until we are done."""
    await store.lock_scene(tx.conn)
    role = await permissions.find_scene_role(tx.conn, account_id)
    if not isinstance(actor, Hand):
        rank = await permissions.find_scene_role(tx.conn, actor)
        if not can_moderate(rank):
            raise ModeratorsOnly
        if actor == account_id:
            raise NotYourself
        if not rules.can_suspend(rank, role):
            raise RankTooHigh
    if await parties.find_account(tx.conn, account_id) is None:
        raise AccountMissing
    return role

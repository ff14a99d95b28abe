"""May the viewer? Nothing if so, an error if not; the decision itself is in `rules.permissions`."""

from basedmusic.accounts.contracts import (
    AccountMissing,
    Actor,
    AdminsOnly,
    AuditAct,
    Hand,
    LastAdmin,
    ModeratorsOnly,
    NotAMember,
    ProfileClosed,
    ProfileFrozen,
    Role,
    RoleTooLow,
    Verb,
    Viewer,
)
from basedmusic.accounts.rules import permissions as rules
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.store import parties, suspensions
from basedmusic.accounts.store import permissions as store
from basedmusic.kernel.errors import SignInRequired
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection, Tx


async def require_can(conn: Connection, viewer: Viewer, party_id: PartyId, verb: Verb) -> Role:
    """The viewer's role in the party, which includes `verb`.

    Raises SignInRequired; NotAMember alike for a party of others and for one that does not exist; RoleTooLow;
    ProfileClosed for all but taking that back; ProfileFrozen for a change while the profile is in dispute.
    """
    if viewer.account_id is None:
        raise SignInRequired
    standing = await store.find_standing(conn, party_id, viewer.account_id)
    if standing is None:
        raise NotAMember
    if not rules.can(standing.role, verb):
        raise RoleTooLow
    if standing.closed and verb is not Verb.CLOSE_PROFILE:
        raise ProfileClosed
    if standing.frozen and verb in rules.CHANGES:
        raise ProfileFrozen
    return standing.role


async def require_moderator(conn: Connection, viewer: Viewer) -> AccountId:
    """Who it is. Raises SignInRequired, ModeratorsOnly."""
    if viewer.account_id is None:
        raise SignInRequired
    if not rules.can_moderate(await store.find_scene_role(conn, viewer.account_id)):
        raise ModeratorsOnly
    return viewer.account_id


async def require_admin(conn: Connection, viewer: Viewer) -> AccountId:
    """Who it is. Raises SignInRequired, AdminsOnly."""
    if viewer.account_id is None:
        raise SignInRequired
    if not rules.can_administer(await store.find_scene_role(conn, viewer.account_id)):
        raise AdminsOnly
    return viewer.account_id


async def find_scene_role(conn: Connection, account_id: AccountId) -> Role | None:
    """Moderator, admin or None."""
    return await store.find_scene_role(conn, account_id)


async def set_scene_role(tx: Tx, account_id: AccountId, role: Role | None, *, by: Actor = Hand.SCENE) -> None:
    """`role` is MODERATOR, ADMIN, or None for neither; who may is for the caller to ask.

    Raises AccountMissing, LastAdmin. The database holds the law of the last admin too, at commit.
    """
    await suspensions.lock_scene(tx.conn)
    if await parties.find_account(tx.conn, account_id) is None:
        raise AccountMissing
    before = await store.find_scene_role(tx.conn, account_id)
    if role is before:
        return
    if before is Role.ADMIN and not await suspensions.has_other_admin(tx.conn, account_id):
        raise LastAdmin
    await store.set_scene_role(tx.conn, account_id, role)
    await record(
        tx,
        by,
        AuditAct.SCENE_ROLE_SET,
        subject_kind="account",
        subject_id=account_id,
        payload={"role": role, "before": before},
    )

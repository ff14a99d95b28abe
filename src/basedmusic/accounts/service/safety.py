"""Blocking, muting and hiding. Every verb may be repeated, and undoing asks for nothing.

Whom a block covers is said in the database, once, where every list can read it: `accounts.v_blocked`.
"""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts.contracts import (
    Avoidance,
    Avoided,
    HiddenKind,
    OwnParty,
    Party,
    PartyKind,
    PartyMissing,
    SignedInViewer,
    TooManyAvoided,
)
from basedmusic.accounts.rules import MAX_AVOIDED
from basedmusic.accounts.store import permissions
from basedmusic.accounts.store import safety as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def block(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    """Neither side sees or follows the other from now on. Raises PartyMissing, OwnParty, TooManyAvoided.

    Also for whoever blocked the viewer before: one side's block must not keep the other from having one.
    """
    party = await _stranger(tx.conn, viewer, party_id)
    await store.lock_behind(tx.conn, viewer.account_id, party.id)
    await store.insert_block(tx.conn, viewer.account_id, party.id)
    await _keep_few(tx.conn, viewer.account_id)
    await store.delete_blocked_follows(tx.conn, viewer.account_id, party.id)


async def unblock(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    """Who followed whom does not come back."""
    await store.delete_block(tx.conn, viewer.account_id, party_id)


async def list_blocks(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Avoided]:
    """Whom the viewer blocked, last first; never who blocked the viewer."""
    return _paged(page, await store.list_blocks(conn, viewer.account_id, page))


async def mute(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    """Unasked they come up no more; where one looks they stay. Raises PartyMissing, OwnParty, TooManyAvoided."""
    party = await _stranger(tx.conn, viewer, party_id)
    await lock_library(tx.conn, viewer.account_id)
    await store.insert_mute(tx.conn, viewer.account_id, party.id)
    await _keep_few(tx.conn, viewer.account_id)


async def unmute(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    await store.delete_mute(tx.conn, viewer.account_id, party_id)


async def list_mutes(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Avoided]:
    return _paged(page, await store.list_mutes(conn, viewer.account_id, page))


async def hide_profile(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    """Out of the viewer's own lists. Raises PartyMissing, OwnParty, TooManyAvoided."""
    party = await _stranger(tx.conn, viewer, party_id)
    await hide(tx, viewer, HiddenKind.PROFILE, party.id)


async def hide(tx: Tx, viewer: SignedInViewer, kind: HiddenKind, subject_id: UUID) -> None:
    """Raises TooManyAvoided. Whether the viewer may see it is for the slice that has it to ask."""
    await lock_library(tx.conn, viewer.account_id)
    await store.insert_hide(tx.conn, viewer.account_id, kind, subject_id)
    await _keep_few(tx.conn, viewer.account_id)


async def unhide(tx: Tx, viewer: SignedInViewer, kind: HiddenKind, subject_id: UUID) -> None:
    await store.delete_hide(tx.conn, viewer.account_id, kind, subject_id)


async def forget_hidden(tx: Tx, kind: HiddenKind, subject_ids: Sequence[UUID]) -> None:
    """These are gone for good: off everybody's list."""
    await store.delete_hidden_subjects(tx.conn, kind, subject_ids)


async def list_hidden_profiles(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[Avoided]:
    return _paged(page, await store.list_hidden_profiles(conn, viewer.account_id, page))


async def get_avoidance(conn: Connection, viewer: SignedInViewer, subject_id: UUID) -> Avoidance:
    """What the viewer did with it; all false for what is not there."""
    return await store.find_avoidance(conn, viewer.account_id, subject_id)


async def _stranger(conn: Connection, viewer: SignedInViewer, party_id: UUID) -> Party:
    party = await store.find_party(conn, party_id)
    if party is None or party.kind is PartyKind.SCENE:
        raise PartyMissing
    if party.id == viewer.account_id or await permissions.find_standing(conn, party.id, viewer.account_id):
        raise OwnParty
    return party


async def _keep_few(conn: Connection, account_id: AccountId) -> None:
    if await store.has_more_avoided_than(conn, account_id, MAX_AVOIDED):
        raise TooManyAvoided


def _paged(page: PageRequest, rows: list[Avoided]) -> Page[Avoided]:
    return page.page(rows, lambda one: (one.since, one.party.id))

"""Following: an account follows parties of any kind. Every verb may be repeated.

Persons have no page of their own: whoever follows one has met them as a member of a team. It needs their leave, and
taking the leave back ends nothing that is. Who must not be found is not followed either, and not told from nobody.
"""

from uuid import UUID

from basedmusic.accounts.contracts import (
    Followed,
    LibraryFull,
    OwnParty,
    PartyKind,
    PartyMissing,
    SignedInViewer,
)
from basedmusic.accounts.rules import MAX_KEPT
from basedmusic.accounts.rules.standing import Limited
from basedmusic.accounts.service.standing import take_room
from basedmusic.accounts.store import following as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx


async def follow(
    tx: Tx, viewer: SignedInViewer, party_id: UUID, *, most: int = MAX_KEPT, clock: Clock = utc_now
) -> None:
    """Raises PartyMissing, OwnParty, LibraryFull, LimitReached.

    The account's row is held before looking, so that a block in that moment is waited for, and seen.
    """
    if party_id == viewer.account_id:
        raise OwnParty
    await lock_library(tx.conn, viewer.account_id)
    party = await store.find_followable(tx.conn, viewer.account_id, party_id)
    if await store.is_following(tx.conn, viewer.account_id, party_id):
        return
    if party is None:
        raise PartyMissing
    await take_room(tx, viewer.account_id, Limited.FOLLOWS, clock())
    await store.insert_follow(tx.conn, viewer.account_id, party.id)
    if await store.has_more_follows_than(tx.conn, viewer.account_id, most):
        raise LibraryFull(f"You follow {most:,} others, which is the most; unfollow one first")


async def unfollow(tx: Tx, viewer: SignedInViewer, party_id: UUID) -> None:
    """Asks for no permission, lest one tell from a refusal who there is."""
    await store.delete_follow(tx.conn, viewer.account_id, party_id)


async def list_following(
    conn: Connection, viewer: SignedInViewer, kind: PartyKind | None, page: PageRequest
) -> Page[Followed]:
    """All, or those of one kind, last followed first; without who is hidden or about to leave."""
    rows = await store.list_following(conn, viewer.account_id, kind, page)
    return page.page(rows, lambda one: (one.since, one.party.id))

"""Saving things: every verb may be repeated, and none asks whether the viewer may see the subject.

That is for the slice the subject belongs to, which calls these.
"""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts.contracts import LibraryFull, SavedKind
from basedmusic.accounts.rules import MAX_KEPT
from basedmusic.accounts.store import library as store
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Tx


async def hold_library(tx: Tx, account_id: AccountId) -> None:
    """Before looking at what is about to be kept: a block that comes in that moment is waited for, and seen."""
    await store.lock_library(tx.conn, account_id)


async def save(
    tx: Tx, account_id: AccountId, kind: SavedKind, subject_id: UUID, *, most: int = MAX_KEPT
) -> None:
    """Raises LibraryFull."""
    await store.lock_library(tx.conn, account_id)
    await store.insert_saved(tx.conn, account_id, kind, subject_id)
    if await store.has_more_saved_than(tx.conn, account_id, kind, most):
        raise LibraryFull(f"You have saved {most:,} {kind}s, which is the most; remove one first")


async def unsave(tx: Tx, account_id: AccountId, kind: SavedKind, subject_id: UUID) -> None:
    await store.delete_saved(tx.conn, account_id, kind, subject_id)


async def forget_saved(tx: Tx, kind: SavedKind, subject_ids: Sequence[UUID]) -> None:
    """These are gone for good: out of everybody's library."""
    await store.delete_subjects(tx.conn, kind, subject_ids)

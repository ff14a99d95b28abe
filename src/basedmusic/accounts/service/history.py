"""What a person heard: kept for them alone, paused and deleted as they like.

Whether there are such tracks and who may see them is for the slice that has them, which calls `record_heard`. All
verbs of one person wait for each other on their row, so that nothing is written once a pause was answered.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from basedmusic.accounts.contracts.history import (
    DeletionOver,
    HistoryEntryMissing,
    Play,
    Span,
    TooManyDeletions,
)
from basedmusic.accounts.rules import history as rules
from basedmusic.accounts.store import history as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def record_heard(
    tx: Tx,
    account_id: AccountId,
    plays: Sequence[Play],
    now: datetime,
    *,
    sent_at: datetime | None = None,
    most: int = rules.MAX_HEARD,
) -> int:
    """How many of the plays are new in the history: none of those reported before, and none while it is paused."""
    await lock_library(tx.conn, account_id)
    if await store.is_paused(tx.conn, account_id):
        return 0
    latest = await store.find_latest(tx.conn, account_id)
    kept = await store.insert_heard(tx.conn, account_id, rules.settle_plays(plays, sent_at, now))
    if rules.begins_a_month(latest, now):
        await store.delete_oldest(tx.conn, account_id, most)
    return kept


async def is_history_paused(conn: Connection, account_id: AccountId) -> bool:
    return await store.is_paused(conn, account_id)


async def pause_history(tx: Tx, account_id: AccountId, now: datetime) -> None:
    """Nothing is kept from now on; what is there stays."""
    await lock_library(tx.conn, account_id)
    await store.start_pause(tx.conn, account_id, now)


async def resume_history(tx: Tx, account_id: AccountId, now: datetime) -> None:
    """What was heard meanwhile stays out, also if a device tells of it only later."""
    await lock_library(tx.conn, account_id)
    since = await store.end_pause(tx.conn, account_id)
    if since is not None and since < now:
        await store.insert_gap(tx.conn, account_id, uuid4(), "paused", Span(since, now), now)


async def delete_heard(
    tx: Tx, account_id: AccountId, deletion_id: UUID, what: UUID | Span, now: datetime
) -> int:
    """One entry, or a span of time; how many entries. Safe to repeat.

    Raises HistoryEntryMissing, TooManyDeletions.
    """
    await lock_library(tx.conn, account_id)
    # What is still to be heard is no part of what is deleted.
    span = None if isinstance(what, UUID) else Span(min(what.start, now), min(what.end, now))
    if not await store.insert_gap(tx.conn, account_id, deletion_id, "deleted", span, now):
        return 0
    if await store.has_more_open_gaps_than(tx.conn, account_id, rules.MAX_GAPS):
        raise TooManyDeletions
    if isinstance(what, UUID):
        if not await store.move_entry_into_gap(tx.conn, account_id, deletion_id, what):
            raise HistoryEntryMissing
        return 1
    assert span is not None
    return await store.move_span_into_gap(tx.conn, account_id, deletion_id, span)


async def undo_deletion(tx: Tx, account_id: AccountId, deletion_id: UUID) -> None:
    """Raises DeletionOver."""
    await lock_library(tx.conn, account_id)
    if not await store.close_gap(tx.conn, account_id, deletion_id):
        raise DeletionOver


async def forget_heard(tx: Tx, track_ids: Sequence[UUID]) -> None:
    """These are gone for good: out of everybody's history."""
    await store.delete_tracks(tx.conn, track_ids)

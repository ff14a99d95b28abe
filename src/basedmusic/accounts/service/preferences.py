"""What a person said about how they go out and what they like; all of it can be changed and taken back.

Whether there are such genres and tracks is for the slice that has them, which calls `set_taste_genres` and `judge`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from basedmusic.accounts.contracts import SavedKind
from basedmusic.accounts.contracts.preferences import Preferences, TasteFull
from basedmusic.accounts.rules.preferences import MAX_JUDGED
from basedmusic.accounts.service.ages import require_adult
from basedmusic.accounts.service.library import save, unsave
from basedmusic.accounts.store import preferences as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def get_preferences(conn: Connection, account_id: AccountId) -> Preferences:
    return await store.find_preferences(conn, account_id)


async def change_preferences(tx: Tx, account_id: AccountId, now: datetime, **changes: Any) -> None:
    """Fields of Preferences, but for the pause of history and the genres. Who follows a person already goes on.

    Raises MinorsStayPrivate.
    """
    await lock_library(tx.conn, account_id)
    if changes.get("followable"):
        await require_adult(tx, account_id, now)
    chosen = replace(await store.find_preferences(tx.conn, account_id), **changes)
    await store.replace_preferences(tx.conn, account_id, chosen)


async def set_taste_genres(tx: Tx, account_id: AccountId, genres: Sequence[str]) -> None:
    await lock_library(tx.conn, account_id)
    await store.replace_taste_genres(tx.conn, account_id, genres)


async def judge(tx: Tx, account_id: AccountId, track_id: UUID, *, kept: bool, most: int = MAX_JUDGED) -> None:
    """A kept track is saved as well; one that was kept and is passed after all is saved no longer.

    Raises LibraryFull, TasteFull.
    """
    await lock_library(tx.conn, account_id)
    before = await store.find_verdict(tx.conn, account_id, track_id)
    await store.set_verdict(tx.conn, account_id, track_id, kept)
    if await store.has_more_verdicts_than(tx.conn, account_id, most):
        raise TasteFull
    if kept:
        await save(tx, account_id, SavedKind.TRACK, track_id)
    elif before:
        await unsave(tx, account_id, SavedKind.TRACK, track_id)


async def forget_verdict(tx: Tx, account_id: AccountId, track_id: UUID) -> None:
    """What was kept stays saved: the library is another thing."""
    await store.delete_verdict(tx.conn, account_id, track_id)


async def forget_taste(tx: Tx, account_id: AccountId) -> None:
    """Everything that was said: place, nights, reach, genres, and what was kept or passed."""
    await lock_library(tx.conn, account_id)
    before = await store.find_preferences(tx.conn, account_id)
    chosen = Preferences(followable=before.followable, welcomed_at=before.welcomed_at)
    await store.replace_preferences(tx.conn, account_id, chosen)
    await store.replace_taste_genres(tx.conn, account_id, [])
    await store.delete_verdicts(tx.conn, account_id)


async def forget_judged(tx: Tx, track_ids: Sequence[UUID]) -> None:
    """These are gone for good: nobody has judged them."""
    await store.delete_verdicts_on(tx.conn, track_ids)

"""What ingest records about a track's sound. No viewer: the callers are jobs of ours.

Each verb is safe to repeat, and does nothing for a track that is gone meanwhile.
"""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts import (
    HiddenKind,
    SavedKind,
    forget_heard,
    forget_hidden,
    forget_judged,
    forget_saved,
)
from basedmusic.catalog.contracts import Cover, Loudness, TrackPurged
from basedmusic.catalog.rules import MAX_GENRES, MAX_TITLE
from basedmusic.catalog.store import media as store
from basedmusic.platform.db import Connection, Tx

KEEP_DELETED_DAYS = 7
PURGE_BATCH = 100


async def record_loudness(tx: Tx, track_id: UUID, loudness: Loudness) -> None:
    await store.set_loudness(tx.conn, track_id, loudness)


async def record_waveform(tx: Tx, track_id: UUID, waveform: bytes) -> None:
    """`waveform` has WAVEFORM_POINTS peaks, 0–255."""
    await store.set_waveform(tx.conn, track_id, waveform)


async def record_tags(
    tx: Tx, track_id: UUID, *, title_before: str | None, title: str | None, genres: Sequence[str]
) -> None:
    """The file's own tags, as far as the catalog has room for them and no person has said otherwise.

    `title_before` is the title made at upload, or None where a person gave one, which then stays. `genres`
    are slugs, the most fitting first; those the scene does not know are passed over.
    """
    fitting = title[:MAX_TITLE].strip() if title else ""
    if fitting and title_before is not None:
        await store.set_title_if_untouched(tx.conn, track_id, title_before, fitting)
    if genres:
        await store.add_genres(tx.conn, track_id, list(genres), MAX_GENRES)


async def record_cover(tx: Tx, track_id: UUID, cover: Cover) -> None:
    await store.set_cover(tx.conn, track_id, cover)


async def record_step_done(tx: Tx, track_id: UUID, step: str) -> None:
    await store.add_step_done(tx.conn, track_id, step)


async def is_cover_used(conn: Connection, cover_key: str) -> bool:
    """Whether any track, a deleted one included, still shows this cover."""
    return await store.is_cover_used(conn, cover_key)


async def purge_deleted_tracks(tx: Tx, keep_days: int = KEEP_DELETED_DAYS) -> int:
    """Remove what was deleted longer ago than undo lasts, and tell who keeps its bytes; how many went."""
    purged = await store.delete_purgeable(tx.conn, keep_days, PURGE_BATCH)
    await forget_tracks(tx, purged)
    return len(purged)


async def forget_tracks(tx: Tx, purged: Sequence[TrackPurged]) -> None:
    """Their rows are gone: out of libraries and histories, and told to who keeps their bytes."""
    gone = [fact.track_id for fact in purged]
    await forget_saved(tx, SavedKind.TRACK, gone)
    await forget_hidden(tx, HiddenKind.TRACK, gone)
    await forget_heard(tx, gone)
    await forget_judged(tx, gone)
    for fact in purged:
        await tx.emit(fact)

"""All that one artist made, counted and deleted."""

from uuid import UUID

from basedmusic.catalog.contracts import TrackPurged
from basedmusic.catalog.store.media import purged_track
from basedmusic.platform.db import Connection


async def count_works(conn: Connection, artist_id: UUID) -> tuple[int, int]:
    """Tracks and releases, drafts too."""
    row = await conn.fetchrow(
        """SELECT (SELECT count(*) FROM catalog.track WHERE artist_id = $1 AND deleted_at IS NULL),
                  (SELECT count(*) FROM catalog.release WHERE artist_id = $1)""",
        artist_id,
    )
    assert row is not None
    return row[0], row[1]


async def delete_tracks(conn: Connection, artist_id: UUID) -> list[TrackPurged]:
    """Those within the time for undo too; each with the names of what it leaves behind."""
    rows = await conn.fetch(
        """DELETE FROM catalog.track WHERE artist_id = $1
           RETURNING id, source_key, playback_key, cover_key""",
        artist_id,
    )
    return [purged_track(row) for row in rows]


async def delete_releases(conn: Connection, artist_id: UUID) -> list[UUID]:
    rows = await conn.fetch("DELETE FROM catalog.release WHERE artist_id = $1 RETURNING id", artist_id)
    return [row["id"] for row in rows]


async def delete_artist(conn: Connection, artist_id: UUID) -> None:
    """Its genres go along."""
    await conn.execute("DELETE FROM catalog.artist WHERE id = $1", artist_id)

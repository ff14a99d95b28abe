"""What ingest found out about a track's sound, and what is left behind when a track goes for good."""

from uuid import UUID

from basedmusic.catalog.contracts import Cover, Loudness, TrackPurged
from basedmusic.platform.db import Connection, Record


async def set_loudness(conn: Connection, track_id: UUID, loudness: Loudness) -> None:
    await conn.execute(
        """UPDATE catalog.track
              SET integrated_lufs = $2, loudness_range_lu = $3, true_peak_dbtp = $4
            WHERE id = $1""",
        track_id,
        loudness.integrated_lufs,
        loudness.range_lu,
        loudness.true_peak_dbtp,
    )


async def set_waveform(conn: Connection, track_id: UUID, waveform: bytes) -> None:
    await conn.execute("UPDATE catalog.track SET waveform = $2 WHERE id = $1", track_id, waveform)


async def set_cover(conn: Connection, track_id: UUID, cover: Cover) -> None:
    await conn.execute(
        "UPDATE catalog.track SET cover_key = $2, cover_colour = $3 WHERE id = $1",
        track_id,
        cover.key,
        cover.colour,
    )


async def set_title_if_untouched(conn: Connection, track_id: UUID, untouched: str, title: str) -> None:
    """The file's own title, unless a person has meanwhile given one."""
    await conn.execute(
        "UPDATE catalog.track SET title = $3 WHERE id = $1 AND title = $2", track_id, untouched, title
    )


async def add_genres(conn: Connection, track_id: UUID, genres: list[str], most: int) -> None:
    """The first `most` of the list that the scene knows; only where a person has chosen none yet."""
    await conn.execute(
        """INSERT INTO catalog.track_genre (track_id, genre)
           SELECT $1, g.slug FROM catalog.genre g
            WHERE g.slug = ANY ($2::text[])
              AND NOT EXISTS (SELECT FROM catalog.track_genre WHERE track_id = $1)
            ORDER BY array_position($2::text[], g.slug)
            LIMIT $3""",
        track_id,
        genres,
        most,
    )


async def add_step_done(conn: Connection, track_id: UUID, step: str) -> None:
    await conn.execute(
        """UPDATE catalog.track SET steps_done = array_append(steps_done, $2)
            WHERE id = $1 AND NOT ($2 = ANY (steps_done))""",
        track_id,
        step,
    )


async def is_cover_used(conn: Connection, key: str) -> bool:
    found = await conn.fetchval("SELECT EXISTS (SELECT FROM catalog.track WHERE cover_key = $1)", key)
    return bool(found)


async def delete_purgeable(conn: Connection, keep_days: int, limit: int) -> list[TrackPurged]:
    """Remove tracks deleted longer than `keep_days` ago; each with the names of what it leaves behind."""
    rows = await conn.fetch(
        """DELETE FROM catalog.track WHERE id IN (
               SELECT id FROM catalog.track
                WHERE deleted_at < now() - make_interval(days => $1)
                ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING id, source_key, playback_key, cover_key""",
        keep_days,
        limit,
    )
    return [purged_track(row) for row in rows]


def purged_track(row: Record) -> TrackPurged:
    return TrackPurged(
        track_id=row["id"],
        source_keys=tuple(sorted({row["source_key"], row["playback_key"]} - {None})),
        cover_key=row["cover_key"],
    )

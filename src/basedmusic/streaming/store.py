"""What streaming reads of the catalog."""

from uuid import UUID

from basedmusic.catalog import Publication
from basedmusic.platform.db import Connection
from basedmusic.streaming.contracts import Playable


async def find_playable(conn: Connection, track_id: UUID) -> Playable | None:
    """A track that plays, whoever may hear it: whoever asks has shown a signature, or asked the catalog.

    Nothing of a profile that was closed meanwhile."""
    row = await conn.fetchrow(
        """SELECT id, publication, source_key, source_sha256, content_type, playback_key, sample_rate, samples
             FROM catalog.v_track
            WHERE id = $1 AND media_status = 'playable'
              AND artist_id NOT IN (SELECT party_id FROM accounts.v_closed)""",
        track_id,
    )
    if row is None:
        return None
    return Playable(
        track_id=row["id"],
        publication=Publication(row["publication"]),
        source_key=row["source_key"],
        source_sha256=row["source_sha256"],
        content_type=row["content_type"],
        playback_key=row["playback_key"],
        sample_rate=row["sample_rate"],
        samples=row["samples"],
    )

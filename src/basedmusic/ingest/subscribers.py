"""Reactions to other slices' facts. Each may run twice."""

from basedmusic.catalog import TrackPurged, is_cover_used
from basedmusic.catalog.contracts import cover_prefix
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import Database


async def forget_upload(database: Database, blobs: Blobs, fact: TrackPurged) -> None:
    """A track went for good: so does the uploaded file, and its cover unless another track shows the same."""
    for key in fact.source_keys:
        await blobs.delete_prefix(key.rpartition("/")[0])
    if fact.cover_key is None:
        return
    async with database.connection() as conn:
        used = await is_cover_used(conn, fact.cover_key)
    if not used:
        await blobs.delete_prefix(cover_prefix(fact.cover_key))

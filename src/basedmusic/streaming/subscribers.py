"""Reactions to other slices' facts. Each may run twice."""

from basedmusic.catalog import TrackPurged
from basedmusic.platform.blobs import Blobs
from basedmusic.streaming.segments import derived_prefix


async def forget_renditions(blobs: Blobs, fact: TrackPurged) -> None:
    """A track went for good: so does all sound that was made of it."""
    await blobs.delete_prefix(derived_prefix(fact.track_id))

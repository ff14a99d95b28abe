"""A published track of which the bytes do not matter, ready to be cut."""

import hashlib
from uuid import uuid4

from basedmusic.catalog import Publication, TrackId
from basedmusic.codec.recipes import RENDITIONS
from basedmusic.platform.blobs import Blobs
from basedmusic.streaming import Playable
from basedmusic.streaming.segments import Rendered
from basedmusic.streaming.service import render

SOUND = b"sound"


async def rendered_track(blobs: Blobs) -> Rendered:
    """Ten seconds at 48 kHz, its source in `blobs`, in AAC at 256 kbit/s."""
    key = f"sources/{uuid4()}/source"
    await blobs.put(key, SOUND)
    playable = Playable(
        track_id=TrackId(uuid4()),
        publication=Publication.PUBLISHED,
        source_key=key,
        source_sha256=hashlib.sha256(SOUND).digest(),
        content_type="audio/flac",
        playback_key=key,
        sample_rate=48_000,
        samples=480_000,
    )
    return render(playable, RENDITIONS["aac256"])

"""The steps ingest owns: loudness, peaks, and the file's own tags with its cover."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from basedmusic.catalog import Loudness, record_cover, record_loudness, record_tags, record_waveform
from basedmusic.catalog.contracts import COVER_SIZES, WAVEFORM_POINTS, Cover, cover_blob_key
from basedmusic.codec.measures import (
    COMPUTE_PEAKS,
    MEASURE_LOUDNESS,
    READ_TAGS,
    RENDER_COVER,
    CoverRequest,
    LoudnessRequest,
    PeaksRequest,
    TagsRequest,
)
from basedmusic.ingest.contracts import Step, StepSource, StepTools, Write
from basedmusic.ingest.rules import genre_slug
from basedmusic.platform.db import Tx
from basedmusic.platform.pool import MediaRefused

DECODE_TIMEOUT_S = 900.0
"""Six hours of audio decode in well under this, at the lowest priority on a slow core."""


@dataclass(frozen=True, slots=True)
class LoudnessStep:
    name: str = "loudness"

    async def compute(self, source: StepSource, tools: StepTools) -> Write:
        request = LoudnessRequest(source.sound)
        measured = await tools.media.run(MEASURE_LOUDNESS, request, timeout_s=DECODE_TIMEOUT_S)
        loudness = Loudness(measured.integrated_lufs, measured.range_lu, measured.true_peak_dbtp)

        async def write(tx: Tx) -> None:
            await record_loudness(tx, source.track_id, loudness)

        return write


@dataclass(frozen=True, slots=True)
class PeaksStep:
    name: str = "peaks"

    async def compute(self, source: StepSource, tools: StepTools) -> Write:
        request = PeaksRequest(source.sound, WAVEFORM_POINTS)
        outlined = await tools.media.run(COMPUTE_PEAKS, request, timeout_s=DECODE_TIMEOUT_S)

        async def write(tx: Tx) -> None:
            await record_waveform(tx, source.track_id, outlined.peaks)

        return write


@dataclass(frozen=True, slots=True)
class TagsStep:
    """What the file says about itself, where no person has said otherwise; and its picture."""

    name: str = "tags"

    async def compute(self, source: StepSource, tools: StepTools) -> Write:
        tags = await tools.media.run(READ_TAGS, TagsRequest(str(source.upload)))
        cover = await _keep_cover(tools, tags.cover.data) if tags.cover else None
        genres = [genre_slug(genre) for genre in tags.genres]

        async def write(tx: Tx) -> None:
            await record_tags(
                tx, source.track_id, title_before=source.auto_title, title=tags.title, genres=genres
            )
            if cover is not None:
                await record_cover(tx, source.track_id, cover)

        return write


async def _keep_cover(tools: StepTools, picture: bytes) -> Cover | None:
    """The picture in all sizes, stored under its own hash; None when it is no picture."""
    try:
        rendered = await tools.media.run(RENDER_COVER, CoverRequest("", picture, COVER_SIZES))
    except MediaRefused:
        return None
    key = hashlib.sha256(picture).hexdigest()[:32]
    for image in rendered.images:
        await tools.blobs.put_if_absent(cover_blob_key(key, image.size, "webp"), image.webp)
        await tools.blobs.put_if_absent(cover_blob_key(key, image.size, "jpg"), image.jpeg)
    return Cover(key, rendered.colour)


STEPS: Sequence[Step] = (LoudnessStep(), PeaksStep(), TagsStep())

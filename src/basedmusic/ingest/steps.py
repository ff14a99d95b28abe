"""The steps ingest owns: loudness, peaks, and the file's own tags with its cover."""

from dataclasses import dataclass

from basedmusic.catalog import Loudness, record_loudness
from basedmusic.codec.measures import (
    MEASURE_LOUDNESS,
    LoudnessRequest,
)
from basedmusic.ingest.contracts import StepSource, StepTools, Write
from basedmusic.platform.db import Tx

DECODE_TIMEOUT_S = 900.0
"""Six hours of audio decode in well under this, at the lowest priority on a slow core."""


@dataclass(frozen=True, slots=True)
class LoudnessStep:
    name: str = "loudness"

    async def compute(self, source: StepSource, tools: StepTools) -> Write:
        measured = await tools.media.run(
            MEASURE_LOUDNESS, LoudnessRequest(str(source.path)), timeout_s=DECODE_TIMEOUT_S
        )
        loudness = Loudness(measured.integrated_lufs, measured.range_lu, measured.true_peak_dbtp)

        async def write(tx: Tx) -> None:
            await record_loudness(tx, source.track_id, loudness)

        return write

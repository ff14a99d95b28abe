"""The loudness of a file, in one pass over its decoded blocks. Media processes only."""

from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.errors import DamagedFile
from basedmusic.codec.measures import LoudnessReport, LoudnessRequest
from basedmusic.dsp.loudness import LoudnessMeter
from basedmusic.platform.pool.child import report_progress


def measure_loudness(request: LoudnessRequest) -> LoudnessReport:
    """EBU R128 at the source's own rate and channels. Raises DamagedFile if nothing decodes."""
    source = request.source
    meter: LoudnessMeter | None = None
    seen = 0
    for block in decode_blocks(source.path, rate=source.sample_rate):
        meter = meter or LoudnessMeter(source.sample_rate, len(block))
        meter.push(block)
        seen += block.shape[1]
        report_progress(seen / max(source.samples, 1))
    if meter is None:
        raise DamagedFile("There is no sound in this file that can be decoded")
    found = meter.read()
    return LoudnessReport(found.integrated_lufs, found.range_lu, found.true_peak_dbtp)

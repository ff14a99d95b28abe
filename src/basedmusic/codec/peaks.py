"""The waveform of a file, in one pass over its decoded blocks. Media processes only."""

from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.errors import DamagedFile
from basedmusic.codec.measures import PeaksReport, PeaksRequest
from basedmusic.dsp.peaks import PeakMeter
from basedmusic.platform.pool.child import report_progress


def compute_peaks(request: PeaksRequest) -> PeaksReport:
    """Heights on the scale of loudness, parts by the true length. Raises DamagedFile if nothing decodes."""
    source = request.source
    meter = PeakMeter(source.samples, request.points)
    seen = 0
    for block in decode_blocks(source.path, rate=source.sample_rate):
        meter.push(block)
        seen += block.shape[1]
        report_progress(seen / max(source.samples, 1))
    if not seen:
        raise DamagedFile("There is no sound in this file that can be decoded")
    return PeaksReport(meter.read())

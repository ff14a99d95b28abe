"""A FLAC copy of a source whose own container can't be cut exactly: decoded once, cut for ever.

24 bits: lossy sources lose nothing that can be heard, 16- and 24-bit ones nothing at all. At most stereo,
since segments are. Media processes only.
"""

import os

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from basedmusic.codec.containers import open_source
from basedmusic.codec.contracts import MezzanineReport, MezzanineRequest
from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.frames import Planar, decoded_frames, layout_for
from basedmusic.codec.progress import Progress

FRAME = 4_096
FULL_SCALE = 1 << 23


def make_mezzanine(request: MezzanineRequest) -> MezzanineReport:
    """Decode `path` whole and write it as FLAC; the target appears whole or not at all.

    Raises the refusals of `codec.errors` for what can't be opened, OSError for what can't be written.
    """
    with open_source(request.path) as source:
        channels = min(2, source.stream.codec_context.channels)
        duration, time_base = source.stream.duration or 0, source.stream.time_base or 0
        rate = _first_rate(request.path)
        progress = Progress(int(duration * time_base * rate))
    part = f"{request.target}.part"
    try:
        samples = _write(request.path, part, rate, channels, progress)
        os.replace(part, request.target)
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise
    return MezzanineReport(rate, channels, samples, os.stat(request.target).st_size)


def _first_rate(path: str) -> int:
    """The rate of the first decoded frame: HE-AAC decodes at twice what its header says."""
    with open_source(path) as source:
        for frame in decoded_frames(source):
            return frame.sample_rate
    return 48_000


def _write(path: str, target: str, rate: int, channels: int, progress: Progress) -> int:
    samples = 0
    with av.open(target, "w", format="flac") as out:
        stream = out.add_stream(
            "flac", rate=rate, options={"compression_level": "3", "frame_size": str(FRAME)}
        )
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout = layout_for(channels)
        stream.codec_context.format = "s32"
        stream.codec_context.thread_count = 1
        rest = np.zeros((channels, 0), dtype=np.float32)
        for block in decode_blocks(path, rate=rate, channels=channels):
            samples += block.shape[1]
            rest = np.concatenate([rest, block], axis=1)
            whole = rest.shape[1] // FRAME * FRAME
            for at in range(0, whole, FRAME):
                out.mux(stream.encode(_frame(rest[:, at : at + FRAME], rate)))
            rest = rest[:, whole:]
            progress.at(samples)
        if rest.shape[1]:
            out.mux(stream.encode(_frame(rest, rate)))
        out.mux(stream.encode(None))
    return samples


def _frame(block: Planar, rate: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(_to_24_bits(block), format="s32", layout=layout_for(block.shape[0]))
    frame.sample_rate = rate
    return frame


def _to_24_bits(block: Planar) -> NDArray[np.int32]:
    """Interleaved, in the upper 24 of 32 bits, as FFmpeg's FLAC encoder takes them."""
    scaled = np.rint(block.T.astype(np.float64) * FULL_SCALE)
    return (np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int32) << 8).reshape(1, -1)

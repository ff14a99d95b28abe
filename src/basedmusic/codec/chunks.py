"""Making one chunk of a rendition on its own, on demand. Media processes only.

The encoder starts some frames early, so that at the chunk's first frame it is in the state that it would
have had in one long encode, and the frames made before are dropped. The same request gives the same bytes.
"""

from collections.abc import Iterator

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec.context import Flags

from basedmusic.codec.contracts import ChunkReply, ChunkRequest
from basedmusic.codec.cuts import read_source
from basedmusic.codec.frames import Planar
from basedmusic.codec.grid import (
    GRID_RATE,
    chunk_count,
    chunk_frames,
    frame_total,
    last_frame_samples,
    to_grid_samples,
)
from basedmusic.codec.mp4 import FREE_HEADER, fragment
from basedmusic.codec.progressive import slot_bytes
from basedmusic.codec.recipes import Rendition, find_rendition

SMALLER = (1.0, 0.7, 0.5, 0.35)
"""Parts of the nominal rate that are tried, one after the other, until the fragment fits its slot."""

TREBLE_HZ = 6_100
WINDOW = 2_048
EACH_WINDOW = 4
"""One window in four tells enough, in half a millisecond."""


class ChunkTooLarge(Exception):
    """Not even the lowest rate fits the slot; no sound is known that does this."""


def encode_chunk(request: ChunkRequest) -> ChunkReply:
    """One moof + mdat: the asked chunk. Raises IndexError, ValueError for a rendition that isn't made."""
    rendition = find_rendition(request.codec, request.bit_rate)
    if rendition is None:
        raise ValueError(f"no rendition {request.codec} at {request.bit_rate}")
    source, codec = request.source, rendition.frames
    total = to_grid_samples(source.samples, source.sample_rate)
    first, end = chunk_frames(request.number, total, codec)
    begin = max(0, first - codec.pre_roll)
    stop = min(total, (end + codec.post_roll) * codec.frame)
    sound = read_source(source, begin * codec.frame, stop - begin * codec.frame)
    last = last_frame_samples(total, codec) if end == frame_total(total, codec) else 0
    room = slot_bytes(rendition, total, request.number) - FREE_HEADER
    assert (request.number == chunk_count(total, codec) - 1) == bool(last)
    intensity = rendition.intensity_below > 0 and share_of_treble(sound) < rendition.intensity_below
    for part in SMALLER:
        bit_rate = int(rendition.bit_rate * part)
        packets = encode_frames(rendition, bit_rate, sound, intensity, end - begin)[first - begin :]
        if len(packets) != end - first:
            raise RuntimeError(f"{len(packets)} frames came out for {end - first}")
        data = fragment(request.number, first, packets, codec, last)
        if len(data) <= room:
            return ChunkReply(data, bit_rate)
    raise ChunkTooLarge(f"chunk {request.number} of {source.path} at {rendition.name}")


def share_of_treble(sound: Planar) -> float:
    """How much of the energy lies above 6.1 kHz, where FFmpeg's intensity stereo begins: 0 to 1."""
    count = sound.shape[1] // WINDOW
    if not count:
        return 1.0
    windows = sound[:, : count * WINDOW].reshape(2, count, WINDOW)[:, ::EACH_WINDOW]
    spectrum = np.fft.rfft(windows * np.hanning(WINDOW).astype(np.float32), axis=2)
    energy = np.square(np.abs(spectrum)).sum(axis=(0, 1))
    return float(energy[TREBLE_HZ * WINDOW // GRID_RATE :].sum() / max(float(energy.sum()), 1e-12))


def encode_frames(
    rendition: Rendition, bit_rate: int, sound: Planar, intensity: bool, count: int
) -> list[bytes]:
    """Stereo sound at 48 kHz as the encoder's first `count` packets, its priming first.

    Each frame comes out with the next one's sound. Where there is none, at the end of a track, the encoder
    is told that nothing follows.
    """
    encoder = open_encoder(rendition, bit_rate, intensity)
    packets: list[bytes] = []
    for frame in _frames(sound, rendition.frames.frame):
        packets += map(bytes, encoder.encode(frame))
    if len(packets) < count:
        packets += map(bytes, encoder.encode(None))
    return packets[:count]


def _frames(sound: Planar, size: int) -> Iterator[AudioFrame]:
    """The last one filled up with silence."""
    for at in range(0, sound.shape[1], size):
        block = sound[:, at : at + size]
        if block.shape[1] < size:
            block = np.pad(block, ((0, 0), (0, size - block.shape[1])))
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = GRID_RATE, at
        yield frame


def open_encoder(rendition: Rendition, bit_rate: int, intensity: bool = False) -> AudioCodecContext:
    """One thread, and nothing in the stream that tells of the encoder's version."""
    encoder = av.CodecContext.create(rendition.codec, "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = GRID_RATE, "stereo", "fltp"
    encoder.bit_rate = bit_rate
    encoder.thread_count = 1
    encoder.flags |= Flags.bitexact
    encoder.options = {"aac_coder": rendition.coder, "aac_is": str(int(intensity))}
    encoder.open()
    return encoder

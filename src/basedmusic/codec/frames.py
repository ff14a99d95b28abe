"""Decoded frames as planar float arrays, and the one resampler, in media processes only."""

from collections.abc import Callable, Iterator

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

from basedmusic.codec.containers import OpenSource, is_our_limit
from basedmusic.codec.errors import DamagedFile

Planar = NDArray[np.float32]
"""Shape (channels, samples), full scale ±1."""

MAX_DEMUX_ERRORS = 32
"""Consecutive ones after which a file is given up, rather than its rest left out without a word."""

_DEFAULT_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
_INTEGER_SCALE = {"u8": 128.0, "s16": 32_768.0, "s32": 2_147_483_648.0}


def decoded_frames(source: OpenSource, on_damage: Callable[[], None] = lambda: None) -> Iterator[AudioFrame]:
    """All frames from where the container stands to its end; packets that don't decode are left out.

    Not `container.decode()`: PyAV 18 raises EINVAL for the empty last packet of a valid Ogg file, and one bad
    packet would end the song. `on_damage` is called for each that is left out.
    """
    context = source.stream.codec_context
    for packet in _packets(source, on_damage):
        if packet.size == 0 and packet.dts is not None:
            continue  # PyAV would take an empty packet in the stream for the end and drain the decoder
        try:
            yield from context.decode(packet)
        except EOFError:
            return
        except (av.error.FFmpegError, ValueError) as error:
            if is_our_limit(error):
                raise
            if packet.size:
                on_damage()


def _packets(source: OpenSource, on_damage: Callable[[], None]) -> "Iterator[Packet[AudioStream]]":
    failures = 0
    while failures < MAX_DEMUX_ERRORS:
        try:
            for packet in source.container.demux(source.stream):
                failures = 0
                yield packet
            return
        except (av.error.FFmpegError, ValueError) as error:
            if is_our_limit(error):
                raise
            on_damage()
            failures += 1
    raise DamagedFile(
        "This file is damaged: from some point on it can't be read (a recording whose sample rate changes "
        "in the middle is one such)"
    )


def to_planar(frame: AudioFrame) -> Planar:
    """The frame's samples as float; packed formats (FLAC's s16 and s32 among them) are unfolded first."""
    name = frame.format.name
    array = frame.to_ndarray()
    if not frame.format.is_planar:
        array = array.reshape(-1, frame.layout.nb_channels).T
    base = name.removesuffix("p")
    if base in _INTEGER_SCALE:
        scaled = array.astype(np.float32)
        if base == "u8":
            scaled -= 128.0
        scaled *= 1.0 / _INTEGER_SCALE[base]
        return scaled
    return array.astype(np.float32, copy=False)


def layout_name(frame: AudioFrame) -> str:
    """FFmpeg's name of the channel layout; the usual one for the count where the file doesn't tell."""
    name = frame.layout.name
    channels = frame.layout.nb_channels
    return _DEFAULT_LAYOUTS[channels] if not name or "channel" in name else name


def layout_for(channels: int) -> str:
    return _DEFAULT_LAYOUTS[channels]


class Resampler:
    """Streaming change of rate and layout by libswresample, as `aresample` does it by default.

    Mixing down is scaled so that it can't clip (`rematrix_maxval=1`), as FFmpeg does for integer output.
    """

    def __init__(self, in_rate: int, in_layout: str, out_rate: int, out_layout: str) -> None:
        self._in_rate, self._in_layout = in_rate, in_layout
        self._same = (in_rate, in_layout) == (out_rate, out_layout)
        self._swr = AudioResampler(
            format="fltp", layout=out_layout, rate=out_rate, options={"rematrix_maxval": "1.0"}
        )
        self._fed = 0

    def push(self, block: Planar) -> list[Planar]:
        if self._same:
            return [block]
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout=self._in_layout)
        frame.sample_rate = self._in_rate
        frame.pts = self._fed
        self._fed += block.shape[1]
        return [_planar_float(out) for out in self._swr.resample(frame)]

    def flush(self) -> list[Planar]:
        """The filter's tail; the resampler is spent afterwards."""
        if self._same or not self._fed:
            return []
        return [_planar_float(out) for out in self._swr.resample(None)]


def _planar_float(frame: AudioFrame) -> Planar:
    return frame.to_ndarray().astype(np.float32, copy=False)

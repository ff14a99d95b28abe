"""Writing FLAC. Media processes only."""

import os
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from basedmusic.codec.frames import Planar

FRAME = 4096
"""Samples in a frame, FLAC's usual."""
DITHER_SEED = 24


def write_flac(path: str, audio: Planar, rate: int) -> None:
    """`audio` of shape (1 or 2, samples), full scale ±1, as 16-bit FLAC with triangular dither.

    The same sound gives the same bytes. The file appears whole or not at all; what stood there is replaced.
    """
    unfinished = f"{path}.part"
    try:
        with av.open(unfinished, "w", format="flac", container_options={"fflags": "+bitexact"}) as container:
            stream = container.add_stream("flac", rate=rate)
            assert isinstance(stream, AudioStream)
            stream.codec_context.layout = "mono" if len(audio) == 1 else "stereo"
            stream.codec_context.format = "s16"
            stream.codec_context.thread_count = 1
            for frame in _frames(_to_16_bit(audio), rate):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        os.replace(unfinished, path)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _to_16_bit(audio: Planar) -> "np.ndarray[tuple[int, int], np.dtype[np.int16]]":
    """Of shape (channels, samples). The dither makes what is below the last bit noise, not distortion."""
    noise = np.random.default_rng(DITHER_SEED).random((2, *audio.shape), dtype=np.float32)
    return np.clip(np.rint(audio * 32_767 + noise[0] - noise[1]), -32_768, 32_767).astype(np.int16)


def _frames(audio: "np.ndarray[tuple[int, int], np.dtype[np.int16]]", rate: int) -> Iterator[AudioFrame]:
    layout = "mono" if len(audio) == 1 else "stereo"
    for start in range(0, audio.shape[1], FRAME):
        part = np.ascontiguousarray(audio[:, start : start + FRAME].T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(part, format="s16", layout=layout)
        frame.sample_rate = rate
        frame.pts = start
        yield frame

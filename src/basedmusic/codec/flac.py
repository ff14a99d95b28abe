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
DITHER_PERIOD = 1 << 17
"""Samples; the noise begins anew every three seconds, far below hearing."""


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
            for frame in _frames(audio, rate):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        os.replace(unfinished, path)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _frames(audio: Planar, rate: int) -> Iterator[AudioFrame]:
    """In 16 bits. The dither makes what is below the last bit noise, not distortion."""
    layout = "mono" if len(audio) == 1 else "stereo"
    noise = np.random.default_rng(DITHER_SEED).random((2, DITHER_PERIOD, len(audio)), dtype=np.float32)
    dither = noise[0] - noise[1]
    for start in range(0, audio.shape[1], FRAME):
        part = audio[:, start : start + FRAME].T * np.float32(32_767)
        part += dither[start % DITHER_PERIOD :][: len(part)]
        rounded = np.clip(np.rint(part), -32_768, 32_767).astype(np.int16)
        frame = AudioFrame.from_ndarray(rounded.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate
        frame.pts = start
        yield frame

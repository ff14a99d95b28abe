"""The last stage: a mix made as loud as it should be, its peaks held below a ceiling."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.loudness import Loudness, measure
from basedmusic.dsp.synth.tones import RATE

CEILING_DBTP = -1.0
MARGIN_DB = 0.4
"""What true peaks may stand above the samples that the limiter looks at; measured afterwards."""
GRAIN = 44
"""Samples (1 ms) that the limiter takes together."""
REACH = 16
"""Grains that it looks ahead and back."""
WORST_MISS_DB = 0.3
"""From here on a second pass is worth its time."""


def master(mix: Floats, *, lufs: float) -> Floats:
    """The mix of shape (2, n) at `lufs`, as near as its peaks allow, and never above CEILING_DBTP."""
    gain_db = lufs - (measure(mix, RATE).integrated_lufs or lufs)
    loud, found = _limited(mix, gain_db)
    missing = lufs - (found.integrated_lufs or lufs)
    if missing > WORST_MISS_DB:  # part of every decibel more is limited away again
        loud, found = _limited(mix, gain_db + 1.4 * missing)
    excess = (found.true_peak_dbtp or CEILING_DBTP) - CEILING_DBTP
    if excess > 0:
        loud *= np.float32(10 ** (-excess / 20))
    return loud


def _limited(mix: Floats, gain_db: float) -> tuple[Floats, Loudness]:
    loud = mix * np.float32(10 ** (gain_db / 20))
    limit(loud, CEILING_DBTP - MARGIN_DB)
    return loud, measure(loud, RATE)


def limit(audio: Floats, ceiling_db: float) -> None:
    """Turn `audio` of shape (2, n) down, in place, from 16 ms before to 16 ms after its samples would pass
    the ceiling."""
    n = audio.shape[1]
    grains = -(-n // GRAIN)
    peaks = np.zeros(grains * GRAIN, np.float32)
    np.maximum(np.abs(audio[0]), np.abs(audio[1]), out=peaks[:n])
    highest = np.maximum(peaks.reshape(grains, GRAIN).max(axis=1), 1e-9)
    needed = np.minimum(1.0, 10 ** (ceiling_db / 20) / highest)
    padded = np.pad(needed, REACH, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1).min(axis=1)
    # Averaged over less than it was held for, the gain is smooth and still low enough, its neighbours too.
    reach = REACH - 1
    weights = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), weights / weights.sum(), "valid")
    _apply(audio, np.concatenate((smooth[:1], smooth, smooth[-1:])).astype(np.float32))


def _apply(audio: Floats, gains: Floats) -> None:
    """`gains` at the middle of each grain, one more before the first and after the last, joined by lines."""
    half = GRAIN // 2
    ramp = np.arange(GRAIN, dtype=np.float32) / np.float32(GRAIN)
    lines = (gains[:-1, None] + np.diff(gains)[:, None] * ramp).reshape(-1)
    audio *= lines[half : half + audio.shape[1]]

"""The outline of a track: a few hundred heights that a page draws as its waveform."""

import numpy as np
import numpy.typing as npt

from basedmusic.dsp.blocks import Floats, tame

STEVENS = 0.6
"""Loudness grows with pressure to the power of 0.6 (Stevens 1957; the sone scale): a bar of half the
height stands for sound half as loud. Linear peaks would make quiet parts vanish, decibels would
make a bright wall of everything."""
QUIETEST_TOP = 1e-3
"""−60 dBFS: heights are relative to the track's own peak, unless that is so low that it is only noise."""


class PeakMeter:
    """The largest absolute sample, over all channels, of each of `points` equal parts of a track."""

    def __init__(self, samples: int, points: int) -> None:
        """`samples` is the true length as counted by decoding. Part i covers [i·samples/points, …)."""
        self._samples = max(samples, 1)
        self._points = points
        self._heights = np.zeros(points)
        self._at = 0

    def push(self, block: Floats) -> None:
        """`block` has the shape (channels, samples). What comes past the stated length counts as its end."""
        length = block.shape[1]
        if length == 0:
            return
        highest = np.abs(tame(block)).max(axis=0)
        first, last = self._part(self._at), self._part(self._at + length - 1)
        parts = np.arange(first, last + 1)
        starts = np.maximum(self._start(parts) - self._at, 0)
        # Fewer samples than points: parts without a sample of their own have no place in reduceat.
        parts, starts = parts[starts < length], starts[starts < length]
        keep = np.append(np.diff(starts) > 0, True)
        parts, starts = parts[keep], starts[keep]
        np.maximum.at(self._heights, parts, np.maximum.reduceat(highest, starts))
        self._at += length

    def read(self) -> bytes:
        """`points` heights from 0 to 255, the track's own highest peak at 255; silence is all 0."""
        top = max(float(self._heights.max(initial=0.0)), QUIETEST_TOP)
        return np.rint(255 * (self._heights / top) ** STEVENS).astype(np.uint8).tobytes()

    def _part(self, sample: int) -> int:
        """The part that holds `sample`: the largest one that starts at it or before."""
        return min(((sample + 1) * self._points - 1) // self._samples, self._points - 1)

    def _start(self, parts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return parts * self._samples // self._points

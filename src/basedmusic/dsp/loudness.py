"""Loudness as broadcasters measure it: ITU-R BS.1770-5, EBU R128, EBU Tech 3341 and 3342.

A `LoudnessMeter` takes blocks of any length and keeps one number per 100 ms (288 KB for an hour),
the state of its filters and a few samples for the oversampling.
"""

import math
from array import array
from dataclasses import dataclass

import numpy as np

from basedmusic.dsp.blocks import Floats, tame
from basedmusic.dsp.iir import Doubles, Filter, Section
from basedmusic.dsp.true_peak import TruePeakMeter

ABSOLUTE_GATE = -70.0
"""LUFS; BS.1770-5 annex 1."""
RELATIVE_GATE = -10.0
"""LU below the loudness of what passed the absolute gate; BS.1770-5 annex 1."""
RANGE_GATE = -20.0
"""LU; Tech 3342 §2.3. The range spans the 10th to the 95th percentile of what is above it."""
MOMENTARY, SHORT_TERM = 4, 30
"""Windows in steps of 100 ms: 400 ms and 3 s (Tech 3341 §2.2)."""


@dataclass(frozen=True, slots=True)
class Loudness:
    integrated_lufs: float | None
    """None where every 400 ms window is below −70 LUFS, or there is none: silence, or too short to tell."""
    range_lu: float | None
    """None where every 3 s window is below −70 LUFS, or there is none."""
    true_peak_dbtp: float | None
    """None where every sample is zero."""


class LoudnessMeter:
    """Measures what is pushed; `read` may be asked at any time and doesn't disturb it."""

    def __init__(self, rate: int, channels: int) -> None:
        """`rate` in Hz. Channels in FFmpeg's default order of that number (FL FR FC LFE BL BR SL SR)."""
        self._weights = channel_weights(channels)
        self._filter = Filter(k_weighting(rate), channels)
        self._step = max(1, (rate + 5) // 10)
        self._rest: Doubles = np.zeros(0)
        self._energies = array("d")
        self._true_peak = TruePeakMeter(rate, channels)

    def push(self, block: Floats) -> None:
        """`block` has the shape (channels, samples)."""
        block = tame(block)
        self._true_peak.push(block)
        power = self._weights @ np.square(self._filter.push(block))
        power = np.concatenate((self._rest, power))
        whole = len(power) // self._step * self._step
        self._energies.extend(power[:whole].reshape(-1, self._step).mean(axis=1))
        self._rest = power[whole:]

    def read(self) -> Loudness:
        steps = np.array(self._energies)
        return Loudness(_integrated(steps), _range(steps), self._true_peak.read())


def measure(audio: Floats, rate: int) -> Loudness:
    """The loudness of a whole array of shape (channels, samples) at `rate` Hz."""
    meter = LoudnessMeter(rate, len(audio))
    for start in range(0, audio.shape[1], 1 << 16):
        meter.push(audio[:, start : start + (1 << 16)])
    return meter.read()


def channel_weights(channels: int) -> Doubles:
    """BS.1770-5 table 4: 1.41 for speakers at 60–120° to the side, nothing for the LFE, 1 for all others."""
    side = 1.41
    known = {
        4: (1, 1, side, side),
        5: (1, 1, 1, side, side),
        6: (1, 1, 1, 0, side, side),
        7: (1, 1, 1, 0, 1, side, side),
        8: (1, 1, 1, 0, 1, 1, side, side),
    }
    return np.array(known.get(channels, (1,) * channels), dtype=np.float64)


def k_weighting(rate: int) -> list[Section]:
    """Second-order sections of the K-weighting at `rate` Hz: a shelf for the head, then a high-pass.

    BS.1770-5 tabulates them at 48 kHz only; these are the analogue prototypes that the bilinear transform
    turns into exactly that table, so every other rate gets the same curve.
    """
    return [_shelf(rate), _high_pass(rate)]


def _shelf(rate: int) -> Section:
    frequency, gain_db, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k = math.tan(math.pi * min(frequency / rate, 0.49))
    high = 10 ** (gain_db / 20)
    middle = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = (high + middle * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - middle * k / q + k * k) / a0
    return *b, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0


def _high_pass(rate: int) -> Section:
    frequency, q = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * frequency / rate)
    a0 = 1 + k / q + k * k
    return 1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0


def _windows(steps: Doubles, length: int) -> Doubles:
    """Mean power of every window of `length` steps, one window per step (75 % and 97 % overlap)."""
    if len(steps) < length:
        return np.zeros(0)
    sums = np.cumsum(np.concatenate(([0.0], steps)))
    # Differences of a running sum may come out a rounding error below zero in digital silence.
    return np.maximum(sums[length:] - sums[:-length], 0.0) / length


def _integrated(steps: Doubles) -> float | None:
    powers = _windows(steps, MOMENTARY)
    powers = powers[powers > _power(ABSOLUTE_GATE)]
    if len(powers) == 0:
        return None
    powers = powers[powers > powers.mean() * 10 ** (RELATIVE_GATE / 10)]
    return _lufs(float(powers.mean()))


def _range(steps: Doubles) -> float | None:
    powers = _windows(steps, SHORT_TERM)
    powers = powers[powers >= _power(ABSOLUTE_GATE)]
    if len(powers) == 0:
        return None
    powers = np.sort(powers[powers >= powers.mean() * 10 ** (RANGE_GATE / 10)])
    # Nearest rank, as in the reference code of Tech 3342 annex.
    low, high = (float(powers[round((len(powers) - 1) * share)]) for share in (0.10, 0.95))
    return _lufs(high) - _lufs(low)


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power)


def _power(lufs: float) -> float:
    return 10 ** ((lufs + 0.691) / 10)

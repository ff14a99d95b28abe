"""Biquads by name (Bristow-Johnson's Audio EQ Cookbook), at RATE. Frequencies are in Hz, gains in dB."""

import math

from basedmusic.dsp.iir import Section

RATE = 44_100


def low_pass(hz: float, q: float = 0.7071) -> Section:
    """12 dB an octave above `hz`."""
    cos, alpha = _bend(hz, q)
    return _section((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha)


def high_pass(hz: float, q: float = 0.7071) -> Section:
    """12 dB an octave below `hz`."""
    cos, alpha = _bend(hz, q)
    return _section((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha)


def band_pass(hz: float, q: float) -> Section:
    """0 dB at `hz`."""
    cos, alpha = _bend(hz, q)
    return _section(alpha, 0.0, -alpha, 1 + alpha, -2 * cos, 1 - alpha)


def peak(hz: float, gain_db: float, q: float) -> Section:
    """`gain_db` at `hz`, nothing far from it."""
    cos, alpha = _bend(hz, q)
    a = 10 ** (gain_db / 40)
    return _section(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a)


def _bend(hz: float, q: float) -> tuple[float, float]:
    omega = 2 * math.pi * hz / RATE
    return math.cos(omega), math.sin(omega) / (2 * q)


def _section(b0: float, b1: float, b2: float, a0: float, a1: float, a2: float) -> Section:
    return b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0

"""Drums, each a short mono array of shape (n,) at RATE that starts on its hit and peaks at 1.

`pitch` and `tone` are in Hz, `length` in seconds.
"""

import numpy as np

from basedmusic.dsp.blocks import AnyFloats, Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth.filters import band_pass, high_pass, low_pass
from basedmusic.dsp.synth.tones import RATE, decay, noise, seconds, swell


def kick(*, pitch: float = 48.0, length: float = 0.4, punch: float = 5.0, click: float = 0.3) -> Floats:
    """A sine that falls to `pitch` Hz; `punch` is how many times higher it starts."""
    n = int(length * RATE)
    t = seconds(n)
    fall = 0.028
    phase = 2 * np.pi * pitch * (t + (punch - 1) * fall * (1 - np.exp(-t / fall)))
    body = np.sin(phase) * decay(n, length / 4)
    return _peaked(body * swell(n, 0.001, 0.05) + click * np.exp(-t / 0.0015) * np.sin(2 * np.pi * 1800 * t))


def snare(
    rng: np.random.Generator, *, pitch: float = 185.0, length: float = 0.22, wires: float = 0.7
) -> Floats:
    n = int(length * RATE)
    t = seconds(n)
    skin = np.sin(2 * np.pi * pitch * (t + 0.01 * (1 - np.exp(-t / 0.02)))) * decay(n, 0.03)
    rattle = filtered([high_pass(1400), low_pass(9500)], noise(rng, n)) * decay(n, length / 4)
    return _peaked(skin + wires * 1.6 * rattle)


def clap(rng: np.random.Generator, *, length: float = 0.25) -> Floats:
    """Several hands within 30 ms, then the room."""
    n = int(length * RATE)
    envelope = 0.35 * decay(n, length / 5)
    for start in (0.0, 0.011, 0.021, 0.030):
        at = int(start * RATE)
        envelope[at:] += decay(n - at, 0.003)
    return _peaked(filtered([band_pass(1300, 0.9), high_pass(500)], noise(rng, n)) * envelope)


def hat(rng: np.random.Generator, *, length: float = 0.06, tone: float = 7500.0) -> Floats:
    """Closed at 0.05 s, open at 0.4."""
    n = int(max(2 * length, 0.05) * RATE)
    return _peaked(filtered([high_pass(tone), high_pass(tone)], noise(rng, n)) * decay(n, length / 3))


def cymbal(rng: np.random.Generator, *, length: float = 1.6) -> Floats:
    n = int(length * RATE)
    t = seconds(n)
    metal = sum((np.sign(np.sin(2 * np.pi * hz * t)) for hz in (2093, 3170, 3947, 5404, 6313)), np.zeros(n))
    mixed = noise(rng, n) + 0.12 * metal.astype(np.float32)
    return _peaked(
        filtered([high_pass(3800), low_pass(13_000)], mixed) * decay(n, length / 5) * swell(n, 0.002, 0.3)
    )


def rim(*, pitch: float = 1700.0) -> Floats:
    n = int(0.06 * RATE)
    t = seconds(n)
    return _peaked(
        (np.sin(2 * np.pi * pitch * t) + 0.6 * np.sin(2 * np.pi * 0.47 * pitch * t)) * decay(n, 0.008)
    )


def tom(*, pitch: float = 110.0, length: float = 0.35) -> Floats:
    return kick(pitch=pitch, length=length, punch=1.6, click=0.15)


def shaker(rng: np.random.Generator, *, length: float = 0.09) -> Floats:
    n = int(length * RATE)
    return _peaked(
        filtered([band_pass(6200, 1.1), high_pass(3000)], noise(rng, n))
        * swell(n, length * 0.4, length * 0.6)
    )


def _peaked(sound: AnyFloats) -> Floats:
    return (sound / max(float(np.abs(sound).max()), 1e-9)).astype(np.float32)

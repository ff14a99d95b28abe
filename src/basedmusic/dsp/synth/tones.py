"""Tones: single notes as mono arrays at RATE, made once and played many times.

`n` is how many samples there are, in an array of shape (n,); frequencies and cutoffs are in Hz, half-lives in
seconds.
"""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.synth.filters import RATE

TABLE_BITS = 12
HIGHEST = 15_000.0
"""Hz; no tone has partials above."""


def seconds(n: int) -> Floats:
    """When each of `n` samples sounds, from 0."""
    return np.arange(n, dtype=np.float32) / np.float32(RATE)


def decay(n: int, half_life: float) -> Floats:
    """An envelope that halves every `half_life` seconds."""
    return np.exp2(-seconds(n) / np.float32(half_life))


def wobble(n: int, hz: float, phase: float = 0.0) -> Floats:
    """A slow sine from −1 to 1: tremolo, vibrato, wind. `phase` in radians."""
    return np.sin(2 * np.pi * hz * seconds(n) + phase).astype(np.float32)


def swell(n: int, attack: float, release: float) -> Floats:
    """Rises over `attack` seconds, falls over the last `release`, without corners."""
    t = seconds(n)
    length = n / RATE
    rise, fall = np.clip(t / max(attack, 1e-3), 0, 1), np.clip((length - t) / max(release, 1e-3), 0, 1)
    return (np.sin(rise * (np.pi / 2)) * np.sin(fall * (np.pi / 2))).astype(np.float32)


def wave(freq: float, n: int, partials: Floats, *, phase: float = 0.0) -> Floats:
    """A steady tone of sine partials with the given amplitudes (of 1×, 2×, … `freq`), none above HIGHEST."""
    partials = partials[: max(1, min(int(HIGHEST / freq), 1 << (TABLE_BITS - 2)))]
    spectrum = np.zeros((1 << TABLE_BITS) // 2 + 1, np.complex64)
    spectrum[1 : len(partials) + 1] = -0.5j * partials * (1 << TABLE_BITS)
    table = np.fft.irfft(spectrum).astype(np.float32)
    # A 32-bit phase wraps by itself at the end of each period.
    step = np.uint32(round(freq / RATE * 2**32))
    at = np.arange(n, dtype=np.uint32) * step + np.uint32(int(phase * 2**32) % 2**32)
    return table[at >> np.uint32(32 - TABLE_BITS)]


def saw(freq: float, cutoff: float, resonance: float = 0.0, *, odd: bool = False) -> Floats:
    """Amplitudes of a saw's (or, `odd`, a square's) partials behind a 12 dB low-pass at `cutoff` Hz."""
    number = np.arange(1, int(HIGHEST / freq) + 2)
    relative = (number * freq / cutoff) ** 2
    response = 1.0 / np.sqrt((1 - relative) ** 2 + relative * (1.4 - 1.25 * resonance) ** 2)
    amplitude = response / number * (0.6 + 0.4 / (1 + resonance))
    return (amplitude * (number % 2) if odd else amplitude).astype(np.float32)


def swept(
    freq: float, n: int, cutoffs: tuple[float, float], half_life: float, resonance: float = 0.0
) -> Floats:
    """A saw whose low-pass falls from the first cutoff to the second: the bass and stab of club music.

    Eight steady tones of the same phase, faded into each other: a moving filter without a loop.
    """
    layers = 8
    ladder = np.geomspace(cutoffs[0], cutoffs[1], layers)
    place = (1 - decay(n, half_life)) * (layers - 1)
    sound = np.zeros(n, np.float32)
    for layer, cutoff in enumerate(ladder):
        weight = np.clip(1 - np.abs(place - layer), 0, 1)
        used = int(np.flatnonzero(weight)[-1]) + 1 if weight.any() else 0
        sound[:used] += weight[:used] * wave(freq, used, saw(freq, float(cutoff), resonance))
    return sound


def chorus(
    rng: np.random.Generator, freq: float, n: int, partials: Floats, spread: float, voices: int = 3
) -> Floats:
    """Several of the same tone, each a little off: `spread` in semitones from the lowest to the highest."""
    offsets = np.linspace(-spread / 2, spread / 2, voices)
    tones = (wave(freq * 2 ** (o / 12), n, partials, phase=float(rng.random())) for o in offsets)
    return sum(tones, np.zeros(n, np.float32)) / np.float32(voices**0.5)


def keys(freq: float, n: int, *, ratio: float = 1.0, depth: float = 1.6, half_life: float = 0.5) -> Floats:
    """Two-operator frequency modulation: electric piano at ratio 1, bells at ratios that are no integers."""
    t = seconds(n).astype(np.float64) * (2 * np.pi * freq)
    modulation = depth * decay(n, half_life * 0.5) * np.sin(ratio * t)
    return (np.sin(t + modulation) * decay(n, half_life)).astype(np.float32)


def pluck(
    rng: np.random.Generator,
    freq: float,
    n: int,
    *,
    sustain: float = 0.996,
    bright: float = 0.5,
    pick: float = 0.13,
) -> Floats:
    """A string (Karplus and Strong 1983): noise that goes round and loses its highs at every turn.

    Worked a whole period at a time: each is the one before, blurred by half a sample. Recursive filters over
    single samples (`lfilter` with a period of 400 taps) take ten times as long.
    """
    period = max(int(RATE / freq - 0.5), 8)
    turns = n // period + 3
    string = np.empty((turns, period), np.float32)
    noise = rng.uniform(-1, 1, period).astype(np.float32)
    reach = max(1, int((1 - bright) * 12))
    noise = np.convolve(np.concatenate((noise[-reach:], noise)), np.ones(reach) / reach, "same")[reach:]
    string[0] = noise - np.roll(
        noise, max(1, int(pick * period))
    )  # a pick near the bridge thins its overtones
    string[0] -= string[0].mean()
    # The loss per turn is given for 220 Hz; higher strings turn more often.
    half = np.float32(0.5 * sustain ** (220.0 / freq) ** 0.5)
    before = np.float32(0)
    for turn in range(1, turns):
        old, new = string[turn - 1], string[turn]
        np.add(old[1:], old[:-1], out=new[1:])
        new[0] = old[0] + before
        new *= half
        before = old[-1]
    # The string's own period is `period` + ½; reading it a little slower or faster tunes it.
    at = np.arange(n, dtype=np.float64) * (freq * (period + 0.5) / RATE)
    return np.interp(at, np.arange(string.size), string.reshape(-1)).astype(np.float32)


def noise(rng: np.random.Generator, n: int) -> Floats:
    """White, from −1 to 1."""
    return rng.uniform(-1, 1, n).astype(np.float32)

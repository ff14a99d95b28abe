"""Rooms, echoes and the pump of club music: arrays of shape (2, n), worked on in place and in blocks."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth.filters import high_pass, low_pass
from basedmusic.dsp.synth.tones import RATE, decay, noise, swell


def reverb(rng: np.random.Generator, send: Floats, into: Floats, *, seconds: float, tone: float) -> None:
    """Add a room of noise that dies away in `seconds` (60 dB), duller than `tone` Hz. `send` is mono.

    Convolved by overlap and add; where nothing is sent, nothing is worked.
    """
    n = int(seconds * RATE)
    shape = decay(n, seconds / 10) * swell(n, 0.012, 0.1)
    room = np.stack([filtered([low_pass(tone), high_pass(180)], noise(rng, n)) * shape for _ in range(2)])
    room /= np.sqrt(np.square(room).sum(axis=1, keepdims=True))
    size = 1 << int(np.ceil(np.log2(n))) + 1
    spectra = np.fft.rfft(room, size, axis=1)
    step = size - n + 1
    for start in range(0, len(send), step):
        block = send[start : start + step]
        if block.any():
            spectrum = np.fft.rfft(block, size)
            for side in range(2):  # one at a time: half the memory, and faster for it
                target = into[side, start : start + size]
                target += np.fft.irfft(spectrum * spectra[side], size)[: len(target)]


def echo(send: Floats, *, delay: int, feedback: float, tone: float = 3000.0) -> Floats:
    """Repeats every `delay` samples, left and right in turn, each `feedback` times the one before, duller
    than `tone` Hz. `send` is mono, the result of shape (2, n)."""
    dull = filtered([low_pass(tone), high_pass(250)], send)
    out = np.zeros((2, len(send)), np.float32)
    near, far = np.float32(0.8), np.float32(0.28)
    for at in range(delay, len(send), delay):
        here, before = slice(at, at + delay), slice(at - delay, at)
        sent, gone = dull[before], out[:, before]
        length = min(delay, len(send) - at)
        out[0, here] = near * sent[:length] + np.float32(feedback) * gone[1, :length]
        out[1, here] = far * sent[:length] + np.float32(feedback) * gone[0, :length]
    return out


def duck(length: int, hits: list[int], *, depth: float, recover: float) -> Floats:
    """A gain that dips at each hit and comes back within `recover` seconds: the pump of club music.

    `length` and `hits` are in samples; the gain has shape (length,), and 1 − `depth` at its lowest.
    """
    n = int(recover * RATE)
    dip = 1 - depth * (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n, dtype=np.float32)))
    gain = np.ones(length, np.float32)
    for hit in hits:
        part = gain[hit : hit + n]
        np.minimum(part, dip[: len(part)], out=part)
    return gain

"""Rooms, echoes and the last stage: arrays of shape (2, n) out."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.loudness import Loudness, measure
from basedmusic.dsp.synth.filters import high_pass, low_pass
from basedmusic.dsp.synth.tones import RATE, decay, noise, swell

CEILING_DBTP = -1.0
LOOKAHEAD_BLOCKS = 16
BLOCK = 48
"""1 ms: the limiter's grain."""


def reverb(rng: np.random.Generator, send: Floats, *, seconds: float, tone: float) -> Floats:
    """A room of noise that dies away in `seconds` (60 dB), duller than `tone` Hz. `send` is mono."""
    n = int(seconds * RATE)
    shape = decay(n, seconds / 10) * swell(n, 0.012, 0.1)
    room = np.stack([filtered([low_pass(tone), high_pass(180)], noise(rng, n)) * shape for _ in range(2)])
    room /= np.sqrt(np.square(room).sum(axis=1, keepdims=True))
    return _convolve(send, room)


def _convolve(mono: Floats, room: Floats) -> Floats:
    """Overlap and add, in blocks that stay in the processor's cache."""
    size = 1 << int(np.ceil(np.log2(room.shape[1]))) + 1
    step = size - room.shape[1] + 1
    blocks = -(-len(mono) // step)
    spectra = np.fft.rfft(room, size, axis=1)
    out = np.zeros((2, blocks * step + size), np.float32)
    for start in range(0, len(mono), step):
        block = mono[start : start + step]
        if block.any():
            out[:, start : start + size] += np.fft.irfft(np.fft.rfft(block, size) * spectra, size, axis=1)
    return out[:, : len(mono)]


def echo(send: Floats, *, delay: int, feedback: float, tone: float = 3000.0) -> Floats:
    """Repeats every `delay` samples, left and right in turn, until they are 40 dB down. `send` is mono."""
    dull = filtered([low_pass(tone), high_pass(250)], send)
    out = np.zeros((2, len(send)), np.float32)
    gain, turn, at = 0.8, 0, delay
    while gain > 0.01 and at < len(send):
        near, far = out[turn % 2], out[(turn + 1) % 2]
        near[at:] += gain * dull[:-at]
        far[at:] += 0.35 * gain * dull[:-at]
        gain, turn, at = gain * feedback, turn + 1, at + delay
    return out


def duck(length: int, hits: list[int], *, depth: float, recover: float) -> Floats:
    """A gain that dips at each hit and comes back within `recover` seconds: the pump of club music."""
    n = int(recover * RATE)
    dip = 1 - depth * (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n, dtype=np.float32)))
    gain = np.ones(length, np.float32)
    for hit in hits:
        part = gain[hit : hit + n]
        np.minimum(part, dip[: len(part)], out=part)
    return gain


def master(mix: Floats, *, lufs: float) -> Floats:
    """The mix at `lufs`, as near as its peaks allow, and never above CEILING_DBTP."""
    mix = filtered([high_pass(28)], mix)
    gain_db = lufs - (measure(mix, RATE).integrated_lufs or lufs)
    loud, found = _limited(mix, gain_db)
    missing = lufs - (found.integrated_lufs or lufs)
    if missing > 0.2:  # part of every decibel more is limited away again
        loud, found = _limited(mix, gain_db + 1.4 * missing)
    excess = max(0.0, (found.true_peak_dbtp or CEILING_DBTP) - CEILING_DBTP)
    return loud * np.float32(10 ** (-excess / 20))


def _limited(mix: Floats, gain_db: float) -> tuple[Floats, Loudness]:
    loud = limit(mix * np.float32(10 ** (gain_db / 20)), CEILING_DBTP - 0.4)
    return loud, measure(loud, RATE)


def limit(audio: Floats, ceiling_db: float) -> Floats:
    """Turned down where samples would pass the ceiling, from 16 ms before to 16 ms after."""
    n = audio.shape[1]
    blocks = -(-n // BLOCK)
    peaks = np.zeros(blocks * BLOCK, np.float32)
    np.max(np.abs(audio), axis=0, out=peaks[:n])
    needed = np.minimum(
        1.0, 10 ** (ceiling_db / 20) / np.maximum(peaks.reshape(blocks, BLOCK).max(axis=1), 1e-9)
    )
    padded = np.pad(needed, LOOKAHEAD_BLOCKS, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * LOOKAHEAD_BLOCKS + 1).min(axis=1)
    # Averaged over less than it was held for, the gain is smooth and still low enough, its neighbours too.
    reach = LOOKAHEAD_BLOCKS - 1
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), np.hanning(2 * reach + 3)[1:-1], "valid")
    smooth /= np.hanning(2 * reach + 3)[1:-1].sum()
    gain = np.interp(np.arange(n), (np.arange(blocks) + 0.5) * BLOCK, smooth)
    return (audio * gain).astype(np.float32)

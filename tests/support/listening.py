"""What a piece of music sounds like, in numbers: its tempo, key and brightness, measured from the samples alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

HOP = 512
WINDOW = 2048
LONG_WINDOW = 16_384
"""2.7 Hz apart: semitones from E3 up."""
TONES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
"""How well each tone fits a key (Krumhansl and Kessler 1982)."""


@dataclass(frozen=True, slots=True)
class Heard:
    bpm: float
    key: str
    brightness_hz: float
    """The middle of the spectrum's power, by magnitude."""
    width: float
    """What the sides differ, as a share of what they have in common."""


def listen(audio: npt.NDArray[np.float32], rate: int) -> Heard:
    """`audio` of shape (2, samples)."""
    mono = audio.mean(axis=0, dtype=np.float64)
    sides = (audio[0].astype(np.float64) - audio[1]) / 2
    return Heard(
        tempo(mono, rate), key(mono, rate), brightness(mono, rate), float(np.std(sides) / np.std(mono))
    )


def loudness_every(audio: npt.NDArray[np.float32], rate: int, seconds: float) -> Doubles:
    """The level of each stretch, in decibels."""
    length = round(seconds * rate)
    stretches = audio[:, : audio.shape[1] // length * length].reshape(2, -1, length)
    return 10 * np.log10(np.square(stretches, dtype=np.float64).mean(axis=(0, 2)) + 1e-12)


def tempo(mono: Doubles, rate: int) -> float:
    """Beats per minute, from 70 to 180: where the onsets repeat best, from one beat to sixteen later."""
    onsets = _onsets(mono)
    spectrum = np.abs(np.fft.rfft(onsets, 2 * len(onsets))) ** 2
    alike = np.fft.irfft(spectrum)[: len(onsets)]
    tempi = np.arange(70, 180, 0.25)
    beats = 60 * rate / (HOP * tempi)
    places = np.arange(len(alike))
    score = sum(np.interp(beats * times, places, alike) for times in (1, 2, 4, 8, 16))
    # People hear beats near 120 a minute; the rest is halves and doubles of them.
    score = score * np.exp(-0.5 * (np.log2(tempi / 115) / 0.9) ** 2)
    return float(tempi[score.argmax()])


def key(mono: Doubles, rate: int) -> str:
    """Such as "A minor": the key whose tones have the most of the sound between 110 Hz and 1.8 kHz."""
    power = sum(spectrum**2 for spectrum in _spectra(mono, LONG_WINDOW, LONG_WINDOW))
    hertz = np.fft.rfftfreq(LONG_WINDOW, 1 / rate)
    used = (hertz > 110) & (hertz < 1800)
    tones = np.rint(12 * np.log2(hertz[used] / 440) + 69).astype(int) % 12
    chroma = np.sqrt(np.bincount(tones, np.asarray(power)[used], 12))
    fits = {
        f"{TONES[root]} {name}": np.corrcoef(chroma, np.roll(profile, root))[0, 1]
        for name, profile in (("major", MAJOR), ("minor", MINOR))
        for root in range(12)
    }
    return max(fits, key=lambda name: fits[name])


def brightness(mono: Doubles, rate: int) -> float:
    total = sum(_spectra(mono, WINDOW, 4 * WINDOW), np.zeros(WINDOW // 2 + 1))
    return float((total * np.fft.rfftfreq(WINDOW, 1 / rate)).sum() / total.sum())


def _onsets(mono: Doubles) -> Doubles:
    """How much louder each moment is than the one before, over all frequencies."""
    levels = np.stack([np.log1p(100 * spectrum) for spectrum in _spectra(mono, WINDOW, HOP)])
    rises = np.maximum(np.diff(levels, axis=0), 0).sum(axis=1)
    slow = np.convolve(rises, np.ones(86) / 86, "same")  # a second
    return np.maximum(rises - slow, 0)


def _spectra(mono: Doubles, window: int, hop: int) -> Iterator[Doubles]:
    shape = np.hanning(window)
    for start in range(0, len(mono) - window, hop):
        yield np.abs(np.fft.rfft(mono[start : start + window] * shape)) / window

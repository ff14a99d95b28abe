"""Instruments: each function makes a `Voice`, which sounds a MIDI note for a number of samples.

The sound is mono, of shape (n,), longer than asked for where it rings on. Cutoffs are in Hz; half-lives, attacks
and releases in seconds; spreads in semitones.
"""

import numpy as np

from basedmusic.dsp.blocks import AnyFloats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth.band import Voice
from basedmusic.dsp.synth.filters import high_pass, low_pass, peak
from basedmusic.dsp.synth.theory import hertz
from basedmusic.dsp.synth.tones import RATE, chorus, decay, keys, pluck, saw, swell, swept, wave, wobble

Rng = np.random.Generator
SINE = np.ones(1, np.float32)
ORGAN = np.array([1.0, 0.7, 0.5, 0.25, 0, 0.2, 0, 0.12], np.float32)
ROUND = np.array([1.0, 0.3, 0.12, 0.05], np.float32)


def stab(cutoff: float, *, half_life: float = 0.09) -> Voice:
    """A short chord of house and techno."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        tone = swept(hertz(pitch), n, (cutoff * 2.5, 250.0), half_life)
        return tone * decay(n, half_life) * swell(n, 0.002, 0.05)

    return sound


def synth_bass(cutoff: float, *, resonance: float = 0.4) -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = swept(freq, n, (cutoff, 140.0), 0.07, resonance=resonance) + wave(freq, n, SINE)
        return tone * swell(n, 0.004, 0.05)

    return sound


def acid(cutoff: float, resonance: float) -> Voice:
    """A small resonant bass box of 1981, with its knob at `cutoff`."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        return swept(hertz(pitch), n, (cutoff * 3, cutoff / 2), 0.05, resonance=resonance) * swell(
            n, 0.003, 0.02
        )

    return sound


def pad(cutoff: float, *, spread: float = 0.22, attack: float = 0.5, release: float = 0.6) -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        return chorus(rng, freq, n, saw(freq, cutoff), spread) * swell(n, attack, release)

    return sound


def bell(ratio: float, *, half_life: float = 0.22, depth: float = 1.6) -> Voice:
    """Electric piano at whole ratios, bells at others; rings on for as long as it likes."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        length = int(7 * half_life * RATE)
        return keys(hertz(pitch), length, ratio=ratio, half_life=half_life, depth=depth) * swell(
            length, 0.003, 0.2
        )

    return sound


def electric_piano() -> Voice:
    """Two layers: the tine, and the hammer's short bright tick; a slow tremolo."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = keys(freq, n, ratio=1.0, half_life=0.7, depth=1.1)
        tone += 0.18 * keys(freq, n, ratio=14.0, half_life=0.06, depth=0.8)
        return tone * swell(n, 0.002, 0.12) * (1 - 0.15 * wobble(n, 4.6))

    return sound


def organ() -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        return wave(hertz(pitch), n, ORGAN, phase=float(rng.random())) * swell(n, 0.004, 0.04)

    return sound


def sub_bass() -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        return filtered([low_pass(420)], wave(hertz(pitch), n, ROUND)) * swell(n, 0.008, 0.06)

    return sound


def melodica() -> Voice:
    """Reeds: odd partials, a late vibrato."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = chorus(rng, freq, n, saw(freq, 2600, odd=True), 0.08, voices=2)
        return tone * swell(n, 0.03, 0.08) * (1 + 0.12 * wobble(n, 5.3) * swell(n, 0.5, 0.05))

    return sound


def steel_string(*, bright: float) -> Voice:
    """An acoustic guitar's string, left to ring."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        length = max(n, int(1.6 * RATE))
        string = pluck(rng, hertz(pitch), length, sustain=0.9975, bright=bright)
        body = filtered([peak(105, 5, 2.0), peak(210, 4, 1.6), low_pass(7000)], string)
        return body * swell(length, 0.001, 0.3)

    return sound


def bass_guitar() -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        string = filtered([low_pass(1400)], pluck(rng, hertz(pitch), n, sustain=0.998, bright=0.6))
        return np.tanh(2 * string) * swell(n, 0.002, 0.02)

    return sound


def upright_bass() -> Voice:
    """A finger on a thick string, and the wood around it."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        string = pluck(rng, hertz(pitch), n, sustain=0.993, bright=0.3, pick=0.3)
        return filtered([low_pass(900), peak(95, 4, 1.2)], string) * 2 * swell(n, 0.004, 0.06)

    return sound


def reese(cutoff: float) -> Voice:
    """Saws that beat against each other below `cutoff` Hz, on a steady sine: the bass of 1988, much faster."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = chorus(rng, freq, n, saw(freq, cutoff, 0.3), 0.5) + 0.9 * wave(freq, n, SINE)
        return tone * swell(n, 0.006, 0.12)

    return sound


def horn() -> Voice:
    """Brass through a mute: slow to speak, a late vibrato."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = filtered([peak(1400, 6, 1.5), low_pass(4200)], chorus(rng, freq, n, saw(freq, 1500), 0.06, 2))
        return tone * swell(n, 0.045, 0.09) * (1 + 0.1 * wobble(n, 5.6) * swell(n, 0.45, 0.05))

    return sound


def vibraphone() -> Voice:
    """Metal bars over tubes with turning lids; rings on for as long as it likes."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        length = int(2.2 * RATE)
        bar = keys(hertz(pitch), length, ratio=4.0, depth=0.5, half_life=0.45)
        return bar * swell(length, 0.002, 0.3) * (1 + 0.3 * wobble(length, 5.0))

    return sound


def power_chord(*, muted: bool) -> Voice:
    """Root, fifth and octave through an amplifier that is too loud; `muted` by the side of the hand."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        strings = np.zeros(n, np.float32)
        for step, level in ((0, 1.0), (7, 0.9), (12, 0.7)):
            freq = hertz(pitch + step + float(rng.normal(0, 0.04)))
            strings += level * pluck(
                rng, freq, n, sustain=0.9 if muted else 0.999, bright=0.4 if muted else 0.75
            )
        return amplifier(strings, 3.0 if muted else 7.0) * swell(n, 0.002, 0.02)

    return sound


def lead_guitar() -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        string = pluck(rng, hertz(pitch), n, sustain=0.9995, bright=0.8)
        return amplifier(string, 9.0) * swell(n, 0.003, 0.03)

    return sound


def bowed(*, cutoff: float = 2400.0) -> Voice:
    """Strings far away: slow to start, slow to end, never quite in tune."""

    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = chorus(rng, freq, n, saw(freq, cutoff), 0.14, voices=4)
        return filtered([high_pass(200)], tone) * swell(n, 0.35, 0.5)

    return sound


def synth_lead(cutoff: float, *, odd: bool) -> Voice:
    def sound(rng: Rng, pitch: int, n: int) -> AnyFloats:
        freq = hertz(pitch)
        tone = chorus(rng, freq, n, saw(freq, cutoff, 0.3, odd=odd), 0.12, voices=2)
        return tone * swell(n, 0.01, 0.08) * (0.6 + 0.4 * decay(n, 0.3))

    return sound


def amplifier(sound: AnyFloats, drive: float) -> AnyFloats:
    """Overdrive and a loudspeaker, which passes little above 5 kHz."""
    driven = np.tanh(drive * filtered([peak(800, 4, 0.8)], sound))
    return filtered([low_pass(4600, 0.9), low_pass(5200, 0.6), peak(120, 3, 1.0), peak(2400, 4, 1.2)], driven)

"""A band: plays patterns, chords, bass lines and tunes of a plan on a desk."""

from collections.abc import Callable, Sequence
from typing import Unpack

import numpy as np

from basedmusic.dsp.blocks import AnyFloats
from basedmusic.dsp.synth.session import EVERYWHERE, Desk, Plan, Sends
from basedmusic.dsp.synth.theory import Note, fit_to_chord
from basedmusic.dsp.synth.tones import RATE

Voice = Callable[[np.random.Generator, int, int], AnyFloats]
"""Sounds a MIDI note for a number of samples."""

VELOCITY = {"X": 1.0, "x": 0.8, "o": 0.5}
"""Marks of a pattern; any other is silent, and spaces are for the eye."""


class Band:
    """`swing`, from 0 to 0.33, delays every second sixteenth by that share; hands are `loose` seconds off.

    A pattern has 16 steps to the bar; a longer one spans several bars.
    """

    def __init__(
        self, plan: Plan, desk: Desk, rng: np.random.Generator, *, swing: float = 0.0, loose: float = 0.0
    ) -> None:
        self.plan, self.desk, self.rng = plan, desk, rng
        self._swing, self._loose = swing, loose * RATE
        self._takes: dict[tuple[Voice, int, int], AnyFloats] = {}

    def drum(
        self,
        sound: AnyFloats,
        pattern: str,
        parts: str = EVERYWHERE,
        *,
        gain: float,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> list[int]:
        """Hit a drum in every bar of some parts; at which samples."""
        hits: list[int] = []
        for bar, beat, velocity in self._steps(pattern, parts):
            at = self._at(bar, beat)
            self.desk.play(
                sound, at, gain=gain * velocity * float(self.rng.uniform(0.9, 1.0)), pan=pan, **sends
            )
            hits.append(at)
        return hits

    def chords(
        self,
        voice: Voice,
        pattern: str,
        parts: str,
        *,
        beats: float,
        notes: int = 3,
        around: int = 60,
        width: float = 0.5,
        gain: float,
        **sends: Unpack[Sends],
    ) -> None:
        """Strike each bar's chord on the marks, its notes spread over the stereo by `width`."""
        for bar, beat, velocity in self._steps(pattern, parts):
            at = self._at(bar, beat)
            chord = self.plan.key.chord(self.plan.chords[bar], voices=notes, around=around)
            for place, pitch in enumerate(chord):
                pan = width * (2 * place / max(notes - 1, 1) - 1)
                self._sound(voice, pitch, beats, at, gain=gain * velocity, pan=pan, **sends)

    def bass(
        self,
        voice: Voice,
        pattern: str,
        parts: str,
        *,
        beats: float,
        lowest: int = 34,
        steps: str = "",
        gain: float,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> None:
        """The chord's root on the marks, from the note `lowest` up; `steps` adds a degree to each step."""
        for bar, beat, velocity in self._steps(pattern, parts):
            chord = self.plan.chords[bar]
            degree = int(steps[round(beat * 4) % len(steps)]) if steps else 0
            root = self.plan.key.note(chord)
            root = lowest + (root - lowest) % 12
            pitch = root + self.plan.key.note(chord + degree) - self.plan.key.note(chord)
            self._sound(voice, pitch, beats, self._at(bar, beat), gain=gain * velocity, pan=pan, **sends)

    def arpeggio(
        self,
        voice: Voice,
        order: str,
        parts: str,
        *,
        beats: float,
        around: int = 60,
        notes: int = 4,
        gain: float,
        width: float = 0.4,
        **sends: Unpack[Sends],
    ) -> None:
        """One note of the chord after another: a digit per step names it, counted from the lowest."""
        marks = "".join("x" if mark.isdigit() else "." for mark in order)
        for bar, beat, velocity in self._steps(marks, parts):
            chord = self.plan.key.chord(self.plan.chords[bar], voices=notes, around=around)
            place = int(order[round(beat * 4) % len(order)])
            pitch = chord[place % notes] + 12 * (place // notes)
            pan = width * (2 * (place % notes) / max(notes - 1, 1) - 1)
            self._sound(voice, pitch, beats, self._at(bar, beat), gain=gain * velocity, pan=pan, **sends)

    def tune(
        self,
        voice: Voice,
        phrases: Sequence[Sequence[Note]],
        parts: str,
        *,
        octave: int = 1,
        ring: float = 1.0,
        gain: float,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> None:
        """Phrases of two bars in turn. On the beat, a note gives way to the nearest of the chord."""
        for bar in self.plan.bars_of(parts):
            for note in phrases[bar // 2 % len(phrases)]:
                if note.beat // 4 == bar % 2:
                    chord = self.plan.chords[bar]
                    degree = fit_to_chord(note.degree, chord) if note.beat % 1 == 0 else note.degree
                    pitch = self.plan.key.note(degree, octave)
                    at = self._at(bar, note.beat % 4)
                    self._sound(voice, pitch, note.beats * ring, at, gain=gain, pan=pan, **sends)

    def once(
        self, sound: AnyFloats, part: str, *, gain: float, pan: float = 0.0, **sends: Unpack[Sends]
    ) -> None:
        """Play a sound from the beginning of the first bar of a part."""
        for bar in self.plan.bars_of(part):
            self.desk.play(sound, self.plan.at(bar, 0), gain=gain, pan=pan, **sends)
            return

    def samples(self, beats: float) -> int:
        return max(1, round(beats * self.plan.beat))

    def _sound(
        self,
        voice: Voice,
        pitch: int,
        beats: float,
        at: int,
        *,
        gain: float,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> None:
        """A note is made at its first use and played from then on."""
        key = voice, pitch, self.samples(beats)
        if key not in self._takes:
            self._takes[key] = voice(self.rng, pitch, key[2])
        self.desk.play(self._takes[key], at, gain=gain, pan=pan, **sends)

    def _steps(self, pattern: str, parts: str) -> list[tuple[int, float, float]]:
        """Bar, beat and velocity of every mark in the bars of some parts."""
        marks = pattern.replace(" ", "")
        bars = max(1, len(marks) // 16)
        return [
            (bar, step / 4, VELOCITY[mark])
            for bar in self.plan.bars_of(parts)
            for step, mark in enumerate(marks[bar % bars * 16 :][:16])
            if mark in VELOCITY
        ]

    def _at(self, bar: int, beat: float) -> int:
        """The sample of a beat as this band feels it."""
        late = self._swing / 4 if round(beat * 4) % 2 else 0.0
        return max(0, self.plan.at(bar, beat + late) + round(self._loose * float(self.rng.uniform(-1, 1))))

"""A band: plays patterns, chords, bass lines and tunes of a plan on a desk."""

from collections.abc import Callable, Sequence
from typing import Unpack

import numpy as np

from basedmusic.dsp.blocks import AnyFloats
from basedmusic.dsp.iir import Section, filtered
from basedmusic.dsp.synth.session import EVERYWHERE, Desk, Plan, Sends
from basedmusic.dsp.synth.theory import Note, fit_to_chord
from basedmusic.dsp.synth.tones import RATE

Voice = Callable[[np.random.Generator, int, int], AnyFloats]
"""Sounds a MIDI note for a number of samples."""

VELOCITY = {"X": 1.0, "x": 0.8, "o": 0.5}
"""Marks of a pattern; any other is silent, and spaces are for the eye."""


class Band:
    """`swing`, from 0 to 0.33, delays every second sixteenth by that share; hands are `loose` seconds off.

    A pattern has 16 steps to the bar; a longer one spans several bars and ends where a part does.
    `tone` are filters that everything goes through.
    """

    def __init__(
        self,
        plan: Plan,
        desk: Desk,
        rng: np.random.Generator,
        *,
        swing: float = 0.0,
        loose: float = 0.0,
        tone: Sequence[Section] = (),
    ) -> None:
        self.plan, self.desk, self.rng = plan, desk, rng
        self._swing, self._loose, self._tone = swing, loose * RATE, tone
        self._takes: dict[tuple[Voice, int, int], AnyFloats] = {}
        self._grips: dict[tuple[Voice, tuple[int, ...], int, float], AnyFloats] = {}

    def drum(
        self,
        sound: AnyFloats,
        pattern: str,
        parts: str = EVERYWHERE,
        *,
        turn: str = "",
        gain: float,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> list[int]:
        """Hit a drum in every bar of some parts, by the pattern `turn` where the next part is about to begin;
        at which samples."""
        hits: list[int] = []
        sound = filtered(self._tone, sound) if self._tone else sound
        for bar, beat, velocity in self._steps(pattern, parts, turn):
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
            chord = self.plan.key.chord(self.plan.chords[bar], voices=notes, around=around)
            grip = self._grip(voice, tuple(chord), self.samples(beats), width)
            self.desk.play(grip, self._at(bar, beat), gain=gain * velocity, **sends)

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
            pitch = self._root(bar, lowest) + self.plan.key.note(chord + degree) - self.plan.key.note(chord)
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
        """Phrases of two bars in turn, from the beginning of each part. On the beat, a note gives way to the
        nearest of the chord."""
        for bar in self.plan.bars_of(parts):
            place = self.plan.place(bar)
            for note in phrases[place // 2 % len(phrases)]:
                if note.beat // 4 == place % 2:
                    chord = self.plan.chords[bar]
                    degree = fit_to_chord(note.degree, chord) if note.beat % 1 == 0 else note.degree
                    pitch = self.plan.key.note(degree, octave)
                    at = self._at(bar, note.beat % 4)
                    self._sound(voice, pitch, note.beats * ring, at, gain=gain, pan=pan, **sends)

    def walk(self, voice: Voice, parts: str, *, lowest: int, gain: float, **sends: Unpack[Sends]) -> None:
        """A walking bass, two notes to the beat: the chord's own, and a half step into the next."""
        for bar in self.plan.bars_of(parts):
            coming = self._root(bar + 1 if bar + 1 < self.plan.bars else bar, lowest)
            root, chord = self._root(bar, lowest), self.plan.chords[bar]
            for step in range(8):
                degree = int(self.rng.choice((0, 2, 4, 4, 7)))
                pitch = root + self.plan.key.note(chord + degree) - self.plan.key.note(chord)
                pitch = root if step == 0 else coming + int(self.rng.choice((-1, 1))) if step == 7 else pitch
                velocity = 1.0 if step % 4 == 0 else 0.85
                self._sound(voice, pitch, 0.55, self._at(bar, step / 2), gain=gain * velocity, **sends)

    def begin(
        self, sound: AnyFloats, parts: str, *, gain: float, pan: float = 0.0, **sends: Unpack[Sends]
    ) -> None:
        """Play a sound from the beginning of some parts."""
        for bar in self.plan.bars_of(parts):
            if self.plan.place(bar) == 0:
                self.desk.play(sound, self.plan.at(bar, 0), gain=gain, pan=pan, **sends)

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
        take = self._take(voice, pitch, self.samples(beats))
        self.desk.play(take, at, gain=gain, pan=pan, **sends)

    def _take(self, voice: Voice, pitch: int, n: int) -> AnyFloats:
        """A note is made at its first use and played from then on."""
        key = voice, pitch, n
        if key not in self._takes:
            take = voice(self.rng, pitch, n)
            self._takes[key] = filtered(self._tone, take) if self._tone else take
        return self._takes[key]

    def _grip(self, voice: Voice, chord: tuple[int, ...], n: int, width: float) -> AnyFloats:
        """The notes of a chord from left to right, as one stereo sound that is mixed once and played often."""
        key = voice, chord, n, width
        if key not in self._grips:
            takes = [self._take(voice, pitch, n) for pitch in chord]
            pans = [width * (2 * place / max(len(chord) - 1, 1) - 1) for place in range(len(chord))]
            self._grips[key] = np.stack(
                [
                    sum(
                        take * np.float32(side((pan + 1) * np.pi / 4) * 2**0.5)
                        for take, pan in zip(takes, pans, strict=True)
                    )
                    for side in (np.cos, np.sin)
                ]
            )
        return self._grips[key]

    def _root(self, bar: int, lowest: int) -> int:
        """The root of the bar's chord, from the note `lowest` up."""
        return lowest + (self.plan.key.note(self.plan.chords[bar]) - lowest) % 12

    def _steps(self, pattern: str, parts: str, turn: str = "") -> list[tuple[int, float, float]]:
        """Bar, beat and velocity of every mark in the bars of some parts."""
        marks, turned = pattern.replace(" ", ""), turn.replace(" ", "")
        bars = max(1, len(marks) // 16)
        steps: list[tuple[int, float, float]] = []
        for bar in self.plan.bars_of(parts):
            row = -self.plan.left(bar) % bars * 16
            played = turned if turned and self.plan.is_turn(bar) else marks[row : row + 16]
            steps += [(bar, step / 4, VELOCITY[mark]) for step, mark in enumerate(played) if mark in VELOCITY]
        return steps

    def _at(self, bar: int, beat: float) -> int:
        """The sample of a beat as this band feels it."""
        late = self._swing / 4 if round(beat * 4) % 2 else 0.0
        return max(0, self.plan.at(bar, beat + late) + round(self._loose * float(self.rng.uniform(-1, 1))))

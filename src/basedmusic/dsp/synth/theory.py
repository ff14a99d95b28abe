"""Scales, chords, tunes: what is played, in scale degrees and MIDI notes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
MIXOLYDIAN = (0, 2, 4, 5, 7, 9, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
Scale = tuple[int, ...]


def hertz(note: float) -> float:
    """The frequency in Hz of a MIDI note, A4 (69) at 440 Hz."""
    return 440.0 * 2.0 ** ((note - 69.0) / 12.0)


@dataclass(frozen=True, slots=True)
class Key:
    root: int
    """MIDI note of the tonic, C3 to B3."""
    scale: Scale

    def note(self, degree: int, octave: int = 0) -> int:
        """The MIDI note of a scale degree; 0 is the tonic, 7 the tonic above, −1 the note below."""
        return self.root + 12 * (octave + degree // 7) + self.scale[degree % 7]

    def chord(self, degree: int, *, voices: int = 3, around: int = 60) -> list[int]:
        """Thirds stacked on a degree, each voice in the octave nearest to the note `around`.

        Neighbouring chords so lie close together, as a player's hand would take them.
        """
        notes = (self.note(degree + 2 * voice) for voice in range(voices))
        return sorted(around - 6 + (note - around + 6) % 12 for note in notes)


@dataclass(frozen=True, slots=True)
class Note:
    beat: float
    beats: float
    degree: int
    """Steps of the scale above the tune's own register."""


def write_tune(rng: np.random.Generator, *, beats: int, busy: float, grid: float = 0.5) -> list[Note]:
    """A phrase of `beats` in small steps; `grid` is in beats, `busy` from 0 to 1 how many of its places sound."""
    places = np.arange(0, beats, grid)
    strong = np.where(places % 1 == 0, 1.0, 0.6) + 0.3 * (places % 2 == 0)
    sounds = rng.random(len(places)) < busy * strong
    sounds[0] = True
    starts = places[sounds]
    ends = np.append(starts[1:], beats)
    degree, tune = int(rng.integers(0, 5)), list[Note]()
    for start, end in zip(starts, ends, strict=True):
        tune.append(Note(float(start), float(min(end - start, 2.0)), degree))
        pull = -1 if degree > 5 else 1 if degree < -1 else 0
        degree += int(rng.choice((-2, -1, -1, 1, 1, 2, 3))) + pull
    return tune


def vary(rng: np.random.Generator, tune: Sequence[Note]) -> list[Note]:
    """The answer to a phrase: the same rhythm, another ending."""
    turn = 2 * len(tune) // 3
    return [*tune[:turn], *(Note(n.beat, n.beats, n.degree + int(rng.integers(-2, 3))) for n in tune[turn:])]


def write_period(
    rng: np.random.Generator, *, busy: float, grid: float = 0.5
) -> tuple[list[Note], list[Note], list[Note], list[Note]]:
    """Four phrases of two bars: a motif, its answer, the motif on another degree, and a close on the tonic."""
    motif = write_tune(rng, beats=8, busy=busy, grid=grid)
    shift = int(rng.choice((-2, 1, 2)))
    raised = [Note(note.beat, note.beats, note.degree + shift) for note in motif]
    *close, last = vary(rng, [note for note in motif if note.beat <= 6] or motif)
    return (
        motif,
        vary(rng, motif),
        raised,
        [*close, Note(last.beat, 8 - last.beat, 7 * round(last.degree / 7))],
    )


def fit_to_chord(degree: int, chord: int) -> int:
    """The degree nearest to `degree` that is root, third or fifth of the chord on degree `chord`."""
    return min(
        range(degree - 2, degree + 3),
        key=lambda near: ((near - chord) % 7 not in (0, 2, 4), abs(near - degree)),
    )

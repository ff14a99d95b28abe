"""A session: the plan of a piece (tempo, key, parts) and the desk that it is recorded on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np

from basedmusic.dsp.blocks import AnyFloats, Floats
from basedmusic.dsp.synth.effects import duck, echo, reverb
from basedmusic.dsp.synth.theory import Key, Scale
from basedmusic.dsp.synth.tones import RATE

INTRO, VERSE, CHORUS, BREAK, OUTRO = "IABKO"
EVERYWHERE = "IABKO"
_FORM = ((INTRO, 0.12), (VERSE, 0.40), (CHORUS, 0.60), (BREAK, 0.72), (CHORUS, 0.90), (OUTRO, 1.0))
"""Each part and the share of the piece at which it ends."""


@dataclass(frozen=True, slots=True)
class Room:
    seconds: float
    tone: float
    """Hz above which it swallows."""
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Echo:
    beats: float
    feedback: float
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    samples: int
    beat: float
    """Samples in a beat; four make a bar."""
    key: Key
    parts: str
    """One letter per bar."""
    chords: tuple[int, ...]
    """The degree of each bar."""

    @property
    def bars(self) -> int:
        return len(self.parts)

    @property
    def bpm(self) -> float:
        return 60 * RATE / self.beat

    def at(self, bar: int, beat: float) -> int:
        return round((4 * bar + beat) * self.beat)

    def bars_of(self, parts: str) -> Iterator[int]:
        return (bar for bar, part in enumerate(self.parts) if part in parts)


def plan_piece(
    rng: np.random.Generator,
    seconds: float,
    *,
    bpm: tuple[float, float],
    scales: Sequence[Scale],
    progressions: Sequence[Sequence[int]],
    ring: float = 2.0,
) -> Plan:
    """Whole bars that fill `seconds` less `ring` (for the last sounds to die away), near the wanted tempo."""
    playing = seconds - min(ring, 0.15 * seconds)
    wanted = rng.uniform(*bpm)
    bars = max(6, 2 * round(playing * wanted / 480))
    key = Key(int(48 + rng.integers(0, 12)), scales[int(rng.integers(len(scales)))])
    verse, chorus = (progressions[i] for i in rng.choice(len(progressions), 2, replace=False))
    parts = _parts(bars)
    chords = tuple((chorus if part == CHORUS else verse)[bar % 4] for bar, part in enumerate(parts))
    return Plan(round(seconds * RATE), playing * RATE / (4 * bars), key, parts, chords)


def _parts(bars: int) -> str:
    """The form in `bars` bars; parts change on even bars where there are enough of them."""
    step = 2 if bars >= 14 else 1
    ends = [max(step, step * round(share * bars / step)) for _, share in _FORM]
    parts = ""
    for (part, _), end in zip(_FORM, ends, strict=True):
        parts += part * (end - len(parts))
    return parts


class Sends(TypedDict, total=False):
    """What a sound is sent to beside its bus."""

    room: float
    tape: float
    pumped: bool
    """Whether it gives way to the kick."""


class Desk:
    """Two buses and two sends. What plays on the `pumped` bus gives way to the hits noted with `pump_on`."""

    def __init__(self, plan: Plan, rng: np.random.Generator, room: Room, tape: Echo) -> None:
        self._plan, self._rng, self._room, self._tape = plan, rng, room, tape
        self._dry, self._pumped = (np.zeros((2, plan.samples), np.float32) for _ in range(2))
        self._to_room, self._to_tape = (np.zeros(plan.samples, np.float32) for _ in range(2))
        self._hits: list[int] = []

    def play(
        self,
        sound: AnyFloats,
        at: int,
        *,
        gain: float = 1.0,
        pan: float = 0.0,
        **sends: Unpack[Sends],
    ) -> None:
        """Mix a mono sound in at sample `at`; `pan` from −1 to 1, equal power."""
        sound = sound[: max(0, self._plan.samples - at)] * np.float32(gain)
        where = slice(at, at + len(sound))
        angle = (pan + 1) * np.pi / 4
        bus = self._pumped if sends.get("pumped") else self._dry
        bus[0, where] += sound * np.float32(np.cos(angle) * 2**0.5)
        bus[1, where] += sound * np.float32(np.sin(angle) * 2**0.5)
        for send, level in ((self._to_room, sends.get("room")), (self._to_tape, sends.get("tape"))):
            if level:
                send[where] += sound * np.float32(level)

    def pump_on(self, hits: Sequence[int]) -> None:
        self._hits += hits

    def mixed(self, *, pump: float = 0.0) -> Floats:
        """Everything of shape (2, samples); `pump` from 0 to 1 is how far the pumped bus gives way."""
        mix = self._pumped
        repeats = echo(
            self._to_tape, delay=round(self._tape.beats * self._plan.beat), feedback=self._tape.feedback
        )
        mix += repeats * np.float32(self._tape.level)
        self._to_room += repeats.mean(axis=0) * np.float32(0.3)
        room = reverb(self._rng, self._to_room, seconds=self._room.seconds, tone=self._room.tone)
        mix += room * np.float32(self._room.level)
        if pump and self._hits:
            mix *= duck(self._plan.samples, self._hits, depth=pump, recover=0.9 * self._plan.beat / RATE)
        mix += self._dry
        tail = min(self._plan.samples, RATE)
        mix[:, -tail:] *= np.cos(np.linspace(0, np.pi / 2, tail, dtype=np.float32)) ** 2
        return mix

"""A session: the plan of a piece (tempo, key, parts) and the desk that it is recorded on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np

from basedmusic.dsp.blocks import AnyFloats, Floats
from basedmusic.dsp.synth.effects import duck, echo, reverb
from basedmusic.dsp.synth.theory import Key, Scale
from basedmusic.dsp.synth.tones import RATE

EVERYWHERE = "iIABKUCOo"
"""Parts: intro (i before I), verse A, chorus B, break K, build-up U, the last chorus C, outro (O before o)."""

Form = Sequence[tuple[str, float]]
"""Each part and the share of the piece at which it ends."""
CLUB: Form = (
    ("i", 0.06),
    ("I", 0.13),
    ("A", 0.30),
    ("B", 0.48),
    ("K", 0.59),
    ("U", 0.655),
    ("C", 0.86),
    ("O", 0.94),
    ("o", 1.0),
)
SONG: Form = (
    ("I", 0.09),
    ("A", 0.27),
    ("B", 0.44),
    ("A", 0.54),
    ("K", 0.64),
    ("U", 0.735),
    ("C", 0.91),
    ("O", 1.0),
)
SLOW: Form = (
    ("i", 0.08),
    ("I", 0.18),
    ("A", 0.40),
    ("B", 0.57),
    ("K", 0.68),
    ("C", 0.88),
    ("O", 0.95),
    ("o", 1.0),
)
VERSES, CHORUSES = "iIAOo", "BC"


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

    def place(self, bar: int) -> int:
        """Which bar of its part it is, from 0."""
        return bar - max((at + 1 for at in range(bar) if self.parts[at] != self.parts[bar]), default=0)

    def left(self, bar: int) -> int:
        """How many bars its part has from here on, this one included."""
        after = (at - bar for at in range(bar, self.bars) if self.parts[at] != self.parts[bar])
        return next(after, self.bars - bar)

    def is_turn(self, bar: int) -> bool:
        """Whether another part comes next."""
        return self.left(bar) == 1 and bar + 1 < self.bars


def plan_piece(
    rng: np.random.Generator,
    seconds: float,
    *,
    bpm: tuple[float, float],
    scales: Sequence[Scale],
    progressions: Sequence[Sequence[int]],
    form: Form,
    ring: float = 2.0,
) -> Plan:
    """Whole bars that fill `seconds` less `ring` (for the last sounds to die away), near the wanted tempo.

    Verse, chorus and break each have a progression of four bars of their own, as far as there are so many.
    """
    playing = seconds - min(ring, 0.15 * seconds)
    wanted = rng.uniform(*bpm)
    bars = max(6, 2 * round(playing * wanted / 480))
    key = Key(int(48 + rng.integers(0, 12)), scales[int(rng.integers(len(scales)))])
    order = [progressions[i] for i in rng.permutation(len(progressions))]
    verse, chorus, bridge = order[0], order[1], order[2 % len(order)]
    parts = arrange(bars, form)
    loops = (verse if part in VERSES else chorus if part in CHORUSES else bridge for part in parts)
    chords = tuple(loop[bar % 4] for bar, loop in enumerate(loops))
    return Plan(round(seconds * RATE), playing * RATE / (4 * bars), key, parts, chords)


def arrange(bars: int, form: Form) -> str:
    """The form in `bars` bars; parts change after four bars or a multiple, where there are enough of them."""
    step, least = (4, 2) if bars >= 28 else (2, 1) if bars >= 14 else (1, 0)
    parts = ""
    for part, share in form[:-1]:
        end = min(bars - 1, max(1, len(parts) + least, step * round(share * bars / step)))
        parts += part * (end - len(parts))
    return parts + form[-1][0] * (bars - len(parts))


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
        """Mix a sound in at sample `at`: a mono one at `pan` from −1 to 1, equal power, or a stereo one."""
        sound = sound[..., : max(0, self._plan.samples - at)]
        where = slice(at, at + sound.shape[-1])
        angle = (pan + 1) * np.pi / 4
        sides = (sound, sound) if sound.ndim == 1 else (sound[0], sound[1])
        for side, heard, turned in zip(
            self._pumped if sends.get("pumped") else self._dry,
            sides,
            (np.cos(angle), np.sin(angle)),
            strict=True,
        ):
            side[where] += heard * np.float32(gain * turned * 2**0.5)
        for send, level in ((self._to_room, sends.get("room")), (self._to_tape, sends.get("tape"))):
            if level and sound.ndim == 1:
                send[where] += sound * np.float32(gain * level)
            elif level:
                send[where] += (sound[0] + sound[1]) * np.float32(gain * level / 2)

    def pump_on(self, hits: Sequence[int]) -> None:
        self._hits += hits

    def mixed(self, *, pump: float = 0.0) -> Floats:
        """Everything of shape (2, samples); `pump` from 0 to 1 is how far the pumped bus gives way.

        The desk is spent: its buses become the mix.
        """
        mix = self._pumped
        repeats = echo(
            self._to_tape, delay=round(self._tape.beats * self._plan.beat), feedback=self._tape.feedback
        )
        repeats *= np.float32(self._tape.level)
        mix += repeats
        self._to_room += np.float32(0.15 / max(self._tape.level, 1e-3)) * (repeats[0] + repeats[1])
        self._to_room *= np.float32(self._room.level)
        reverb(self._rng, self._to_room, mix, seconds=self._room.seconds, tone=self._room.tone)
        if pump and self._hits:
            mix *= duck(self._plan.samples, self._hits, depth=pump, recover=0.9 * self._plan.beat / RATE)
        mix += self._dry
        tail = min(self._plan.samples, RATE)
        mix[:, -tail:] *= np.cos(np.linspace(0, np.pi / 2, tail, dtype=np.float32)) ** 2
        return mix

"""A small band in a box: seeded pieces of music in ten styles, for demonstrations and tests.

The same style, seed and duration give the same samples on one machine.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.synth import club, night, stage
from basedmusic.dsp.synth.filters import RATE
from basedmusic.dsp.synth.mastering import master

__all__ = ["LUFS", "RATE", "SHORTEST_S", "Style", "compose"]

LUFS = -14.0
SHORTEST_S = 8.0


class Style(StrEnum):
    HOUSE = "house"
    TECHNO = "techno"
    DUB = "dub"
    AMBIENT = "ambient"
    HIP_HOP = "hip-hop"
    PUNK = "punk"
    FOLK = "folk"
    SYNTH_POP = "synth-pop"
    DRUM_AND_BASS = "drum-and-bass"
    JAZZ = "jazz"


_PLAYERS: dict[Style, Callable[[np.random.Generator, float], Floats]] = {
    Style.HOUSE: club.house,
    Style.TECHNO: club.techno,
    Style.DUB: night.dub,
    Style.AMBIENT: night.ambient,
    Style.HIP_HOP: night.hip_hop,
    Style.PUNK: stage.punk,
    Style.FOLK: stage.folk,
    Style.SYNTH_POP: stage.synth_pop,
    Style.DRUM_AND_BASS: club.drum_and_bass,
    Style.JAZZ: stage.jazz,
}


def compose(seed: int, style: Style, duration_s: float) -> Floats:
    """A piece of shape (2, samples) at RATE (44.1 kHz), about −14 LUFS, true peak at most −1 dBTP.

    Key, tempo, chords, rhythms, tunes and sounds follow from the seed. Raises ValueError for less than
    SHORTEST_S seconds, in which no form fits.
    """
    if duration_s < SHORTEST_S:
        raise ValueError(f"a piece takes {SHORTEST_S} s at least")
    rng = np.random.default_rng([seed, list(Style).index(style)])
    return master(_PLAYERS[style](rng, duration_s), lufs=LUFS)

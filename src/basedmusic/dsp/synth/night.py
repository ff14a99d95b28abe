"""Ambient and hip-hop: music for when it is late."""

import numpy as np

from basedmusic.dsp.blocks import AnyFloats, Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.filters import band_pass, high_pass, low_pass
from basedmusic.dsp.synth.session import Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import DORIAN, LYDIAN, MAJOR, MINOR, vary, write_tune
from basedmusic.dsp.synth.tones import noise, wobble

SLOW = ((0, 3, 5, 3), (0, 4, 0, 3), (0, 2, 3, 0), (5, 3, 0, 4))
JAZZY = ((1, 4, 0, 5), (0, 3, 1, 4), (3, 2, 1, 0), (0, 5, 1, 4), (5, 4, 3, 4))


def ambient(rng: np.random.Generator, seconds: float) -> Floats:
    """Chords that open and close like breath, bells in no hurry, weather."""
    plan = plan_piece(rng, seconds, bpm=(54, 68), scales=(LYDIAN, MAJOR, DORIAN), progressions=SLOW, ring=4.0)
    desk = Desk(plan, rng, Room(4.5, 5000, 0.9), Echo(1.5, 0.6, 0.6))
    band = Band(plan, desk, rng, loose=0.03)
    dark = voices.pad(float(rng.uniform(450, 800)), spread=0.3, attack=2.0, release=2.4)
    light = voices.pad(float(rng.uniform(1400, 2600)), spread=0.2, attack=2.6, release=2.6)
    band.chords(
        dark, "X...............", "IABKO", beats=6.5, notes=4, around=57, gain=0.1, width=0.9, room=0.6
    )
    band.chords(
        light, "........x.......", "ABK", beats=6.0, notes=3, around=70, gain=0.06, width=0.9, room=0.9
    )
    band.bass(voices.sub_bass(), "X...............", "ABO", beats=4.4, lowest=33, gain=0.18)
    tune = write_tune(rng, beats=8, busy=0.35)
    bell = voices.bell(float(rng.choice((2.0, 3.5, 5.4))), half_life=0.6, depth=0.9)
    band.tune(bell, [tune, vary(rng, tune)], "ABK", gain=0.22, pan=0.3, room=0.8, tape=0.6)
    glitter = write_tune(rng, beats=8, busy=0.3)
    band.tune(voices.steel_string(bright=0.2), [glitter], "BO", gain=0.3, pan=-0.4, room=0.9, tape=0.5)
    band.once(_weather(rng, plan.samples), "I", gain=0.05)
    band.once(_weather(rng, plan.samples), "I", gain=0.05, pan=-0.8)
    return desk.mixed()


def hip_hop(rng: np.random.Generator, seconds: float) -> Floats:
    """A drummer a little behind, an electric piano from an old record, and the record's own dust."""
    plan = plan_piece(rng, seconds, bpm=(78, 94), scales=(DORIAN, MAJOR, MINOR), progressions=JAZZY)
    desk = Desk(plan, rng, Room(0.8, 4200, 0.5), Echo(0.75, 0.35, 0.35))
    band = Band(plan, desk, rng, swing=float(rng.uniform(0.2, 0.32)), loose=0.007)
    beat = str(rng.choice(("X..o......X..x..", "X......x..X.....", "X.o....x.xX.....")))
    desk.pump_on(band.drum(drums.kick(pitch=52, length=0.35, punch=4), beat, "ABO", gain=0.95))
    band.drum(drums.snare(rng, pitch=195, length=0.2), "....X.......X..o", "ABO", gain=0.65, room=0.2)
    band.drum(drums.hat(rng, tone=6500), "x.oxx.o.x.oxx.xo", "ABK", gain=0.4, pan=0.2)
    band.drum(drums.shaker(rng), "..x...x...x...x.", "BK", gain=0.25, pan=-0.4)
    comping = str(rng.choice(("X......x..o.....", "X.........x..o..", "X..x......x.....")))
    piano = voices.electric_piano()
    band.chords(piano, comping, "IABKO", beats=1.8, notes=4, around=62, gain=0.14, width=0.45, room=0.2)
    line = str(rng.choice(("X..x......X...x.", "X......x..X..x..", "X.....x...x.x...")))
    steps = "".join(str(step) for step in [0, *rng.choice((0, 0, 4, 7, 2), 15)])
    band.bass(voices.sub_bass(), line, "ABO", beats=0.9, lowest=30, steps=steps, gain=0.36, pumped=True)
    tune = write_tune(rng, beats=8, busy=0.45, grid=0.25 if rng.random() < 0.3 else 0.5)
    hook = (voices.steel_string(bright=0.3), voices.bell(2.0, half_life=0.3), voices.melodica())[
        int(rng.integers(3))
    ]
    band.tune(hook, [tune, vary(rng, tune)], "BKO", gain=0.26, pan=-0.25, room=0.3, tape=0.4)
    band.once(_dust(rng, plan.samples), "I", gain=0.35, pan=0.15)
    return filtered([low_pass(9500, 0.6)], desk.mixed(pump=0.3))


def _weather(rng: np.random.Generator, n: int) -> AnyFloats:
    """Wind: noise whose strength comes and goes."""
    gusts = 0.6 + 0.4 * wobble(n, float(rng.uniform(0.05, 0.12)), float(rng.uniform(0, 6)))
    return filtered([band_pass(float(rng.uniform(400, 900)), 0.5)], noise(rng, n)) * gusts


def _dust(rng: np.random.Generator, n: int) -> Floats:
    """The crackle of a worn record: a few clicks a second, some of them loud, and a little hiss."""
    clicks = np.zeros(n, np.float32)
    places = rng.integers(0, n, n // 6000)
    clicks[places] = rng.exponential(0.25, len(places))
    return filtered([high_pass(900), low_pass(7000)], clicks + 0.01 * noise(rng, n))

"""Ambient, dub, hip-hop: music for when it is late."""

import numpy as np

from basedmusic.dsp.blocks import AnyFloats, Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.filters import band_pass, high_pass, low_pass
from basedmusic.dsp.synth.session import EVERYWHERE, SLOW, SONG, Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import (
    DORIAN,
    LYDIAN,
    MAJOR,
    MINOR,
    MIXOLYDIAN,
    vary,
    write_period,
    write_tune,
)
from basedmusic.dsp.synth.tones import RATE, noise, swell, wobble

BREATH = ((0, 3, 5, 3), (0, 4, 0, 3), (0, 2, 3, 0), (5, 3, 0, 4))
JAZZY = ((1, 4, 0, 5), (0, 3, 1, 4), (3, 2, 1, 0), (0, 5, 1, 4), (5, 4, 3, 4))
REGGAE = ((0, 0, 3, 3), (0, 3, 0, 6), (0, 6, 5, 6), (0, 4, 3, 0))


def ambient(rng: np.random.Generator, seconds: float) -> Floats:
    """Chords that open and close like breath, bells in no hurry, weather."""
    plan = plan_piece(
        rng,
        seconds,
        bpm=(54, 68),
        scales=(LYDIAN, MAJOR, DORIAN),
        progressions=BREATH,
        form=SLOW,
        ring=4.0,
    )
    desk = Desk(plan, rng, Room(3.6, 5000, 0.9), Echo(1.5, 0.6, 0.6))
    band = Band(plan, desk, rng, loose=0.03)
    dark = voices.pad(float(rng.uniform(450, 800)), spread=0.3, attack=2.0, release=2.4)
    light = voices.pad(float(rng.uniform(1400, 2600)), spread=0.2, attack=2.6, release=2.6)
    whole = "X..............."
    band.chords(dark, whole, "IABCOo", beats=6.5, notes=4, around=57, gain=0.1, width=0.9, room=0.6)
    band.chords(dark, whole, "iK", beats=6.5, notes=3, around=57, gain=0.06, width=0.9, room=0.8)
    band.chords(light, "........x.......", "ABKC", beats=6.0, around=70, gain=0.06, width=0.9, room=0.9)
    band.bass(voices.sub_bass(), whole, "ABC", beats=4.4, lowest=33, gain=0.18)
    bell = voices.bell(float(rng.choice((2.0, 3.5, 5.4))), half_life=0.6, depth=0.9)
    band.tune(bell, write_period(rng, busy=0.35), "ABKC", gain=0.22, pan=0.3, room=0.8, tape=0.6)
    glitter = write_tune(rng, beats=8, busy=0.3)
    string = voices.steel_string(bright=0.2)
    band.tune(string, [glitter, vary(rng, glitter)], "BCO", gain=0.3, pan=-0.4, room=0.9, tape=0.5)
    for pan in (-0.8, 0.8):
        desk.play(_weather(rng, plan.samples), 0, gain=0.05, pan=pan)
    return desk.mixed()


def dub(rng: np.random.Generator, seconds: float) -> Floats:
    """One drop: the kick waits for the third beat, the chords for the gaps, and the tape plays the rest."""
    plan = plan_piece(
        rng, seconds, bpm=(68, 76), scales=(MINOR, DORIAN, MIXOLYDIAN), progressions=REGGAE, form=SLOW
    )
    desk = Desk(plan, rng, Room(2.4, 3000, 0.5), Echo(0.75, 0.68, 0.8))
    band = Band(plan, desk, rng, swing=float(rng.uniform(0.1, 0.25)), loose=0.006)
    kick = drums.kick(pitch=50, length=0.45, punch=3.5)
    band.drum(kick, "........X.......", "IABCO", turn="........X.....x.", gain=0.95)
    band.drum(drums.rim(pitch=1500), "........x.......", "iIABKCO", gain=0.5, tape=0.25, room=0.2)
    fills = "............o..." + "." * 16 + ".......o........" + "." * 16
    snare = drums.snare(rng, pitch=210, length=0.3)
    band.drum(snare, fills, EVERYWHERE, turn="......x..x.x.Xxx", gain=0.4, tape=1.0)
    band.drum(drums.hat(rng, length=0.07), "x.o.x.oox.o.x.o.", "ABC", gain=0.4, pan=0.35)
    band.drum(drums.tom(pitch=92), "." * 48 + "...........x.xx.", "IABKC", gain=0.45, tape=0.7, pan=-0.3)
    skank = voices.organ()
    band.chords(
        skank,
        "..X...X...X.....",
        EVERYWHERE,
        beats=0.3,
        around=62,
        width=0.8,
        gain=0.24,
        tape=0.25,
        room=0.25,
    )
    late = "..............X." + "..............o."
    band.chords(skank, late, "iABKCo", beats=0.3, around=62, gain=0.13, tape=0.9, room=0.15)
    line = str(rng.choice(("X..x..x.X...x.x.", "X.....x.x.x.....", "X..x..X...x..x..")))
    steps = "".join(str(step) for step in [0, *rng.choice((0, 0, 2, 4, 4, 6, 7), 15)])
    band.bass(voices.sub_bass(), line, "IABCO", beats=0.8, lowest=31, steps=steps, gain=0.5)
    reed = voices.melodica()
    period = write_period(rng, busy=0.35)
    band.tune(reed, period, "BKC", octave=0, gain=0.27, pan=0.3, room=0.3, tape=0.7)
    return desk.mixed()


def hip_hop(rng: np.random.Generator, seconds: float) -> Floats:
    """A drummer a little behind, an electric piano from an old record, and the record's own dust."""
    plan = plan_piece(
        rng, seconds, bpm=(78, 94), scales=(DORIAN, MAJOR, MINOR), progressions=JAZZY, form=SONG
    )
    desk = Desk(plan, rng, Room(0.8, 4200, 0.5), Echo(0.75, 0.35, 0.35))
    swing = float(rng.uniform(0.2, 0.32))
    band = Band(plan, desk, rng, swing=swing, loose=0.007, tone=[low_pass(9500, 0.6)])
    beat = str(rng.choice(("X..o......X..x..", "X......x..X.....", "X.o....x.xX.....")))
    kick = drums.kick(pitch=52, length=0.35, punch=4)
    desk.pump_on(band.drum(kick, beat, "ABCO", turn="X......x........", gain=0.95))
    snare = drums.snare(rng, pitch=195, length=0.2)
    band.drum(snare, "....X.......X..o", "ABUC", turn="....X..o..x.Xoxx", gain=0.65, room=0.2)
    band.drum(drums.hat(rng, tone=6500), "x.oxx.o.x.oxx.xo", "ABKUC", gain=0.4, pan=0.2)
    band.drum(drums.shaker(rng), "..x...x...x...x.", "BKC", gain=0.25, pan=-0.4)
    comping = str(rng.choice(("X......x..o.....", "X.........x..o..", "X..x......x.....")))
    piano = voices.electric_piano()
    band.chords(piano, comping, EVERYWHERE, beats=1.8, notes=4, around=62, gain=0.19, width=0.8, room=0.2)
    line = str(rng.choice(("X..x......X...x.", "X......x..X..x..", "X.....x...x.x...")))
    steps = "".join(str(step) for step in [0, *rng.choice((0, 0, 4, 7, 2), 15)])
    band.bass(voices.sub_bass(), line, "ABC", beats=0.9, lowest=30, steps=steps, gain=0.36, pumped=True)
    hooks = (voices.steel_string(bright=0.3), voices.bell(2.0, half_life=0.3), voices.melodica())
    hook = hooks[int(rng.integers(3))]
    period = write_period(rng, busy=0.45, grid=0.25 if rng.random() < 0.3 else 0.5)
    band.tune(hook, period, "BKC", gain=0.32, pan=-0.25, room=0.3, tape=0.4)
    dust = _dust(rng, round(min(8 * RATE, plan.samples)))
    for at in range(0, plan.samples, len(dust) - RATE // 10):
        desk.play(dust * swell(len(dust), 0.1, 0.1), at, gain=0.35, pan=0.15)
    return desk.mixed(pump=0.3)


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

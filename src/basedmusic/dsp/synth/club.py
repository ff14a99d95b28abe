"""House, techno, dub: music for loudspeakers larger than a person."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.filters import band_pass
from basedmusic.dsp.synth.session import Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import DORIAN, MINOR, MIXOLYDIAN, vary, write_tune
from basedmusic.dsp.synth.tones import noise

MINOR_LOOPS = ((0, 5, 2, 6), (0, 3, 0, 4), (0, 2, 5, 6), (5, 6, 0, 0), (0, 0, 3, 5))
REGGAE = ((0, 0, 3, 3), (0, 3, 0, 6), (0, 6, 5, 6), (0, 4, 3, 0))


def house(rng: np.random.Generator, seconds: float) -> Floats:
    """Four to the floor, seventh chords, a bass between the kicks."""
    plan = plan_piece(rng, seconds, bpm=(118, 126), scales=(MINOR, DORIAN), progressions=MINOR_LOOPS)
    desk = Desk(plan, rng, Room(1.8, 6500, 0.5), Echo(0.75, 0.45, 0.5))
    band = Band(plan, desk, rng, swing=float(rng.uniform(0.05, 0.2)))
    kick = drums.kick(pitch=float(rng.uniform(46, 54)))
    desk.pump_on(band.drum(kick, "X...X...X...X...", "IABO", gain=0.9))
    band.drum(drums.clap(rng), "....x.......x...", "ABO", gain=0.7, room=0.25)
    band.drum(drums.hat(rng), "o.o.o.oox.o.o.oo", "AB", gain=0.3, pan=0.25)
    band.drum(drums.hat(rng, length=0.3), "..x...x...x...x.", "BO", gain=0.4, pan=-0.15)
    band.drum(drums.shaker(rng), "xoxoxoxoxoxoxoxo", "IBK", gain=0.22, pan=0.5)
    rhythm = str(rng.choice(("x..x..x...x..x..", "..x..x....x..x..", "x.....x..x....x.", "..x...x...x..x.x")))
    stab = voices.stab(float(rng.uniform(1200, 2600)))
    band.chords(stab, rhythm, "ABO", beats=1, notes=4, around=63, gain=0.2, room=0.3, tape=0.3, pumped=True)
    line = str(rng.choice(("..x...x...x..xx.", ".xx..xx..xx..x..", "..x..x.x..x..x.x")))
    band.bass(
        voices.synth_bass(900), line, "ABO", beats=0.45, steps="0000000700000007", gain=0.24, pumped=True
    )
    pad = voices.pad(float(rng.uniform(700, 1500)))
    band.chords(
        pad, "X...............", "IBK", beats=4.6, notes=4, gain=0.09, width=0.7, room=0.6, pumped=True
    )
    tune = write_tune(rng, beats=8, busy=0.4)
    bell = voices.bell(float(rng.choice((1.0, 2.0, 3.5))))
    band.tune(bell, [tune, vary(rng, tune)], "BK", gain=0.2, pan=0.3, room=0.35, tape=0.5, pumped=True)
    return desk.mixed(pump=0.65)


def techno(rng: np.random.Generator, seconds: float) -> Floats:
    """One chord, a rolling low end, a resonant line that opens, and a great deal of room."""
    plan = plan_piece(
        rng, seconds, bpm=(128, 138), scales=(MINOR,), progressions=((0, 0, 0, 0), (0, 0, 5, 5))
    )
    desk = Desk(plan, rng, Room(2.8, 3800, 0.55), Echo(0.75, 0.6, 0.6))
    band = Band(plan, desk, rng)
    kick = drums.kick(pitch=float(rng.uniform(42, 48)), punch=7.0, click=0.6, length=0.34)
    desk.pump_on(band.drum(kick, "X...X...X...X...", "IABO", gain=1.0))
    band.drum(drums.hat(rng, length=0.22, tone=8500), "..x...x...x...x.", "AB", gain=0.5)
    band.drum(drums.hat(rng, length=0.04, tone=9500), "xoooxoooxoooxooo", "BKO", gain=0.28, pan=0.3)
    band.drum(drums.clap(rng), "....x.......x..o", "B", gain=0.35, room=0.5)
    clave = str(rng.choice(("...x..x....x....", ".x....x...x..x..", "...x...x...x.x..")))
    band.drum(drums.rim(pitch=float(rng.uniform(900, 2100))), clave, "IABK", gain=0.22, pan=-0.5, tape=0.5)
    band.bass(voices.synth_bass(320), ".xox.xox.xox.xoX", "ABO", beats=0.25, lowest=29, gain=0.24, room=0.06)
    _acid_line(band, resonance=float(rng.uniform(0.7, 1.0)))
    stab = voices.stab(float(rng.uniform(700, 1400)))
    band.chords(stab, "...x......x.....", "IBKO", beats=1, gain=0.2, room=0.3, tape=0.9, pumped=True)
    _riser(band)
    return desk.mixed(pump=0.75)


def dub(rng: np.random.Generator, seconds: float) -> Floats:
    """One drop: the kick waits for the third beat, the chords for the gaps, and the tape plays the rest."""
    plan = plan_piece(rng, seconds, bpm=(68, 76), scales=(MINOR, DORIAN, MIXOLYDIAN), progressions=REGGAE)
    desk = Desk(plan, rng, Room(2.4, 3000, 0.5), Echo(0.75, 0.68, 0.8))
    band = Band(plan, desk, rng, swing=float(rng.uniform(0.1, 0.25)), loose=0.006)
    band.drum(drums.kick(pitch=50, length=0.45, punch=3.5), "........X.......", "ABO", gain=0.95)
    band.drum(drums.rim(pitch=1500), "........x.......", "ABKO", gain=0.5, tape=0.25, room=0.2)
    fills = "............o..." + "." * 16 + ".......o........" + "." * 16
    band.drum(drums.snare(rng, pitch=210, length=0.3), fills, "IABK", gain=0.4, tape=1.0)
    band.drum(drums.hat(rng, length=0.07), "x.o.x.oox.o.x.o.", "ABO", gain=0.4, pan=0.35)
    band.drum(drums.tom(pitch=92), "." * 48 + "...........x.xx.", "IABK", gain=0.45, tape=0.7, pan=-0.3)
    skank = voices.organ()
    band.chords(skank, "..X...X...X.....", "IABKO", beats=0.3, around=62, gain=0.2, tape=0.25, room=0.25)
    band.chords(
        skank,
        "..............X." + "..............o.",
        "IABKO",
        beats=0.3,
        around=62,
        gain=0.13,
        tape=0.9,
        room=0.15,
    )
    line = str(rng.choice(("X..x..x.X...x.x.", "X.....x.x.x.....", "X..x..X...x..x..")))
    steps = "".join(str(step) for step in [0, *rng.choice((0, 0, 2, 4, 4, 6, 7), 15)])
    band.bass(voices.sub_bass(), line, "ABO", beats=0.8, lowest=31, steps=steps, gain=0.5)
    tune = write_tune(rng, beats=8, busy=0.35)
    band.tune(
        voices.melodica(), [tune, vary(rng, tune)], "BK", octave=0, gain=0.22, pan=0.3, room=0.3, tape=0.7
    )
    return desk.mixed()


def _acid_line(band: Band, *, resonance: float) -> None:
    """Sixteen steps on a resonant low-pass, further open in every part."""
    rng = band.rng
    steps = "".join(str(step) for step in rng.choice((0, 0, 0, 2, 4, 6, 7, 7), 16))
    pattern = "".join(rng.choice(list("Xxo."), 16, p=(0.15, 0.35, 0.2, 0.3)))
    for part, cutoff in (("A", 450.0), ("K", 800.0), ("B", 1500.0)):
        voice = voices.acid(cutoff, resonance)
        band.bass(
            voice,
            pattern,
            part,
            beats=0.24,
            lowest=41,
            steps=steps,
            gain=0.2,
            tape=0.25,
            room=0.1,
            pumped=True,
        )


def _riser(band: Band) -> None:
    """Noise that grows through the break."""
    n = band.samples(4.0 * len(list(band.plan.bars_of("K"))))
    wind = filtered([band_pass(2600, 0.8)], noise(band.rng, n)) * np.linspace(0, 1, n, dtype=np.float32) ** 2
    band.once(wind, "K", gain=0.4, room=0.3)

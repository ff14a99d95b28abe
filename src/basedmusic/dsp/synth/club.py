"""House, techno, drum and bass: music for loudspeakers larger than a person."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.iir import filtered
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.filters import band_pass
from basedmusic.dsp.synth.session import CLUB, Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import DORIAN, MINOR, write_period
from basedmusic.dsp.synth.tones import noise

MINOR_LOOPS = ((0, 5, 2, 6), (0, 3, 0, 4), (0, 2, 5, 6), (5, 6, 0, 0), (0, 0, 3, 5))
ROLL = "o...o...o...o..." + "o.o.o.o.o.o.o.o." + "xoxoxoxoxoxoxoxo" + "XxXxXxXxXXXXXXXX"
"""A snare that gets faster through a build-up of four bars."""


def house(rng: np.random.Generator, seconds: float) -> Floats:
    """Four to the floor, seventh chords, a bass between the kicks."""
    plan = plan_piece(
        rng, seconds, bpm=(118, 126), scales=(MINOR, DORIAN), progressions=MINOR_LOOPS, form=CLUB
    )
    desk = Desk(plan, rng, Room(1.8, 6500, 0.5), Echo(0.75, 0.45, 0.5))
    band = Band(plan, desk, rng, swing=float(rng.uniform(0.05, 0.2)))
    kick = drums.kick(pitch=float(rng.uniform(46, 54)))
    desk.pump_on(band.drum(kick, "X...X...X...X...", "IABCO", turn="X...X...X...X.xx", gain=0.9))
    band.drum(drums.clap(rng), "....x.......x...", "ABC", turn="....x.......x.ox", gain=0.7, room=0.25)
    band.drum(drums.hat(rng), "o.o.o.oox.o.o.oo", "ABCO", gain=0.22, pan=0.25)
    band.drum(drums.hat(rng, length=0.3), "..x...x...x...x.", "BC", gain=0.28, pan=-0.15)
    band.drum(drums.shaker(rng), "xoxoxoxoxoxoxoxo", "iIBKUCOo", gain=0.18, pan=0.5)
    band.drum(drums.snare(rng), ROLL, "U", gain=0.3, room=0.3)
    band.begin(drums.cymbal(rng), "ABKC", gain=0.3, pan=-0.2, room=0.3)
    rhythm = str(rng.choice(("x..x..x...x..x..", "..x..x....x..x..", "x.....x..x....x.", "..x...x...x..x.x")))
    stab = voices.stab(float(rng.uniform(1200, 2600)))
    band.chords(stab, rhythm, "ABC", beats=1, notes=4, around=63, gain=0.27, room=0.3, tape=0.3, pumped=True)
    line = str(rng.choice(("..x...x...x..xx.", ".xx..xx..xx..x..", "..x..x.x..x..x.x")))
    bass = voices.synth_bass(900)
    band.bass(bass, line, "ABCO", beats=0.45, steps="0000000700000007", gain=0.24, pumped=True)
    pad = voices.pad(float(rng.uniform(700, 1500)))
    whole = "X..............."
    band.chords(pad, whole, "iIBKUCo", beats=4.6, notes=4, gain=0.11, width=0.9, room=0.6, pumped=True)
    bell = voices.bell(float(rng.choice((1.0, 2.0, 3.5))))
    period = write_period(rng, busy=0.4)
    band.tune(bell, period, "BKC", gain=0.3, pan=0.3, room=0.35, tape=0.5, pumped=True)
    band.tune(bell, period[:1], "C", octave=2, gain=0.1, pan=-0.4, room=0.5, tape=0.5, pumped=True)
    rise(band, gain=0.3)
    return desk.mixed(pump=0.65)


def techno(rng: np.random.Generator, seconds: float) -> Floats:
    """One chord, a rolling low end, a resonant line that opens, and a great deal of room."""
    still = ((0, 0, 0, 0), (0, 0, 5, 5), (0, 0, 0, 6))
    plan = plan_piece(rng, seconds, bpm=(128, 138), scales=(MINOR,), progressions=still, form=CLUB)
    desk = Desk(plan, rng, Room(2.8, 3800, 0.55), Echo(0.75, 0.6, 0.6))
    band = Band(plan, desk, rng)
    kick = drums.kick(pitch=float(rng.uniform(42, 48)), punch=7.0, click=0.6, length=0.34)
    desk.pump_on(band.drum(kick, "X...X...X...X...", "IABCO", turn="X...X...X.......", gain=1.0))
    band.drum(drums.hat(rng, length=0.22, tone=8500), "..x...x...x...x.", "ABC", gain=0.36)
    band.drum(drums.hat(rng, length=0.04, tone=9500), "xoooxoooxoooxooo", "BKCO", gain=0.2, pan=0.3)
    band.drum(drums.clap(rng), "....x.......x..o", "BC", turn="....x...x.x.xxxx", gain=0.42, room=0.5)
    clave = str(rng.choice(("...x..x....x....", ".x....x...x..x..", "...x...x...x.x..")))
    rim = drums.rim(pitch=float(rng.uniform(900, 2100)))
    band.drum(rim, clave, "IABKCO", gain=0.22, pan=-0.5, tape=0.5)
    band.drum(drums.snare(rng, length=0.12), ROLL, "U", gain=0.3, room=0.4)
    band.begin(drums.cymbal(rng), "BC", gain=0.35, pan=0.2, room=0.3)
    bass = voices.synth_bass(320)
    band.bass(bass, ".xox.xox.xox.xoX", "ABCO", beats=0.25, lowest=29, gain=0.24, room=0.06)
    _acid_line(band, resonance=float(rng.uniform(0.7, 1.0)))
    stab = voices.stab(float(rng.uniform(700, 1400)))
    band.chords(
        stab, "...x......x.....", "iIBKUCOo", beats=1, width=0.9, gain=0.3, room=0.3, tape=0.9, pumped=True
    )
    drone = voices.pad(float(rng.uniform(300, 600)), attack=1.2, release=1.2)
    band.chords(
        drone, "X...............", "iKUo", beats=4.6, around=50, gain=0.1, width=0.8, room=0.7, pumped=True
    )
    rise(band, gain=0.4)
    return desk.mixed(pump=0.75)


def drum_and_bass(rng: np.random.Generator, seconds: float) -> Floats:
    """A drummer at full speed over a bass at half of it, and wide chords that don't care."""
    plan = plan_piece(
        rng, seconds, bpm=(168, 176), scales=(MINOR, DORIAN), progressions=MINOR_LOOPS, form=CLUB
    )
    desk = Desk(plan, rng, Room(2.4, 6500, 0.5), Echo(1.5, 0.5, 0.5))
    band = Band(plan, desk, rng, loose=0.002)
    kicks = str(rng.choice(("X.........X.....", "X.x.......X.....", "X.....x...X.....")))
    fill = "X.....x...x....."
    kick = drums.kick(pitch=56, length=0.24, punch=4.5, click=0.6)
    desk.pump_on(band.drum(kick, kicks, "ABC", turn=fill, gain=0.95))
    snare = drums.snare(rng, pitch=float(rng.uniform(200, 235)), length=0.18, wires=0.9)
    band.drum(snare, "....X.......X...", "ABC", turn="....X..x.X.xX.xX", gain=0.8, room=0.12)
    band.drum(snare, ".......o.o.....o" + ".......o.o....o.", "BC", gain=0.22, pan=-0.1)
    band.drum(drums.hat(rng, length=0.05), "x.o.x.o.x.o.x.oo", "IABCO", gain=0.3, pan=0.25)
    band.drum(drums.hat(rng, length=0.2), "..x...x...x...x.", "BC", gain=0.2, pan=-0.3)
    band.drum(drums.shaker(rng), "xoxoxoxoxoxoxoxo", "iKUo", gain=0.14, pan=0.4, room=0.2)
    band.drum(snare, ROLL, "U", gain=0.35, room=0.3)
    band.begin(drums.cymbal(rng), "ABKC", gain=0.35, pan=-0.25, room=0.3)
    line = str(rng.choice(("X.....x...x.....", "X.......x..x....", "X..x......x...x.")))
    reese = voices.reese(float(rng.uniform(380, 700)))
    band.bass(reese, line, "ABC", beats=1.4, lowest=29, steps="0000000000400000", gain=0.3, pumped=True)
    pad = voices.pad(float(rng.uniform(1400, 2600)), attack=0.6, release=0.8)
    whole = "X..............."
    band.chords(
        pad, whole, "iIKUBCOo", beats=4.6, notes=4, around=64, gain=0.1, width=0.9, room=0.7, pumped=True
    )
    bell = voices.bell(float(rng.choice((2.0, 3.0, 3.5))), half_life=0.35)
    period = write_period(rng, busy=0.35)
    band.tune(bell, period, "IBKC", gain=0.3, pan=0.25, room=0.5, tape=0.6, pumped=True)
    rise(band, gain=0.3)
    return desk.mixed(pump=0.45)


def rise(band: Band, *, gain: float) -> None:
    """Noise that grows through the build-up, and falls where it ends."""
    n = band.samples(4.0 * sum(1 for _ in band.plan.bars_of("U")))
    wind = filtered([band_pass(2600, 0.8)], noise(band.rng, n))
    band.begin(wind * np.linspace(0, 1, n, dtype=np.float32) ** 2, "U", gain=gain, room=0.3)
    band.begin(wind[::-1] * np.linspace(1, 0, n, dtype=np.float32) ** 3, "C", gain=0.4 * gain, pan=0.3)


def _acid_line(band: Band, *, resonance: float) -> None:
    """Sixteen steps on a resonant low-pass, further open in every part."""
    rng = band.rng
    steps = "".join(str(step) for step in rng.choice((0, 0, 0, 2, 4, 6, 7, 7), 16))
    pattern = "".join(rng.choice(list("Xxo."), 16, p=(0.15, 0.35, 0.2, 0.3)))
    for part, cutoff in (("A", 450.0), ("K", 700.0), ("U", 1000.0), ("B", 1300.0), ("C", 1800.0)):
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

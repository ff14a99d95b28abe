"""Punk, folk, synth-pop: bands, more or less plugged in."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.session import Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import MAJOR, MINOR, MIXOLYDIAN, vary, write_tune

MAJOR_SONGS = ((0, 4, 5, 3), (0, 3, 4, 3), (5, 3, 0, 4), (0, 5, 3, 4), (3, 0, 4, 5))
MINOR_SONGS = ((0, 5, 2, 6), (0, 6, 5, 6), (5, 6, 0, 2), (0, 3, 5, 6))


def punk(rng: np.random.Generator, seconds: float) -> Floats:
    """Two guitars that play the same on both sides, as fast as the drummer can."""
    scale, songs = ((MAJOR, MAJOR_SONGS), (MINOR, MINOR_SONGS))[int(rng.random() < 0.4)]
    plan = plan_piece(rng, seconds, bpm=(158, 188), scales=(scale,), progressions=songs, ring=1.6)
    desk = Desk(plan, rng, Room(0.9, 7000, 0.55), Echo(0.5, 0.3, 0.25))
    band = Band(plan, desk, rng, loose=0.004)
    snare = drums.snare(rng, pitch=float(rng.uniform(180, 230)), length=0.26, wires=0.9)
    kick = drums.kick(pitch=60, length=0.25, punch=4, click=0.8)
    band.drum(kick, str(rng.choice(("X.....x.X.x.....", "X..x..x.X.....x."))), "ABO", gain=1.1, room=0.06)
    band.drum(snare, "....X.......X...", "ABO", gain=1.0, room=0.3)
    band.drum(snare, "x.x.x.x.xxxxXXXX", "K", gain=0.5, room=0.25)
    band.drum(drums.hat(rng, length=0.12, tone=6000), "X.x.X.x.X.x.X.x.", "IA", gain=0.35, pan=0.35)
    band.drum(drums.cymbal(rng, length=0.7), "x...x...x...x...", "BO", gain=0.17, pan=-0.35)
    band.drum(drums.cymbal(rng), "X" + "." * 63, "ABKO", gain=0.4, room=0.2)
    for pan in (-0.75, 0.75):  # another take for each side is what makes it wide
        muted, ringing = voices.power_chord(muted=True), voices.power_chord(muted=False)
        band.bass(muted, "X.o.x.o.X.o.x.o.", "A", beats=0.5, lowest=40, gain=0.24, pan=pan, room=0.1)
        band.bass(ringing, "X.x.x.x.X.x.x.x.", "B", beats=0.5, lowest=40, gain=0.24, pan=pan, room=0.1)
        band.bass(ringing, "X.......X.......", "O", beats=2, lowest=40, gain=0.24, pan=pan, room=0.1)
        band.bass(ringing, "X...............", "IK", beats=4, lowest=40, gain=0.24, pan=pan, room=0.1)
    band.bass(voices.bass_guitar(), "X.x.x.x.X.x.x.x.", "IABO", beats=0.5, lowest=28, gain=0.36)
    tune = write_tune(rng, beats=8, busy=0.7)
    band.tune(voices.lead_guitar(), [tune, vary(rng, tune)], "B", gain=0.19, pan=0.1, room=0.3, tape=0.3)
    return desk.mixed()


def folk(rng: np.random.Generator, seconds: float) -> Floats:
    """A picked guitar, a second one that sings, a fiddle far away."""
    plan = plan_piece(
        rng, seconds, bpm=(88, 112), scales=(MAJOR, MIXOLYDIAN), progressions=MAJOR_SONGS, ring=3.0
    )
    desk = Desk(plan, rng, Room(1.6, 6000, 0.4), Echo(1.0, 0.2, 0.15))
    band = Band(plan, desk, rng, loose=0.008)
    picking = str(rng.choice(("..2.1.3...2.1.32", "..1.2.3.2.1.2.3.", "..32.1.3..2.1.3.")))
    soft, bright = voices.steel_string(bright=0.5), voices.steel_string(bright=0.75)
    band.arpeggio(soft, picking, "IABKO", beats=2, around=59, gain=0.34, width=0.15, room=0.25)
    band.bass(
        soft, "X.......x.......", "IABKO", beats=2, lowest=40, steps="0000000040000000", gain=0.5, room=0.2
    )
    band.chords(bright, "X.....x...x.x...", "B", beats=2, notes=4, around=62, gain=0.12, width=0.6, room=0.2)
    tune = write_tune(rng, beats=8, busy=0.55)
    band.tune(bright, [tune, vary(rng, tune)], "ABK", gain=0.4, pan=0.35, room=0.35, tape=0.4)
    band.chords(
        voices.bowed(), "X...............", "BO", beats=4.3, around=67, gain=0.045, width=0.8, room=0.6
    )
    band.drum(drums.shaker(rng), "xoXoxoXoxoXoxoXo", "B", gain=0.14, pan=0.4, room=0.1)
    band.drum(drums.tom(pitch=70), "X.......x.....o.", "AB", gain=0.35, room=0.12)
    return desk.mixed()


def synth_pop(rng: np.random.Generator, seconds: float) -> Floats:
    """Arpeggios, a bass in octaves, and a snare in a hall whose door somebody shut."""
    plan = plan_piece(rng, seconds, bpm=(98, 116), scales=(MINOR, MAJOR), progressions=MINOR_SONGS, ring=2.2)
    desk = Desk(plan, rng, Room(2.2, 7500, 0.5), Echo(0.75, 0.4, 0.45))
    band = Band(plan, desk, rng)
    beat = str(rng.choice(("X.......X.x.....", "X...X...X...X...")))
    desk.pump_on(band.drum(drums.kick(pitch=52, punch=4, click=0.5), beat, "ABO", gain=0.9))
    band.drum(
        drums.snare(rng, pitch=170, length=0.34, wires=1.0), "....X.......X...", "ABO", gain=0.6, room=0.5
    )
    band.drum(drums.hat(rng), "x.xox.xox.xox.xo", "AB", gain=0.32, pan=0.3)
    for place, pitch in enumerate((150, 120, 92)):
        fill = "." * (56 + 2 * place) + "Xx" + "." * (6 - 2 * place)
        band.drum(drums.tom(pitch=pitch), fill, "ABK", gain=0.5, pan=0.5 - 0.5 * place, room=0.4)
    bass = voices.synth_bass(1400, resonance=0.2)
    band.bass(bass, "X.xxx.xxX.xxx.xx", "ABO", beats=0.3, steps="0007000700070007", gain=0.27, pumped=True)
    order = str(rng.choice(("0123210301232103", "0213021302130213", "0321032103210321")))
    pluck = voices.stab(float(rng.uniform(1500, 3200)), half_life=0.12)
    band.arpeggio(
        pluck, order, "IABK", beats=0.6, around=69, gain=0.24, width=0.6, room=0.25, tape=0.35, pumped=True
    )
    pad = voices.pad(float(rng.uniform(1200, 2400)), attack=0.2)
    band.chords(
        pad, "X...............", "IBKO", beats=4.4, notes=4, gain=0.06, width=0.8, room=0.5, pumped=True
    )
    tune = write_tune(rng, beats=8, busy=0.5)
    lead = voices.synth_lead(float(rng.uniform(1800, 3600)), odd=bool(rng.random() < 0.5))
    band.tune(lead, [tune, vary(rng, tune)], "BO", gain=0.22, pan=-0.1, room=0.35, tape=0.5, pumped=True)
    return desk.mixed(pump=0.35)

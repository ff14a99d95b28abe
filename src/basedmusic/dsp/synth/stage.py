"""Punk, folk, synth-pop, jazz: bands, more or less plugged in."""

import numpy as np

from basedmusic.dsp.blocks import Floats
from basedmusic.dsp.synth import drums, voices
from basedmusic.dsp.synth.band import Band
from basedmusic.dsp.synth.club import ROLL, rise
from basedmusic.dsp.synth.session import EVERYWHERE, SONG, Desk, Echo, Room, plan_piece
from basedmusic.dsp.synth.theory import DORIAN, MAJOR, MINOR, MIXOLYDIAN, write_period

MAJOR_SONGS = ((0, 4, 5, 3), (0, 3, 4, 3), (5, 3, 0, 4), (0, 5, 3, 4), (3, 0, 4, 5))
MINOR_SONGS = ((0, 5, 2, 6), (0, 6, 5, 6), (5, 6, 0, 2), (0, 3, 5, 6))


MODES = ((0, 0, 3, 3), (0, 3, 1, 4), (1, 4, 0, 0), (0, 6, 3, 4))


def punk(rng: np.random.Generator, seconds: float) -> Floats:
    """Two guitars that play the same on both sides, as fast as the drummer can."""
    scale, songs = ((MAJOR, MAJOR_SONGS), (MINOR, MINOR_SONGS))[int(rng.random() < 0.4)]
    plan = plan_piece(rng, seconds, bpm=(158, 188), scales=(scale,), progressions=songs, form=SONG, ring=1.6)
    desk = Desk(plan, rng, Room(0.9, 7000, 0.55), Echo(0.5, 0.3, 0.25))
    band = Band(plan, desk, rng, loose=0.004)
    snare = drums.snare(rng, pitch=float(rng.uniform(180, 230)), length=0.26, wires=0.9)
    kick = drums.kick(pitch=60, length=0.25, punch=4, click=0.8)
    beat = str(rng.choice(("X.....x.X.x.....", "X..x..x.X.....x.")))
    band.drum(kick, beat, "ABCO", turn="X.......X.......", gain=1.1, room=0.06)
    band.drum(snare, "....X.......X...", "ABCO", turn="....X...XxXxXXXX", gain=1.0, room=0.3)
    band.drum(snare, "x.x.x.x.xxxxXXXX", "U", gain=0.6, room=0.25)
    band.drum(drums.tom(pitch=100), "X..x..x.X..x..x.", "KU", gain=0.5, room=0.25)
    band.drum(drums.hat(rng, length=0.12, tone=6000), "X.x.X.x.X.x.X.x.", "A", gain=0.35, pan=0.35)
    band.drum(drums.cymbal(rng, length=0.7), "x...x...x...x...", "BC", gain=0.17, pan=-0.35)
    band.begin(drums.cymbal(rng), "ABUCO", gain=0.4, room=0.2)
    for pan in (-0.75, 0.75):  # another take for each side is what makes it wide
        muted, ringing = voices.power_chord(muted=True), voices.power_chord(muted=False)
        band.bass(muted, "X.o.x.o.X.o.x.o.", "AU", beats=0.5, lowest=40, gain=0.24, pan=pan, room=0.1)
        band.bass(ringing, "X.x.x.x.X.x.x.x.", "BC", beats=0.5, lowest=40, gain=0.24, pan=pan, room=0.1)
        band.bass(ringing, "X.......X.......", "O", beats=2, lowest=40, gain=0.24, pan=pan, room=0.1)
    count = voices.power_chord(muted=False)
    band.bass(count, "X.......x.......", "I", beats=1.8, lowest=40, gain=0.12, pan=-0.6, room=0.3)
    band.drum(drums.hat(rng, length=0.12, tone=6000), "x...x...x...x...", "I", gain=0.2, pan=0.35)
    clean = voices.steel_string(bright=0.8)
    band.arpeggio(clean, "0.2.1.3.0.2.1.3.", "K", beats=1, around=57, gain=0.35, room=0.35, tape=0.3)
    band.bass(voices.bass_guitar(), "X.x.x.x.X.x.x.x.", "ABKUCO", beats=0.5, lowest=28, gain=0.36)
    lead = voices.lead_guitar()
    band.tune(lead, write_period(rng, busy=0.7), "BC", gain=0.19, pan=0.1, room=0.3, tape=0.3)
    return desk.mixed()


def folk(rng: np.random.Generator, seconds: float) -> Floats:
    """A picked guitar, a second one that sings, a fiddle far away."""
    plan = plan_piece(
        rng,
        seconds,
        bpm=(88, 112),
        scales=(MAJOR, MIXOLYDIAN),
        progressions=MAJOR_SONGS,
        form=SONG,
        ring=3.0,
    )
    desk = Desk(plan, rng, Room(1.6, 6000, 0.4), Echo(1.0, 0.2, 0.15))
    band = Band(plan, desk, rng, loose=0.008)
    picking = str(rng.choice(("..2.1.3...2.1.32", "..1.2.3.2.1.2.3.", "..32.1.3..2.1.3.")))
    soft, bright = voices.steel_string(bright=0.5), voices.steel_string(bright=0.75)
    band.arpeggio(soft, picking, EVERYWHERE, beats=2, around=59, gain=0.34, width=0.15, room=0.25)
    thumb = "X.......x......."
    steps = "0000000040000000"
    band.bass(soft, thumb, "ABUCO", beats=2, lowest=40, steps=steps, gain=0.5, room=0.2)
    strum = "X.....x...x.x..."
    band.chords(bright, strum, "BUC", beats=2, notes=4, around=62, gain=0.12, width=0.6, room=0.2)
    verse, refrain = write_period(rng, busy=0.45), write_period(rng, busy=0.6)
    band.tune(bright, verse, "AK", gain=0.4, pan=0.35, room=0.35, tape=0.4)
    band.tune(bright, refrain, "BC", gain=0.4, pan=0.35, room=0.35, tape=0.4)
    whole = "X..............."
    band.chords(voices.bowed(), whole, "BCO", beats=4.3, around=67, gain=0.045, width=0.8, room=0.6)
    band.tune(voices.bowed(), refrain[:2], "C", gain=0.08, pan=-0.4, room=0.6)
    band.drum(drums.shaker(rng), "xoXoxoXoxoXoxoXo", "BC", gain=0.14, pan=0.4, room=0.1)
    stomp = drums.tom(pitch=70)
    band.drum(stomp, "X.......x.....o.", "ABUC", turn="X...x...x..xx.xx", gain=0.35, room=0.12)
    return desk.mixed()


def synth_pop(rng: np.random.Generator, seconds: float) -> Floats:
    """Arpeggios, a bass in octaves, and a snare in a hall whose door somebody shut."""
    plan = plan_piece(
        rng, seconds, bpm=(98, 116), scales=(MINOR, MAJOR), progressions=MINOR_SONGS, form=SONG, ring=2.2
    )
    desk = Desk(plan, rng, Room(2.2, 7500, 0.5), Echo(0.75, 0.4, 0.45))
    band = Band(plan, desk, rng)
    beat = str(rng.choice(("X.......X.x.....", "X...X...X...X...")))
    kick = drums.kick(pitch=float(rng.uniform(46, 58)), punch=4, click=0.5)
    desk.pump_on(band.drum(kick, beat, "ABC", turn="X.......X.......", gain=0.9))
    snare = drums.snare(rng, pitch=170, length=0.34, wires=1.0)
    band.drum(snare, "....X.......X...", "ABC", gain=0.6, room=0.5)
    band.drum(snare, ROLL, "U", gain=0.3, room=0.4)
    band.drum(drums.hat(rng), "x.xox.xox.xox.xo", "ABCO", gain=0.32, pan=0.3)
    for place, pitch in enumerate((150, 120, 92)):
        fill = "." * (8 + 2 * place) + "Xx" + "." * (6 - 2 * place)
        tom = drums.tom(pitch=pitch)
        band.drum(tom, "." * 16, "ABK", turn=fill, gain=0.5, pan=0.5 - 0.5 * place, room=0.4)
    band.begin(drums.cymbal(rng), "BCO", gain=0.3, pan=-0.3, room=0.4)
    bass, octaves = voices.synth_bass(1400, resonance=0.2), "0007000700070007"
    band.bass(bass, "X.xxx.xxX.xxx.xx", "ABC", beats=0.3, steps=octaves, gain=0.27, pumped=True)
    order = str(rng.choice(("0123210301232103", "0213021302130213", "0321032103210321")))
    pluck = voices.stab(float(rng.uniform(1500, 3200)), half_life=0.12)
    band.arpeggio(
        pluck, order, "IABUCO", beats=0.6, around=69, gain=0.28, width=0.8, room=0.25, tape=0.35, pumped=True
    )
    pad = voices.pad(float(rng.uniform(1200, 2400)), attack=0.2)
    whole = "X..............."
    band.chords(pad, whole, "BKUCO", beats=4.4, notes=4, gain=0.06, width=0.8, room=0.5, pumped=True)
    lead = voices.synth_lead(float(rng.uniform(1800, 3600)), odd=bool(rng.random() < 0.5))
    period = write_period(rng, busy=0.5)
    band.tune(lead, period, "BC", gain=0.28, pan=-0.1, room=0.35, tape=0.5, pumped=True)
    band.tune(voices.bell(2.0, half_life=0.4), period, "K", gain=0.22, pan=0.2, room=0.5, tape=0.5)
    rise(band, gain=0.25)
    return desk.mixed(pump=0.35)


def jazz(rng: np.random.Generator, seconds: float) -> Floats:
    """A trio and a guest in a small room: a ride cymbal, a walking bass, chords off the beat, a tune twice.

    A beat of the plan holds two of the band's, so its sixteenths are the eighths that swing.
    """
    plan = plan_piece(
        rng, seconds, bpm=(62, 84), scales=(DORIAN, MAJOR), progressions=MODES, form=SONG, ring=2.5
    )
    desk = Desk(plan, rng, Room(1.2, 5500, 0.4), Echo(1.0, 0.2, 0.12))
    band = Band(plan, desk, rng, swing=0.33, loose=0.006)
    ride = drums.cymbal(rng, length=0.5)
    band.drum(ride, "x.xox.xox.xox.xo", "ABKUCO", gain=0.2, pan=0.35, room=0.15)
    band.drum(drums.hat(rng, length=0.05), "..x...x...x...x.", "IABKUCO", gain=0.3, pan=-0.3)
    brush = drums.shaker(rng, length=0.16)
    band.drum(brush, "o.x.o.x.o.x.o.x.", "IABCO", gain=0.2, pan=-0.1, room=0.2)
    snare = drums.snare(rng, pitch=205, length=0.16)
    ghosts = ".....o.....o...." + "...o.......o..o."
    band.drum(snare, ghosts, "BC", turn="...x..x.xo.x.oxX", gain=0.3, room=0.25)
    kick = drums.kick(pitch=58, length=0.25, punch=2.5, click=0.15)
    band.drum(kick, "o.......o......." + "o.....x.........", "ABC", gain=0.4, room=0.1)
    band.begin(drums.cymbal(rng), "BCO", gain=0.25, pan=0.3, room=0.3)
    band.walk(voices.upright_bass(), "IABUCO", lowest=33, gain=0.5, room=0.12)
    piano = voices.electric_piano()
    comping = str(
        rng.choice(("...x......x....." + "x......x........", "......x....x...." + "..x.......x....."))
    )
    band.chords(piano, comping, "ABKUCO", beats=0.9, notes=4, around=63, gain=0.17, width=0.7, room=0.2)
    head, solo = write_period(rng, busy=0.5), write_period(rng, busy=0.75, grid=0.25)
    horn, vibes = voices.horn(), voices.vibraphone()
    band.tune(horn, head, "AC", gain=0.26, pan=-0.15, room=0.3, tape=0.2)
    band.tune(vibes, solo, "B", gain=0.4, pan=0.25, room=0.35, tape=0.2)
    band.tune(vibes, head, "KC", octave=2, gain=0.26, pan=0.25, room=0.4, tape=0.3)
    return desk.mixed()

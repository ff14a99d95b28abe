"""The band in a box: the same from the same seed, different from another, loud enough and never too loud."""

import hashlib
import subprocess
import sys
from itertools import groupby, pairwise

import numpy as np
import pytest
from tests.support.listening import listen, loudness_every

from basedmusic.dsp.loudness import measure
from basedmusic.dsp.synth import RATE, SHORTEST_S, Style, compose
from basedmusic.dsp.synth.mastering import limit
from basedmusic.dsp.synth.session import CLUB, SLOW, SONG, arrange
from basedmusic.dsp.synth.theory import DORIAN, MAJOR, Key, fit_to_chord, hertz
from basedmusic.dsp.synth.tones import pluck, saw, wave

SECONDS = 9.0
PIECES = (
    (Style.HOUSE, 11, 64.0, (118, 126)),
    (Style.DRUM_AND_BASS, 15, 60.0, (168, 176)),
    (Style.FOLK, 2, 62.0, (88, 112)),
    (Style.DUB, 6, 70.0, (68, 76)),
    (Style.HIP_HOP, 9, 66.0, (78, 94)),
)
"""As the demo scene has them, some of them shorter; with the tempi that their styles choose from."""


@pytest.fixture(scope="module", params=list(Style), ids=str)
def piece(request):
    return request.param, compose(7, request.param, SECONDS)


def test_a_piece_is_stereo_whole_and_finite(piece):
    _, audio = piece
    assert audio.shape == (2, round(SECONDS * RATE))
    assert audio.dtype == np.float32
    assert np.isfinite(audio).all()
    assert np.abs(audio[0] - audio[1]).max() > 0.01


def test_a_piece_is_about_minus_14_lufs_and_never_above_minus_1_dbtp(piece):
    _, audio = piece
    loudness = measure(audio, RATE)
    assert loudness.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert loudness.true_peak_dbtp is not None
    assert loudness.true_peak_dbtp <= -1.0


def test_something_sounds_from_beginning_to_end(piece):
    _, audio = piece
    seconds = audio[:, : int(SECONDS - 2) * RATE].reshape(2, -1, RATE)
    assert np.abs(seconds).max(axis=(0, 2)).min() > 0.005
    assert np.abs(audio[:, -1]).max() < 0.001  # and ends without a click


def test_the_same_seed_gives_the_same_bytes_in_another_process(piece):
    style, audio = piece
    if style is not Style.PUNK:
        assert compose(7, style, SECONDS).tobytes() == audio.tobytes()
        return
    code = (
        "import hashlib; from basedmusic.dsp.synth import compose, Style;"
        f"print(hashlib.sha256(compose(7, Style('{style}'), {SECONDS}).tobytes()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(audio.tobytes()).hexdigest()


def test_another_seed_gives_another_piece(piece):
    style, audio = piece
    other = compose(8, style, SECONDS)
    likeness = np.corrcoef(audio.mean(axis=0), other.mean(axis=0))[0, 1]
    assert abs(likeness) < 0.3


def test_no_form_fits_into_less_than_the_shortest():
    with pytest.raises(ValueError, match="8"):
        compose(1, Style.FOLK, SHORTEST_S - 1)


@pytest.mark.parametrize("freq", [82.4, 220.0, 659.3])
def test_a_string_is_in_tune(freq):
    string = pluck(np.random.default_rng(1), freq, RATE, sustain=0.999)
    spectrum = np.abs(np.fft.rfft(string * np.hanning(RATE), 8 * RATE))
    near = slice(int(8 * freq * 0.9), int(8 * freq * 1.1))
    heard = (near.start + int(spectrum[near].argmax())) / 8
    assert abs(1200 * np.log2(heard / freq)) < 6  # cents


def test_a_tone_has_its_frequency_and_no_partials_beyond_hearing():
    spectrum = np.abs(np.fft.rfft(wave(1000.0, RATE, saw(1000.0, 20_000.0))))
    assert spectrum.argmax() == 1000
    assert spectrum[15_500:].max() < spectrum.max() / 500


def test_chords_stay_near_their_centre_and_in_the_scale():
    key = Key(53, DORIAN)
    for degree in range(7):
        chord = key.chord(degree, voices=4, around=62)
        assert all(56 <= note < 68 for note in chord)
        assert all((note - 53) % 12 in DORIAN for note in chord)


def test_a_note_on_the_beat_belongs_to_its_chord():
    for degree in range(-7, 14):
        for chord in range(7):
            assert (fit_to_chord(degree, chord) - chord) % 7 in (0, 2, 4)


def test_degrees_go_on_above_and_below_the_octave():
    key = Key(60, MAJOR)
    assert [key.note(degree) for degree in (-1, 0, 7, 9)] == [59, 60, 72, 76]
    assert hertz(69) == 440.0


def test_the_limiter_holds_its_ceiling_and_leaves_quiet_sound_alone():
    rng = np.random.default_rng(3)
    loud = (rng.standard_normal((2, RATE)) * np.linspace(0, 4, RATE)).astype(np.float32)
    limit(loud, -1.0)
    assert np.abs(loud).max() <= 10 ** (-1 / 20) + 1e-6
    quiet = (0.1 * np.sin(np.arange(RATE) / 7))[None].repeat(2, axis=0).astype(np.float32)
    limited = quiet.copy()
    limit(limited, -1.0)
    assert np.allclose(limited, quiet, atol=1e-6)


@pytest.mark.parametrize("form", [CLUB, SONG, SLOW], ids=["club", "song", "slow"])
@pytest.mark.parametrize("bars", range(28, 120, 2))
def test_a_form_has_an_intro_a_break_and_a_last_chorus_whatever_its_length(form, bars):
    parts = arrange(bars, form)
    assert len(parts) == bars
    assert [part for part, _ in groupby(parts)] == [part for part, _ in form]
    assert 4 <= parts.upper().rindex("K") < bars * 0.75
    assert parts.count("C") >= parts.count("K")


@pytest.fixture(scope="module")
def pieces():
    return {style: compose(seed, style, seconds) for style, seed, seconds, _ in PIECES}


@pytest.fixture(params=PIECES, ids=lambda one: one[0])
def long_piece(request, pieces):
    style, _, _, tempi = request.param
    return pieces[style], tempi


def test_the_intro_is_thinner_than_the_main_part_and_a_break_lies_between_the_choruses(long_piece):
    audio, _ = long_piece
    levels = loudness_every(audio, RATE, 2.0)
    main = np.median(levels[len(levels) // 3 : len(levels) // 2])
    last_chorus = np.median(levels[round(0.75 * len(levels)) : round(0.85 * len(levels))])
    break_ = levels[round(0.52 * len(levels)) : round(0.75 * len(levels))].min()
    assert levels[:2].mean() < main - 2.5
    assert break_ < main - 2.5
    assert break_ < last_chorus - 2.5


def test_the_tempo_that_is_heard_is_one_of_the_style(long_piece):
    audio, (slowest, fastest) = long_piece
    bpm = listen(audio, RATE).bpm
    # A tempo, its half and its double are the same to an ear that only counts.
    assert any(0.97 * slowest <= times * bpm <= 1.03 * fastest for times in (0.5, 1, 2))


def test_styles_differ_in_tempo_key_and_brightness(pieces):
    heard = [listen(audio, RATE) for audio in pieces.values()]
    for measured in ([one.bpm for one in heard], [one.brightness_hz for one in heard]):
        low = sorted(measured)
        assert all(after > 1.02 * before for before, after in pairwise(low)), measured
    assert len({one.key for one in heard}) >= 4
    assert all(0.1 < one.width < 1 for one in heard)  # stereo, and not lost in mono


def test_loudness_and_peaks_of_whole_pieces(long_piece):
    audio, _ = long_piece
    loudness = measure(audio, RATE)
    assert loudness.integrated_lufs == pytest.approx(-14, abs=1)
    assert loudness.true_peak_dbtp is not None
    assert loudness.true_peak_dbtp <= -1.0
    assert abs(audio.mean(axis=1)).max() < 0.002  # no direct current

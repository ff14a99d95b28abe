"""The band in a box: the same from the same seed, different from another, loud enough and never too loud."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from basedmusic.dsp.loudness import measure
from basedmusic.dsp.synth import RATE, SHORTEST_S, Style, compose
from basedmusic.dsp.synth.mastering import limit
from basedmusic.dsp.synth.theory import DORIAN, MAJOR, Key, fit_to_chord, hertz
from basedmusic.dsp.synth.tones import pluck, saw, wave

SECONDS = 9.0


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

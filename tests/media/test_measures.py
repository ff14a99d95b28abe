"""Loudness, waveform and demo pieces of real files, through the functions that the calls name."""

import io
from dataclasses import replace
from importlib import import_module
from time import process_time

import numpy as np
import pytest
from PIL import Image

from basedmusic.codec import measures
from basedmusic.codec.contracts import ProbeRequest, SourceRef
from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.demo.contracts import PieceRequest, Poster
from basedmusic.codec.demo.motifs import MOTIFS
from basedmusic.codec.demo.pieces import render_piece
from basedmusic.codec.demo.posters import EDGE, draw_poster
from basedmusic.codec.errors import MediaInputRefused
from basedmusic.codec.flac import write_flac
from basedmusic.codec.loudness import measure_loudness
from basedmusic.codec.measures import LoudnessRequest, PeaksRequest, TagsRequest
from basedmusic.codec.peaks import compute_peaks
from basedmusic.codec.probe import probe
from basedmusic.codec.tags import read_tags
from basedmusic.dsp.synth import RATE as SYNTH_RATE
from basedmusic.dsp.synth import Style, compose
from basedmusic.kernel.calls import Call
from media.conftest import source_of
from media.makers import FORMS

RATE = 44_100


@pytest.fixture
def tone(tmp_path):
    """Ten seconds: silence, then a 1 kHz sine of −23 dBFS in both channels, which is −23 LUFS."""
    at = np.arange(10 * RATE) / RATE
    sound = np.where(at < 5, 0, 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * at)).astype(np.float32)
    path = tmp_path / "tone.flac"
    write_flac(str(path), np.stack([sound, sound]), RATE)
    return SourceRef(str(path), RATE, 10 * RATE)


def test_every_call_names_a_function_of_its_own_types():
    calls = [value for value in vars(measures).values() if isinstance(value, Call)]
    assert len(calls) == 4
    for call in calls:
        module, _, name = call.target.partition(":")
        function = getattr(import_module(module), name)
        assert function.__module__ == module
        assert function.__annotations__ == {"request": call.request, "return": call.reply}


def test_the_loudness_of_a_tone_is_its_level(tone):
    report = measure_loudness(LoudnessRequest(tone))
    assert report.integrated_lufs == pytest.approx(-23.0, abs=0.15)
    assert report.true_peak_dbtp == pytest.approx(-23.0, abs=0.2)


def test_the_waveform_shows_where_the_sound_is(tone):
    peaks = compute_peaks(PeaksRequest(tone)).peaks
    assert len(peaks) == 200
    assert max(peaks[:100]) < 5
    assert min(peaks[100:]) > 250


def test_a_file_without_any_sound_is_measured_as_silence(tmp_path):
    path = str(tmp_path / "silence.wav")
    write_silence(path)
    source = SourceRef(path, RATE, RATE)
    report = measure_loudness(LoudnessRequest(source))
    assert (report.integrated_lufs, report.range_lu, report.true_peak_dbtp) == (None, None, None)
    assert compute_peaks(PeaksRequest(source)).peaks == bytes(200)


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_every_form_of_a_song_has_nearly_the_same_loudness_and_outline(song_file, form):
    path = song_file(form)
    source = source_of(probe(ProbeRequest(str(path))), path)
    report, peaks = measure_loudness(LoudnessRequest(source)), compute_peaks(PeaksRequest(source)).peaks
    blocks = np.concatenate(list(decode_blocks(str(path))), axis=1)
    # The song in one channel is the mean of both, and counts once.
    assert report.integrated_lufs == pytest.approx(-11.6 if len(blocks) == 2 else -17.2, abs=1.5)
    edges = np.arange(200) * blocks.shape[1] // 200
    heights = np.maximum.reduceat(np.abs(blocks).max(axis=0), edges)
    assert list(peaks) == list(np.rint(255 * (heights / np.float64(heights.max())) ** 0.6))


def test_what_is_not_sound_is_refused_in_words(tmp_path):
    path = tmp_path / "picture.mp3"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(MediaInputRefused, match="PNG"):
        measure_loudness(LoudnessRequest(SourceRef(str(path), RATE, RATE)))


def test_a_demo_piece_is_a_tagged_file_of_exact_length(tmp_path):
    path = tmp_path / "piece.flac"
    wanted = PieceRequest(
        str(path),
        "house",
        3,
        9.5,
        title="Depot",
        artist="Night Tram",
        album="Last",
        genre="house",
        track_number=2,
    )
    report = render_piece(wanted)
    assert (report.sample_rate, report.samples) == (44_100, 418_950)
    assert report.bytes == path.stat().st_size
    tags = read_tags(TagsRequest(str(path)))
    assert (tags.title, tags.artists, tags.album, tags.genres) == (
        "Depot",
        ("Night Tram",),
        "Last",
        ("house",),
    )
    assert tags.track_number == 2
    assert probe(ProbeRequest(str(path))).samples == 418_950
    assert [file.name for file in tmp_path.iterdir()] == ["piece.flac"]


def test_the_same_piece_is_the_same_file(tmp_path):
    first, second = (str(tmp_path / name) for name in ("a.flac", "b.flac"))
    for path in (first, second):
        render_piece(PieceRequest(path, "folk", 5, 9.0, title="Twice"))
    assert (tmp_path / "a.flac").read_bytes() == (tmp_path / "b.flac").read_bytes()


def test_a_flac_holds_the_sound_to_its_last_bit(tmp_path):
    sound = np.random.default_rng(1).uniform(-1, 1, (1, 10_001)).astype(np.float32)
    write_flac(str(tmp_path / "noise.flac"), sound, 48_000)
    back = np.concatenate(list(decode_blocks(str(tmp_path / "noise.flac"))), axis=1)
    assert back.shape == sound.shape
    assert np.abs(back - sound).max() < 2.6 / 32_768


def write_silence(path):
    import wave

    with wave.open(path, "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(4 * RATE))


def test_making_a_piece_costs_little_more_than_writing_it(tmp_path):
    """CPU beside CPU, so that a slow or busy machine changes nothing: 2 to 4 times, where it was 6 and more."""
    composing = writing = 0.0
    for style in (Style.HOUSE, Style.FOLK, Style.AMBIENT):
        begun = process_time()
        sound = compose(5, style, 40.0)
        composed = process_time()
        write_flac(str(tmp_path / "piece.flac"), sound, SYNTH_RATE)
        composing += composed - begun
        writing += process_time() - composed
    assert composing < 6 * writing


def test_a_poster_is_two_inks_and_the_same_every_time():
    for motif in MOTIFS:
        poster = Poster(motif, "#F3E9DA", "#C4300F", 7)
        png = draw_poster(poster)
        assert png == draw_poster(poster)
        assert png != draw_poster(replace(poster, seed=8))
        with Image.open(io.BytesIO(png)) as image:
            assert image.size == (EDGE, EDGE)
            assert EDGE >= 1000
            counts = {colour: count for count, colour in image.convert("RGB").getcolors(1 << 16) or ()}
        paper, ink = counts[(0xF3, 0xE9, 0xDA)], counts[(0xC4, 0x30, 0x0F)]
        assert min(paper, ink) > 0.05 * EDGE * EDGE  # both are to be seen
        assert paper + ink > 0.6 * EDGE * EDGE
    with pytest.raises(ValueError, match="no motif"):
        draw_poster(Poster("selfie", "#000000", "#FFFFFF", 1))

"""Making segments: slots always suffice, sources are few and fresh, nothing grows."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from basedmusic.codec.chunks import encode_chunk, open_encoder
from basedmusic.codec.contracts import ChunkRequest, MezzanineRequest, ProbeRequest, SourceRef
from basedmusic.codec.cuts import KEPT_OPEN, READERS, OpenReaders
from basedmusic.codec.decode import BLOCK, decode_blocks
from basedmusic.codec.errors import MediaInputRefused
from basedmusic.codec.grid import AAC
from basedmusic.codec.mezzanine import make_mezzanine
from basedmusic.codec.mp4 import AUDIO_SPECIFIC_CONFIG
from basedmusic.codec.probe import probe
from basedmusic.codec.recipes import RENDITIONS
from media.conftest import make_all, source_of
from media.makers import FORMS, Form, play, song, write_song

FORM = {form.name: form for form in FORMS}
WAV48 = Form("loud", ".wav", "wav", "pcm_s16le", "s16", rate=48_000)


def bursts() -> np.ndarray:
    """What the `fast` coder overflows on: silence, then all at once full-scale noise with clicks."""
    noise = np.random.default_rng(3).uniform(-1, 1, (2, 48_000 * 8)).astype(np.float32)
    noise[:, : 48_000 * 2] = 0
    noise[0, ::977] = 1
    return noise


@pytest.mark.parametrize("rendition", list(RENDITIONS))
def test_the_loudest_noise_still_fits_its_slots(tmp_path: Path, rendition: str) -> None:
    path = write_song(tmp_path, WAV48, bursts())
    all_of_it = make_all(SourceRef(str(path), 48_000, 48_000 * 8), RENDITIONS[rendition])
    file = tmp_path / "out.m4a"
    file.write_bytes(all_of_it.progressive())
    assert file.stat().st_size == all_of_it.layout.length
    assert abs(play(file).duration_us - 8_000_000) < 50


@pytest.mark.parametrize("seconds", [0.001, 0.05, 0.96, 0.97, 1.07, 3.85])
def test_the_shortest_tracks_are_whole(tmp_path: Path, seconds: float) -> None:
    path = write_song(tmp_path, FORM["wav16"], song(44_100, 2, seconds))
    report = probe(ProbeRequest(str(path)))
    all_of_it = make_all(source_of(report, path), RENDITIONS["aac128"])
    file = tmp_path / "out.m4a"
    file.write_bytes(all_of_it.progressive())
    played = play(file)
    alone = len(all_of_it.replies) == 1  # there FFmpeg and <audio> add the priming again; MSE doesn't
    assert abs(played.duration_us / 1e6 - seconds - alone * 1_024 / 48_000) < 1e-4
    assert all_of_it.total <= played.sound.shape[1] < all_of_it.total + 2_048


def test_the_encoder_agrees_with_what_the_init_segment_says_of_it() -> None:
    encoder = open_encoder(RENDITIONS["aac128"], 128_000)
    assert encoder.extradata == AUDIO_SPECIFIC_CONFIG
    assert (encoder.frame_size, encoder.delay) in ((AAC.frame, AAC.priming), (AAC.frame, 0))


def test_only_so_many_sources_stay_open(tmp_path: Path) -> None:
    readers = OpenReaders()
    before = len(os.listdir("/proc/self/fd"))
    for number in range(3 * KEPT_OPEN):
        path = tmp_path / f"{number}.wav"
        write_song(tmp_path, FORM["wav16"], song(44_100, 2, 0.1)).rename(path)
        readers.get(str(path))
    assert len(os.listdir("/proc/self/fd")) - before <= KEPT_OPEN
    readers.close()
    assert len(os.listdir("/proc/self/fd")) <= before


def test_a_source_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = write_song(tmp_path, FORM["wav16"], song(44_100, 2, 1.0))
    readers = OpenReaders()
    first = readers.get(str(path))
    assert readers.get(str(path)) is first
    write_song(tmp_path, FORM["wav16"], song(44_100, 2, 2.0))
    assert readers.get(str(path)) is not first
    readers.close()


def test_a_source_that_is_gone_is_an_error_of_ours_not_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        encode_chunk(ChunkRequest(SourceRef(str(tmp_path / "gone"), 44_100, 44_100), "aac", 128_000, 0))


def test_making_segments_leaves_no_memory_behind(song_file: Callable[[str], Path]) -> None:
    sources = [
        source_of(probe(ProbeRequest(str(song_file(form)))), song_file(form))
        for form in ("flac44", "mp3_cbr_info", "opus")
    ]

    def rounds(count: int) -> None:
        for number in range(count):
            source = sources[number % len(sources)]
            encode_chunk(ChunkRequest(source, "aac", 128_000, number % 2))
            if number % 10 == 0:
                READERS.close()

    rounds(60)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rounds(150)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_blocks_are_bounded_and_in_the_asked_form(song_file: Callable[[str], Path]) -> None:
    path = str(song_file("flac96_mono"))
    own = list(decode_blocks(path))
    assert {block.shape[0] for block in own} == {1}
    assert max(block.shape[1] for block in own) < 2 * BLOCK
    assert sum(block.shape[1] for block in own) == probe(ProbeRequest(path)).samples
    asked = list(decode_blocks(path, rate=22_050, channels=2))
    assert {(block.shape[0], block.dtype.name) for block in asked} == {(2, "float32")}
    assert abs(sum(block.shape[1] for block in asked) - 9.5 * 22_050) <= 1


@pytest.mark.parametrize("form", ["wav16_mono", "flac48", "mp3_vbr_xing"])
def test_a_mezzanine_is_the_source_again(song_file: Callable[[str], Path], tmp_path: Path, form: str) -> None:
    path, target = song_file(form), tmp_path / "copy.flac"
    report = probe(ProbeRequest(str(path)))
    copy = make_mezzanine(MezzanineRequest(str(path), str(target)))
    assert (copy.sample_rate, copy.channels, copy.samples) == (
        report.sample_rate,
        report.channels,
        report.samples,
    )
    assert not probe(ProbeRequest(str(target))).needs_mezzanine
    one = np.concatenate(list(decode_blocks(str(path))), axis=1)
    other = np.concatenate(list(decode_blocks(str(target))), axis=1)
    assert np.abs(one - other).max() <= 2**-23
    assert os.listdir(tmp_path) == ["copy.flac"]


def test_a_mezzanine_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"OggS" + bytes(400))
    with pytest.raises(MediaInputRefused):
        make_mezzanine(MezzanineRequest(str(path), str(tmp_path / "copy.flac")))
    assert os.listdir(tmp_path) == ["upload"]


def test_six_channels_are_mixed_down_without_clipping(tmp_path: Path) -> None:
    sound = np.tile(song(48_000, 1, 3.0), (6, 1)) * 1.8
    form = Form("surround", ".wav", "wav", "pcm_f32le", "flt", rate=48_000)
    path = write_song(tmp_path, form, np.clip(sound, -1, 1))
    report = probe(ProbeRequest(str(path)))
    assert report.channels == 6
    loudest = max(float(np.abs(block).max()) for block in decode_blocks(str(path), channels=2))
    assert 0.5 < loudest <= 1.0001
    assert make_all(source_of(report, path), RENDITIONS["aac128"]).replies

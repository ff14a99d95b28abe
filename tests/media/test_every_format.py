"""Each accepted format, as HLS and progressive, is the source again: same sound, same place, same length."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from basedmusic.codec.chunks import encode_chunk, encode_frames, share_of_treble
from basedmusic.codec.contracts import ChunkRequest, MezzanineRequest, ProbeRequest
from basedmusic.codec.cuts import READERS, SourceReader, read_grid
from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.grid import (
    boundaries,
    chunk_count,
    chunk_edges,
    chunk_frames,
    extinf_seconds,
    frame_total,
    to_grid_samples,
)
from basedmusic.codec.mezzanine import make_mezzanine
from basedmusic.codec.mp4 import fragment, init_segment
from basedmusic.codec.probe import probe
from basedmusic.codec.recipes import RENDITIONS
from media.conftest import Made, make_all, source_of
from media.makers import FORMS, Planar, Played, correlation, lag_of, play, reference_decode, snr_db

NAMES = [form.name for form in FORMS]
EVERY = pytest.mark.parametrize("form", NAMES)
EVERY_RENDITION = pytest.mark.parametrize("rendition", list(RENDITIONS))
Maker = Callable[[str, str], Made]
AFTER_A_SEEK = {"m4a": 0.2, "adts": 0.2, "opus": 1e-3}
"""Where a decode after a seek is alike, not equal: AAC's invented noise is new, Opus remembers levels."""


def heard(data: bytes, folder: Path) -> Played:
    path = folder / "heard.mp4"
    path.write_bytes(data)
    return play(path)


@EVERY
def test_the_probe_counts_what_ffmpeg_decodes_and_asks_for_no_mezzanine(
    song_file: Callable[[str], Path], form: str
) -> None:
    path = song_file(form)
    report = probe(ProbeRequest(str(path), path.name))
    assert (report.needs_mezzanine, report.mezzanine_reason) == (False, "")
    assert report.samples == reference_decode(path, rate=None).shape[1]
    assert report.damaged_packets == 0


@EVERY
def test_cuts_made_alone_equal_one_resampling_of_the_whole(
    song_file: Callable[[str], Path], form: str
) -> None:
    path = song_file(form)
    whole = np.concatenate(list(decode_blocks(str(path), rate=48_000, channels=2)), axis=1)
    report = probe(ProbeRequest(str(path)))
    reader = SourceReader(str(path))
    limit = next((limit for family, limit in AFTER_A_SEEK.items() if form.startswith(family)), 1e-6)
    for start, count in ((300_000, 5_000), (0, 9_000), (47_000, 3_001), (whole.shape[1] - 1_000, 1_000)):
        cut = read_grid(reader, start, count, report.samples)
        assert cut.shape == (2, count)
        assert np.abs(cut - whole[:, start : start + count]).max() <= limit
    reader.close()


@EVERY
@EVERY_RENDITION
def test_both_ways_of_delivery_sound_as_ffmpegs_decode_of_the_source_does_at_zero_lag(
    made: Maker, song_file: Callable[[str], Path], tmp_path: Path, form: str, rendition: str
) -> None:
    all_of_it = made(form, rendition)
    wanted = reference_decode(song_file(form))
    for data in (all_of_it.hls(), all_of_it.progressive()):
        got = heard(data, tmp_path)
        assert got.first == 0
        length = min(got.sound.shape[1], wanted.shape[1])
        assert lag_of(got.sound[:, :length], wanted[:, :length]) == 0
        assert correlation(got.sound[:, :length], wanted[:, :length]) >= 0.99
        for join in chunk_edges(all_of_it.total, all_of_it.rendition.frames)[1:-1]:
            here = slice(join - 1_024 - 2_400, join - 1_024 + 2_400)
            assert correlation(got.sound[:, here], wanted[:, here]) >= 0.98


@EVERY
def test_a_start_in_the_middle_is_at_its_place(
    made: Maker, song_file: Callable[[str], Path], tmp_path: Path, form: str
) -> None:
    all_of_it = made(form, "aac128")
    wanted = reference_decode(song_file(form))
    for index in (1, 3):
        got = heard(all_of_it.hls(first=index), tmp_path)
        behind = boundaries(all_of_it.total)[index] - got.first
        assert behind in (0, 1_024)  # FFmpeg 8 leaves out the first frame, as if it were priming
        settled = got.sound[:, 2_048 : 2_048 + 40_000]
        start = got.first + 2_048
        assert lag_of(settled, wanted[:, start : start + 40_000]) == 0
        assert correlation(settled, wanted[:, start : start + 40_000]) >= 0.99


@EVERY
def test_lengths_are_exact(made: Maker, tmp_path: Path, form: str) -> None:
    all_of_it = made(form, "aac128")
    seconds = all_of_it.source.samples / all_of_it.source.sample_rate
    assert abs(sum(map(float, extinf_seconds(all_of_it.total))) - seconds) < 1e-4
    progressive = all_of_it.progressive()
    assert len(progressive) == all_of_it.layout.length
    assert abs(heard(progressive, tmp_path).duration_us / 1e6 - seconds) < 1e-4


@pytest.mark.parametrize("form", ["flac44", "mp3_cbr_info", "vorbis", "wav_float_48k"])
def test_joins_are_as_clean_as_one_long_encode(
    made: Maker, song_file: Callable[[str], Path], tmp_path: Path, form: str
) -> None:
    all_of_it = made(form, "aac128")
    rendition, total = all_of_it.rendition, all_of_it.total
    wanted = np.concatenate(list(decode_blocks(str(song_file(form)), rate=48_000, channels=2)), axis=1)
    intensity = share_of_treble(wanted) < rendition.intensity_below
    count = frame_total(total, rendition.frames)
    packets = encode_frames(rendition, rendition.bit_rate, wanted[:, :total], intensity, count)
    assert len(packets) == count
    once = heard(init_segment(rendition, total) + fragment(0, 0, packets, rendition.frames), tmp_path).sound
    pieces = heard(all_of_it.hls(), tmp_path).sound
    for join in chunk_edges(total, rendition.frames)[1:-1]:
        here = slice(join - 1_024 - 1_536, join - 1_024 + 1_536)
        assert snr_db(wanted[:, here], pieces[:, here]) > snr_db(wanted[:, here], once[:, here]) - 3


def test_the_same_request_gives_the_same_bytes(made: Maker) -> None:
    all_of_it = made("flac44", "aac256")
    READERS.close()
    assert make_all(all_of_it.source, all_of_it.rendition).replies == all_of_it.replies


def test_fragments_tile_the_track(made: Maker) -> None:
    all_of_it = made("opus", "aac128")
    frames = all_of_it.rendition.frames
    ranges = [chunk_frames(number, all_of_it.total, frames) for number in range(len(all_of_it.replies))]
    assert ranges[0][0] == 0
    assert all(one[1] == other[0] for one, other in pairwise(ranges))
    assert ranges[-1][1] == frame_total(all_of_it.total, frames)


def test_a_chunk_that_is_not_there_is_an_index_error(made: Maker) -> None:
    all_of_it = made("flac44", "aac128")
    with pytest.raises(IndexError):
        encode_chunk(ChunkRequest(all_of_it.source, "aac", 128_000, len(all_of_it.replies)))


def test_real_recordings_are_exact_or_ask_for_a_mezzanine(recordings: list[Path], tmp_path: Path) -> None:
    for path in recordings:
        report = probe(ProbeRequest(str(path), path.name))
        assert report.damaged_packets == 0
        source = source_of(report, path)
        if report.needs_mezzanine:
            target = tmp_path / "mezzanine.flac"
            copy = make_mezzanine(MezzanineRequest(str(path), str(target)))
            assert (copy.sample_rate, copy.samples) == (report.sample_rate, report.samples)
            source = source_of(report, target)
        wanted = reference_decode(path)
        total = to_grid_samples(source.samples, source.sample_rate)
        init = init_segment(RENDITIONS["aac128"], total)
        pairs: list[tuple[Planar, Planar]] = []
        count = chunk_count(total, RENDITIONS["aac128"].frames)
        for number in (1, count // 2, count - 2):
            piece = encode_chunk(ChunkRequest(source, "aac", 128_000, number))
            got = heard(init + piece.data, tmp_path)
            settled = got.sound[:, 2_048:]
            there = wanted[:, got.first + 2_048 :][:, : settled.shape[1]]
            settled = settled[:, : there.shape[1]]
            assert lag_of(settled, there) == 0
            pairs.append((settled, there))
        ours, theirs = (np.concatenate(side, axis=1) for side in zip(*pairs, strict=True))
        assert correlation(ours, theirs) >= 0.985  # wind at 128 kbit/s is the hardest: 0.987

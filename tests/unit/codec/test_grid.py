"""The grid's laws: it tiles, it sums, and every codec's frames begin on its boundaries."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.codec.grid import (
    AAC,
    GRID_RATE,
    SHORTEST_TAIL,
    STRIDE,
    UNIT,
    boundaries,
    chunk_count,
    chunk_edges,
    chunk_frames,
    chunks_of,
    extinf_seconds,
    frame_total,
    last_frame_samples,
    segment_at,
    segment_count,
    segment_durations,
    segment_of,
    to_grid_samples,
)

totals = st.integers(1, 30 * STRIDE * UNIT) | st.integers(1, 6 * 3600 * GRID_RATE)


def test_a_unit_holds_whole_frames_of_every_codec() -> None:
    assert (UNIT / 1024, UNIT / 960, UNIT / 1152) == (45, 48, 40)
    assert UNIT / GRID_RATE == 0.96


def test_a_song_begins_with_short_segments() -> None:
    units = [duration / UNIT for duration in segment_durations(14 * UNIT)]
    assert units == [1, 1, 2, 4, 4, 2]


@pytest.mark.parametrize(
    ("total", "edges"),
    [
        (1, [0, 1]),
        (UNIT, [0, UNIT]),
        (UNIT + SHORTEST_TAIL, [0, UNIT, UNIT + SHORTEST_TAIL]),
        (UNIT + SHORTEST_TAIL - 1, [0, UNIT + SHORTEST_TAIL - 1]),
        (4 * UNIT + 1, [0, UNIT, 2 * UNIT, 4 * UNIT + 1]),
    ],
)
def test_short_tracks_and_short_tails(total: int, edges: list[int]) -> None:
    assert boundaries(total) == edges


def test_nothing_has_no_grid() -> None:
    with pytest.raises(ValueError):
        boundaries(0)


@given(totals)
def test_segments_tile_the_track_without_a_hole_or_a_crumb(total: int) -> None:
    edges = boundaries(total)
    assert (edges[0], edges[-1]) == (0, total)
    assert all(edge % UNIT == 0 for edge in edges[:-1])
    assert all(one < other for one, other in pairwise(edges))
    assert len(edges) == 2 or edges[-1] - edges[-2] >= SHORTEST_TAIL
    assert max(segment_durations(total)) < STRIDE * UNIT + SHORTEST_TAIL


@given(totals)
def test_the_playlist_adds_up_to_the_track_exactly(total: int) -> None:
    assert sum(segment_durations(total)) == total
    said = sum(Fraction(text) for text in extinf_seconds(total))
    assert abs(said - Fraction(total, GRID_RATE)) < Fraction(1, 1_000_000) * max(1, segment_count(total))


@given(totals)
def test_frames_tile_the_track_and_only_the_last_is_cut(total: int) -> None:
    ranges = [chunk_frames(number, total, AAC) for number in range(chunk_count(total, AAC))]
    assert ranges[0][0] == 0
    assert all(one[1] == other[0] for one, other in pairwise(ranges))
    assert ranges[-1][1] == frame_total(total, AAC)
    media = (frame_total(total, AAC) - 1) * AAC.frame + last_frame_samples(total, AAC)
    assert media == total + AAC.priming
    assert 1 <= last_frame_samples(total, AAC) <= AAC.frame


def _frames_of(segment: int, total: int) -> tuple[int, int]:
    """First and one-past-last frame of a segment."""
    chunks = chunks_of(segment, total, AAC)
    return chunk_frames(chunks[0], total, AAC)[0], chunk_frames(chunks[-1], total, AAC)[1]


@given(totals)
def test_segments_are_rows_of_chunks(total: int) -> None:
    rows = [chunks_of(index, total, AAC) for index in range(segment_count(total))]
    assert [number for row in rows for number in row] == list(range(chunk_count(total, AAC)))
    edges = chunk_edges(total, AAC)
    assert [edges[row.start] for row in rows] == boundaries(total)[:-1]
    for index, row in enumerate(rows):
        assert {segment_of(number, total, AAC) for number in row} == {index}
    assert all(end - start >= SHORTEST_TAIL for start, end in pairwise(edges)) or len(edges) == 2


@given(totals)
def test_the_priming_is_taken_off_the_last_segment_and_no_other(total: int) -> None:
    """Off the first, every start in the middle would be 21 ms early."""
    durations = segment_durations(total)
    for index, duration in enumerate(durations[:-1]):
        first, end = _frames_of(index, total)
        assert (end - first) * AAC.frame == duration
    first, end = _frames_of(len(durations) - 1, total)
    media = (end - first - 1) * AAC.frame + last_frame_samples(total, AAC)
    assert media - AAC.priming == durations[-1]


@given(totals, st.data())
def test_every_position_is_in_the_segment_it_is_said_to_be_in(total: int, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, total - 1))
    edges, index = boundaries(total), segment_at(position, total)
    assert edges[index] <= position < edges[index + 1]


def test_a_segment_that_is_not_there_is_an_index_error() -> None:
    for index in (-1, 1):
        with pytest.raises(IndexError):
            chunks_of(index, UNIT, AAC)


@given(st.integers(1, 10**10), st.sampled_from([8_000, 11_025, 44_056, 44_100, 48_000, 96_000, 192_000]))
def test_lengths_at_48_khz_are_right_to_half_a_sample(samples: int, rate: int) -> None:
    exact = Fraction(samples * GRID_RATE, rate)
    assert abs(to_grid_samples(samples, rate) - exact) <= Fraction(1, 2) or exact < 1

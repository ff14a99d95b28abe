"""The progressive file is known to the byte before anything is encoded, every range of it too."""

import hashlib
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.codec.grid import (
    GRID_RATE,
    UNIT,
    chunk_count,
    chunk_frames,
    chunks_of,
    last_frame_samples,
    segment_count,
)
from basedmusic.codec.mp4 import fill_slot, fragment, fragment_overhead, init_segment, split_chunks
from basedmusic.codec.progressive import ProgressiveFile, slot_bytes
from basedmusic.codec.recipes import RENDITIONS

renditions = st.sampled_from(list(RENDITIONS.values()))
totals = st.integers(1, 40 * UNIT)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while data:
        size, kind = struct.unpack_from(">I4s", data)
        assert 8 <= size <= len(data)
        yield kind, data[8:size]
        data = data[size:]


def find(data: bytes, *path: bytes) -> bytes:
    for name in path:
        data = next(body for kind, body in boxes(data) if kind == name)
    return data


@given(renditions, totals)
def test_the_length_is_the_sum_of_header_and_slots(rendition, total) -> None:
    file = ProgressiveFile(rendition, total)
    assert file.length == len(file.header) + sum(file.slots)
    assert len(file.slots) == chunk_count(total, rendition.frames)


@given(renditions, totals, st.data())
def test_any_range_is_covered_by_its_parts_once_and_in_order(rendition, total, data) -> None:
    file = ProgressiveFile(rendition, total)
    start = data.draw(st.integers(0, file.length))
    stop = data.draw(st.integers(start, file.length))
    chunks = [bytes([number % 251 + 1]) * 30 for number in range(len(file.slots))]
    whole = file.header + b"".join(file.slot(number, chunk) for number, chunk in enumerate(chunks))
    slots = file.slots_under(start, stop)
    parts = [file.slot_part(number, chunks[number], start, stop) for number in slots]
    assert all(parts)  # none is made for nothing
    assert file.header[start:stop] + b"".join(parts) == whole[start:stop]


@pytest.mark.parametrize(("start", "stop"), [(-1, 5), (5, 4), (0, 10**9)])
def test_a_range_outside_the_file_is_a_value_error(start: int, stop: int) -> None:
    with pytest.raises(ValueError):
        ProgressiveFile(RENDITIONS["aac128"], UNIT).slots_under(start, stop)


@given(renditions, totals)
def test_the_index_names_every_slot_and_adds_up_to_the_track(rendition, total) -> None:
    file = ProgressiveFile(rendition, total)
    sidx = find(file.header, b"sidx")
    count = struct.unpack_from(">H", sidx, 30)[0]
    references = [struct.unpack_from(">III", sidx, 32 + 12 * index) for index in range(count)]
    assert tuple(size for size, _, _ in references) == file.slots
    assert sum(duration for _, duration, _ in references) == total
    assert struct.unpack_from(">I", sidx, 8)[0] == GRID_RATE


@given(renditions, totals)
def test_the_edit_list_takes_the_priming_off_and_lasts_as_long_as_the_track(rendition, total) -> None:
    init = init_segment(rendition, total)
    elst = find(init, b"moov", b"trak", b"edts", b"elst")
    assert struct.unpack(">IIQqHH", elst) == (1 << 24, 1, total, 1024, 1, 0)
    assert struct.unpack(">IQ", find(init, b"moov", b"mvex", b"mehd"))[1] == total


@given(renditions, totals, st.data())
def test_a_fragment_says_when_it_plays_and_fits_its_slot_at_the_nominal_rate(rendition, total, data) -> None:
    frames = rendition.frames
    index = data.draw(st.integers(0, chunk_count(total, frames) - 1))
    first, end = chunk_frames(index, total, frames)
    last = last_frame_samples(total, frames) if index == chunk_count(total, frames) - 1 else 0
    size = rendition.bit_rate * frames.frame // (8 * GRID_RATE)
    packets = [bytes([n % 251]) * (size + n % 3) for n in range(end - first)]
    made = fragment(index, first, packets, frames, last)
    assert len(made) == sum(map(len, packets)) + fragment_overhead(end - first, last=bool(last))
    assert struct.unpack_from(">IQ", find(made, b"moof", b"traf", b"tfdt"))[1] == first * frames.frame
    trun = find(made, b"moof", b"traf", b"trun")
    assert struct.unpack_from(">I", trun, 4)[0] == len(packets)
    offset = struct.unpack_from(">i", trun, 8)[0]
    assert made[offset : offset + len(packets[0])] == packets[0]
    assert find(made, b"mdat") == b"".join(packets)
    if last:
        assert struct.unpack_from(">I", trun, len(trun) - 8)[0] == last
    slot = ProgressiveFile(rendition, total).slot(index, made)
    assert len(slot) == slot_bytes(rendition, total, index)
    assert slot.startswith(made) and [kind for kind, _ in boxes(slot)] == [b"moof", b"mdat", b"free"]


def test_what_leaves_no_room_for_a_free_box_does_not_fit() -> None:
    assert fill_slot(bytes(92), 100)[92:] == b"\0\0\0\x08free"
    for size in (93, 100, 101):
        with pytest.raises(ValueError, match="don't fit"):
            fill_slot(bytes(size), 100)


def test_the_waste_of_slots_is_small() -> None:
    """A 4-minute song is at most a fifth longer than its sound: the price of a length known beforehand."""
    for rendition in RENDITIONS.values():
        file = ProgressiveFile(rendition, 240 * GRID_RATE)
        assert file.length < 240 * rendition.bit_rate / 8 * 1.21


def test_the_bytes_of_a_header_never_change() -> None:
    """A recipe names bytes for ever: if this fails, raise LAYOUT_VERSION, or GRID_VERSION."""
    header = ProgressiveFile(RENDITIONS["aac128"], 1_234_567).header
    assert (
        hashlib.sha256(header).hexdigest()
        == "9e77ebfbb9aafffda0972432faef99445d51ff9b3fd1bc48e8163f4f0978f8b3"
    )


@given(renditions, totals, st.data())
def test_a_segment_can_be_taken_apart_into_its_chunks(rendition, total, data) -> None:
    frames = rendition.frames
    index = data.draw(st.integers(0, segment_count(total) - 1))
    made = [
        fragment(number, chunk_frames(number, total, frames)[0], [bytes([number % 251])], frames)
        for number in chunks_of(index, total, frames)
    ]
    assert split_chunks(b"".join(made)) == made

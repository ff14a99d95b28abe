"""The first bytes decide, whatever the name says."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.codec.errors import ExternalReferences, MediaInputRefused, UnknownFormat
from basedmusic.codec.mp4 import box, full_box
from basedmusic.codec.ogg import last_safe_granule
from basedmusic.codec.sniff import CONTAINERS, sniff

MP3 = b"\xff\xfb\x90\xc4" + bytes(413)
ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)
ID3 = b"ID3\x04\0\0\0\0\x02\0" + bytes(256)


@pytest.mark.parametrize(
    ("data", "container"),
    [
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"fLaC\0\0\0\x22", "flac"),
        (b"OggS\0\x02", "ogg"),
        (box(b"ftyp", b"M4A \0\0\0\0"), "mov"),
        (box(b"free") + box(b"mdat", bytes(8)), "mov"),
        (MP3 * 3, "mp3"),
        (MP3, "mp3"),
        (ID3 + MP3 * 3, "mp3"),
        (ID3 + ID3 + MP3 * 3, "mp3"),
        (b"\x00\x17junk" * 50 + MP3 * 3, "mp3"),
        (ADTS * 4, "aac"),
        (ID3 + ADTS * 4, "aac"),
        (ID3 + b"fLaC\0\0\0\x22", "flac"),
    ],
)
def test_each_container_is_known_by_its_content(data: bytes, container: str) -> None:
    assert sniff(io.BytesIO(data), "liar.png") == container


def test_a_tag_larger_than_what_is_read_at_once_is_skipped() -> None:
    tag = b"ID3\x04\0\0\0\x0a\0\0" + bytes(10 << 14)
    assert sniff(io.BytesIO(tag + MP3 * 3)) == "mp3"


def test_one_stray_sync_word_is_no_mp3() -> None:
    with pytest.raises(UnknownFormat):
        sniff(io.BytesIO(bytes(range(200, 250)) * 20 + MP3[:4] + bytes(range(1, 200)) * 9))


@given(st.binary(max_size=3_000), st.text(max_size=12))
def test_any_bytes_are_either_a_container_or_refused_in_words(data: bytes, name: str) -> None:
    try:
        assert sniff(io.BytesIO(data), name) in CONTAINERS
    except MediaInputRefused as refused:
        assert str(refused).startswith("This file ")


@given(st.binary(max_size=400))
def test_no_box_structure_confuses_the_walk(inside: bytes) -> None:
    data = box(b"ftyp", b"qt  ") + box(b"moov", box(b"trak", inside), inside)
    try:
        assert sniff(io.BytesIO(data)) == "mov"
    except MediaInputRefused:
        pass


@pytest.mark.parametrize("flags", [0, 1])
def test_a_data_reference_must_say_that_it_is_this_file(flags: int) -> None:
    dref = full_box(b"dref", 0, 0, b"\0\0\0\x01", full_box(b"url ", 0, flags))
    data = box(b"ftyp", b"qt  ") + box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"dinf", dref)))))
    if flags:
        assert sniff(io.BytesIO(data)) == "mov"
    else:
        with pytest.raises(ExternalReferences):
            sniff(io.BytesIO(data))


def test_the_last_page_of_an_ogg_file_is_not_sought_to() -> None:
    def page(granule: int) -> bytes:
        return b"OggS\0\0" + granule.to_bytes(8, "little") + bytes(100)

    assert last_safe_granule(io.BytesIO(b"".join(map(page, (0, 100, 200, 2**64 - 1, 300))))) == 100
    assert last_safe_granule(io.BytesIO(page(0) + page(50))) == 0

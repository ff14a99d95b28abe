"""Tags of all six formats as mutagen writes them, and tags that nobody should have written."""

import base64
import io
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from mutagen.aac import AAC
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3, TALB, TCON, TDRC, TIT2, TPE1, TPE2, TPOS, TRCK, TSRC, TXXX, UFID
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE
from PIL import Image

from basedmusic.codec.measures import TagsReport, TagsRequest
from basedmusic.codec.tags import image_type, read_tags

RECORDING = "5b11f4ce-a62d-471e-81fc-a69a8278c7da"
RELEASE_TRACK = "d0d2fcb0-0000-4a1f-9b6a-0f0f0f0f0f0f"
RELEASE = "1b022e01-4da6-387b-8658-8678046e4cef"
ARTISTS = ("0383dadf-2a4e-4d10-a46a-e9e041da8eb3", "83d91898-7763-47d7-b03b-b92132375c47")


def jpeg(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(out, "JPEG")
    return out.getvalue()


FRONT, BACK = jpeg("red"), jpeg("blue")
BANDS = ("Erste Band", "Zweite & Dritte")
EXPECTED = {
    "title": "Nachtbus – Émile's Version",
    "artists": BANDS,
    "album": "Fahrplan",
    "album_artists": ("Various",),
    "track_number": 3,
    "track_total": 12,
    "disc_number": 2,
    "date": "2024-05-31",
    "genres": ("Dub", "House"),
    "isrc": "DEUM71805003",
    "musicbrainz_recording_id": RECORDING,
    "musicbrainz_release_track_id": RELEASE_TRACK,
    "musicbrainz_release_id": RELEASE,
    "musicbrainz_artist_ids": ARTISTS,
    "problem": "",
}
VORBIS = {
    "TITLE": [EXPECTED["title"]],
    "ARTIST": list(BANDS),
    "ALBUM": ["Fahrplan"],
    "ALBUMARTIST": ["Various"],
    "TRACKNUMBER": ["3"],
    "TRACKTOTAL": ["12"],
    "DISCNUMBER": ["2"],
    "DATE": ["2024-05-31"],
    "GENRE": ["Dub", "House"],
    "ISRC": ["DE-UM7-18-05003"],
    "MUSICBRAINZ_TRACKID": [RECORDING],
    "MUSICBRAINZ_RELEASETRACKID": [RELEASE_TRACK],
    "MUSICBRAINZ_ALBUMID": [RELEASE],
    "MUSICBRAINZ_ARTISTID": list(ARTISTS),
}


def picture(data, kind):
    made = Picture()
    made.data, made.type, made.mime = data, kind, "image/jpeg"
    return made


def add_id3(tags):
    tags.add(TIT2(encoding=3, text=EXPECTED["title"]))
    tags.add(TPE1(encoding=3, text=list(BANDS)))
    tags.add(TALB(encoding=3, text="Fahrplan"))
    tags.add(TPE2(encoding=3, text="Various"))
    tags.add(TRCK(encoding=3, text="3/12"))
    tags.add(TPOS(encoding=3, text="2/2"))
    tags.add(TDRC(encoding=3, text="2024-05-31"))
    tags.add(TCON(encoding=3, text=["Dub", "35"]))  # ID3v1's number of House
    tags.add(TSRC(encoding=3, text="DEUM71805003"))
    tags.add(UFID(owner="http://musicbrainz.org", data=RECORDING.encode()))
    tags.add(TXXX(encoding=3, desc="MusicBrainz Release Track Id", text=RELEASE_TRACK))
    tags.add(TXXX(encoding=3, desc="MusicBrainz Album Id", text=RELEASE))
    tags.add(TXXX(encoding=3, desc="MusicBrainz Artist Id", text="/".join(ARTISTS)))  # as ID3v2.3 writers do
    tags.add(APIC(encoding=0, mime="image/jpeg", type=4, desc="back", data=BACK))
    tags.add(APIC(encoding=0, mime="image/jpeg", type=3, desc="front", data=FRONT))


def tag_mp3(path):
    tags = ID3()
    add_id3(tags)
    tags.save(path)


def tag_wav(path):
    file = WAVE(path)
    file.add_tags()
    add_id3(file.tags)
    file.save()


def tag_flac(path):
    file = FLAC(path)
    file.update(VORBIS)
    file.add_picture(picture(BACK, 4))
    file.add_picture(picture(FRONT, 3))
    file.save()


def tag_ogg(kind):
    def tag(path):
        file = kind(path)
        file.update(VORBIS)
        file["metadata_block_picture"] = [
            base64.b64encode(picture(data, number).write()).decode()
            for data, number in ((BACK, 4), (FRONT, 3))
        ]
        file.save()

    return tag


def tag_mp4(path):
    file = MP4(path)
    file["\xa9nam"], file["\xa9ART"], file["\xa9alb"] = (
        EXPECTED["title"],
        list(BANDS),
        "Fahrplan",
    )
    file["aART"], file["trkn"], file["disk"] = "Various", [(3, 12)], [(2, 2)]
    file["\xa9day"], file["\xa9gen"] = "2024-05-31T07:00:00Z", ["Dub", "House"]
    file["covr"] = [MP4Cover(FRONT, MP4Cover.FORMAT_JPEG)]
    for name, values in {
        "ISRC": ["DEUM71805003"],
        "MusicBrainz Track Id": [RECORDING],
        "MusicBrainz Release Track Id": [RELEASE_TRACK],
        "MusicBrainz Album Id": [RELEASE],
        "MusicBrainz Artist Id": ARTISTS,
    }.items():
        file[f"----:com.apple.iTunes:{name}"] = [value.encode() for value in values]
    file.save()


TAGGERS = {
    "mp3_cbr_info": tag_mp3,
    "mp3_cbr_no_info": tag_mp3,
    "adts": tag_mp3,
    "wav16": tag_wav,
    "flac44": tag_flac,
    "vorbis": tag_ogg(OggVorbis),
    "opus": tag_ogg(OggOpus),
    "m4a44": tag_mp4,
    "alac": tag_mp4,
}


@pytest.fixture
def copy_of(song_file, tmp_path):
    return lambda form: shutil.copy(song_file(form), tmp_path)


def fields(report):
    return {name: getattr(report, name) for name in EXPECTED}


@pytest.mark.parametrize("form", TAGGERS)
def test_what_was_written_is_read(copy_of, form):
    path = copy_of(form)
    TAGGERS[form](path)
    report = read_tags(TagsRequest(str(path)))
    assert fields(report) == EXPECTED
    assert report.cover is not None
    assert (report.cover.mime, report.cover.data) == ("image/jpeg", FRONT)


@pytest.mark.parametrize("form", TAGGERS)
def test_a_file_without_tags_has_none(copy_of, form):
    report = read_tags(TagsRequest(str(copy_of(form))))
    assert (report.title, report.artists, report.cover, report.problem) == ("", (), None, "")


def test_the_info_list_of_a_wav_is_read(copy_of):
    path = copy_of("wav16")
    body = b"INFO" + b"".join(
        chunk(name, text) for name, text in ((b"INAM", b"Old Song\0"), (b"IART", b"Old Band\0"))
    )
    data = bytearray(Path(path).read_bytes() + chunk(b"LIST", body))
    data[4:8] = struct.pack("<I", len(data) - 8)
    Path(path).write_bytes(data)
    report = read_tags(TagsRequest(str(path)))
    assert (report.title, report.artists) == ("Old Song", ("Old Band",))


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def test_id3v1_alone_is_read(copy_of):
    path = copy_of("mp3_cbr_no_info")
    with open(path, "ab") as file:
        file.write(
            b"TAG"
            + b"Last Bus".ljust(30, b"\0")
            + b"The Line".ljust(30, b"\0")
            + bytes(30)
            + b"1999"
            + bytes(30)
            + b"\x23"
        )
    report = read_tags(TagsRequest(str(path)))
    assert (report.title, report.artists, report.date, report.genres) == (
        "Last Bus",
        ("The Line",),
        "1999",
        ("House",),
    )


def tagged(copy_of, **values):
    path = copy_of("flac44")
    file = FLAC(path)
    file.update(values)
    file.save()
    return read_tags(TagsRequest(str(path)))


def test_texts_are_one_clean_line_of_sane_length(copy_of):
    report = tagged(
        copy_of,
        title="A\x1b[31m\n\u202eevil\u2069\0  title\u2028 👩‍🎤 ",
        album="x" * 10_000,
        artist=["", " \t", "Same", "Same", *(f"Artist {n}" for n in range(500))],
    )
    assert report.title == "A [31m evil title 👩‍🎤"
    assert report.album == "x" * 300
    assert len(report.artists) <= 20
    assert report.artists[:2] == ("Same", "Artist 0")


@pytest.mark.parametrize(
    ("raw", "number", "total"),
    [
        ("7", 7, None),
        ("07/12", 7, 12),
        (" 1 / 2 ", 1, 2),
        ("0", None, None),
        ("A1", None, None),
        ("99999", None, None),
        ("-3", None, None),
    ],
)
def test_a_track_number_is_a_small_number(copy_of, raw, number, total):
    report = tagged(copy_of, tracknumber=raw)
    assert (report.track_number, report.track_total) == (number, total)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-31", "2024-05-31"),
        ("2024-02-30", "2024-02"),
        ("2024-13", "2024"),
        ("2024-05-31 10:00", "2024-05-31"),
        ("0000", ""),
        ("20240531", ""),
        ("yesterday", ""),
    ],
)
def test_a_date_is_one_of_the_calendar(copy_of, raw, date):
    assert tagged(copy_of, date=raw).date == date


def test_ids_that_are_none_are_left_out(copy_of):
    report = tagged(
        copy_of,
        isrc="not an isrc",
        musicbrainz_trackid="<script>",
        musicbrainz_artistid=["x", ARTISTS[1].upper()],
    )
    assert (report.isrc, report.musicbrainz_recording_id) == ("", "")
    assert report.musicbrainz_artist_ids == (ARTISTS[1],)


def test_a_picture_that_is_too_large_or_none_is_left_out_in_words(copy_of):
    path = copy_of("flac44")
    file = FLAC(path)
    file.add_picture(picture(FRONT + bytes(5000), 3))
    file.save()
    report = read_tags(TagsRequest(str(path), max_cover_bytes=4000))
    assert report.cover is None
    assert "4000" in report.problem
    file.clear_pictures()
    file.add_picture(picture(b"<svg onload=alert(1)>", 3))
    file.save()
    report = read_tags(TagsRequest(str(path)))
    assert report.cover is None
    assert "not a JPEG" in report.problem


def test_the_type_of_a_picture_is_what_it_is_and_not_what_the_tag_says():
    assert image_type(FRONT) == "image/jpeg"
    assert image_type(b"RIFF\x10\0\0\0WEBPVP8 ") == "image/webp"
    assert image_type(b"GIF89a") == "image/gif"
    assert image_type(b"<html>") is None


def test_an_inflating_tag_is_not_read_without_bound(copy_of):
    path = copy_of("mp3_cbr_no_info")
    huge = 100 << 20
    size = bytes((huge >> shift) & 0x7F for shift in (21, 14, 7, 0))
    audio = Path(path).read_bytes()
    Path(path).write_bytes(b"ID3\x04\0\0" + size + zlib.compress(bytes(1000)) + audio)
    report = read_tags(TagsRequest(str(path)))
    assert report.title == ""
    assert report.problem


@pytest.mark.parametrize("form", TAGGERS)
def test_broken_tags_never_fail_the_step(copy_of, form):
    path = copy_of(form)
    TAGGERS[form](path)
    whole = Path(path).read_bytes()
    region = whole.find(b"Fahrplan") if b"Fahrplan" in whole else 0
    for turn in range(60):
        data = bytearray(whole)
        for place in range(12):
            data[max(0, region - 300) + (turn * 37 + place * 53) % 900] ^= 1 << (turn + place) % 8
        Path(path).write_bytes(data)
        assert isinstance(read_tags(TagsRequest(str(path))), TagsReport)
    for length in (0, 1, 10, 50, 200, region + 4, len(whole) // 2):
        Path(path).write_bytes(whole[:length])
        assert isinstance(read_tags(TagsRequest(str(path))), TagsReport)


def test_aac_frames_alone_have_no_tags(copy_of):
    path = copy_of("adts")
    assert AAC(path).tags is None
    assert read_tags(TagsRequest(str(path))) == TagsReport()

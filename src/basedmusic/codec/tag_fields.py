"""Tags of every container under the names that Vorbis comments use, as raw text. Media processes only."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mutagen._util import MutagenError
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp4 import MP4
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from basedmusic.codec.errors import MediaInputRefused
from basedmusic.codec.sniff import sniff

MAX_ID3_BYTES = 64 << 20
"""mutagen reads an ID3 tag whole, and inflates its frames: a larger one is left alone."""
FRONT_COVER = 3
"""Picture type of ID3v2 §4.14, used by FLAC too."""

_ID3_TEXTS = {
    "TIT2": "title",
    "TPE1": "artist",
    "TALB": "album",
    "TPE2": "albumartist",
    "TRCK": "tracknumber",
    "TPOS": "discnumber",
    "TDRC": "date",
    "TDOR": "originaldate",
    "TSRC": "isrc",
}
_ID3_USER_TEXTS = {
    "artists": "artists",
    "musicbrainz release track id": "musicbrainz_releasetrackid",
    "musicbrainz album id": "musicbrainz_albumid",
    "musicbrainz artist id": "musicbrainz_artistid",
}
_MP4_TEXTS = {
    "\xa9nam": "title",
    "\xa9ART": "artist",
    "\xa9alb": "album",
    "aART": "albumartist",
    "\xa9day": "date",
    "\xa9gen": "genre",
}
_MP4_FREEFORM = {
    "artists": "artists",
    "isrc": "isrc",
    "musicbrainz track id": "musicbrainz_trackid",
    "musicbrainz release track id": "musicbrainz_releasetrackid",
    "musicbrainz album id": "musicbrainz_albumid",
    "musicbrainz artist id": "musicbrainz_artistid",
}
_RIFF_INFO = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "date": "date",
    "genre": "genre",
    "track": "tracknumber",
}
"""By FFmpeg's names of INAM, IART, IPRD, ICRD, IGNR and IPRT."""


@dataclass(slots=True)
class Fields:
    texts: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    pictures: list[bytes] = field(default_factory=list[bytes])
    """Front covers first."""
    problem: str = ""

    def add(self, key: str, *values: object) -> None:
        self.texts.setdefault(key, []).extend(str(value) for value in values)

    def all(self, key: str) -> list[str]:
        return self.texts.get(key, [])

    def first(self, key: str) -> str:
        return next(iter(self.all(key)), "")


def read_fields(path: str) -> Fields:
    """All that could be read until something was broken. OSError passes: the file itself can't be read."""
    fields = Fields()
    try:
        with open(path, "rb") as file:
            kind = sniff(file)
        _READERS[kind](path, fields)
    except (MutagenError, MediaInputRefused) as error:
        fields.problem = f"the tags can't be read: {error}"[:300]
    except MemoryError:
        fields.problem = "the tags are too large to be read"
    except OSError:
        raise
    except Exception as error:  # mutagen meets hostile bytes with whatever struct, zlib or a list raised
        fields.problem = f"the tags are damaged ({type(error).__name__})"
    return fields


def _id3(path: str, fields: Fields) -> None:
    if _id3_size(path) > MAX_ID3_BYTES:
        fields.problem = "the tags are too large to be read"
        return
    try:
        _from_id3(ID3(path), fields)
    except ID3NoHeaderError:
        return


def _id3_size(path: str) -> int:
    """Bytes that the header of an ID3v2 tag at the start announces; 0 if there is none."""
    with open(path, "rb") as file:
        head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    return sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def _from_id3(tags: Any, fields: Fields) -> None:
    for frame in tags.values():
        name = frame.FrameID
        if name in _ID3_TEXTS:
            fields.add(_ID3_TEXTS[name], *frame.text)
        elif name == "TCON":
            fields.add("genre", *frame.genres)  # resolves ID3v1's numbers, "(17)"
        elif name == "TXXX" and frame.desc.lower() in _ID3_USER_TEXTS:
            fields.add(_ID3_USER_TEXTS[frame.desc.lower()], *frame.text)
        elif name == "UFID" and frame.owner == "http://musicbrainz.org":
            fields.add("musicbrainz_trackid", frame.data.decode("ascii", "replace"))
    pictures = tags.getall("APIC")
    fields.pictures += _front_first((frame.type, frame.data) for frame in pictures)


def _wav(path: str, fields: Fields) -> None:
    """An ID3 chunk if there is one, else the RIFF INFO list, which mutagen doesn't know."""
    tags = WAVE(path).tags
    if tags:
        _from_id3(tags, fields)
        return
    from basedmusic.codec.containers import open_source

    with open_source(path) as source:
        for name, key in _RIFF_INFO.items():
            if value := source.container.metadata.get(name):
                fields.add(key, value)


def _flac(path: str, fields: Fields) -> None:
    file = FLAC(path)
    _from_vorbis(file.tags, fields)
    fields.pictures[:0] = _front_first((picture.type, picture.data) for picture in file.pictures)


def _ogg(path: str, fields: Fields) -> None:
    with open(path, "rb") as file:
        head = file.read(4096)
    kinds = (
        (b"OpusHead", OggOpus),
        (b"\x01vorbis", OggVorbis),
        (b"\x7fFLAC", OggFLAC),
        (b"Speex   ", OggSpeex),
    )
    for mark, kind in kinds:
        if mark in head:
            _from_vorbis(kind(path).tags, fields)
            return


def _from_vorbis(tags: Any, fields: Fields) -> None:
    pictures: list[tuple[int, bytes]] = []
    for key, value in tags or ():
        key = key.lower()
        if key == "metadata_block_picture":
            pictures += _picture_block(value)
        elif key == "coverart":
            pictures += [(FRONT_COVER, base64.b64decode(value))]
        else:
            fields.add(key, value)
    fields.pictures += _front_first(pictures)


def _picture_block(value: str) -> list[tuple[int, bytes]]:
    try:
        picture = Picture(base64.b64decode(value))
    except (MutagenError, binascii.Error):
        return []
    return [(picture.type, picture.data)]


def _mp4(path: str, fields: Fields) -> None:
    for key, values in (MP4(path).tags or {}).items():
        if key in _MP4_TEXTS:
            fields.add(_MP4_TEXTS[key], *values)
        elif key in ("trkn", "disk"):
            number, total = values[0]
            fields.add("tracknumber" if key == "trkn" else "discnumber", f"{number}/{total}")
        elif key == "covr":
            fields.pictures += [bytes(value) for value in values]
        elif key.startswith("----:") and (name := _MP4_FREEFORM.get(key.rpartition(":")[2].lower())):
            fields.add(name, *(bytes(value).decode("utf-8", "replace") for value in values))


def _front_first(pictures: Iterable[tuple[int, bytes]]) -> list[bytes]:
    return [data for _, data in sorted(pictures, key=lambda picture: picture[0] != FRONT_COVER)]


_READERS = {"wav": _wav, "flac": _flac, "mp3": _id3, "aac": _id3, "mov": _mp4, "ogg": _ogg}

"""What a file is, from its first bytes, before any demuxer sees it. Standard library only.

A demuxer is chosen here, never guessed by FFmpeg: its guessing follows playlists to other files and to the
network. What isn't one of the six accepted containers is refused by the name people know it under.
"""

from pathlib import PurePath
from typing import BinaryIO

from basedmusic.codec.errors import (
    EmptyFile,
    ExternalReferences,
    NotAudio,
    PlaylistNotAudio,
    UnknownFormat,
    UnsupportedFormat,
)

CONTAINERS = ("wav", "flac", "mp3", "mov", "ogg", "aac")
"""FFmpeg's demuxer names of what is accepted."""

WANTED = "WAV, FLAC, MP3, M4A, AAC, Ogg Vorbis and Opus are"
HEAD_BYTES = 65_536
"""How far junk before the first MPEG frame is forgiven; also what is read at once."""

_OTHER_KINDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF8", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"BM", "a BMP image"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"\xfd7zXZ\x00", "an XZ archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"Rar!", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a Windows program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"MThd", "a MIDI file: notes without sound"),
)
_OTHER_MEDIA: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM file"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"FORM", "an AIFF file"),
    (0, b".snd", "an AU file"),
    (0, b"caff", "a Core Audio file"),
    (0, b"wvpk", "a WavPack file"),
    (0, b"MAC ", "a Monkey's Audio file"),
    (0, b"MPCK", "a Musepack file"),
    (0, b"MP+", "a Musepack file"),
    (0, b"TTA1", "a True Audio file"),
    (0, b"DSD ", "a DSD file"),
    (0, b"FRM8", "a DSD file"),
    (0, b"#!AMR", "an AMR recording"),
    (0, b"riff\x2e\x91\xcf\x11", "a Wave64 file"),
    (0, b".RMF", "a RealMedia file"),
    (0, b"\x00\x00\x01\xba", "an MPEG video"),
    (0, b"\x00\x00\x01\xb3", "an MPEG video"),
)
_PLAYLISTS: tuple[tuple[bytes, str], ...] = (
    (b"#extm3u", "an M3U8 playlist"),
    (b"#ext-x-", "an M3U8 playlist"),
    (b"ffconcat", "an ffconcat playlist"),
    (b"[playlist]", "a PLS playlist"),
    (b"v=0", "an SDP session description"),
    (b"[reference]", "an ASX playlist"),
    (b"<asx", "an ASX playlist"),
    (b"rtsptext", "a QuickTime text link"),
    (b"rtsp://", "a list of addresses"),
    (b"http://", "a list of addresses"),
    (b"https://", "a list of addresses"),
)
_XML_PLAYLISTS = (
    (b"<mpd", "a DASH manifest"),
    (b"<smoothstreamingmedia", "a Smooth Streaming manifest"),
    (b"<playlist", "an XSPF playlist"),
    (b"<asx", "an ASX playlist"),
    (b"<smil", "a SMIL playlist"),
    (b"compositionplaylist", "an IMF composition"),
)
_MP4_TOP_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof", b"styp", b"sidx")


def sniff(file: BinaryIO, filename: str = "") -> str:
    """The demuxer's name (one of CONTAINERS) for the file's content; `filename` only colours the words.

    Reads at most some 200 KB and leaves the position anywhere. Raises EmptyFile, NotAudio, PlaylistNotAudio,
    ExternalReferences, UnsupportedFormat, UnknownFormat.
    """
    named = _named(filename)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head:
        raise EmptyFile(f"This file is empty{': ' + filename if filename else ''}")
    audio_start = _after_id3(head)
    if audio_start >= len(head):
        file.seek(audio_start)
        head = file.read(HEAD_BYTES)
        audio_start = 0
    body = head[audio_start:]
    if found := _sniff_magic(body):
        return found
    _refuse_other_kinds(body, named)
    _refuse_text(body, named)
    if body[4:8] in _MP4_TOP_BOXES:
        refuse_external_references(file, named)
        return "mov"
    if found := _sniff_mpeg(body):
        return found
    if body and not body.strip(b"\x00"):
        raise UnknownFormat(f"This file{named} holds only zeros")
    raise UnknownFormat(f"This file{named} is in no audio format known here; {WANTED}")


def _named(filename: str) -> str:
    suffix = PurePath(filename).suffix
    return f" named {suffix}" if suffix else ""


def _after_id3(head: bytes) -> int:
    """Where the sound starts behind ID3v2 tags, which some tools put before any format (id3.org §3.1)."""
    at = 0
    while head[at : at + 3] == b"ID3" and len(head) >= at + 10:
        size = head[at + 6] << 21 | head[at + 7] << 14 | head[at + 8] << 7 | head[at + 9]
        at += 10 + size + (10 if head[at + 5] & 0x10 else 0)
    return at


def _sniff_magic(body: bytes) -> str | None:
    if body[:4] in (b"RIFF", b"RF64", b"BW64") and body[8:12] == b"WAVE":
        return "wav"
    if body[:4] == b"fLaC":
        return "flac"
    if body[:4] == b"OggS":
        return "ogg"
    return None


def _refuse_other_kinds(body: bytes, named: str) -> None:
    if body[:4] == b"RIFF":
        kind = {b"WEBP": "a WebP image", b"AVI ": "an AVI video"}.get(body[8:12], "a RIFF file without sound")
        raise NotAudio(f"This file is {kind}{named}")
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"heic", b"heix", b"mif1", b"crx "):
        raise NotAudio(f"This file is a photo (HEIF or AVIF){named}")
    for at, magic, kind in _OTHER_KINDS:
        if body.startswith(magic, at):
            raise NotAudio(f"This file is {kind}{named}")
    for at, magic, kind in _OTHER_MEDIA:
        if body.startswith(magic, at):
            raise UnsupportedFormat(f"This file is {kind}{named}, which is not accepted; {WANTED}")


def _refuse_text(body: bytes, named: str) -> None:
    """Lists, manifests and other texts. Nothing that they name is looked at."""
    start = body.removeprefix(b"\xef\xbb\xbf")[:4096].lstrip()
    lowered = start.lower()
    for magic, kind in _PLAYLISTS:
        if lowered.startswith(magic):
            raise PlaylistNotAudio(f"This file is {kind}{named}, not audio; upload the sound itself")
    if lowered.startswith(b"<"):
        for magic, kind in _XML_PLAYLISTS:
            if magic in lowered:
                raise PlaylistNotAudio(f"This file is {kind}{named}, not audio; upload the sound itself")
        kind = "a web page" if b"<html" in lowered or b"<!doctype html" in lowered else "an XML document"
        raise NotAudio(f"This file is {kind}{named}")
    if start and b"\x00" not in start and _is_text(start):
        raise NotAudio(f"This file is a text{named}")


def _is_text(data: bytes) -> bool:
    """Whether it reads as UTF-8 without control characters; a sequence cut off at the end is forgiven."""
    try:
        text = data[: max(1, len(data) - 3)].decode() if len(data) > 64 else data.decode()
    except UnicodeDecodeError as cut:
        if len(data) <= 64 or cut.start < len(data) - 8:
            return False
        text = data[: cut.start].decode()
    return not any(ord(char) < 32 and char not in "\t\r\n\f\x1b" for char in text)


# MPEG audio and ADTS have no magic: a frame header is believed when the next frame begins where it says.

_RATES = (44_100, 48_000, 32_000)
_KBPS_V1 = {
    1: (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_KBPS_V2 = {
    1: (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def _sniff_mpeg(body: bytes) -> str | None:
    at = body.find(b"\xff")
    while 0 <= at < len(body) - 7:
        for name, size_of in (("mp3", _mpeg_frame_bytes), ("aac", _adts_frame_bytes)):
            size = size_of(body, at)
            follower = at + size
            if size and (size_of(body, follower) or (follower >= len(body) - 7 and at == 0)):
                return name
        at = body.find(b"\xff", at + 1)
    return None


def _mpeg_frame_bytes(data: bytes, at: int) -> int:
    """Length of the MPEG-1/2/2.5 audio frame at `at`, or 0 (ISO/IEC 11172-3 §2.4.1.3)."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    kbps_index, rate_index = data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or layer == 4 or kbps_index in (0, 15) or rate_index == 3:
        return 0
    first = version == 3
    kbps = _KBPS_V1[layer][kbps_index] if first else _KBPS_V2[1 if layer == 1 else 2][kbps_index]
    rate = _RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    padding = data[at + 2] >> 1 & 1
    if layer == 1:
        return (12_000 * kbps // rate + padding) * 4
    return (144_000 if layer == 2 or first else 72_000) * kbps // rate + padding


def _adts_frame_bytes(data: bytes, at: int) -> int:
    """Length of the ADTS frame at `at`, or 0 (ISO/IEC 13818-7 §6.2)."""
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0 or data[at + 2] >> 2 & 15 > 12:
        return 0
    size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return size if size > 7 else 0


# QuickTime may keep its sound in other files (ISO/IEC 14496-12 §8.7.2; QuickTime `rmra`, `alis`).

_PARENTS = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"gmin")
MAX_BOXES = 100_000


def refuse_external_references(file: BinaryIO, named: str = "") -> None:
    """Walk the boxes of an MP4/MOV and refuse one that names another file, or hides whether it does."""
    file.seek(0, 2)
    budget = [MAX_BOXES]
    _walk_boxes(file, 0, file.tell(), named, budget)


def _walk_boxes(file: BinaryIO, at: int, end: int, named: str, budget: list[int]) -> None:
    while at + 8 <= end:
        budget[0] -= 1
        if budget[0] < 0:
            raise UnknownFormat(f"This file{named} is an MP4 with more parts than any real one has")
        file.seek(at)
        header = file.read(16)
        if len(header) < 8:
            return
        size, kind, skip = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1 and len(header) == 16:
            size, skip = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - at
        if size < skip:
            return
        if kind in (b"rmra", b"cmov"):
            raise ExternalReferences(f"This file{named} points at other files instead of holding its sound")
        if kind == b"dref":
            _check_references(file, at + skip, min(at + size, end), named)
        elif kind in _PARENTS:
            _walk_boxes(file, at + skip, min(at + size, end), named, budget)
        at += size


def _check_references(file: BinaryIO, at: int, end: int, named: str) -> None:
    """Each entry must say that the data is in this very file (flag 1)."""
    file.seek(at)
    body = file.read(min(end - at, HEAD_BYTES))
    entry = 8
    for _ in range(int.from_bytes(body[4:8], "big")):
        if entry + 12 > len(body):
            return
        size, flags = int.from_bytes(body[entry : entry + 4], "big"), body[entry + 11]
        if not flags & 1:
            raise ExternalReferences(f"This file{named} points at other files instead of holding its sound")
        if size < 12:
            return
        entry += size

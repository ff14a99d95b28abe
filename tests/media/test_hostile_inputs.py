"""What isn't music is refused in words, each by its own name, and no other file or address is ever opened."""

import ctypes
import os
import resource
import socket
import struct
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import av.error
import numpy as np
import pytest

from basedmusic.codec import containers
from basedmusic.codec.contracts import ProbeReport, ProbeRequest
from basedmusic.codec.errors import (
    DamagedFile,
    EmptyFile,
    ExternalReferences,
    MediaInputRefused,
    NoAudioTrack,
    NotAudio,
    PlaylistNotAudio,
    SampleRateOutOfRange,
    TooLargeDecoded,
    TooLong,
    TooManyChannels,
    TruncatedFile,
    UnknownFormat,
    UnsupportedCodec,
    UnsupportedFormat,
)
from basedmusic.codec.mp4 import box, full_box
from basedmusic.codec.probe import probe
from basedmusic.codec.sniff import CONTAINERS
from media.makers import FORMS, write_song

FORM = {form.name: form for form in FORMS}


def probe_bytes(folder: Path, data: bytes, name: str, **limits: int) -> ProbeReport:
    path = folder / "upload"
    path.write_bytes(data)
    return probe(ProbeRequest(str(path), name, **limits))


def wav_header(channels: int, rate: int, data_bytes: int) -> bytes:
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    head = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + struct.pack("<I", 4 + len(head) + data_bytes) + head


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(400)
REFUSED: tuple[tuple[str, bytes, str, type[MediaInputRefused], str], ...] = (
    ("a PNG named .mp3", PNG, "song.mp3", NotAudio, "This file is a PNG image named .mp3"),
    ("an ID3 tag before a PNG", b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + PNG, "a.mp3", NotAudio, "a PNG image"),
    ("empty", b"", "song.wav", EmptyFile, "This file is empty"),
    ("a ZIP", b"PK\x03\x04" + bytes(100), "album.flac", NotAudio, "a ZIP archive named .flac"),
    ("a web page", b"<!DOCTYPE html><html></html>", "song.mp3", NotAudio, "a web page"),
    ("a text", b"la la la\n" * 20, "song.mp3", NotAudio, "a text"),
    ("an AVI", b"RIFF\0\0\0\0AVI LIST", "a.wav", NotAudio, "an AVI video"),
    ("a Matroska", b"\x1aE\xdf\xa3" + bytes(60), "a.mp3", UnsupportedFormat, "Matroska"),
    ("Windows Media", bytes.fromhex("3026b2758e66cf11") + bytes(60), "a.mp3", UnsupportedFormat, "Windows"),
    ("zeros", bytes(5_000), "a.mp3", UnknownFormat, "only zeros"),
    ("noise", bytes(range(128, 250)) * 40, "a.mp3", UnknownFormat, "no audio format"),
    ("only an ID3 tag", b"ID3\x04\0\0\0\0\0\x0a" + bytes(10), "a.mp3", UnknownFormat, "no audio format"),
    (
        "40 channels",
        wav_header(40, 44_100, 8_000) + bytes(8_000),
        "a.wav",
        TooManyChannels,
        "40 channels; at",
    ),
    ("a rate of 4 kHz", wav_header(1, 4_000, 800) + bytes(800), "a.wav", SampleRateOutOfRange, "4000 Hz"),
    ("a header without sound", wav_header(2, 44_100, 0), "a.wav", DamagedFile, "no sound"),
    ("half a FLAC header", b"fLaC\x00\x00\x00\x22", "a.flac", DamagedFile, "damaged"),
    (
        "an MP4 without index",
        box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", bytes(900)),
        "a.m4a",
        DamagedFile,
        "",
    ),
)


@pytest.mark.parametrize(
    ("data", "name", "error", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_not_music_is_refused_in_words(
    tmp_path: Path, data: bytes, name: str, error: type[MediaInputRefused], words: str
) -> None:
    with pytest.raises(error) as refused:
        probe_bytes(tmp_path, data, name)
    assert type(refused.value) is error
    assert words in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_each_refusal_has_a_code_of_its_own() -> None:
    kinds = MediaInputRefused.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_an_mp4_with_pictures_only_has_no_audio_track(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        out.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(stream.encode(None))
    with pytest.raises(NoAudioTrack):
        probe(ProbeRequest(str(path), "film.m4a"))


def test_an_encoding_that_is_not_accepted_is_named(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("ac3", rate=48_000)
        stream.codec_context.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1_536), np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with pytest.raises(UnsupportedCodec, match="ac3"):
        probe(ProbeRequest(str(path), "song.m4a"))


# --- nothing else is opened ----------------------------------------------------------------------------

IN_OPEN = 0x20


@contextmanager
def opened_in(folder: Path) -> Generator[Callable[[], set[str]]]:
    """Names of files in `folder` that anybody opens meanwhile, as the kernel sees it (inotify)."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert watch >= 0 and libc.inotify_add_watch(watch, bytes(folder), IN_OPEN) >= 0

    def names() -> set[str]:
        found: set[str] = set()
        try:
            data = os.read(watch, 65_536)
        except BlockingIOError:
            return found
        while data:
            length = struct.unpack_from("iIII", data)[3]
            found.add(data[16 : 16 + length].rstrip(b"\0").decode())
            data = data[16 + length :]
        return found

    try:
        yield names
    finally:
        os.close(watch)


@pytest.fixture
def beacon() -> Iterator[tuple[int, Callable[[], int]]]:
    """A loopback port, and how many came knocking."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)

    def knocks() -> int:
        count = 0
        while True:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    yield listener.getsockname()[1], knocks
    listener.close()


def followers(canary: Path, port: int) -> dict[str, bytes]:
    """Files that name a neighbour and an address, as FFmpeg or QuickTime would follow them."""
    url = f"http://127.0.0.1:{port}/canary.wav"
    link = b"\0\0\0\0url " + struct.pack(">I", len(url) + 1) + url.encode() + b"\0"
    file_link = b"\0\0\0\0url " + struct.pack(">I", len(str(canary)) + 8) + f"file://{canary}\0".encode()
    alias = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"alis", 0, 0, bytes(150)))
    outside = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 0, url.encode() + b"\0"))
    ftyp = box(b"ftyp", b"qt  \0\0\0\0qt  ")

    def movie(dref: bytes) -> bytes:
        inner = box(b"mdia", box(b"minf", box(b"dinf", dref)))
        return ftyp + box(b"moov", box(b"trak", inner)) + box(b"mdat", bytes(64))

    rmra = box(b"rmra", *(box(b"rmda", box(b"rdrf", ref)) for ref in (link, file_link)))
    mpd = f"""<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>
        <AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>{url}</BaseURL>
        <SegmentList><Initialization sourceURL="{canary.name}"/></SegmentList></Representation>
        </AdaptationSet></Period></MPD>"""
    return {
        "ffconcat": f"ffconcat version 1.0\nfile {canary.name}\nfile '{url}'\n".encode(),
        "ffconcat with a mark before": f"\xef\xbb\xbf\nffconcat version 1.0\nfile {canary.name}\n".encode(
            "latin1"
        ),
        "m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXTINF:9,\n{canary.name}\n".encode(),
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio {port} RTP/AVP 0\n".encode(),
        "dash": mpd.encode(),
        "pls": f"[playlist]\nFile1={url}\n".encode(),
        "mov rmra": ftyp + box(b"moov", rmra) + box(b"mdat", bytes(64)),
        "mov alias": movie(alias),
        "mov url": movie(outside),
        "mov compressed index": ftyp + box(b"moov", box(b"cmov", bytes(64))) + box(b"mdat", bytes(64)),
    }


FOLLOWERS = list(followers(Path("/canary.wav"), 1))


@pytest.mark.parametrize("kind", FOLLOWERS)
@pytest.mark.parametrize("suffix", [".mp3", ".m3u8"])
def test_files_that_name_others_are_refused_and_nothing_they_name_is_opened(
    tmp_path: Path, beacon: tuple[int, Callable[[], int]], kind: str, suffix: str
) -> None:
    canary = write_song(tmp_path, FORM["wav16"]).rename(tmp_path / "canary.wav")
    upload = tmp_path / f"upload{suffix}"
    upload.write_bytes(followers(canary, beacon[0])[kind])
    error = ExternalReferences if kind.startswith("mov") else PlaylistNotAudio
    with opened_in(tmp_path) as opened:
        with pytest.raises(error):
            probe(ProbeRequest(str(upload), f"song{suffix}"))
        assert opened() == {upload.name}
    assert beacon[1]() == 0


@pytest.mark.parametrize("kind", FOLLOWERS)
def test_even_without_our_own_look_no_demuxer_follows_them(
    tmp_path: Path, beacon: tuple[int, Callable[[], int]], kind: str
) -> None:
    """The second lock: should a disguise get past the sniffing, FFmpeg itself may open nothing else."""
    canary = write_song(tmp_path, FORM["wav16"]).rename(tmp_path / "canary.wav")
    upload = tmp_path / "upload.m3u8"
    upload.write_bytes(followers(canary, beacon[0])[kind])
    with opened_in(tmp_path) as opened:
        for demuxer in CONTAINERS:
            try:
                with containers._open_container(str(upload), demuxer) as container:
                    list(container.demux())
            except (DamagedFile, av.error.FFmpegError):
                pass
        assert opened() == {upload.name}
    assert beacon[1]() == 0


def test_the_watch_would_see_a_follower(tmp_path: Path) -> None:
    """The control: opened the plain way, the same ffconcat does reach the canary."""
    canary = write_song(tmp_path, FORM["wav16"]).rename(tmp_path / "canary.wav")
    upload = tmp_path / "upload.ffconcat"
    upload.write_text(f"ffconcat version 1.0\nfile {canary.name}\n")
    with opened_in(tmp_path) as opened:
        with av.open(str(upload)) as container:
            next(container.decode(audio=0), None)
        assert canary.name in opened()


# --- too much ------------------------------------------------------------------------------------------

THIRTEEN_HOURS = 13 * 3_600


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_13_hours_of_silence_are_refused_by_their_header(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    size = THIRTEEN_HOURS * 8_000 * 2
    with path.open("wb") as file:
        file.write(wav_header(1, 8_000, size))
        file.truncate(44 + size)
    began, memory = time.monotonic(), peak_mib()
    with pytest.raises(TooLong, match=r"This file plays 13:00:00 hours; at most 6:00:00 hours"):
        probe(ProbeRequest(str(path), "silence.wav"))
    assert time.monotonic() - began < 1
    assert peak_mib() - memory < 32


def test_13_hours_without_a_header_are_refused_without_decoding_them(tmp_path: Path) -> None:
    """An MP3 of one silent 8 kHz frame over and over: 46 MB, no Info header, nothing but frames to tell."""
    frame = b"\xff\xe3\x18\xc4" + bytes(68)
    path = tmp_path / "silence.mp3"
    path.write_bytes(frame * (THIRTEEN_HOURS * 8_000 // 576))
    began, memory = time.monotonic(), peak_mib()
    with pytest.raises(TooLong):
        probe(ProbeRequest(str(path), "silence.mp3"))
    assert time.monotonic() - began < 15
    assert peak_mib() - memory < 64


def unlabelled_flac(folder: Path, seconds: float) -> bytes:
    """A FLAC whose header doesn't state its length, as one written to a pipe."""
    path = write_song(folder, FORM["flac44"], np.zeros((2, int(44_100 * seconds)), np.float32))
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    return bytes(data)


def test_decoding_stops_at_the_limit_of_time(tmp_path: Path) -> None:
    data = unlabelled_flac(tmp_path, 120)
    with pytest.raises(TooLong, match="more than 0:01:00"):
        probe_bytes(tmp_path, data, "a.flac", max_seconds=60)


def test_decoding_stops_at_the_limit_of_size(tmp_path: Path) -> None:
    data = unlabelled_flac(tmp_path, 60)
    with pytest.raises(TooLargeDecoded, match="more than 8 MiB"):
        probe_bytes(tmp_path, data, "a.flac", max_decoded_bytes=8 << 20)


def test_a_length_that_no_header_states_is_counted(tmp_path: Path) -> None:
    assert probe_bytes(tmp_path, unlabelled_flac(tmp_path, 20), "a.flac").samples == 20 * 44_100


# --- damaged -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["wav16", "flac44", "mp3_cbr_info"])
def test_a_file_that_is_shorter_than_it_says_was_cut_off(
    song_file: Callable[[str], Path], tmp_path: Path, form: str
) -> None:
    whole = song_file(form).read_bytes()
    with pytest.raises(
        TruncatedFile, match=r"plays [89]\.\d s, and [4-6]\.\d s are there\. Send the whole file"
    ):
        probe_bytes(tmp_path, whole[: len(whole) * 6 // 10], form)


@pytest.mark.parametrize("form", ["adts", "opus"])
def test_where_no_header_says_how_long_a_file_is_what_is_there_is_the_file(
    song_file: Callable[[str], Path], tmp_path: Path, form: str
) -> None:
    whole = song_file(form).read_bytes()
    assert 4_500 < probe_bytes(tmp_path, whole[: len(whole) * 6 // 10], form).duration_ms < 6_500


def test_a_chain_whose_rate_changes_is_refused_and_not_cut_without_a_word(tmp_path: Path) -> None:
    vorbis = next(form for form in FORMS if form.name == "vorbis")
    links = [write_song(tmp_path, replace(vorbis, name=f"{rate}", rate=rate)) for rate in (44_100, 48_000)]
    with pytest.raises(DamagedFile, match="sample rate changes"):
        probe_bytes(tmp_path, b"".join(link.read_bytes() for link in links), "chained.ogg")


def test_a_wav_of_zero_bits_is_refused_in_words(song_file: Callable[[str], Path], tmp_path: Path) -> None:
    data = bytearray(song_file("wav16").read_bytes())
    data[34:36] = b"\0\0"
    with pytest.raises(MediaInputRefused):
        probe_bytes(tmp_path, bytes(data), "song.wav")


def test_an_mp4_cut_off_before_its_index_is_refused(song_file: Callable[[str], Path], tmp_path: Path) -> None:
    whole = song_file("m4a44").read_bytes()
    with pytest.raises(DamagedFile, match="cut off"):
        probe_bytes(tmp_path, whole[: len(whole) // 2], "song.m4a")


@pytest.mark.parametrize("form", ["flac44", "mp3_cbr_info", "opus"])
def test_damage_in_the_middle_asks_for_a_mezzanine(
    song_file: Callable[[str], Path], tmp_path: Path, form: str
) -> None:
    data = bytearray(song_file(form).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = np.random.default_rng(1).bytes(20_000)
    report = probe_bytes(tmp_path, bytes(data), form)
    assert report.needs_mezzanine
    assert report.duration_ms > 7_000


def test_a_file_that_is_mostly_rubbish_is_refused(song_file: Callable[[str], Path], tmp_path: Path) -> None:
    data = bytearray(song_file("opus").read_bytes())
    data[3_000:] = np.random.default_rng(1).bytes(len(data) - 3_000)
    with pytest.raises(MediaInputRefused):
        probe_bytes(tmp_path, bytes(data), "a.opus")


def test_no_container_stays_open_after_a_refusal(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        for data in (PNG, wav_header(40, 44_100, 8_000) + bytes(8_000), wav_header(2, 44_100, 0)):
            with pytest.raises(MediaInputRefused):
                probe_bytes(tmp_path, data, "a.wav")
    assert len(os.listdir("/proc/self/fd")) <= before

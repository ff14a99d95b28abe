"""What is served sounds as the source does, at its place, and is as long: each format, both ways, both rates."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.media.makers import correlation, lag_of, play, reference_decode
from tests.support.music import FORMATS, Songs
from tests.support.server import Person, Site

MS = 48
"""Samples at 48 kHz."""
RATES = ("aac128", "aac256")


@lru_cache
def source(path: Path):
    return reference_decode(path)


@pytest.fixture(scope="module")
def listener(site: Site) -> httpx2.Client:
    return site.client()


@pytest.mark.parametrize("form", FORMATS)
def test_hls_and_the_progressive_file_are_the_source_again(
    band: Person, songs: Songs, listener: httpx2.Client, tmp_path: Path, form: str
):
    path = songs.get(form)
    track = band.track(path, publish="true")
    for rendition in RATES:
        playlist, hls = fetch_hls(listener, track, rendition)
        _check_sound(path, hls, tmp_path)
        assert abs(sum(playlist) * 1000 - track["duration_ms"]) <= 1
        whole = listener.get(f"/api/v1/tracks/{track['id']}/stream?codec=aac&bitrate={rendition[3:]}000")
        length_us = _check_sound(path, whole.content, tmp_path)
        assert abs(length_us / 1000 - track["duration_ms"]) <= 1
    assert abs(source(path).shape[1] / 48 - track["duration_ms"]) <= 1


def test_a_start_in_the_middle_is_exact(band: Person, songs: Songs, listener: httpx2.Client, tmp_path: Path):
    path = songs.get("mp3_cbr_no_info")
    track = band.track(path, publish="true")
    durations, media = fetch_hls(listener, track, "aac256", first=3)
    played = _play(media, tmp_path)
    start = round(sum(durations[:3]) * 48_000)
    assert start - 1_024 <= played.first <= start  # FFmpeg drops the encoder's first frame, or shows it
    settled = played.sound[:, 2_048:60_000]
    wanted = source(path)[:, played.first + 2_048 : played.first + 60_000]
    assert abs(lag_of(settled, wanted)) <= MS
    assert correlation(settled, wanted) >= 0.99


def test_a_real_recording_too(band: Person, songs: Songs, listener: httpx2.Client, tmp_path: Path):
    path = songs.recording()
    track = band.track(path, publish="true")
    whole = listener.get(track["stream"]["url"])
    assert abs(_check_sound(path, whole.content, tmp_path) / 1000 - track["duration_ms"]) <= 1


def fetch_hls(
    listener: httpx2.Client, track: dict[str, Any], rendition: str, first: int = 0
) -> tuple[list[float], bytes]:
    """All EXTINF in seconds; and what a player appends that starts at segment `first`."""
    master = listener.get(track["stream"]["hls"])
    assert master.headers["content-type"] == "application/vnd.apple.mpegurl"
    variant = next(line for line in master.text.splitlines() if line.startswith(rendition))
    folder = track["stream"]["hls"].removesuffix("hls.m3u8") + variant.removesuffix("index.m3u8")
    lines = listener.get(folder + "index.m3u8").text.splitlines()
    durations = [float(line[8:-1]) for line in lines if line.startswith("#EXTINF:")]
    names = [line for line in lines if line and not line.startswith("#")]
    return durations, b"".join(listener.get(folder + name).content for name in ["init.mp4", *names[first:]])


def _play(media: bytes, folder: Path):
    path = folder / "heard.mp4"
    path.write_bytes(media)
    return play(path)


def _check_sound(path: Path, media: bytes, folder: Path) -> int:
    """Returns the duration in µs that FFmpeg reports."""
    played = _play(media, folder)
    assert abs(played.first) <= MS
    wanted = source(path)
    length = min(wanted.shape[1], played.sound.shape[1])
    assert wanted.shape[1] - length <= MS
    assert abs(lag_of(played.sound[:, :length], wanted[:, :length])) <= MS
    assert correlation(played.sound[:, :length], wanted[:, :length]) >= 0.99
    return played.duration_us

"""What is not music is refused in words, opens nothing else, and leaves nothing behind."""

import socket
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from tests.support import hostile
from tests.support.music import Songs, wav
from tests.support.server import Person, Site


@dataclass
class Canary:
    """An address that nobody should ever connect to."""

    listening: socket.socket
    visits: list[str] = field(default_factory=list[str])

    @property
    def port(self) -> int:
        return self.listening.getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        while True:
            try:
                visitor, place = self.listening.accept()
            except OSError:
                return
            self.visits.append(str(place))
            visitor.close()


@pytest.fixture
def canary() -> Generator[Canary]:
    canary = Canary(socket.create_server(("127.0.0.1", 0)))
    thread = Thread(target=canary.listen)
    thread.start()
    yield canary
    canary.listening.shutdown(socket.SHUT_RDWR)
    canary.listening.close()
    thread.join()


Make = Callable[[Songs, Canary], bytes]
INPUTS: dict[str, tuple[str, str, Make]] = {
    "png": ("holiday.mp3", "not_audio", lambda songs, canary: hostile.png()),
    "empty": ("song.wav", "empty_file", lambda songs, canary: b""),
    "m4a without its index": (
        "song.m4a",
        "damaged_file",
        lambda songs, canary: songs.get("m4a44").read_bytes()[:40_000],
    ),
    "the head of a flac": (
        "song.flac",
        "damaged_file",
        lambda songs, canary: songs.get("flac44").read_bytes()[:60],
    ),
    "ffconcat": (
        "song.mp3",
        "playlist_not_audio",
        lambda songs, canary: hostile.ffconcat(songs.get("wav16")),
    ),
    "m3u8": ("song.m4a", "playlist_not_audio", lambda songs, canary: hostile.m3u8(canary.address)),
    "sdp": ("song.ogg", "playlist_not_audio", lambda songs, canary: hostile.sdp(canary.port)),
    "dash": ("song.m4a", "playlist_not_audio", lambda songs, canary: hostile.dash(canary.address)),
    "mov with a reference": (
        "song.m4a",
        "external_references",
        lambda songs, canary: hostile.mov_with_reference(songs.get("m4a44").read_bytes(), canary.address),
    ),
    "reference movie": (
        "song.mov",
        "external_references",
        lambda songs, canary: hostile.rmra(canary.address),
    ),
    "40 channels": ("song.wav", "too_many_channels", lambda songs, canary: hostile.forty_channels()),
    "13 h of silence": (
        "song.flac",
        "too_long",
        lambda songs, canary: hostile.long_silence(13, says_its_length=True),
    ),
    "13 h of silence, unsaid": (
        "song.flac",
        "too_long",
        lambda songs, canary: hostile.long_silence(13, says_its_length=False),
    ),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_is_refused_by_name_and_nothing_is_kept(
    site: Site, band: Person, songs: Songs, canary: Canary, kind: str
):
    name, code, make = INPUTS[kind]
    before, tracks = site.kept(), site.sql("SELECT id FROM catalog.track")
    answer = band.upload(make(songs, canary), name)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 15
    assert canary.visits == []
    assert site.kept() == before
    assert site.sql("SELECT id FROM catalog.track") == tracks


def test_says_what_the_file_really_is(band: Person):
    assert "This file is a PNG image named .mp3" in band.upload(hostile.png(), "holiday.mp3").json()["detail"]


def test_half_a_song_is_refused_as_cut_off(band: Person, songs: Songs):
    whole = songs.get("wav16").read_bytes()
    answer = band.upload(whole[: len(whole) // 2], "half.wav")
    assert (answer.status_code, answer.json()["code"]) == (422, "truncated_file")
    assert "Send the whole file" in answer.json()["detail"]


def test_the_next_upload_is_well(band: Person):
    assert band.track(wav(1.0), "after.wav")["media_status"] == "playable"

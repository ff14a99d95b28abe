"""A seek to 3:00 in the first play of a 4-minute FLAC, beside `ffmpeg -ss 180` starting to encode there.

Ours goes over HTTP, the peer's is a process that writes into a pipe. "First second" is from 3:00 on: what lies
before it in the same segment must come, too, but does not count.
"""

import os
import re
import struct
import subprocess
import time
from collections.abc import Callable, Sequence
from shutil import which

from benchmarks.client import Answer, Connection, fetch
from benchmarks.first_sound import CODEC, ENOUGH, KBIT, RENDITION
from benchmarks.processes import rest
from benchmarks.results import PeerMissing, Result, compare
from benchmarks.scene import Scene
from benchmarks.sound import bytes_for
from benchmarks.stage import Stage, Title, say
from benchmarks.supysonic import versions

AT_S = 180.0
GOAL = 1 / 5
Heard = tuple[float, float]
"""First byte and first second, in ms."""


def progressive(scene: Scene, title: Title) -> Heard:
    """By the index in the file's header, which a player has from its beginning."""
    target = f"/api/v1/tracks/{title.ours}/stream?codec={CODEC}&bitrate={KBIT}000"
    who = scene.bearer("listener")

    def read(span: str, at_least: int | None = None) -> Answer:
        answer = fetch(scene.port, target, {**who, "Range": f"bytes={span}"}, at_least=at_least)
        if answer.status != 206:
            raise RuntimeError(f"{answer.status}: {bytes(answer.body[:300])!r}")
        return answer

    start = bytes(read("0-1023").body)
    length = header_length(start)
    header = start[:length] if length <= len(start) else start + bytes(read(f"1024-{length - 1}").body)
    offset, lead_in = slot_at(header, AT_S)
    rest(scene.pid)
    answer = read(f"{offset}-", 2 * ENOUGH + int(lead_in * KBIT * 125))
    return _heard(answer, header, lead_in)


def hls(scene: Scene, title: Title) -> Heard:
    """The segments that hold 3:00 and the second after; playlist and init segment are there already."""
    master = scene.api("GET", f"/tracks/{title.ours}", who="listener")["stream"]["hls"]
    root = master.rpartition("/")[0]
    listed = bytes(fetch(scene.port, master).body).decode().split()
    playlist = next(line for line in listed if line.startswith(f"{RENDITION}/"))
    folder = f"{root}/{playlist.rpartition('/')[0]}"
    durations = re.findall(r"#EXTINF:([\d.]+)", bytes(fetch(scene.port, f"{root}/{playlist}").body).decode())
    index, lead_in = segment_at([float(text) for text in durations], AT_S)
    wanted = [index] if lead_in + 1 <= float(durations[index]) else [index, index + 1]
    with Connection(scene.port) as connection:
        init = bytes(connection.get(f"{folder}/init.mp4").body)
        rest(scene.pid)
        begun = time.perf_counter()
        sound = Answer(status=206)
        for number in wanted:
            before = len(sound.body)
            segment = connection.get(f"{folder}/{number}.m4s", since=begun)
            sound.body += segment.body
            sound.arrivals += [(at, before + count) for at, count in segment.arrivals]
    return _heard(sound, init, lead_in)


def ffmpeg(title: Title) -> Heard:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-ss", str(AT_S), "-i", str(title.file), "-t", "10"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "-c:a", "aac", "-b:a", f"{KBIT}k", "-f", "adts", "pipe:1"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    sound = Answer(status=206)
    try:
        while len(sound.body) < ENOUGH and (piece := os.read(process.stdout.fileno(), 1 << 16)):
            sound.body += piece
            sound.arrivals.append((time.perf_counter() - begun, len(sound.body)))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    return _heard(sound, b"", 0.0)


def _heard(sound: Answer, before: bytes, lead_in: float) -> Heard:
    """`before` is what the player had already; `lead_in` seconds come before the wanted place."""
    content = before + bytes(sound.body)
    second = sound.when(bytes_for(content, lead_in + 1.0) - len(before))
    return sound.first_byte_s * 1e3, second * 1e3


def header_length(start: bytes) -> int:
    """Up to the end of the `sidx` box, from the first bytes of a file."""
    at = 0
    while True:
        size, kind = struct.unpack_from(">I4s", start, at)
        at += size
        if kind == b"sidx":
            return at


def slot_at(header: bytes, seconds: float) -> tuple[int, float]:
    """The byte at which the slot with this instant begins, and how many seconds of it come before the instant."""
    sidx = header.index(b"sidx") - 4
    _, rate = struct.unpack_from(">II", header, sidx + 12)
    (count,) = struct.unpack_from(">H", header, sidx + 38)
    offset, begins = len(header), 0.0
    for number in range(count):
        size, duration, _ = struct.unpack_from(">III", header, sidx + 40 + 12 * number)
        if begins + duration / rate > seconds:
            return offset, seconds - begins
        offset, begins = offset + size, begins + duration / rate
    raise LookupError(f"the file ends before {seconds} s")


def segment_at(durations: Sequence[float], seconds: float) -> tuple[int, float]:
    """The number of the segment that holds an instant, and how many seconds of it come before."""
    begins = 0.0
    for index, duration in enumerate(durations):
        if begins + duration > seconds:
            return index, seconds - begins
        begins += duration
    raise LookupError(f"the playlist ends before {seconds} s")


WAYS: dict[str, Callable[[Scene, Title], Heard]] = {"progressive": progressive, "HLS": hls}


def run(stage: Stage) -> list[Result]:
    if which("ffmpeg") is None:
        raise PeerMissing("ffmpeg is needed; on Debian: apt-get install ffmpeg")
    peer = f"ffmpeg {versions()['ffmpeg']} -ss {AT_S:.0f}"
    results: list[Result] = []
    for kind, titles in stage.titles.items():
        for name, way in WAYS.items():
            say(f"seek in the {kind} piece, {name}")
            stage.cold()
            ours: list[Heard] = []
            theirs: list[Heard] = []
            for title in titles:
                rest(stage.scene.pid)
                ours.append(way(stage.scene, title))
                rest(stage.scene.pid)
                theirs.append(ffmpeg(title))
            for text, part in (("first byte", 0), ("first second", 1)):
                results.append(
                    compare(
                        f"seek, {text}: {kind}, {name}",
                        [one[part] for one in ours[1:]],  # the first warmed up
                        [one[part] for one in theirs[1:]],
                        unit="ms",
                        peer_name=peer,
                        goal=GOAL,
                    )
                )
    return results

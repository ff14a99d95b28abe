"""From the request to sound: the first play of a 4-minute FLAC as AAC at 256 kbit/s, beside Supysonic.

Cold: nobody has played the track before. The client reads until it has well over a second, then leaves.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.client import Answer, Connection, fetch
from benchmarks.processes import cpu_seconds, rest
from benchmarks.results import Result, compare
from benchmarks.scene import Scene
from benchmarks.sound import bytes_for
from benchmarks.stage import Stage, Title, say
from benchmarks.supysonic import Supysonic, versions

RENDITION, CODEC, KBIT = "aac256", "aac", 256
ENOUGH = 80_000
"""Bytes: some 2.4 s."""
GOAL, FLOOR = 1 / 8, 1 / 4


@dataclass(frozen=True, slots=True)
class Heard:
    """One start, in ms since its first request."""

    first_byte: float
    first_second: float
    """When what had come was enough to decode a second."""
    cpu_s: float


@dataclass
class Row:
    heard: list[Heard] = field(default_factory=list[Heard])

    def each(self, name: str) -> list[float]:
        return [getattr(one, name) for one in self.heard]


def heard(answer: Answer) -> tuple[float, float]:
    """First byte and first second of one answer, in ms."""
    if answer.status not in (200, 206):
        raise RuntimeError(f"{answer.status}: {bytes(answer.body[:300])!r}")
    second = answer.when(bytes_for(bytes(answer.body), 1.0))
    return answer.first_byte_s * 1e3, second * 1e3


def progressive(scene: Scene, title: Title) -> tuple[float, float]:
    """As an API client plays: one request, the session and the track looked up."""
    target = f"/api/v1/tracks/{title.ours}/stream?codec={CODEC}&bitrate={KBIT}000"
    return heard(fetch(scene.port, target, scene.bearer("listener"), at_least=ENOUGH))


def hls(scene: Scene, title: Title) -> tuple[float, float]:
    """As the page plays: the list of renditions, the playlist, the init segment, then segment by segment."""
    master = scene.api("GET", f"/tracks/{title.ours}", who="listener")["stream"]["hls"]
    root = master.rpartition("/")[0]
    begun = time.perf_counter()
    sound = Answer()
    with Connection(scene.port) as connection:

        def get(path: str) -> Answer:
            answer = connection.get(path, since=begun)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            return answer

        listed = bytes(get(master).body).decode().split()
        playlist = next(line for line in listed if line.startswith(f"{RENDITION}/"))
        get(f"{root}/{playlist}")
        folder = f"{root}/{playlist.rpartition('/')[0]}"
        sound.body += get(f"{folder}/init.mp4").body
        for index in (0, 1):
            before = len(sound.body)
            segment = get(f"{folder}/{index}.m4s")
            sound.body += segment.body
            sound.arrivals += [(at, before + count) for at, count in segment.arrivals]
        sound.status = 200
    return heard(sound)


def supysonic(server: Supysonic, title: Title, codec: str) -> tuple[float, float]:
    return heard(server.stream(title.theirs, codec, KBIT, ENOUGH))


def measured(pid: int, play: Callable[[], tuple[float, float]]) -> Heard:
    """One play, and the CPU of the server's whole tree until it is at rest again."""
    rest(pid)
    before = cpu_seconds(pid)
    first_byte, first_second = play()
    rest(pid)
    return Heard(first_byte, first_second, cpu_seconds(pid) - before)


Way = Callable[[Scene, Title], tuple[float, float]]
WAYS: dict[str, Way] = {"progressive": progressive, "HLS": hls}


def interleaved(stage: Stage, way: Way, titles: Sequence[Title]) -> dict[str, Row]:
    """Ours and theirs in turn on the same titles, the first of which only warms up."""
    stage.cold()
    rows = {name: Row() for name in ("ours", "aac", "mp3")}
    scene, peer = stage.scene, stage.supysonic
    for number, title in enumerate(titles):

        def play(name: str, title: Title = title) -> Heard:
            if name == "ours":
                return measured(scene.pid, lambda: way(scene, title))
            return measured(peer.pid, lambda: supysonic(peer, title, name))

        order = list(rows) if number % 2 else list(rows)[::-1]
        for name in order:
            one = play(name)
            if number:
                rows[name].heard.append(one)
    return rows


def run(stage: Stage) -> list[Result]:
    results: list[Result] = []
    peer = f"Supysonic {versions()['supysonic']}"
    for kind, titles in stage.titles.items():
        for name, way in WAYS.items():
            say(f"first sound of the {kind} piece, {name}")
            rows = interleaved(stage, way, titles)
            results += _results(f"{kind}, {name}", rows, peer)
        results.append(whole_play(stage, kind, titles[1:4], peer))
    return results


def _results(what: str, rows: dict[str, Row], peer: str) -> list[Result]:
    ours, aac, mp3 = rows["ours"], rows["aac"], rows["mp3"]
    bounds = {"goal": GOAL, "floor": FLOOR}
    named = {
        "first byte": "first_byte",
        "first second": "first_second",
    }
    results = [
        compare(
            f"{text}: {what}", ours.each(key), aac.each(key), unit="ms", peer_name=f"{peer}, AAC", **bounds
        )
        for text, key in named.items()
    ]
    results.append(
        compare(
            f"first second: {what}",
            ours.each("first_second"),
            mp3.each("first_second"),
            unit="ms",
            peer_name=f"{peer}, MP3",
        )
    )
    results.append(
        compare(
            f"CPU of a start: {what}",
            ours.each("cpu_s"),
            aac.each("cpu_s"),
            unit="s",
            peer_name=f"{peer}, AAC",
        )
    )
    return results


def whole_play(stage: Stage, kind: str, titles: Sequence[Title], peer: str) -> Result:
    """CPU of a first play from beginning to end, as fast as the client can take it."""
    say(f"whole first plays of the {kind} piece")
    stage.cold()
    scene, server = stage.scene, stage.supysonic
    ours: list[float] = []
    theirs: list[float] = []
    for title in titles:
        target = f"/api/v1/tracks/{title.ours}/stream?codec={CODEC}&bitrate={KBIT}000"
        ours.append(_cpu_of(scene.pid, lambda t=target: fetch(scene.port, t, scene.bearer("listener"))))
        theirs.append(_cpu_of(server.pid, lambda t=title.theirs: server.stream(t, CODEC, KBIT)))
    return compare(f"CPU of a whole play: {kind}", ours, theirs, unit="s", peer_name=f"{peer}, AAC")


def _cpu_of(pid: int, play: Callable[[], Answer]) -> float:
    rest(pid)
    before = cpu_seconds(pid)
    with suppress(LookupError):
        answer = play()
        if answer.status != 200 or not answer.ended:
            raise RuntimeError(f"{answer.status} after {len(answer.body)} bytes")
    rest(pid)
    return cpu_seconds(pid) - before

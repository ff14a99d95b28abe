"""`basedmusic serve --demo` on an empty folder: how soon one hears something, all is there, all is measured.

And where the time goes: CPU per second of music for each part of a piece's way, and of each process.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from basedmusic.app.demo.artists import ARTISTS
from basedmusic.app.demo.pieces import Recording, in_order
from basedmusic.app.wiring import INGEST_STEPS
from basedmusic.codec.contracts import ProbeRequest, SourceRef
from basedmusic.codec.cover import render_cover
from basedmusic.codec.demo.contracts import Poster
from basedmusic.codec.demo.posters import draw_poster
from basedmusic.codec.flac import write_flac
from basedmusic.codec.loudness import measure_loudness
from basedmusic.codec.measures import CoverRequest, LoudnessRequest, PeaksRequest
from basedmusic.codec.peaks import compute_peaks
from basedmusic.codec.probe import probe
from basedmusic.dsp.synth import RATE, Style, compose
from benchmarks.processes import cpu_by_child
from benchmarks.results import Result
from benchmarks.scene import Scene
from benchmarks.stage import Stage, say

FIRST_GOAL_S = 10.0
ALL_GOAL_S = 60.0
LIMIT_S = 600.0
POLL_S = 0.25
T = TypeVar("T")
Parts = dict[str, float]
"""CPU seconds by name."""


def run(stage: Stage) -> list[Result]:
    return [*_parts_of_the_way(stage.folder), *_whole(stage.folder / "demo")]


def _whole(folder: Path) -> list[Result]:
    """Served and filled from nothing, until the last background step is done."""
    say("filling an empty scene with demo music")
    scene = Scene(folder / "scene", options=("--demo",))
    recordings = in_order(ARTISTS)
    begun = time.perf_counter()
    try:
        scene.start()
        first = _until(begun, lambda: _published(scene) >= 1)
        every = _until(begun, lambda: _published(scene) >= len(recordings))
        published = cpu_by_child(scene.pid)
        measured = _until(begun, lambda: _measured(scene))
        whole = cpu_by_child(scene.pid)
    finally:
        scene.stop()
    for name, until in published.items():  # who has ended is counted as far as it came
        print(
            f"{until:7.1f} CPU s until all were published, {whole.get(name, until):7.1f} in the end: {name}"
        )
    return [
        Result("demo: command to the first piece that plays", first, "s", goal=FIRST_GOAL_S),
        Result(f"demo: command to all {len(recordings)} published and playable", every, "s", goal=ALL_GOAL_S),
        Result("demo: command to the last background step", measured, "s"),
        Result("demo: CPU until all were published", sum(published.values()), "s", goal=2 * ALL_GOAL_S),
        Result("demo: CPU until the last step", sum(whole.values()), "s"),
    ]


def _until(begun: float, is_so: Callable[[], bool]) -> float:
    while not is_so():
        if time.perf_counter() - begun > LIMIT_S:
            raise RuntimeError("the demo scene did not become complete")
        time.sleep(POLL_S)
    return time.perf_counter() - begun


def _published(scene: Scene) -> int:
    return sum(1 for track in _tracks(scene) if track["stream"])


def _measured(scene: Scene) -> bool:
    return all(len(track["steps_done"]) == len(INGEST_STEPS) for track in _tracks(scene))


def _tracks(scene: Scene) -> list[dict[str, Any]]:
    return scene.api("GET", "/tracks?limit=100")["items"]


def _parts_of_the_way(folder: Path) -> list[Result]:
    """One piece of each style, by the functions that the media processes run."""
    say("making one piece of each style")
    one_each = {one.piece.style: one for one in reversed(in_order(ARTISTS))}.values()
    sums: Parts = {}
    for recording in one_each:
        parts = _way(folder, recording)
        print(
            "  ".join(f"{name} {parts[name] * 1e3 / recording.piece.seconds:5.2f}" for name in parts), end=""
        )
        print(f"  ms CPU per second: {recording.piece.style}")
        for name, seconds in parts.items():
            sums[name] = sums.get(name, 0.0) + seconds
    music = sum(one.piece.seconds for one in one_each)
    return [
        Result(f"demo: {name}, per second of music", seconds * 1e3 / music, "ms CPU")
        for name, seconds in sums.items()
    ]


def _way(folder: Path, recording: Recording) -> Parts:
    piece, path = recording.piece, folder / "piece.flac"
    parts: Parts = {}
    sound = _timed(parts, "compose", lambda: compose(piece.seed, Style(piece.style), piece.seconds))
    _timed(parts, "FLAC", lambda: write_flac(str(path), sound, RATE))
    found = _timed(parts, "probe", lambda: probe(ProbeRequest(str(path))))
    source = SourceRef(str(path), found.sample_rate, found.samples)
    _timed(parts, "loudness", lambda: measure_loudness(LoudnessRequest(source)))
    _timed(parts, "peaks", lambda: compute_peaks(PeaksRequest(source)))
    poster = recording.release.cover or Poster("moon", "#14110F", "#FBF8F3", 1)
    picture = _timed(parts, "drawing the cover", lambda: draw_poster(poster))
    _timed(parts, "its sizes", lambda: render_cover(CoverRequest("", picture)))
    return parts


def _timed(parts: Parts, name: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    result = work()
    parts[name] = time.process_time() - begun
    return result

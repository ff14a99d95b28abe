"""python -m benchmarks [NAME…] [--repeats N]: run the benchmarks (all, if none is named) and print one table."""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from shutil import which

from benchmarks import (
    accounts,
    demo_scene,
    first_sound,
    page,
    places,
    seek,
    served_ranges,
    start_and_rest,
    supysonic,
)
from benchmarks.results import PeerMissing, Result, table
from benchmarks.stage import Stage

BENCHMARKS: dict[str, Callable[[Stage], list[Result]]] = {
    "start_and_rest": start_and_rest.run,
    "first_sound": first_sound.run,
    "seek": seek.run,
    "served_ranges": served_ranges.run,
    "page": page.run,
    "demo_scene": demo_scene.run,
    "accounts": accounts.run,
    "places": places.run,
}
REPEATS = 11


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--repeats", type=int, default=REPEATS, help="measurements per figure")
    parser.add_argument("--folder", type=Path, help="where to work, if not in the system's temporary folder")
    parser.add_argument("--recordings", type=Path, metavar="FOLDER", help="measure one of its recordings too")
    options = parser.parse_args()
    unknown = set(options.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    print(describe_machine(), describe_versions(), "", sep="\n")
    results: list[Result] = []
    missing: list[str] = []
    with Stage(options.repeats, options.folder, options.recordings) as stage:
        for name in options.names or BENCHMARKS:
            try:
                results += BENCHMARKS[name](stage)
            except PeerMissing as error:
                missing.append(f"{name} was not run. {error}")
    print("", table(results), "", f"Load at the end: {_load()}", *missing, sep="\n")
    return 1 if missing else 0


def describe_machine() -> str:
    models = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    name = ", ".join(sorted(models)) or platform.machine()
    return f"{when}; {os.cpu_count()} x {name}; Linux {platform.release()}; load {_load()}"


def describe_versions() -> str:
    ours = ("basedmusic", "av", "uvicorn", "starlette", "fastapi", "asyncpg", "numpy")
    parts = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in ours)]
    parts += [f"{name} {text or 'missing'}" for name, text in supysonic.versions().items()]
    if which("ffmpeg"):
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout
        parts.append(" ".join(said.split()[:3]))
    return "; ".join(parts)


def _load() -> str:
    return " ".join(f"{figure:.1f}" for figure in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())

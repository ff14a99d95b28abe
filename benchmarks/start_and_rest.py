"""How soon an existing scene answers /readyz, and what memory it takes ten seconds later."""

import time
from statistics import median

from benchmarks.processes import Memory, cpu_seconds, memory
from benchmarks.results import Result
from benchmarks.stage import Stage, say

STARTS = 7
READY_GOAL_S = 1.5
SETTLED_S = 10.0
PSS_GOAL_MB = 300.0


def run(stage: Stage) -> list[Result]:
    scene = stage.scene
    say(f"starting the scene {STARTS} times")
    times: list[float] = []
    cpu: list[float] = []
    for _ in range(STARTS):
        scene.stop()
        times.append(scene.start())
        cpu.append(cpu_seconds(scene.pid))
    time.sleep(SETTLED_S)
    processes = memory(scene.pid)
    print(_describe(processes))
    if not any(" worker " in f"{process.command} " for process in processes):
        raise RuntimeError("the worker is not running: what was measured is not the whole scene")
    total = sum(process.pss_mb for process in processes)
    spread = min(times), max(times)
    return [
        Result("serve to /readyz", median(times), "s", goal=READY_GOAL_S, spread=spread),
        Result("CPU of all processes until then", median(cpu), "s", spread=(min(cpu), max(cpu))),
        Result(f"PSS {SETTLED_S:.0f} s after start", total, "MB", goal=PSS_GOAL_MB),
    ]


def _describe(processes: list[Memory]) -> str:
    lines = [f"{one.pss_mb:7.1f} MB  {_short(one.command)}" for one in processes]
    return "\n".join([*lines, f"{sum(one.pss_mb for one in processes):7.1f} MB  together"])


def _short(command: str) -> str:
    """Without the paths, which differ from machine to machine."""
    words = [word.rpartition("/")[2] or word for word in command.split()]
    return " ".join(words)[:70]

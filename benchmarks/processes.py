"""What /proc says of a tree of processes: CPU and memory."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Stat:
    pid: int
    parent: int
    state: str
    own_s: float
    """CPU seconds of its own, user and system."""
    reaped_s: float
    """Of its children that have ended and been waited for."""


def read_stat(pid: int) -> Stat | None:
    """None when the process is gone."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    ticks = [int(fields[index]) for index in (11, 12, 13, 14)]
    return Stat(pid, int(fields[1]), fields[0], sum(ticks[:2]) * TICK_S, sum(ticks[2:]) * TICK_S)


def tree(root: int) -> list[Stat]:
    """`root` and all that descend from it, zombies included."""
    pids = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    children: dict[int, list[Stat]] = {}
    for stat in filter(None, map(read_stat, pids)):
        children.setdefault(stat.parent, []).append(stat)
    own = read_stat(root)
    found = [own] if own else []
    for stat in found:  # grows while we walk it
        found += children.get(stat.pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """Of everything that descends from `root`, of what has ended too."""
    return sum(stat.own_s + stat.reaped_s for stat in tree(root))


def cpu_by_child(root: int) -> dict[str, float]:
    """As `cpu_seconds`, apart for `root` itself and each process it started, by the name of the command."""
    found = {"supervisor": stat.own_s + stat.reaped_s} if (stat := read_stat(root)) else {}
    for child in tree(root)[1:]:
        if child.parent == root:
            words = (PROC / str(child.pid) / "cmdline").read_bytes().decode().split("\0")
            name = words[3] if words[1:3] == ["-m", "basedmusic"] else Path(words[0]).name.rstrip(":")
            found[name] = found.get(name, 0.0) + cpu_seconds(child.pid)
    return found


def rest(root: int, *, limit_s: float = 10.0, still_s: float = 0.06) -> None:
    """Wait until the tree uses no CPU, so that one measurement does not pay for the one before."""
    end, before, since = time.monotonic() + limit_s, -1.0, time.monotonic()
    while time.monotonic() < end:
        now = cpu_seconds(root)
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since >= still_s:
            return
        time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class Memory:
    pid: int
    pss_mb: float
    command: str


def memory(root: int) -> list[Memory]:
    """The proportional set size of each process of the tree; they sum up without counting a page twice."""
    found: list[Memory] = []
    for stat in tree(root):
        try:
            lines = (PROC / str(stat.pid) / "smaps_rollup").read_text().splitlines()
            command = (PROC / str(stat.pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        pss = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
        found.append(Memory(stat.pid, pss / 1024, command))
    return found


def end(process: "subprocess.Popen[bytes]", limit_s: float = 12.0) -> None:
    """SIGTERM, and SIGKILL for what does not listen; only this process, by its number."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""CPU of a warm 64 KB range: our file answer alone, and through the real server behind the signature check,
beside Starlette's FileResponse in the barest server (see file_ranges, whose servers and client these are)."""

import hashlib
import random
import socket
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from benchmarks import file_ranges
from benchmarks.file_ranges import LISTENERS, SIZE
from benchmarks.processes import rest, tree
from benchmarks.results import Result, compare
from benchmarks.scene import library
from benchmarks.stage import Stage, say

TURNS = 60
GOAL = 1 / 8


def run(stage: Stage) -> list[Result]:
    say("warm ranges of 64 KB")
    file = stage.music["synthesised"][0]
    content = file.read_bytes()
    with ExitStack() as stack:
        port, target = stage.scene.port, _address(stage, file, content)
        web = _web_process(stage.scene.pid)
        clients = [stack.enter_context(_connect(port)) for _ in range(LISTENERS)]
        servers = {
            name: stack.enter_context(file_ranges.running(name, file)) for name in ("ours", "starlette")
        }
        ways = {name: (pid, sockets, "/file") for name, (pid, sockets) in servers.items()}
        ways["signed"] = (web, clients, target)
        figures: dict[str, list[float]] = {name: [] for name in ways}
        rest(stage.scene.pid)
        for number in range(stage.repeats + 1):
            for name, (pid, sockets, path) in ways.items():
                figure = _measure(pid, sockets, path, content, number)
                if number:  # the first warms up
                    figures[name].append(figure)
    peer = f"Starlette {version('starlette')} FileResponse"
    return [
        compare(text, figures[name], figures["starlette"], unit="µs CPU", peer_name=peer, goal=GOAL)
        for text, name in (
            ("warm 64 KB range, the answer alone", "ours"),
            ("warm 64 KB range, real server, signed", "signed"),
        )
    ]


def _address(stage: Stage, file: Path, content: bytes) -> str:
    """The signed address of the original."""
    scene = stage.scene
    (track,) = library(scene, [file])
    hls = scene.api("GET", f"/tracks/{track}", who="listener")["stream"]["hls"]
    return f"{hls.rpartition('/')[0]}/original/{hashlib.sha256(content).hexdigest()[:16]}"


def _web_process(root: int) -> int:
    """The process of the tree that answers HTTP."""
    for stat in tree(root):
        command = Path(f"/proc/{stat.pid}/cmdline").read_bytes().split(b"\0")
        if command[1:4] == [b"-m", b"basedmusic", b"web"]:
            return stat.pid
    raise LookupError("no web process")


def _connect(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def _measure(pid: int, clients: list[socket.socket], target: str, content: bytes, seed: int) -> float:
    """CPU per request in microseconds, all `clients` asking at once in every turn; each answer is compared."""
    choice = random.Random(seed)
    before = file_ranges.cpu_seconds(pid)
    for _ in range(TURNS):
        starts = [choice.randrange(len(content) - SIZE) for _ in clients]
        for client, start in zip(clients, starts, strict=True):
            span = f"bytes={start}-{start + SIZE - 1}"
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: {span}\r\n\r\n".encode())
        for client, start in zip(clients, starts, strict=True):
            if file_ranges.hear(client) != content[start : start + SIZE]:
                raise RuntimeError(f"{target}: other bytes than the file's at {start}")
    return (file_ranges.cpu_seconds(pid) - before) / (TURNS * len(clients)) * 1e6

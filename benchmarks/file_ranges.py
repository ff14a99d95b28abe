"""CPU of a warm 64 KB range of a local file: our page-cache answer beside Starlette's FileResponse.

    python benchmarks/file_ranges.py [--turns 100] [--rounds 7]

Both behind the same kind of server (uvicorn, uvloop, httptools, no access log) in processes of their own, on
loopback, in turn and 16 listeners at once, so that a noisy machine is noisy for both. CPU is all of the
server process's threads, user and system, from /proc; the client's is not counted. Each answer's content is
compared with the file. A third server answers 64 KB from anywhere in 8 MB of memory in the barest way
Starlette and uvicorn allow: what no file answer behind them can beat.
"""

import argparse
import random
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import uvicorn
from starlette import __version__ as starlette_version
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from basedmusic.platform.files import serve_file

SIZE = 64 << 10
FILE_BYTES = 8 << 20
LISTENERS = 16
GOAL = 1 / 8


class Ours:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve_file(scope, receive, send, path=self._path, media_type="audio/mp4")


class Starlettes:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await FileResponse(self._path, media_type="audio/mp4")(scope, receive, send)


class Floor:
    def __init__(self, path: Path) -> None:
        self._content = path.read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"%d" % SIZE), (b"content-type", b"audio/mp4")]
        start = random.randrange(FILE_BYTES - SIZE)
        await send({"type": "http.response.start", "status": 206, "headers": headers})
        await send({"type": "http.response.body", "body": self._content[start : start + SIZE]})


SERVERS = {"ours": Ours, "starlette": Starlettes, "floor": Floor}


def serve(name: str, path: Path, fd: int) -> None:
    app = Starlette(routes=[Route("/file", SERVERS[name](path), methods=["GET", "HEAD"])])
    config = uvicorn.Config(
        app,
        fd=fd,
        timeout_keep_alive=600,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="error",
    )
    uvicorn.Server(config).run()


@contextmanager
def running(name: str, path: Path) -> Generator[tuple[int, list[socket.socket]]]:
    """The process id of a server, and connections to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, __file__, "--serve", name, str(path), str(listener.fileno())]
        process = subprocess.Popen(command, pass_fds=[listener.fileno()])
        try:
            with ExitStack() as stack:
                address = listener.getsockname()
                yield process.pid, [_connect(stack, address) for _ in range(LISTENERS)]
        finally:
            process.terminate()
            process.wait()


def _connect(stack: ExitStack, address: tuple[str, int]) -> socket.socket:
    client = stack.enter_context(socket.create_connection(address))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def ask(client: socket.socket, start: int) -> None:
    span = f"bytes={start}-{start + SIZE - 1}"
    client.sendall(f"GET /file HTTP/1.1\r\nHost: x\r\nRange: {span}\r\n\r\n".encode())


def hear(client: socket.socket) -> bytes:
    """The body, of SIZE bytes."""
    data = bytearray()
    while (split := data.find(b"\r\n\r\n")) < 0 or len(data) < split + 4 + SIZE:
        received = client.recv(2 * SIZE)
        assert received, data[:500]
        data += received
    assert data.startswith(b"HTTP/1.1 206"), data[:500]
    return bytes(data[split + 4 :])


def cpu_seconds(pid: int) -> float:
    """Time on a CPU of all threads of `pid`, user and system, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def measure(pid: int, clients: list[socket.socket], content: bytes, turns: int, seed: int) -> float:
    """CPU per request in microseconds, all `clients` asking at once in every turn."""
    choice = random.Random(seed)
    before = cpu_seconds(pid)
    for _ in range(turns):
        starts = [choice.randrange(FILE_BYTES - SIZE) for _ in clients]
        for client, start in zip(clients, starts, strict=True):
            ask(client, start)
        for client, start in zip(clients, starts, strict=True):
            body = hear(client)
            assert body == content[start : start + SIZE] or content == b""
    return (cpu_seconds(pid) - before) / (turns * len(clients)) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--serve", nargs=3, metavar=("SERVER", "FILE", "FD"))
    options = parser.parse_args()
    if options.serve:
        name, path, fd = options.serve
        serve(name, Path(path), int(fd))
    else:
        compare(options.turns, options.rounds)


def compare(turns: int, rounds: int) -> None:
    content = random.Random(1).randbytes(FILE_BYTES)
    figures: dict[str, list[float]] = {name: [] for name in SERVERS}
    with tempfile.NamedTemporaryFile(dir=".") as file, ExitStack() as stack:
        file.write(content)
        file.flush()
        servers = {name: stack.enter_context(running(name, Path(file.name))) for name in SERVERS}
        for round_ in range(rounds + 1):
            for name, (pid, clients) in servers.items():
                figure = measure(pid, clients, b"" if name == "floor" else content, turns, round_)
                if round_:  # the first warms up
                    figures[name].append(figure)
    cpu = {name: statistics.median(figures[name]) for name in SERVERS}
    for name in SERVERS:
        low, high = min(figures[name]), max(figures[name])
        print(f"{name:10} {cpu[name]:7.1f} us of CPU per range ({low:.1f} to {high:.1f})")
    print(f"ours / starlette {starlette_version}: {cpu['ours'] / cpu['starlette']:.3f} (goal {GOAL})")
    print(
        f"above the floor: {cpu['ours'] - cpu['floor']:.1f} against {cpu['starlette'] - cpu['floor']:.1f} us"
    )


if __name__ == "__main__":
    main()

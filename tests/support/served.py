"""`basedmusic serve` as an operator runs it: a process of its own, its own PostgreSQL, a folder in /tmp."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
from tests.support.server import BORN, PASSWORD, Person, run_sql, soon

from basedmusic.platform.postgres import EmbeddedPostgres

READY_S = 40.0


class Served:
    """A data folder, and the processes that serve it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.log = data.with_suffix(".log")
        self.port = _free_port()
        self._supervisor: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def supervisor(self) -> "subprocess.Popen[bytes]":
        assert self._supervisor is not None
        return self._supervisor

    def start(self) -> None:
        ours = {name: text for name, text in os.environ.items() if not name.startswith("BASEDMUSIC_")}
        options = ["--data", str(self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-m", "basedmusic", "serve", *options],
                env=ours,
                cwd=self.data.parent,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert soon(self.is_ready, READY_S), self.log.read_text()[-4000:]

    def is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/readyz", timeout=3, trust_env=False).status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self) -> int:
        self.supervisor.send_signal(signal.SIGTERM)
        return self.supervisor.wait(30)

    def process(self, name: str) -> int:
        """The pid of `web`, `worker`, `serve`, or of the `guard` or the `postgres` it guards."""
        if name == "postgres":
            return int((self.data / "pg" / "postmaster.pid").read_text().split("\n")[0])
        marks = {"guard": b"guard.py"}
        mark = marks.get(name, f"\0basedmusic\0{name}\0".encode())
        pids = [pid for pid in _named(self.data) if mark in _command(pid)]
        assert len(pids) == 1, (name, pids)
        return pids[0]

    def family(self) -> set[int]:
        """Everything that runs for this folder: named by it, or a descendant of what is."""
        found = set(_named(self.data))
        parents = {pid: _parent(pid) for pid in _pids()}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {os.getpid()}

    def dsn(self) -> str:
        postgres = EmbeddedPostgres(self.data)
        try:
            return postgres.start()
        finally:
            postgres.release()

    def sql(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        return asyncio.run(run_sql(self.dsn(), query, *arguments))

    def person(self) -> Person:
        client = httpx2.Client(base_url=f"{self.address}/api/v1", timeout=60, trust_env=False)
        login = {"email": "mara@example.org", "password": PASSWORD}
        account = client.post("/accounts", json={**login, "display_name": "Mara", "born": BORN}).json()
        token: str = client.post("/sessions", json=login).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        artist = client.post("/artists", json={"name": "Mara and the Tides", "city": "Rust Harbour"}).json()
        return Person(account["id"], client, artist["id"], login["email"])

    def stored(self) -> set[str]:
        """Keys of all blobs."""
        folder = self.data / "blobs"
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    def open_sockets(self) -> list[Path]:
        return [path for path in self.data.rglob("*") if path.is_socket()]


@contextmanager
def served() -> Generator[Served]:
    """A scene that runs, and of which nothing is left afterwards."""
    home = Path(tempfile.mkdtemp(prefix="bm-crash-", dir="/tmp"))
    scene = Served(home / "data")
    try:
        scene.start()
        yield scene
    finally:
        if scene._supervisor is not None and scene._supervisor.poll() is None:
            scene.stop()
        kill(*scene.family())
        shutil.rmtree(home)


def kill(*pids: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def gone(pids: set[int]) -> bool:
    return not any(_is_alive(pid) for pid in pids)


def patient(call: Callable[[], httpx2.Response], within_s: float = 30.0) -> dict[str, Any]:
    """A client that tries again while the server is away: the first answer that is a success."""
    answers: list[httpx2.Response] = []

    def attempt() -> bool:
        try:
            answers.append(call())
        except httpx2.TransportError:
            return False
        return answers[-1].status_code < 400

    assert soon(attempt, within_s), answers and answers[-1].text
    return answers[-1].json()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _named(data: Path) -> list[int]:
    return [pid for pid in _pids() if os.fsencode(data) in _command(pid) and _is_alive(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _is_alive(pid: int) -> bool:
    """Not gone, and no zombie that waits for somebody to read its end."""
    fields = _stat(pid)
    return bool(fields) and fields[0] != "Z"

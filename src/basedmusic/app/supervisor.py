"""`basedmusic serve`: PostgreSQL, web and worker as one command, restarting what dies.

Standard library only and no event loop: this process must be the last to break. Children die with it
(PR_SET_PDEATHSIG), and the database's guard ends the server when nobody holds it any more, so that not even
kill -9 of everything leaves something behind. Whatever goes wrong is said once and tried again; only what no
second try would mend ends us, and only before the database has run.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

from basedmusic.kernel.errors import Unavailable
from basedmusic.platform.postgres import (
    DatabaseBinariesMissing,
    DataFolderUnreachable,
    DataFolderWrongVersion,
    EmbeddedPostgres,
    SystemUserMissing,
)
from basedmusic.platform.processes import SUPERVISED
from basedmusic.platform.settings import Settings

DRAIN_S = 9.0
"""SIGTERM to the end of everything takes at most ten seconds; the last of them is for killing."""
TICK_S = 0.2
CALM_S = 10.0
"""A child that lived so long has its restarts forgiven."""
LONGEST_PAUSE_S = 10.0
START_S = 600.0
"""One try at the first start. Giving up early would end a server that recovers, and it would begin anew."""
ENSURE_S = 5.0
"""One try at a database that has run before; the children are looked after between tries."""
DATABASE_PAUSE_S = 1.0

LASTING = (DatabaseBinariesMissing, DataFolderUnreachable, DataFolderWrongVersion, SystemUserMissing)


class StopAsked(BaseException):
    """A signal came while we were waiting for the database. Not an Exception: nothing on its way may keep it."""


class Stopping:
    """Whether somebody asked us to stop; `interrupting` makes the asking end what blocks."""

    def __init__(self) -> None:
        self.asked = False
        self._interrupts = False

    def listen(self) -> None:
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, self._ask)

    @contextmanager
    def interrupting(self) -> Generator[None]:
        """Raises StopAsked out of the block, also when the signal came just before it."""
        self._interrupts = True
        try:
            if self.asked:
                raise StopAsked
            yield
        finally:
            self._interrupts = False

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        if self._interrupts:
            raise StopAsked


class Postgres(Protocol):
    """`EmbeddedPostgres`, or a fake."""

    def start(self, timeout_s: float) -> str: ...

    def ensure(self, timeout_s: float) -> bool: ...

    def release(self) -> None: ...


@dataclass(slots=True)
class Child:
    """One process that should always be running."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    failures: int = 0
    not_before: float = field(default=0.0)
    complaint: str = ""

    def look(self, now: float) -> None:
        """Start it, or start it again after a pause that doubles with each quick death."""
        if self.process is not None and self.process.poll() is not None:
            self.failures = 0 if now - self.started_at > CALM_S else self.failures + 1
            pause = self._pause()
            say(f"{self.name} ended with {self.process.returncode}; starting it again in {pause:.1f} s")
            self.process, self.not_before = None, now + pause
        if self.process is None and now >= self.not_before:
            self._start(now)

    def _start(self, now: float) -> None:
        try:
            self.process = subprocess.Popen(self.command, env=self.environ, start_new_session=True)
        except OSError as error:  # no memory, no processes left: that passes
            self.failures += 1
            self.not_before = now + self._pause()
            self.complaint = say_change(self.complaint, f"{self.name} can't be started: {error}")
        else:
            self.started_at, self.complaint = now, ""

    def _pause(self) -> float:
        """Seconds. The exponent is bounded too: a float ends at 2**1024, a failing scene may go on for hours."""
        return min(LONGEST_PAUSE_S, 0.25 * 2 ** min(self.failures, 10)) if self.failures else 0.0


@dataclass(slots=True)
class KeptDatabase:
    """The database, started and brought back for as long as it takes."""

    postgres: Postgres
    stopping: Stopping
    started: bool = False
    not_before: float = 0.0
    complaint: str = ""

    def look(self, now: float) -> None:
        """Raises one of LASTING before the first start, and StopAsked."""
        if now < self.not_before:
            return
        try:
            with self.stopping.interrupting():
                if self.started:
                    self.postgres.ensure(ENSURE_S)
                else:
                    self.postgres.start(START_S)
        except Exception as error:
            if not self.started and isinstance(error, LASTING):
                raise
            self.complaint = say_change(self.complaint, f"the database is not there; trying again: {error}")
            self.not_before = time.monotonic() + DATABASE_PAUSE_S
        else:
            if self.complaint:
                say("the database is there again")
            self.started, self.complaint = True, ""


def serve(settings: Settings, *, demo: bool) -> int:
    """Run until SIGTERM or SIGINT; 0 when everything ended in time. Raises PortTaken, or one of LASTING."""
    require_free_port(settings.host, settings.port)
    stopping = Stopping()
    stopping.listen()
    program = [sys.executable, "-m", "basedmusic"]
    options = ["--data", str(settings.data), "--host", settings.host, "--port", str(settings.port)]
    environ = _environment(settings)
    children = [Child(name, [*program, name, *options], environ) for name in ("web", "worker")]
    filler = _fill([*program, "demo", *options], environ) if demo else None
    supervise(children, None if settings.database_url else EmbeddedPostgres(settings.data), stopping, filler)
    return 0


class PortTaken(Unavailable):
    code = "port_taken"
    title = "Somebody else listens at this address"


def require_free_port(host: str, port: int) -> None:
    """Raises PortTaken: said once, before anything starts, and not by a web process that dies again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} can't be listened on ({error.strerror}); "
                "end what has it, or choose another with --port or BASEDMUSIC_PORT"
            ) from error


def supervise(
    children: Sequence[Child],
    postgres: Postgres | None,
    stopping: Stopping,
    filler: "subprocess.Popen[bytes] | None" = None,
) -> None:
    """Keep all of them running until `stopping`, then end them. `filler` is only ended. Raises one of LASTING."""
    database = None if postgres is None else KeptDatabase(postgres, stopping)
    try:
        # The first loads its code while the database starts; the others are in no hurry.
        children[0].look(time.monotonic())
        while not stopping.asked:
            if database is not None:
                database.look(time.monotonic())
            for child in children:
                child.look(time.monotonic())
            time.sleep(TICK_S)
    except StopAsked:
        pass
    finally:
        _drain([child.process for child in children] + [filler])
        if postgres is not None:
            postgres.release()


def _fill(command: Sequence[str], environ: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
    try:
        return subprocess.Popen(command, env=environ)
    except OSError as error:
        say(f"demo can't be started: {error}")
        return None


def _environment(settings: Settings) -> dict[str, str]:
    """Of what we start. Where Python is told to write no bytecode, as containers and build machines like to do,
    a start would compile every library again, three seconds long: theirs is kept with the scene's caches."""
    environ = {**os.environ, SUPERVISED: str(os.getpid())}
    if sys.dont_write_bytecode:
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        environ["PYTHONPYCACHEPREFIX"] = str(settings.data / "cache" / "bytecode")
    return environ


def _drain(processes: "Sequence[subprocess.Popen[bytes] | None]") -> None:
    """Ask all to finish, wait, then insist."""
    alive = [process for process in processes if process is not None and process.poll() is None]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + DRAIN_S
    for process in alive:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"process {process.pid} did not end in {DRAIN_S:.0f} s and is killed")
            process.kill()
            process.wait()


def say(text: str) -> None:
    print(f"basedmusic: {text}", file=sys.stderr, flush=True)


def say_change(before: str, text: str) -> str:
    """Say `text` unless it was what was said `before`; returns it."""
    if text != before:
        say(text)
    return text

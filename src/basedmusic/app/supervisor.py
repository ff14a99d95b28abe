"""`basedmusic serve`: PostgreSQL, web and worker as one command, restarting what dies.

Standard library only and no event loop: this process must be the last to break. Children die with it
(PR_SET_PDEATHSIG), and the database's guard ends the server when nobody holds it any more, so that not even
kill -9 of everything leaves something behind.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.processes import SUPERVISED
from basedmusic.platform.settings import Settings

DRAIN_S = 9.0
"""SIGTERM to the end of everything takes at most ten seconds; the last of them is for killing."""
TICK_S = 0.2
CALM_S = 10.0
"""A child that lived so long has its restarts forgiven."""
LONGEST_PAUSE_S = 10.0


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

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(self.command, env=self.environ, start_new_session=True)
        self.started_at = now

    def look(self, now: float) -> None:
        """Start it, or start it again after a pause that doubles with each quick death."""
        if self.process is not None and self.process.poll() is not None:
            self.failures = 0 if now - self.started_at > CALM_S else self.failures + 1
            pause = min(LONGEST_PAUSE_S, 0.25 * 2**self.failures) if self.failures else 0.0
            say(f"{self.name} ended with {self.process.returncode}; starting it again in {pause:.1f} s")
            self.process, self.not_before = None, now + pause
        if self.process is None and now >= self.not_before:
            self.start(now)


def serve(settings: Settings, *, demo: bool) -> int:
    """Run until SIGTERM or SIGINT; 0 when everything ended in time."""
    stopping = _listen_for_signals()
    postgres = None if settings.database_url else EmbeddedPostgres(settings.data)
    program = [sys.executable, "-m", "basedmusic"]
    options = ["--data", str(settings.data), "--host", settings.host, "--port", str(settings.port)]
    environ = _environment(settings)
    children = [Child(name, [*program, name, *options], environ) for name in ("web", "worker")]
    filler = subprocess.Popen([*program, "demo", *options], env=environ) if demo else None
    try:
        web = children[0]
        web.start(time.monotonic())  # loads its code while the database starts; the worker is in no hurry
        if postgres is not None:
            postgres.start()
        while not stopping:
            for child in children:
                child.look(time.monotonic())
            if postgres is not None:
                postgres.ensure()
            time.sleep(TICK_S)
        return 0
    finally:
        _drain([child.process for child in children] + [filler])
        if postgres is not None:
            postgres.release()


def _environment(settings: Settings) -> dict[str, str]:
    """Of what we start. Where Python is told to write no bytecode, as containers and build machines like to do,
    a start would compile every library again, three seconds long: theirs is kept with the scene's caches."""
    environ = {**os.environ, SUPERVISED: str(os.getpid())}
    if sys.dont_write_bytecode:
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        environ["PYTHONPYCACHEPREFIX"] = str(settings.data / "cache" / "bytecode")
    return environ


def _listen_for_signals() -> list[int]:
    """A list that is no longer empty once somebody asked us to stop."""
    received: list[int] = []
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda number, _: received.append(number))
    return received


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

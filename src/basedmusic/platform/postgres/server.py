"""The handle on the embedded server that every process of a scene holds while it needs the database."""

import fcntl
import os
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

from . import guard as guard_program
from .account import Account, find_account
from .binaries import find_binaries, reachable_binaries
from .cluster import ROLE, adopt_cluster, check_version, make_cluster, write_configuration
from .errors import DatabaseDidNotStart, DataFolderUnreachable
from .folder import DataFolder, make_data_folder, make_owned_folder
from .locks import POLL_S, is_locked, open_lock, try_lock, wait_lock
from .wire import DUPLICATE_DATABASE, MISSING_DATABASE, Connection, ServerRefused

DATABASE = "basedmusic"
_ALL_CONNECTIONS_TAKEN = "53300"


class EmbeddedPostgres:
    """One scene's server. Any number of processes may hold it; not for several threads at once.

    `durable=False` is for tests: commits are not forced to disk.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._folder = DataFolder(Path(os.path.realpath(data_dir)))
        self._durable = durable
        self._hold: int | None = None
        self._guard: int | None = None
        self._account: Account | None = None

    @property
    def log_path(self) -> Path:
        return self._folder.log

    def start(self, timeout_s: float = 30.0) -> str:
        """Start the server, or join the one that runs; the DSN of the scene's database.

        Raises DataFolderUnreachable, DataFolderWrongVersion, DatabaseBinariesMissing, SystemUserMissing,
        and DatabaseDidNotStart when it ends or takes longer than `timeout_s` (seconds).
        """
        deadline = time.monotonic() + timeout_s
        if self._hold is None:
            make_data_folder(self._folder)
            self._hold = self._join(deadline)
        try:
            self._account = find_account(self._folder.cluster)
            self._bring_up(deadline)
        except BaseException:
            self._let_go()
            raise
        return self.dsn()

    def is_alive(self) -> bool:
        """Whether server and guard both run. Cheap (no connection): fit for being asked every second."""
        self._reap_guard()
        return is_locked(self._folder.guard_lock, fcntl.LOCK_SH) and self._says_ready()

    def ensure(self, timeout_s: float = 30.0) -> bool:
        """Bring back whatever died, after `start`; whether anything had. Raises as `start` does.

        Returns when the database answers (a connection is made, some 3 ms).
        """
        if self.is_alive() and self._answers():
            return False
        self._bring_up(time.monotonic() + timeout_s)
        return True

    def dsn(self, database: str = DATABASE) -> str:
        """Where to connect, after `start`: a libpq URI over the Unix socket, no password in it."""
        place = urlencode({"host": str(self._sockets()), "port": "5432"}, quote_via=quote, safe="/")
        return f"postgresql://{ROLE}@/{quote(database, safe='')}?{place}"

    def release(self, timeout_s: float = 10.0) -> None:
        """Stop using the server. The last user's call returns when the server has ended."""
        if self._hold is None:
            return
        self._let_go()
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline and self._is_ending():
            time.sleep(POLL_S)
        self._reap_guard()

    # --- joining and leaving ---

    def _join(self, deadline: float) -> int:
        try:
            hold = open_lock(self._folder.users_lock)
        except OSError as error:
            raise DataFolderUnreachable(f"{self._folder.users_lock}: {error.strerror}") from error
        if not wait_lock(hold, fcntl.LOCK_SH, deadline):  # a guard that ends its server holds it exclusively
            os.close(hold)
            raise DatabaseDidNotStart(f"{self._folder.users_lock} is held by a server that does not end.")
        return hold

    def _let_go(self) -> None:
        """Close, never unlock: a forked child shares this lock, and closing takes only our hand off it."""
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    def _is_ending(self) -> bool:
        """False once the server and its guard are gone, or somebody else still uses them."""
        if not is_locked(self._folder.guard_lock, fcntl.LOCK_SH) and not is_locked(
            self._folder.server_lock, fcntl.LOCK_SH
        ):
            return False
        nobody_there = not is_locked(self._folder.users_lock, fcntl.LOCK_EX)
        return nobody_there or is_locked(self._folder.users_lock, fcntl.LOCK_SH)

    # --- bringing up ---

    def _bring_up(self, deadline: float) -> None:
        """Returns when the scene's database answers; one process at a time does what is needed for it."""
        if self.is_alive() and self._answers():
            return
        turn = open_lock(self._folder.start_lock)
        try:
            if not wait_lock(turn, fcntl.LOCK_EX, deadline):
                raise DatabaseDidNotStart(f"Another process takes too long to start it: {self.log_path}")
            self._start_guard_until_answer(turn, deadline)
        finally:
            os.close(turn)

    def _start_guard_until_answer(self, turn: int, deadline: float) -> None:
        began = self._log_size()
        started = False
        while not (self.is_alive() and self._answers()):
            if not is_locked(self._folder.guard_lock, fcntl.LOCK_SH):
                if started:
                    raise self._failure("The database server ended while starting.", began)
                self._start_guard(turn)
                started = True
            if time.monotonic() > deadline:
                raise self._failure("The database did not answer in time; it may still be recovering.", began)
            time.sleep(POLL_S)

    def _start_guard(self, turn: int) -> None:
        """Prepare the cluster and hand it to a new guard, which is born holding guard.lock."""
        lock = open_lock(self._folder.guard_lock)
        try:
            if not try_lock(lock, fcntl.LOCK_EX):
                return
            account = find_account(self._folder.cluster)
            binaries = reachable_binaries(find_binaries(), account)
            if not check_version(self._folder.cluster, binaries):
                make_cluster(self._folder, binaries, account, turn, durable=self._durable)
            adopt_cluster(self._folder.cluster, account)
            write_configuration(self._folder.cluster, account, durable=self._durable)
            self._account = find_account(self._folder.cluster)
            make_owned_folder(self._sockets(), self._account)
            self._guard = self._spawn_guard(lock, binaries.postgres)
        finally:
            os.close(lock)

    def _spawn_guard(self, lock: int, postgres: Path) -> int:
        account = self._known_account()
        identity = [str(account.uid), str(account.gid)] if account.foreign else ["-", "-"]
        log = os.open(self.log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        places = [str(postgres), str(self._folder.data), str(self._sockets())]
        try:
            return os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-S", guard_program.__file__, *places, *identity],
                {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},  # no secret of ours goes along
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, log, 1),
                    (os.POSIX_SPAWN_DUP2, log, 2),
                    (os.POSIX_SPAWN_DUP2, lock, guard_program.GUARD_LOCK),
                ],
                setsigmask=[],
            )
        finally:
            os.close(log)

    def _reap_guard(self) -> None:
        if self._guard is None:
            return
        try:
            ended, _ = os.waitpid(self._guard, os.WNOHANG)
        except ChildProcessError:  # started before a fork of ours, or reaped by a supervisor of all children
            ended = self._guard
        if ended:
            self._guard = None

    # --- looking ---

    def _says_ready(self) -> bool:
        """What the server itself wrote down last, and that its pid is in use, and not by somebody else."""
        pid, state = guard_program.read_pid_file(str(self._folder.cluster))
        try:
            return pid > 0 and state == b"ready" and os.kill(pid, 0) is None
        except OSError:
            return False

    def _answers(self) -> bool:
        """A whole handshake; makes the scene's database where it is missing."""
        try:
            Connection(self._sockets(), ROLE, DATABASE, timeout_s=5).__exit__(None, None, None)
        except ServerRefused as refused:
            if refused.sqlstate == MISSING_DATABASE:
                return self._create_database()
            return refused.sqlstate == _ALL_CONNECTIONS_TAKEN
        except OSError:
            return False
        return True

    def _create_database(self) -> bool:
        try:
            with Connection(self._sockets(), ROLE, "postgres", timeout_s=20) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
        except ServerRefused as refused:
            return refused.sqlstate == DUPLICATE_DATABASE
        except OSError:
            return False
        return True

    def _known_account(self) -> Account:
        if self._account is None:
            raise RuntimeError("call start() first")
        return self._account

    def _sockets(self) -> Path:
        return self._folder.socket_folder(self._known_account())

    def _log_size(self) -> int:
        try:
            return self.log_path.stat().st_size
        except OSError:
            return 0

    def _failure(self, words: str, began: int) -> DatabaseDidNotStart:
        """With the last of what the server wrote since `began` (bytes)."""
        try:
            with self.log_path.open("rb") as log:
                log.seek(max(began, self._log_size() - 4096))
                tail = log.read(4096).decode("utf-8", "replace").strip()
        except OSError:
            tail = ""
        return DatabaseDidNotStart(f"{words} The end of {self.log_path}:\n{tail or '(nothing)'}")

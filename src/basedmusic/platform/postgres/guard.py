"""The guard: a small process of its own that owns the server, and ends it when its last user is gone.

Run as `python -I -S guard.py POSTGRES DATA SOCKETS UID GID` (UID `-`: as ourselves) with descriptor 3
holding `run/guard.lock`. Imports next to nothing, so that it stays small; imports nothing of ours.

* Users hold DATA/lock shared. When the guard gets it exclusively, nobody is left, however they died.
* The server is the guard's child: its death is noticed at once, and it is started again.
* The kernel interrupts the server when the guard dies (PR_SET_PDEATHSIG), so kill -9 of the guard and of
  all users together still leaves nothing behind.
* The server's processes inherit `run/server.lock`. Who can take that lock knows that no process of this
  cluster lives, whatever a stale pid file says and whoever has that pid by now.
"""

import fcntl
import os
import signal
import sys
import time

TYPE_CHECKING = False  # `typing` costs half a megabyte
if TYPE_CHECKING:
    from collections.abc import Callable

TICK_S = 0.1
GUARD_LOCK = 3
CLUSTER_HANDLE, SOCKETS_HANDLE = 100, 101
SOCKET_NAMES = (".s.PGSQL.5432", ".s.PGSQL.5432.lock")
LOG_MAX, LOG_KEPT = 8 << 20, 1 << 20
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


class Guard:
    def __init__(self, postgres: str, data: str, sockets: str, uid: str, gid: str) -> None:
        self.postgres, self.sockets = postgres, sockets
        self.identity = None if uid == "-" else (int(uid), int(gid))
        self.cluster = data + "/pg"
        self.server_lock = data + "/run/server.lock"
        self.log_path = data + "/run/postgres.log"
        self.log = os.open(self.log_path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self.users = os.open(data + "/lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self.told_to_end = False

    def run(self) -> int:
        """Until the last user is gone (0), or the server can't be started (1)."""
        try:
            return self._keep_serving()
        finally:
            self._clear_sockets(remove_folder=True)

    def _keep_serving(self) -> int:
        pause = 0.0
        while True:
            begun = time.monotonic()
            code, was_ready = self._serve_once()
            if code is None:
                return 0
            self._note(f"the server ended by itself ({code})")
            if not was_ready:
                return 1
            pause = 0.0 if time.monotonic() - begun > 30 else min(5.0, pause * 2 + 0.1)
            if self._pause(pause):
                return 0

    def _serve_once(self) -> "tuple[int | None, bool]":
        """One life of the server: its exit code if it ended by itself, and whether it was ever ready."""
        lock = self._take_server_lock()
        if lock is None:
            return (None if self.told_to_end else 1), False
        self._clear_stale_pid_file()
        self._clear_sockets(remove_folder=False)
        server = self._spawn(lock)
        os.close(lock)  # from here on the server's processes alone hold it
        was_ready, ticks = False, 0
        while True:
            ended, status = os.waitpid(server, os.WNOHANG)
            was_ready = was_ready or read_pid_file(self.cluster)[1] == b"ready"
            if ended:
                return os.waitstatus_to_exitcode(status), was_ready
            if self._nobody_left():
                self._stop(server)
                return None, was_ready
            ticks += 1
            if ticks % 100 == 0:
                self.bound_log()
            time.sleep(TICK_S)

    def _nobody_left(self) -> bool:
        return self.told_to_end or _try_exclusive(self.users)

    def _pause(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._nobody_left():
            if time.monotonic() >= until:
                return False
            time.sleep(min(TICK_S, seconds))
        return True

    # --- before a start: is anything of an earlier life still there? ---

    def _take_server_lock(self) -> "int | None":
        """The lock that the server will inherit; ends, step by step, what an earlier life left running."""
        lock = os.open(self.server_lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        for patience, harder in ((3, signal.SIGQUIT), (3, signal.SIGKILL), (3, None)):
            until = time.monotonic() + patience
            while time.monotonic() < until:
                if _try_exclusive(lock):
                    return lock
                if self.told_to_end:
                    break
                time.sleep(0.02)
            if harder:
                self._end_holders(harder)
        self._note("processes of an earlier server can't be ended")
        os.close(lock)
        return None

    def _end_holders(self, with_signal: int) -> None:
        """Signal every process that has server.lock open, from a child with the server's identity: in a
        container root may lack the right to look into other users' processes, their owner never does."""
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        try:
            mark = os.stat(self.server_lock)
            self._drop()
            for name in os.listdir("/proc"):
                if name.isdigit() and int(name) not in (os.getpid(), os.getppid()) and _has_open(name, mark):
                    os.kill(int(name), with_signal)
        except OSError:
            pass
        finally:
            os._exit(0)

    def _clear_stale_pid_file(self) -> None:
        """No process of ours lives, so the file is stale, unless an operator started a server by hand here:
        that one is left its file, and PostgreSQL itself refuses to start beside it."""
        pid, _ = read_pid_file(self.cluster)
        if pid and not self._serves_here(pid):
            _unlink(self.cluster + "/postmaster.pid")

    def _serves_here(self, pid: int) -> bool:
        try:
            there, here = os.stat(f"/proc/{pid}/cwd"), os.stat(self.cluster)
            return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
        except PermissionError:
            with open(f"/proc/{pid}/comm") as comm:
                return comm.read().strip() == "postgres"
        except OSError:
            return False

    def _clear_sockets(self, *, remove_folder: bool) -> None:
        for name in SOCKET_NAMES:
            _unlink(f"{self.sockets}/{name}")
        if remove_folder:
            try:
                os.rmdir(self.sockets)
            except OSError:
                pass

    # --- the server's start and end ---

    def _spawn(self, lock: int) -> int:
        guard = os.getpid()
        server = os.fork()
        if server:
            return server
        try:
            data, sockets = self._hand_over()
            os.set_inheritable(lock, True)
            for stream in (1, 2):
                os.dup2(self.log, stream)
            for caught in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(caught, signal.SIG_DFL)
            os.umask(0o077)
            prctl = self._find_prctl()
            self._drop()
            _end_with_parent(guard, prctl)
            environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
            os.execve(  # noqa: S606 - no shell wanted
                self.postgres, [self.postgres, "-D", data, "-k", sockets], environment
            )
        except BaseException as error:
            self._note(f"{self.postgres} can't be started: {error}")
        finally:
            os._exit(127)

    def _hand_over(self) -> "tuple[str, str]":
        """The two folders as the server can name them (see `cluster`: past parents closed to it)."""
        if self.identity is None:
            return self.cluster, '"' + self.sockets.replace('"', '""') + '"'
        for path, number in ((self.cluster, CLUSTER_HANDLE), (self.sockets, SOCKETS_HANDLE)):
            os.dup2(os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW), number, inheritable=True)
        return f"/proc/self/fd/{CLUSTER_HANDLE}", f"/proc/self/fd/{SOCKETS_HANDLE}"

    def _find_prctl(self) -> "Callable[..., int] | None":
        """Before the change of user, who may not be able to read our Python; in the child, because
        ctypes would make the guard itself half as large again."""
        try:
            import ctypes

            return ctypes.CDLL(None).prctl
        except (ImportError, OSError, AttributeError) as error:
            self._note(
                f"no PR_SET_PDEATHSIG ({error}): the server may outlive a killed guard until the next start"
            )
            return None

    def _drop(self) -> None:
        if self.identity is not None:
            uid, gid = self.identity
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)

    def _stop(self, server: int) -> None:
        """Fast shutdown, then immediate (recovers at the next start), then death: 8 s at the longest."""
        for ask, patience in ((signal.SIGINT, 5.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 1.0)):
            os.kill(server, ask)  # our unreaped child: the pid can't be anybody else's
            until = time.monotonic() + patience
            while time.monotonic() < until:
                if os.waitpid(server, os.WNOHANG)[0]:
                    return
                time.sleep(0.01)

    # --- the log ---

    def _note(self, words: str) -> None:
        stamp = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        os.write(self.log, f"{stamp} [{os.getpid()}] guard: {words}\n".encode("utf-8", "replace"))

    def bound_log(self) -> None:
        """Keep the tail in postgres.log.1 and begin anew; writers append, so they follow by themselves."""
        size = os.fstat(self.log).st_size
        if size <= LOG_MAX:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        kept = os.open(self.log_path + ".1", flags, 0o600)
        os.sendfile(kept, self.log, size - LOG_KEPT, LOG_KEPT)
        os.close(kept)
        os.ftruncate(self.log, 0)


def read_pid_file(cluster: str) -> "tuple[int, bytes]":
    """The pid and the state (`starting`, `ready`, `stopping`) that the server wrote down; 0 if none."""
    try:
        handle = os.open(cluster + "/postmaster.pid", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        lines = os.read(handle, 4096).split(b"\n")
        os.close(handle)
        return abs(int(lines[0])), lines[7].strip() if len(lines) > 7 else b""
    except (OSError, ValueError):
        return 0, b""


def _try_exclusive(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def _has_open(pid: str, mark: os.stat_result) -> bool:
    try:
        for handle in os.listdir(f"/proc/{pid}/fd"):
            found = os.stat(f"/proc/{pid}/fd/{handle}")
            if (found.st_dev, found.st_ino) == (mark.st_dev, mark.st_ino):
                return True
    except OSError:
        pass
    return False


def _end_with_parent(guard: int, prctl: "Callable[..., int] | None") -> None:
    """Ask the kernel for a fast shutdown (SIGINT) when the guard dies. After the change of user, which
    clears it (prctl(2))."""
    if prctl is None:
        return
    prctl(PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != guard:
        os._exit(127)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def main() -> int:
    os.set_inheritable(GUARD_LOCK, False)
    try:
        os.setsid()
    except PermissionError:
        pass  # leads a session already
    os.chdir("/")
    guard = Guard(*sys.argv[1:6])

    def end(_signal: int, _frame: object) -> None:
        guard.told_to_end = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return guard.run()


if __name__ == "__main__":
    sys.exit(main())

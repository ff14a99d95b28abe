"""Where things lie in a scene's data folder, and the making of what is the database's own.

    lock            held shared by every user of the embedded server; the guard waits for the exclusive one
    pg/             the cluster, owned by the server's account, 0700
    run/            guard.lock  held by the guard
                    server.lock held by the server's processes (they inherit it)
                    start.lock  held by whoever is starting the server
                    postgres.log, socket/
The folders above the data folder are never touched: neither their modes nor their owners.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import DataFolderUnreachable
from .wire import SOCKET_NAME

SOCKET_PATH_MAX = 107
"""Bytes of `sun_path` without its closing zero (unix(7))."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of one data folder, symbolic links resolved so that all its users agree on them."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "pg"

    @property
    def draft(self) -> Path:
        """A cluster in the making; renamed to `cluster` when it is whole."""
        return self.data / "pg.new"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def users_lock(self) -> Path:
        return self.data / "lock"

    @property
    def guard_lock(self) -> Path:
        return self.run / "guard.lock"

    @property
    def server_lock(self) -> Path:
        return self.run / "server.lock"

    @property
    def start_lock(self) -> Path:
        return self.run / "start.lock"

    @property
    def log(self) -> Path:
        return self.run / "postgres.log"

    def socket_folder(self, account: Account) -> Path:
        """Beside the cluster; in /tmp, 0700 and named by a hash, where that path would be too long."""
        usual = self.run / "socket"
        if len(os.fsencode(usual / SOCKET_NAME)) <= SOCKET_PATH_MAX:
            return usual
        key = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(f"/tmp/basedmusic-{account.uid}-{key}")  # noqa: S108 - its owner and mode are checked


def make_data_folder(folder: DataFolder) -> None:
    """`data` and `run`, 0700, where missing. Raises DataFolderUnreachable naming what is in the way."""
    try:
        folder.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.run.mkdir(mode=0o700, exist_ok=True)
        if not os.access(folder.run, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        raise DataFolderUnreachable(_explain(folder.run, error)) from error


def make_owned_folder(path: Path, account: Account) -> None:
    """`path`, 0700 and the account's own. An existing one is accepted only if it is exactly that."""
    try:
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            _check_owned(path, account)
            return
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            os.fchmod(handle, 0o700)
            if account.foreign:
                os.fchown(handle, account.uid, account.gid)
        finally:
            os.close(handle)
    except OSError as error:
        raise DataFolderUnreachable(f"{path} can't be given to {account.name}: {error.strerror}") from error


def _check_owned(path: Path, account: Account) -> None:
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise DataFolderUnreachable(
            f"{path} is there already, and is not {account.name}'s own folder with mode 0700. Remove it."
        )


def _explain(path: Path, error: OSError) -> str:
    """Which folder stops whom, and the way out."""
    me = _my_name()
    for above in [*reversed(path.parents), path]:
        if above.exists() and not above.is_dir():
            return f"{above} is not a folder. Choose another data folder with BASEDMUSIC_DATA."
        if above.is_dir() and not os.access(above, os.X_OK):
            return (
                f"{me} can't enter {above}, on the way to {path}. Let {me} enter it (chmod o+x {above}), "
                "or choose another data folder with BASEDMUSIC_DATA."
            )
    nearest = next((above for above in [path, *path.parents] if above.is_dir()), path)
    return (
        f"{me} can't make or use {path} ({error.strerror}): {nearest} is not theirs to write. "
        f"Give it to {me}, or choose another data folder with BASEDMUSIC_DATA."
    )


def _my_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user id {os.geteuid()}"

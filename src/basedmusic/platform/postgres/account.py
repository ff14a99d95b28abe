"""As whom the server runs. PostgreSQL refuses root, so root hands it to a system user of ours."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .errors import DataFolderUnreachable, SystemUserMissing

SYSTEM_USER = "basedmusic"


@dataclass(frozen=True, slots=True)
class Account:
    """The server's account. `foreign`: it is not ours, so we drop to it and hand it open folders."""

    uid: int
    gid: int
    name: str
    foreign: bool

    @property
    def drop_to(self) -> tuple[int | None, int | None, tuple[int, ...] | None]:
        """`user`, `group` and `extra_groups` for a subprocess; nothing where we are that account already."""
        return (self.uid, self.gid, ()) if self.foreign else (None, None, None)


def find_account(cluster: Path) -> Account:
    """Ourselves; for root the owner of the existing cluster, else the system user (made if missing)."""
    me = os.geteuid()
    owner = _owner_of(cluster)
    if me != 0:
        if owner not in (None, me):
            raise DataFolderUnreachable(
                f"{cluster} belongs to {_name_of(owner)}, and this is {_name_of(me)}. "
                f"Start as {_name_of(owner)} or as root, or choose another folder with BASEDMUSIC_DATA."
            )
        return _account(me, foreign=False)
    if owner:
        return _account(owner, foreign=True)
    return _account(_system_user(), foreign=True)


def _owner_of(cluster: Path) -> int | None:
    try:
        return os.lstat(cluster).st_uid
    except (FileNotFoundError, PermissionError):
        return None  # what can't be reached is named by the one who makes the folder


def _account(uid: int, *, foreign: bool) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise SystemUserMissing(
            f"User id {uid} has no name on this machine, and PostgreSQL does not run without one. "
            f"Add it (useradd --uid {uid} …), or point BASEDMUSIC_DATABASE_URL to a PostgreSQL 18."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, foreign)


def _name_of(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid if uid is not None else os.geteuid()).pw_name
    except KeyError:
        return f"user id {uid}"


def _system_user() -> int:
    said = ""
    for attempt in range(5):
        try:
            return pwd.getpwnam(SYSTEM_USER).pw_uid
        except KeyError:
            said = _make_system_user()
        time.sleep(0.1 * attempt)  # another package manager or start may hold the lock on /etc/passwd
    raise SystemUserMissing(
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made: {said}. "
        f"Make it by hand (useradd --system {SYSTEM_USER}), or start as an ordinary user."
    )


def _make_system_user() -> str:
    """Run whichever tool this system has; returns what it complained of."""
    tools = (
        f"useradd --system --user-group --no-create-home -d / -s /usr/sbin/nologin {SYSTEM_USER}",
        f"adduser -S -D -H -h / -s /sbin/nologin {SYSTEM_USER}",  # busybox
    )
    for tool, *arguments in map(str.split, tools):
        program = shutil.which(tool, path="/usr/sbin:/sbin:/usr/bin:/bin")
        if program is None:
            continue
        done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=20, check=False)
        return done.stderr.strip() or f"{tool} ended with {done.returncode}"
    return "there is no useradd here"

"""Locks held by the kernel for an open file (flock): a process that dies in any way lets go of them.

They are taken by polling: `flock` can't wait with a limit, and an alarm is not ours to use in a library.
"""

import errno
import fcntl
import os
import time
from pathlib import Path

POLL_S = 0.01


def open_lock(path: Path) -> int:
    """A descriptor to lock `path` by; made if missing, never through a symbolic link."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def try_lock(handle: int, mode: int) -> bool:
    """Take `mode` (LOCK_SH or LOCK_EX) at once, or say that somebody is in the way."""
    try:
        fcntl.flock(handle, mode | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def wait_lock(handle: int, mode: int, deadline: float) -> bool:
    """Take `mode`, waiting until `deadline` (time.monotonic seconds) at the longest."""
    while not try_lock(handle, mode):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def is_locked(path: Path, mode: int) -> bool:
    """Whether somebody's lock on `path` is in the way of `mode`. A folder that isn't there has no locks."""
    try:
        handle = open_lock(path)
    except FileNotFoundError:
        return False
    try:
        return not try_lock(handle, mode)
    finally:
        os.close(handle)

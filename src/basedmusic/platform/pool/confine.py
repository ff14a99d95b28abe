"""What a media process may not do: outlive its owner, gain rights, grow without bound, read our secrets."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Mapping

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONHOME")
"""What an interpreter may need to start at all. Everything else, secrets first of all, stays outside."""


def clean_environment(outer: Mapping[str, str], import_path: list[str]) -> dict[str, str]:
    """The whole environment of a media process: one thread for OpenBLAS, two malloc arenas."""
    kept = {name: outer[name] for name in _KEPT if name in outer}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in import_path),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def die_with(owner: int) -> None:
    """SIGKILL for us when our parent, process `owner`, is gone, however it went.

    prctl(2): the signal comes when the *thread* that started us ends. Elsewhere than on Linux the end of the
    socket pair says the same, once we are back from the work in hand.
    """
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != owner:  # it died before we asked
        os._exit(1)


def gain_no_rights() -> None:
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must be quick, and source audio not lie about


def limit_address_space(headroom: int) -> None:
    """The size we have now, after all imports, plus `headroom` bytes: then malloc fails, and only ours."""
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as statm:
            size = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + headroom, size + headroom))


def ignore_stop_signals() -> None:
    """Ctrl-C and a service manager's SIGTERM reach the whole group; the owner drains and ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)

"""How our processes depend on each other: a supervised one dies with its supervisor, even at kill -9."""

import ctypes
import os
import signal
import sys

SUPERVISED = "_BASEDMUSIC_SUPERVISED_BY"
"""Process id of the supervisor, in the environment of what it starts. Not a setting."""

_PR_SET_PDEATHSIG = 1


def die_with_supervisor() -> None:
    """If somebody supervises us, get SIGTERM when they are gone (prctl(2), Linux)."""
    supervisor = os.environ.pop(SUPERVISED, None)
    if supervisor is None or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(supervisor):  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)

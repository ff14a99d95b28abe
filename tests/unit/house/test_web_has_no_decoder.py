"""The processes that answer people and run jobs hold no decoder: untrusted files are for media processes."""

import subprocess
import sys

import pytest

DECODERS = ("av", "PIL", "mutagen", "numpy", "scipy")


@pytest.mark.parametrize("process", ["web", "worker", "supervisor"])
def test_no_decoder_is_loaded(process: str):
    program = (
        f"import basedmusic.app.{process}, sys; print([name for name in {DECODERS} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_the_worker_loads_no_web_framework():
    """It has no routes: half a second of its start, and some 20 MB."""
    program = "import basedmusic.app.worker, sys; print('fastapi' in sys.modules, 'starlette' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("False False", "")

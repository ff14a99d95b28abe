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

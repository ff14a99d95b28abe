"""What slices may import of the codec loads no decoder: no file can attack a web process."""

import subprocess
import sys

PURE = ("codec", "codec.contracts", "codec.errors", "codec.grid", "codec.mp4", "codec.ogg",
        "codec.progressive", "codec.recipes", "codec.sniff")  # fmt: skip


def test_the_pure_modules_import_neither_av_nor_pillow_nor_mutagen_nor_numpy() -> None:
    names = [f"basedmusic.{name}" for name in PURE]
    heavy = "[name for name in ('av', 'PIL', 'mutagen', 'numpy') if name in sys.modules]"
    program = f"import sys, {', '.join(names)}\nprint({heavy})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

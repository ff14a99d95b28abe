"""Find the Chromium that the browser tests drive, or install it where we may.

Looked for: $BASEDMUSIC_CHROMIUM, then the usual names on PATH. As root on a Debian system it is installed;
anywhere else a sentence says how.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    named = os.environ.get("BASEDMUSIC_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install_chromium() -> None:
    """With Debian's packages; each step's own output tells what goes wrong."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-q"], ["apt-get", "install", "-yq", "chromium"]):
        subprocess.run(step, check=True, env=environ)


def main() -> int:
    if find_chromium() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install_chromium()
    found = find_chromium()
    if found is None:
        print(
            "The browser tests need Chromium, and none was found. Install it (Debian, Ubuntu: "
            "sudo apt install chromium) or set BASEDMUSIC_CHROMIUM to its path.",
            file=sys.stderr,
        )
        return 1
    print(f"Browser tests will use {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

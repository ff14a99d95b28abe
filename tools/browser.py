"""Find the browsers that the tests drive, or install them where we may.

Chromium is looked for as $BASEDMUSIC_CHROMIUM, then under the usual names on PATH; WebKitGTK, which is the nearest
thing to Safari here, as its driver, its MiniBrowser, and Xvfb to show it on. As root on a Debian system what is
missing is installed; anywhere else a sentence says how. Without WebKitGTK its tests are skipped, but not in CI.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PACKAGES = ("chromium",)
WEBKIT_PACKAGES = ("webkit2gtk-driver", "xvfb", "gstreamer1.0-libav", "gstreamer1.0-plugins-bad")
"""Without the last two it knows neither AAC nor any codec for Media Source."""


@dataclass(frozen=True)
class WebKit:
    driver: str
    browser: str
    screen: str


def find_chromium() -> str | None:
    named = os.environ.get("BASEDMUSIC_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def find_webkit() -> WebKit | None:
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("**/webkit2gtk-4.*/MiniBrowser"))
    return WebKit(driver, str(browsers[-1]), screen) if driver and screen and browsers else None


def install(packages: tuple[str, ...]) -> None:
    """With Debian's packages; each step's own output tells what goes wrong."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fetch = ["apt-get", "install", "-yq", "--no-install-recommends", *packages]
    for step in (["apt-get", "update", "-q"], fetch):
        subprocess.run(step, check=True, env=environ)


def main() -> int:
    missing = (() if find_chromium() else CHROMIUM_PACKAGES) + (() if find_webkit() else WEBKIT_PACKAGES)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
    chromium, webkit = find_chromium(), find_webkit()
    if chromium is None:
        print(
            "The browser tests need Chromium, and none was found. Install it (Debian, Ubuntu: "
            "sudo apt install chromium) or set BASEDMUSIC_CHROMIUM to its path.",
            file=sys.stderr,
        )
        return 1
    print(f"Browser tests will use {chromium}")
    if webkit is None:
        print(
            "WebKitGTK was not found, so its tests are skipped. To run them (Debian, Ubuntu): "
            f"sudo apt install {' '.join(WEBKIT_PACKAGES)}",
            file=sys.stderr,
        )
        return 1 if os.environ.get("CI") == "true" else 0
    print(f"and {webkit.browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The peer for streaming: Supysonic as Debian ships it, under gevent, with ffmpeg as its transcoder."""

import json
import os
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.parse import urlencode

from benchmarks.client import Answer, fetch
from benchmarks.processes import end
from benchmarks.results import PeerMissing
from benchmarks.scene import free_port

PACKAGES = ("supysonic", "python3-gevent", "ffmpeg")
INSTALL = f"apt-get install {' '.join(PACKAGES)}"
USER, PASSWORD = "ear", "a measured password"
READY_S = 30.0

CONFIG = """\
[base]
database_uri = sqlite:///{folder}/supysonic.db
[webapp]
cache_dir = {folder}/cache
log_file = {folder}/supysonic.log
mount_webui = off
[daemon]
socket = {folder}/daemon.sock
run_watcher = no
[transcoding]
; the generic transcoder of Supysonic's documentation; for AAC, ffmpeg calls the container adts
transcoder = ffmpeg -i %srcpath -ab %outratek -v 0 -f %outfmt -
transcoder_flac_aac = ffmpeg -i %srcpath -ab %outratek -v 0 -f adts -
"""


def require() -> None:
    """Raises PeerMissing with what to type."""
    missing = [name for name in ("supysonic-server", "supysonic-cli", "ffmpeg") if which(name) is None]
    if missing or _version("python3-gevent") == "":
        raise PeerMissing(f"Supysonic with gevent and ffmpeg is needed; on Debian: {INSTALL}")


def versions() -> dict[str, str]:
    """Of Debian's packages."""
    return {name: _version(name) for name in PACKAGES}


def _version(package: str) -> str:
    if which("dpkg-query") is None:
        return ""
    command = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


@dataclass
class Supysonic:
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        return self.process.pid

    def target(self, method: str, **query: object) -> str:
        who = {"u": USER, "p": PASSWORD, "v": "1.10.2", "c": "benchmarks", "f": "json"}
        return f"/rest/{method}.view?{urlencode({**who, **query})}"

    def stream(self, track: str, codec: str, kbit: int, at_least: int | None = None) -> Answer:
        target = self.target("stream", id=track, format=codec, maxBitRate=kbit)
        return fetch(self.port, target, at_least=at_least)

    def tracks(self) -> dict[str, str]:
        """Track ids by file name without its suffix."""
        answer = fetch(self.port, self.target("getRandomSongs", size=500))
        songs = json.loads(bytes(answer.body))["subsonic-response"]["randomSongs"]["song"]
        return {Path(song["path"]).stem: song["id"] for song in songs}


@contextmanager
def running_supysonic(folder: Path, music: Path) -> Generator[Supysonic]:
    """A server of its own over the files in `music`, scanned; ended with everything it started."""
    require()
    folder.mkdir(parents=True)
    (folder / "supysonic.conf").write_text(CONFIG.format(folder=folder))
    environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "TMPDIR": str(folder)}
    environ |= {"LANG": os.environ.get("LANG", "C.UTF-8")}
    for command in (
        ["user", "add", USER, "-p", PASSWORD],
        ["folder", "add", "music", str(music)],
        ["folder", "scan", "music"],
    ):
        subprocess.run(["supysonic-cli", *command], cwd=folder, env=environ, check=True, capture_output=True)
    port = free_port()
    command = ["supysonic-server", "-S", "gevent", "-h", "127.0.0.1", "-p", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
    server = Supysonic(port, process)
    try:
        _wait(server)
        yield server
    finally:
        end(process)


def _wait(server: Supysonic) -> None:
    limit = time.monotonic() + READY_S
    while time.monotonic() < limit:
        try:
            if fetch(server.port, server.target("ping")).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("Supysonic did not become ready")

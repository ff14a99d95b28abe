"""Our side: the real `basedmusic serve` on a folder of its own, an artist and uploads."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

from benchmarks.client import fetch
from benchmarks.processes import end

READY_S = 60.0
STEPS_S = 900.0
ARTIST = {
    "email": "artist@example.org",
    "password": "a long measured password",
    "display_name": "Artist",
    "born": "1990-05",
}
LISTENER = {
    "email": "listener@example.org",
    "password": "another measured password",
    "display_name": "Ear",
    "born": "1990-05",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@dataclass
class Scene:
    """A scene on disk, and its server while that runs."""

    data: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    options: tuple[str, ...] = ()
    """More of what `serve` is given."""
    environ: dict[str, str] = field(default_factory=dict[str, str])
    """Its settings."""

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> float:
        """Seconds from the command to the first 200 of /readyz."""
        command = [sys.executable, "-m", "basedmusic", "serve", "--data", str(self.data), *self.options]
        environ = {name: text for name, text in os.environ.items() if not name.startswith("BASEDMUSIC_")}
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with (self.data.parent / "serve.log").open("ab") as log:
            begun = time.perf_counter()
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], env=environ | self.environ, stdout=log, stderr=log
            )
        while time.perf_counter() - begun < READY_S:
            if self._is_ready():
                return time.perf_counter() - begun
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        raise RuntimeError(f"serve did not become ready; see {self.data.parent / 'serve.log'}")

    def _is_ready(self) -> bool:
        try:
            return fetch(self.port, "/readyz").status == 200
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            end(self.process)
            self.process = None

    def forget_renditions(self) -> None:
        """As if nothing had ever been played: the stored segments go, memory and open files go with the server."""
        self.stop()
        rmtree(self.data / "blobs" / "renditions", ignore_errors=True)
        self.start()

    def api(
        self,
        method: str,
        path: str,
        body: object = None,
        who: str = "",
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The JSON of an answer; anything but success is an error here."""
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        fields = {"Content-Type": "application/json", **(headers or {}), **self.bearer(who)}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, f"/api/v1{path}", content, fields)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode(errors='replace')}")
        return json.loads(text) if text else None

    def bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}

    def sign_in(self, *, anew: bool = False) -> None:
        """An artist and a listener, made with the first call."""
        for who, person in (("artist", ARTIST), ("listener", LISTENER)):
            if anew:
                self.api("POST", "/accounts", person)
            pair = self.api("POST", "/sessions", {"email": person["email"], "password": person["password"]})
            self.tokens[who] = pair["access_token"]

    def add_artist(self) -> str:
        return self.api("POST", "/artists", {"name": "The Measured", "city": "Here"}, "artist")["id"]

    def upload(self, artist_id: str, path: Path) -> str:
        """A published track's id."""
        boundary = uuid4().hex
        fields = {"artist_id": artist_id, "title": path.stem, "publish": "true"}
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in fields.items()
        ]
        disposition = f'form-data; name="file"; filename="{path.name}"'
        parts.append(
            f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: audio/flac\r\n\r\n"
        )
        body = "".join(parts).encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Idempotency-Key": uuid4().hex,
        }
        return self.api("POST", "/tracks", body, "artist", headers)["id"]

    def wait_for_steps(self, tracks: list[str]) -> None:
        """The worker's own CPU must not be measured with the listener's."""
        limit = time.monotonic() + STEPS_S
        for track in tracks:
            while True:
                steps = self.api("GET", f"/tracks/{track}/steps", who="artist")["items"]
                if all(step["status"] in ("done", "failed") for step in steps):
                    break
                if time.monotonic() > limit:
                    raise RuntimeError(f"the steps of {track} did not end: {steps}")
                time.sleep(0.5)


@contextmanager
def running_scene(folder: Path) -> Generator[Scene]:
    """A new, empty scene below `folder`, stopped at the end."""
    scene = Scene(folder / "scene")
    scene.start()
    try:
        scene.sign_in(anew=True)
        yield scene
    finally:
        scene.stop()


def library(scene: Scene, files: list[Path]) -> list[str]:
    """Upload `files`, wait until the background steps are through; their track ids."""
    artist = scene.add_artist()
    tracks = [scene.upload(artist, path) for path in files]
    scene.wait_for_steps(tracks)
    return tracks

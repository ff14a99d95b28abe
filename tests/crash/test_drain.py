"""SIGTERM: everything ends within ten seconds, whatever is going on, and nothing of it is left."""

import signal
import socket
import time
from collections.abc import Generator
from pathlib import Path

import httpx2
import pytest
from tests.media.makers import FORMS, song, write_song
from tests.support.served import Served, gone, served
from tests.support.server import soon


@pytest.fixture
def scene() -> Generator[Served]:
    with served() as scene:
        yield scene


@pytest.fixture
def hour(tmp_path: Path) -> Path:
    """Ten minutes, whose loudness alone takes longer than a drain may."""
    form = next(form for form in FORMS if form.name == "flac44")
    ten = song(44_100, 2, 60.0).repeat(1, axis=1)
    return write_song(tmp_path, form, __import__("numpy").tile(ten, 10))


def test_sigterm_ends_all_within_ten_seconds_with_listeners_and_steps_in_the_middle(scene: Served, hour: Path):
    band = scene.person()
    track = band.track(hour, publish="true")
    address = f"{scene.address}/api/v1/events?topic=track:{track['id']}"
    slow = socket.create_connection(scene.place)
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    path = f"/api/v1/tracks/{track['id']}/stream?codec=original"
    slow.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert slow.recv(1_000).startswith(b"HTTP/1.1 200")
    with httpx2.stream("GET", address, timeout=30, trust_env=False) as hints:
        words = hints.iter_lines()
        assert next(words) == "retry: 1000"

        def loudness() -> str:
            steps = band.client.get(f"/tracks/{track['id']}/steps").json()["items"]
            return next(step["status"] for step in steps if step["name"] == "loudness")

        assert soon(lambda: loudness() == "running", 10)
        family = scene.family()
        began = time.monotonic()
        scene.supervisor.send_signal(signal.SIGTERM)
        list(words)
        assert time.monotonic() - began < 2, "an open page is told to come back at once"
        assert scene.supervisor.wait(15) == 0
        took = time.monotonic() - began
    assert took <= 10, took
    assert soon(lambda: gone(family), 1), "something outlived the supervisor"
    assert scene.open_sockets() == []
    slow.close()
    assert "is killed" not in scene.log.read_text()

    scene.start()
    jobs = scene.sql("SELECT status FROM jobs.pgqueuer WHERE status NOT IN ('queued', 'picked')")
    assert jobs == []
    again = time.monotonic()
    assert soon(lambda: scene.sql("SELECT FROM jobs.pgqueuer WHERE status = 'picked'") != [], 5), again

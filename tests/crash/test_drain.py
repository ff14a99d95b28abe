"""SIGTERM: everything ends within ten seconds, whatever is going on, and nothing of it is left."""

import signal
import socket
import time
from pathlib import Path

import httpx2
from tests.support.served import Served, gone
from tests.support.server import Person, soon


def test_sigterm_ends_all_within_ten_seconds_with_listeners_and_steps_in_the_middle(
    scene: Served, band: Person, long_song: Path
):
    track = band.track(long_song, publish="true")
    address = f"{scene.address}/api/v1/events?topic=track:{track['id']}"
    slow = socket.create_connection(scene.place)
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    path = f"/api/v1/tracks/{track['id']}/stream?codec=original"
    slow.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert slow.recv(1_000).startswith(b"HTTP/1.1 200")
    with slow, httpx2.stream("GET", address, timeout=30, trust_env=False) as hints:
        words = hints.iter_lines()
        assert next(words) == "retry: 1000"
        assert soon(lambda: _statuses(scene, track["id"])["loudness"] == "running")
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
    assert "is killed" not in scene.log.read_text()

    scene.start()
    assert soon(lambda: list(_statuses(scene, track["id"]).values()) == ["done"] * 3, 40)
    assert soon(lambda: scene.sql("SELECT FROM jobs.pgqueuer") == [])


def _statuses(scene: Served, track_id: str) -> dict[str, str]:
    rows = scene.sql("SELECT name, status FROM ingest.step WHERE track_id = $1", track_id)
    return {row["name"]: row["status"] for row in rows}

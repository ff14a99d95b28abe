"""kill -9 of any process, in the middle of an upload and of a background step: afterwards all is as if it had
only taken longer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support.served import Served, gone, kill, patient
from tests.support.server import Person, soon
from tests.support.wire import RawUpload

STEPS = ["loudness", "peaks", "tags"]
FINISH_S = 45.0
"""A job whose worker died is taken up again after some ten seconds."""


Kill = Callable[[Served], None]
KILLS: dict[str, Kill] = {
    "web": lambda scene: kill(scene.process("web")),
    "worker": lambda scene: kill(scene.process("worker")),
    "postgres": lambda scene: kill(scene.process("postgres")),
    "supervisor": lambda scene: kill(scene.supervisor.pid),
    "guard": lambda scene: kill(scene.process("guard")),
    "everything": lambda scene: kill(*scene.family()),
}


@pytest.mark.parametrize("victim", KILLS)
def test_after_kill_9_all_steps_finish_once_and_nothing_is_doubled_or_left(
    scene: Served, band: Person, long_song: Path, victim: str
):
    in_steps = band.track(long_song, title=f"In its steps when {victim} died")
    key, title = str(uuid4()), f"On its way when {victim} died"
    arriving = _begin_upload(scene, band, long_song, key, title)
    assert soon(lambda: _statuses(band, in_steps["id"])["loudness"] == "running", 10)
    before = scene.family()
    KILLS[victim](scene)
    arriving.drop()
    if victim in ("supervisor", "everything"):
        scene.supervisor.wait(10)
        assert soon(lambda: gone(before), 12), "something outlived the supervisor"
        if victim == "supervisor":  # where all were killed, nobody was left to remove it; the next start does
            assert scene.open_sockets() == []
        scene.start()

    arrived = patient(lambda: band.upload(long_song, key=key, title=title))
    assert patient(lambda: band.upload(long_song, key=key, title=title))["id"] == arrived["id"]
    for track in (in_steps, arrived):
        assert soon(lambda track=track: _is_finished(band, track["id"]), FINISH_S), _all_of(scene, track)
    _check_nothing_is_doubled_or_left(scene, [in_steps["id"], arrived["id"]])
    assert scene.sql("SELECT id FROM catalog.track WHERE title = $1", title) == [(UUID(arrived["id"]),)]


def _begin_upload(scene: Served, band: Person, path: Path, key: str, title: str) -> RawUpload:
    """Half of it has arrived; the client is slow."""
    content = path.read_bytes()
    fields = {"artist_id": band.artist_id, "title": title}
    upload = RawUpload(scene.place, band.token, fields, content, key=key, name=path.name)
    upload.send(len(content) // 2)
    assert soon(lambda: any((scene.data / "uploads").iterdir()))
    return upload


def _statuses(band: Person, track_id: str) -> dict[str, str]:
    return {
        step["name"]: step["status"]
        for step in patient(lambda: band.client.get(f"/tracks/{track_id}/steps"))["items"]
    }


def _is_finished(band: Person, track_id: str) -> bool:
    return list(_statuses(band, track_id).values()) == ["done"] * len(STEPS)


def _all_of(scene: Served, track: dict[str, Any]) -> str:
    steps = scene.sql("SELECT * FROM ingest.step WHERE track_id = $1", track["id"])
    jobs = scene.sql("SELECT id, status, attempts, heartbeat, payload FROM jobs.pgqueuer")
    return f"{steps}\n{jobs}\n{scene.log.read_text()[-3000:]}"


def _check_nothing_is_doubled_or_left(scene: Served, track_ids: list[str]) -> None:
    rows = scene.sql("SELECT * FROM catalog.track WHERE id = ANY ($1::uuid[])", track_ids)
    for row in rows:
        assert sorted(row["steps_done"]) == STEPS
        assert row["integrated_lufs"] is not None and row["waveform"] is not None
    assert soon(lambda: scene.sql("SELECT FROM jobs.pgqueuer") == [], 15), scene.sql(
        "SELECT status, attempts, payload FROM jobs.pgqueuer"
    )
    assert soon(lambda: not any((scene.data / "uploads").iterdir()), 5), "uploads/ is not empty"
    sources = scene.sql("SELECT source_key, playback_key FROM catalog.track")
    wanted = {key for row in sources for key in (row["source_key"], row["playback_key"])}
    assert {key for key in scene.stored() if key.startswith("sources/")} == wanted
    assert {
        key for key in scene.stored() if not key.startswith(("sources/", "renditions/", "covers/"))
    } == set()

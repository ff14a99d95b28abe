"""Background steps as a page sees them: hints, states, another try; and what they find."""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mutagen.flac import FLAC, Picture
from PIL import Image
from tests.support.music import Songs, wav
from tests.support.server import Person, Site, soon

STEPS = {"loudness", "peaks", "tags"}


@pytest.fixture(scope="module", autouse=True)
def worker(site: Site) -> Generator[None]:
    with site.working():
        yield


def finished(band: Person, track_id: str) -> dict[str, Any]:
    """The track when all its steps are done."""

    def look() -> dict[str, Any]:
        return band.client.get(f"/tracks/{track_id}").json()

    assert soon(lambda: set(look()["steps_done"]) == STEPS, 40), look()
    return look()


@contextmanager
def events(client: httpx2.Client, track_id: str) -> Generator[Iterator[tuple[str, Any]]]:
    """The open stream as (event, data); it ends after 30 s without a word."""
    address = f"/api/v1/events?topic=track:{track_id}"
    with client.stream("GET", address, timeout=30) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")

        def read() -> Iterator[tuple[str, Any]]:
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    yield name, json.loads(line.removeprefix("data: "))

        yield read()


def test_hints_come_after_ready_and_a_later_look_finds_the_rest(site: Site, band: Person):
    track = band.track(wav(3.0, seed=5))
    with events(site.client(), track["id"]) as stream:
        assert next(stream) == ("ready", {})
        band.client.patch(f"/tracks/{track['id']}", json={"title": "Meanwhile"})
        while len(band.client.get(f"/tracks/{track['id']}").json()["steps_done"]) < 3:
            assert next(stream) == ("changed", {"topic": f"track:{track['id']}"})
    with events(site.client(), track["id"]) as stream:  # connected again: nothing is repeated, all is there
        assert next(stream) == ("ready", {})
        assert finished(band, track["id"])["title"] == "Meanwhile"


@pytest.mark.parametrize("topic", ["", "track:1", "everything", "track:*"])
def test_a_topic_that_is_none_is_refused(site: Site, topic: str):
    answer = site.client().get("/api/v1/events", params={"topic": topic})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_each_step_is_done_once_and_says_what_it_found(site: Site, band: Person):
    track = finished(band, band.track(wav(4.0, seed=6))["id"])
    steps = band.client.get(f"/tracks/{track['id']}/steps").json()
    assert steps["next"] is None
    for step in steps["items"]:
        assert (step["status"], step["attempts"], step["error"]) == ("done", 1, None)
        assert step["finished_at"] is not None
    assert -30 < track["loudness"]["integrated_lufs"] < -5
    assert -12 < track["loudness"]["true_peak_dbtp"] <= 0
    assert len(track["waveform"]) == 200 and max(track["waveform"]) > 100
    assert track["cover"] is None
    assert sorted(track["steps_done"]) == sorted(STEPS)


def test_a_files_own_title_genre_and_picture_are_taken_where_nobody_said_otherwise(
    site: Site, band: Person, songs: Songs, tmp_path: Path
):
    tagged = tmp_path / "07 untold.flac"
    tagged.write_bytes(songs.get("flac44").read_bytes())
    _tag(tagged)
    track = finished(band, band.track(tagged)["id"])
    assert (track["title"], [genre["slug"] for genre in track["genres"]]) == ("Silt", ["dub"])
    named = finished(band, band.track(tagged, title="As I say")["id"])
    assert named["title"] == "As I say"
    client = site.client()
    for size, edge in (("small", 96), ("medium", 320), ("large", 800)):
        image = client.get(track["cover"][size])
        assert image.headers["content-type"] == "image/webp"
        assert "immutable" in image.headers["cache-control"]
        assert Image.open(BytesIO(image.content)).size == (edge, edge)
        jpeg = client.get(track["cover"][size].replace(".webp", ".jpg"))
        assert Image.open(BytesIO(jpeg.content)).format == "JPEG"
    assert track["cover"]["colour"].startswith("#")
    for missing in (f"{'0' * 32}-96.webp", "x-96.webp", f"{'0' * 32}-97.webp"):
        answer = client.get(f"/covers/{missing}", headers={"Accept": "image/*"})
        assert answer.status_code == 404 and answer.json()["code"] == "not_found"


def test_a_failed_step_is_tried_again_on_request_and_nothing_else_is(
    site: Site, band: Person, stranger: Person
):
    track = finished(band, band.track(wav(2.0, seed=7), publish="true")["id"])
    retry = f"/tracks/{track['id']}/steps/peaks/retry"
    assert band.client.post(retry).json()["code"] == "step_not_failed"
    site.sql(
        """UPDATE ingest.step SET status = 'failed', error = 'Nothing came out', attempts = 5
            WHERE track_id = $1 AND name = 'peaks'""",
        track["id"],
    )
    listed = band.client.get(f"/tracks/{track['id']}/steps").json()["items"]
    assert {"name": "peaks", "status": "failed", "error": "Nothing came out"}.items() <= listed[1].items()
    assert stranger.client.post(retry).status_code == 403
    assert band.client.post(retry).status_code == 202
    assert soon(lambda: _status(band, track["id"], "peaks") == ("done", 1))
    assert finished(band, track["id"])["steps_done"].count("peaks") == 1


def test_a_step_whose_sound_is_gone_fails_in_words_and_can_be_tried_again(site: Site, band: Person):
    """Not held for ever as "running": a step that can't even begin ends like any other that fails."""
    track = finished(band, band.track(wav(2.0, seed=8))["id"])
    (row,) = site.sql("SELECT source_key FROM catalog.track WHERE id = $1", track["id"])
    source = site.blobs / row["source_key"]
    aside = source.rename(source.with_name("aside"))
    site.sql(
        "UPDATE ingest.step SET status = 'failed', error = 'x' WHERE track_id = $1 AND name = 'loudness'",
        track["id"],
    )
    retry = f"/tracks/{track['id']}/steps/loudness/retry"
    assert band.client.post(retry).status_code == 202
    assert soon(lambda: _status(band, track["id"], "loudness") == ("failed", 1))
    aside.rename(source)
    assert band.client.post(retry).status_code == 202
    assert soon(lambda: _status(band, track["id"], "loudness") == ("done", 1))
    assert site.sql("SELECT FROM jobs.pgqueuer WHERE status = 'failed'") == []


def _status(band: Person, track_id: str, name: str) -> tuple[str, int]:
    steps = band.client.get(f"/tracks/{track_id}/steps").json()["items"]
    return next((step["status"], step["attempts"]) for step in steps if step["name"] == name)


def _tag(path: Path) -> None:
    file = FLAC(path)
    file["title"], file["genre"], file["artist"] = "Silt", "Dub", "Somebody Else"
    picture = Picture()
    drawn = BytesIO()
    Image.new("RGB", (300, 200), "#cc5511").save(drawn, "PNG")
    picture.data, picture.mime, picture.type = drawn.getvalue(), "image/png", 3
    file.add_picture(picture)
    file.save()

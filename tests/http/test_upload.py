"""POST /tracks: a file becomes a track that plays, once, or nothing at all."""

import pytest
from tests.support.music import FORMATS, Songs
from tests.support.server import Person, Site


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_plays_in_the_answer_before_any_background_step(
    site: Site, band: Person, songs: Songs, form: str
):
    track = band.track(songs.get(form), title=form)
    assert (track["media_status"], track["publication"], track["steps_done"]) == ("playable", "draft", [])
    assert abs(track["duration_ms"] - 9_500) < 100
    with site.client() as listener:
        first = listener.get(track["stream"]["url"], headers={"Range": "bytes=0-40000"})
    assert first.status_code == 206
    steps = band.client.get(f"/tracks/{track['id']}/steps").json()["items"]
    assert {step["name"]: step["status"] for step in steps} == {
        "loudness": "waiting",
        "peaks": "waiting",
        "tags": "waiting",
    }

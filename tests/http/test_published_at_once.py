"""Publishing a draft that somebody has just been listening to."""

from tests.support.music import wav
from tests.support.server import Person, Site


def test_a_draft_that_was_heard_is_heard_by_everyone_once_published(site: Site, band: Person):
    track = band.track(wav(3))
    assert site.client().get(track["stream"]["hls"]).status_code == 200  # its artist, checking it
    out = band.client.post(f"/tracks/{track['id']}/publish").json()
    assert site.client().get(out["stream"]["hls"]).status_code == 200

"""Many tracks in one answer, as a long queue asks for them."""

from uuid import uuid4

from tests.support.music import wav
from tests.support.server import Person, Site


def test_tracks_come_by_their_ids_and_what_is_hidden_is_left_out(site: Site, band: Person):
    out, draft = band.track(wav(3), publish="true")["id"], band.track(wav(3, seed=2))["id"]
    asked = {"ids": ",".join([out, draft, str(uuid4()), out])}

    own = band.client.get("/tracks", params=asked).json()
    assert {track["id"] for track in own["items"]} == {out, draft}
    assert len(own["items"]) == 2
    assert own["next"] is None

    guest = site.client().get("/api/v1/tracks", params=asked).json()
    (seen,) = guest["items"]
    assert seen["id"] == out
    assert site.client().get(seen["stream"]["hls"]).status_code == 200


def test_what_are_no_ids_and_too_many_of_them_are_refused(site: Site):
    for ids in ("", "one,two", ",".join(str(uuid4()) for _ in range(101))):
        refused = site.client().get("/api/v1/tracks", params={"ids": ids})
        assert refused.status_code == 422, ids
        assert refused.json()["field"] == "ids"

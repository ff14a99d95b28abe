"""Answers that are worth it come compressed to who takes it, and are the same answers."""

import httpx2
from tests.support.music import wav
from tests.support.server import Person, Site


def test_a_long_list_is_a_fraction_on_its_way(site: Site, band: Person):
    for seed in range(6):
        band.track(wav(1.0, seed=seed), f"row {seed}.wav", publish="true")
    listener = site.client()
    plain = listener.get("/api/v1/tracks", headers={"Accept-Encoding": "identity"})
    packed = listener.get("/api/v1/tracks", headers={"Accept-Encoding": "gzip"})
    assert plain.json().keys() == packed.json().keys()
    assert [one["id"] for one in plain.json()["items"]] == [one["id"] for one in packed.json()["items"]]
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert "accept-encoding" in plain.headers["vary"].lower()


def test_what_is_short_or_refused_or_sound_stays_as_it_is(site: Site, band: Person):
    track = band.track(wav(1.0, seed=9), "short.wav", publish="true")
    listener = site.client()
    for path in (
        "/genres/none",
        f"/tracks/{track['id']}/stream",
        f"/tracks/{track['id']}/stream?codec=original",
    ):
        answer: httpx2.Response = listener.get(path, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in answer.headers, path

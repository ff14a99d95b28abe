"""Preferences, places and taste over HTTP."""

import pytest
from tests.support.music import wav
from tests.support.server import Person, Site, soon

from basedmusic.catalog.clips import CLIP_MS

NOTHING = {
    "history_paused": False,
    "followable": False,
    "welcomed": False,
    "reach": None,
    "reach_km": None,
    "nights": [],
    "place": None,
    "genres": [],
    "adult_from": None,
}


@pytest.fixture
def fan(site: Site) -> Person:
    return site.person("Newcomer")


@pytest.fixture(scope="module")
def scene(site: Site, band: Person) -> list[str]:
    """Three tracks with their peaks, in three genres."""
    made: list[str] = []
    for seed, genre in enumerate(("dub", "jazz", "punk"), 41):
        track = band.track(
            wav(20, rate=8_000, channels=1, seed=seed), title=f"A {genre} song", publish="true"
        )
        assert band.client.patch(f"/tracks/{track['id']}", json={"genres": [genre]}).status_code == 200
        made.append(track["id"])
    with site.working():
        assert soon(
            lambda: all("peaks" in band.client.get(f"/tracks/{one}").json()["steps_done"] for one in made), 60
        )
    return made


def preferences(person: Person) -> dict[str, object]:
    return person.client.get("/me/preferences").json()


def test_all_of_it_may_be_left_out_changed_and_taken_back(site: Site, fan: Person, stranger: Person):
    assert preferences(fan) == NOTHING
    (berlin,) = site.client().get("/api/v1/places?q=berlin,germany&limit=1").json()["items"]
    said = {"reach": "region", "nights": [6, 5, 5], "place_id": berlin["id"], "welcomed": True}
    answer = fan.client.patch("/me/preferences", json=said)
    assert answer.status_code == 200, answer.text
    assert fan.client.put("/me/taste/genres", json={"genres": ["jazz", "dub", "jazz"]}).status_code == 204
    assert preferences(fan) == NOTHING | {
        "welcomed": True,
        "reach": "region",
        "reach_km": 60,
        "nights": [5, 6],
        "place": berlin,
        "genres": ["dub", "jazz"],
    }
    assert preferences(stranger)["place"] is None
    fan.client.patch("/me/preferences", json={"reach": None, "place_id": None, "followable": True})
    assert preferences(fan)["reach"] is None and preferences(fan)["place"] is None
    assert preferences(fan)["nights"] == [5, 6]
    assert fan.client.delete("/me/taste").status_code == 204
    assert preferences(fan) == NOTHING | {"welcomed": True, "followable": True}


def test_what_there_is_not_is_refused_by_name(fan: Person):
    unknown = fan.client.patch("/me/preferences", json={"place_id": 1})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "place_unknown")
    assert fan.client.put("/me/taste/genres", json={"genres": ["muzak"]}).json()["code"] == "genre_unknown"
    for odd in ({"nights": [0]}, {"nights": [8]}, {"reach": "moon"}, {"place_id": "1"}):
        assert fan.client.patch("/me/preferences", json=odd).status_code == 422
    assert preferences(fan) == NOTHING


def test_clips_of_the_wanted_genres_come_first_and_none_that_was_judged(
    band: Person, fan: Person, scene: list[str]
):
    fan.client.put("/me/taste/genres", json={"genres": ["punk"]})
    clips = fan.client.get("/me/clips").json()["items"]
    assert clips[0]["track"]["id"] == scene[2]
    assert {one["track"]["id"] for one in clips} >= set(scene)
    for clip in clips:
        assert clip["length_ms"] == CLIP_MS and clip["track"]["stream"]
        assert 0 <= clip["start_ms"] <= max(0, clip["track"]["duration_ms"] - CLIP_MS)
    assert fan.client.put(f"/me/taste/tracks/{scene[2]}", json={"kept": False}).status_code == 204
    assert scene[2] not in [one["track"]["id"] for one in fan.client.get("/me/clips").json()["items"]]
    # One's own are no news.
    assert not {one["track"]["id"] for one in band.client.get("/me/clips").json()["items"]} & set(scene)


def test_what_is_kept_is_saved_and_what_is_passed_after_all_is_not(
    fan: Person, stranger: Person, scene: list[str]
):
    track = scene[0]

    def saved() -> bool:
        return fan.client.get(f"/tracks/{track}").json()["saved"]

    def judged(person: Person) -> list[bool]:
        return [one["kept"] for one in person.client.get("/me/taste/tracks").json()["items"]]

    for kept in (True, True, False, True):
        assert fan.client.put(f"/me/taste/tracks/{track}", json={"kept": kept}).status_code == 204
        assert (saved(), judged(fan)) == (kept, [kept])
    assert judged(stranger) == []
    assert fan.client.delete(f"/me/taste/tracks/{track}").status_code == 204
    assert (saved(), judged(fan)) == (True, [])


def test_a_pass_leaves_what_was_saved_before(fan: Person, scene: list[str]):
    fan.client.put(f"/me/saved/tracks/{scene[1]}")
    fan.client.put(f"/me/taste/tracks/{scene[1]}", json={"kept": False})
    assert fan.client.get(f"/tracks/{scene[1]}").json()["saved"]


def test_what_cannot_be_seen_cannot_be_judged(band: Person, fan: Person):
    draft = band.track(wav(2, seed=51))["id"]
    assert (
        fan.client.put(f"/me/taste/tracks/{draft}", json={"kept": True}).json()["code"] == "track_not_found"
    )
    assert fan.client.delete(f"/me/taste/tracks/{draft}").status_code == 204

"""Saving over HTTP."""

from uuid import uuid4

import pytest
from tests.support.music import wav
from tests.support.server import Person, Site

from basedmusic.catalog.routes.library import CHANGES_PER_ACCOUNT


@pytest.fixture(scope="module")
def track(band: Person) -> str:
    return band.track(wav(2), publish="true")["id"]


@pytest.fixture(scope="module")
def release(band: Person) -> str:
    made = band.client.post(
        "/releases", json={"artist_id": band.artist_id, "title": "Ebb", "kind": "ep"}
    ).json()["id"]
    band.track(wav(2, seed=3), release_id=made)
    assert band.client.post(f"/releases/{made}/publish").status_code == 200
    return made


def ids(person: Person, path: str) -> list[str]:
    answer = person.client.get(path)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


def test_what_is_kept_is_listed_marked_and_its_keepers_alone(
    site: Site, band: Person, stranger: Person, track: str, release: str
):
    kept = (
        (f"/me/saved/tracks/{track}", "/me/saved/tracks", f"/tracks/{track}", "saved"),
        (f"/me/saved/releases/{release}", "/me/saved/releases", f"/releases/{release}", "saved"),
    )
    for change, listing, single, mark in kept:
        for _ in range(2):
            put = stranger.client.put(change)
            assert (put.status_code, put.content) == (204, b""), put.text
        assert ids(stranger, listing) == [change.rpartition("/")[2]]
        assert ids(band, listing) == []
        assert stranger.client.get(single).json()[mark] is True
        assert band.client.get(single).json()[mark] is False
        assert site.client().get(f"/api/v1{single}").json()[mark] is False
        for _ in range(2):
            assert stranger.client.delete(change).status_code == 204
        assert ids(stranger, listing) == []


def test_not_found_and_not_allowed_look_alike(band: Person, stranger: Person):
    draft = band.track(wav(2, seed=4))["id"]
    hidden = stranger.client.put(f"/me/saved/tracks/{draft}")
    missing = stranger.client.put(f"/me/saved/tracks/{uuid4()}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() == missing.json()
    assert stranger.client.delete(f"/me/saved/tracks/{draft}").status_code == 204
    assert stranger.client.put(f"/me/saved/releases/{uuid4()}").json()["code"] == "release_not_found"


def test_a_guest_is_asked_to_sign_in(site: Site, track: str):
    guest = site.client()
    for path in ("/me/saved/tracks", "/me/saved/releases"):
        assert guest.get(f"/api/v1{path}").json()["code"] == "sign_in_required"
    for path in (f"/me/saved/tracks/{track}", f"/me/saved/releases/{uuid4()}"):
        assert guest.put(f"/api/v1{path}").json()["code"] == "sign_in_required"
        assert guest.delete(f"/api/v1{path}").json()["code"] == "sign_in_required"


def test_too_many_changes_are_refused_by_name_and_counted_per_account(site: Site, band: Person, track: str):
    most = int(CHANGES_PER_ACCOUNT.partition("/")[0])
    greedy = site.person("Greedy")
    for _ in range(most):
        greedy.client.delete(f"/me/saved/tracks/{track}")
    refused = greedy.client.put(f"/me/saved/tracks/{track}")
    assert (refused.status_code, refused.json()["limit"]) == (429, "library")
    assert int(refused.headers["retry-after"]) > 0
    assert band.client.delete(f"/me/saved/tracks/{track}").status_code == 204

"""Following artists, venues, organisers and persons over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from tests.support.server import Person, Site

from basedmusic.accounts.routes.following import CHANGES_PER_ACCOUNT
from basedmusic.accounts.rules.standing import LIMITS, Limited, Standing


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, dict[str, Any]]:
    """By kind, as their own pages tell of them."""
    host = site.person("Host")
    venue = host.client.post("/venues", json={"name": "The Annex", "city": "Rust Harbour"}).json()
    crew = {"name": "Night Shift", "city": "Rust Harbour", "type": "collective"}
    organiser = host.client.post("/organisers", json=crew).json()
    artist = host.client.get(f"/artists/{host.artist_id}").json()
    return {"artist": artist, "venue": venue, "organiser": organiser}


def names(person: Person, **params: str | int) -> list[str]:
    answer = person.client.get("/me/following", params=params)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


@pytest.mark.parametrize("kind", ["artist", "venue", "organiser"])
def test_who_is_followed_is_listed_marked_and_nobody_elses(
    site: Site, band: Person, places: dict[str, dict[str, Any]], kind: str
):
    fan, one = site.person(f"Fan{kind}"), places[kind]
    single = f"/{kind}s/{one['slug']}"
    for _ in range(2):
        put = fan.client.put(f"/me/following/{one['id']}")
        assert (put.status_code, put.content) == (204, b""), put.text
    (listed,) = fan.client.get("/me/following", params={"kind": kind}).json()["items"]
    assert {name: listed[name] for name in ("id", "kind", "slug", "name")} == {
        "id": one["id"],
        "kind": kind,
        "slug": one["slug"],
        "name": one["name"],
    }
    assert one["name"] not in names(band)
    assert fan.client.get(single).json()["following"] is True
    assert band.client.get(single).json()["following"] is False
    assert site.client().get(f"/api/v1{single}").json()["following"] is False
    for _ in range(2):
        assert fan.client.delete(f"/me/following/{one['id']}").status_code == 204
    assert names(fan) == []
    assert fan.client.get(single).json()["following"] is False


def test_a_list_is_of_all_or_of_one_kind_and_goes_on_where_it_ended(
    site: Site, places: dict[str, dict[str, Any]]
):
    fan = site.person("Fanofall")
    for one in places.values():
        fan.client.put(f"/me/following/{one['id']}")
    last_first = [one["name"] for one in reversed(places.values())]
    assert names(fan) == last_first
    for kind, one in places.items():
        assert names(fan, kind=kind) == [one["name"]]
    assert names(fan, kind="person") == []
    assert fan.client.get("/me/following", params={"kind": "scene"}).status_code == 422
    seen: list[str] = []
    after: str | None = None
    while len(seen) < 3:
        params = {"limit": 1, **({"after": after} if after else {})}
        page = fan.client.get("/me/following", params=params).json()
        seen += [one["name"] for one in page["items"]]
        after = page["next"]
    assert (seen, after) == (last_first, None)


def test_a_person_is_followed_only_with_their_leave(site: Site, stranger: Person):
    mara = site.person("Marafollowed")
    path = f"/me/following/{mara.id}"
    refused, nobody = stranger.client.put(path), stranger.client.put(f"/me/following/{uuid4()}")
    assert (refused.status_code, refused.json()["code"]) == (404, "party_not_found")
    assert refused.json() == nobody.json()
    mara.client.patch("/me/preferences", json={"followable": True})
    assert stranger.client.put(path).status_code == 204
    assert names(stranger, kind="person") == ["Marafollowed"]
    # As the setting says: who follows already goes on doing so, and nobody new begins.
    mara.client.patch("/me/preferences", json={"followable": False})
    assert names(stranger, kind="person") == ["Marafollowed"]
    assert stranger.client.put(path).status_code == 204
    stranger.client.delete(path)
    assert stranger.client.put(path).status_code == 404
    own = mara.client.put(path)
    assert (own.status_code, own.json()["code"]) == (409, "own_party")


def test_a_block_ends_it_and_keeps_it_ended(site: Site, stranger: Person):
    mara = site.person("Marablocks")
    mara.client.patch("/me/preferences", json={"followable": True})
    ivo = site.person("Ivoblocked")
    for path in (f"/me/following/{mara.id}", f"/me/following/{mara.artist_id}"):
        assert ivo.client.put(path).status_code == 204
    assert mara.client.put(f"/me/blocks/{ivo.id}").status_code == 204
    assert names(ivo) == []
    for path in (f"/me/following/{mara.id}", f"/me/following/{mara.artist_id}"):
        assert ivo.client.put(path).json()["code"] == "party_not_found"
        assert stranger.client.put(path).status_code == 204


def test_the_scene_is_followed_by_nobody(site: Site, stranger: Person):
    ((scene,),) = site.sql("SELECT id FROM accounts.party WHERE kind = 'scene'")
    assert stranger.client.put(f"/me/following/{scene}").json()["code"] == "party_not_found"


def test_a_guest_is_asked_to_sign_in(site: Site):
    guest = site.client()
    assert guest.get("/api/v1/me/following").json()["code"] == "sign_in_required"
    for send in (guest.put, guest.delete):
        assert send(f"/api/v1/me/following/{uuid4()}").json()["code"] == "sign_in_required"


def test_following_on_and_off_makes_no_room_for_more(site: Site, places: dict[str, dict[str, Any]]):
    fan, path = site.person("Fickle"), f"/me/following/{places['venue']['id']}"
    most = LIMITS[Limited.FOLLOWS][Standing.NEW].most
    for _ in range(most):
        assert fan.client.put(path).status_code == 204
        assert fan.client.put(path).status_code == 204  # again is no act
        assert fan.client.delete(path).status_code == 204
    refused = fan.client.put(path)
    assert refused.status_code == 429 and f"{most} times an hour" in refused.json()["detail"], refused.text
    assert int(refused.headers["retry-after"]) > 0


def test_too_many_presses_are_refused_by_name_and_counted_per_account(site: Site, band: Person):
    most = int(CHANGES_PER_ACCOUNT.partition("/")[0])
    greedy = site.person("Greedyfan")
    for _ in range(most):
        greedy.client.delete(f"/me/following/{band.artist_id}")
    refused = greedy.client.put(f"/me/following/{band.artist_id}")
    assert (refused.status_code, refused.json()["limit"]) == (429, "following")
    assert band.client.delete(f"/me/following/{band.artist_id}").status_code == 204

"""Shows over HTTP: drafted, published, moved, put off, called off; found by the scene, a venue and an artist."""

from typing import Any

import pytest
from tests.support.server import Person, Site

TIMES = {
    "zone": "Europe/Berlin",
    "starts": "2199-10-27T00:30",
    "doors": "2199-10-26T23:00",
    "curfew": "2199-10-27T04:00",
}
LATER = {"zone": "Europe/Berlin", "starts": "2199-11-30T20:00"}
ELSEWHERE = {"place_name": "The old swimming bath", "place_address": "12 Quay Street"}


def made(person: Person, where: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = person.client.post(where, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def venue_with_room(person: Person, **room: Any) -> tuple[str, str]:
    venue = made(person, "/venues", {"name": "The Ebb", "city": "Rust Harbour"})["id"]
    return venue, made(person, f"/venues/{venue}/rooms", {"name": "Cellar", **room})["id"]


def drafted(person: Person, **more: Any) -> dict[str, Any]:
    body = {"owner_id": person.artist_id, "title": "Low tide", "times": TIMES, "where": ELSEWHERE, **more}
    return made(person, "/shows", body)


def published(person: Person, **more: Any) -> str:
    show_id = drafted(person, **more)["id"]
    answer = person.client.post(f"/shows/{show_id}/publish")
    assert answer.status_code == 200, answer.text
    return show_id


def titles(person: Person | None, site: Site, path: str) -> list[str]:
    client = person.client if person else site.client()
    address = path if person else f"/api/v1{path}"
    return [show["id"] for show in client.get(address).json()["items"]]


@pytest.fixture(scope="module")
def mara(site: Site) -> Person:
    return site.person("Marashow")


@pytest.fixture(scope="module")
def ivo(site: Site) -> Person:
    return site.person("Ivoshow")


def test_a_room_says_once_what_it_is_like_and_every_show_in_it_tells(site: Site, mara: Person):
    access = {"step_free": True, "hearing_loop": False, "words": "The lift is 80 cm wide."}
    venue, room = venue_with_room(mara, capacity=120, access=access)
    show = drafted(mara, where={"room_id": room})
    told = show["where"]["room"]
    assert (told["venue"]["id"], told["capacity"]) == (venue, 120)
    assert told["access"] | access == told["access"]
    assert told["access"]["quiet_space"] is None  # nobody has said, which is not a no
    mara.client.patch(f"/rooms/{room}", json={"access": {"quiet_space": True}})
    told = mara.client.get(f"/shows/{show['id']}").json()["where"]["room"]
    assert (told["access"]["quiet_space"], told["access"]["step_free"]) == (True, True)
    assert mara.client.post(f"/rooms/{room}/close").json()["closed"] is True
    again = {"owner_id": mara.artist_id, "title": "x", "times": TIMES, "where": {"room_id": room}}
    assert mara.client.post("/shows", json=again).json()["code"] == "room_closed"
    assert site.client().get(f"/api/v1/venues/{venue}/rooms").json()["items"] == []
    mara.client.post(f"/rooms/{room}/open")
    assert len(site.client().get(f"/api/v1/venues/{venue}/rooms").json()["items"]) == 1


def test_only_a_venue_has_rooms(mara: Person):
    answer = mara.client.post(f"/venues/{mara.artist_id}/rooms", json={"name": "Cellar"})
    assert (answer.status_code, answer.json()["code"]) == (404, "room_not_found")


def test_a_draft_is_nobodys_business_and_a_published_show_everybodys(site: Site, mara: Person, ivo: Person):
    show = drafted(mara)
    path = f"/shows/{show['id']}"
    assert (show["state"], show["can_edit"]) == ("draft", True)
    assert ivo.client.get(path).status_code == site.client().get("/api/v1" + path).status_code == 404
    assert show["id"] not in titles(ivo, site, f"/profiles/{mara.artist_id}/shows")
    assert show["id"] in titles(mara, site, f"/profiles/{mara.artist_id}/shows")
    assert ivo.client.post(path + "/publish").status_code == 404

    answer = mara.client.post(path + "/publish")
    assert (answer.status_code, answer.json()["state"]) == (200, "published")
    assert site.client().get("/api/v1" + path).json() == {**answer.json(), "can_edit": False}
    assert show["id"] in titles(None, site, "/shows?limit=100")
    assert ivo.client.post(path + "/cancel", json={}).status_code == 403
    again = mara.client.post(path + "/publish")
    assert (again.status_code, again.json()["code"]) == (409, "show_stands")


def test_a_show_after_midnight_is_of_the_evening_before(site: Site, mara: Person):
    show_id = published(mara)
    times = site.client().get(f"/api/v1/shows/{show_id}").json()["times"]
    assert times["evening"] == "2199-10-26"
    assert times["starts"] == {"wall": "2199-10-27T00:30", "at": "2199-10-26T22:30:00Z"}
    assert show_id in titles(None, site, "/shows?evening=2199-10-26&limit=100")
    assert show_id not in titles(None, site, "/shows?evening=2199-10-27&limit=100")


def test_a_time_that_is_none_is_refused_by_field(mara: Person):
    body = {"owner_id": mara.artist_id, "title": "x", "times": {**TIMES, "curfew": TIMES["doors"]}}
    answer = mara.client.post("/shows", json=body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        422,
        "time_unknown",
        "curfew",
    )


def test_nothing_is_published_nowhere_or_in_the_past(mara: Person):
    nowhere = drafted(mara, where={})["id"]
    assert mara.client.post(f"/shows/{nowhere}/publish").json()["code"] == "show_nowhere"
    past = drafted(mara, times={"zone": "UTC", "starts": "2020-01-01T20:00"})["id"]
    assert mara.client.post(f"/shows/{past}/publish").json()["code"] == "time_unknown"
    assert mara.client.delete(f"/shows/{past}").status_code == 204
    assert mara.client.get(f"/shows/{past}").status_code == 404


def test_what_becomes_of_a_show_is_kept(site: Site, mara: Person):
    show_id = published(mara)
    edited = mara.client.patch(f"/shows/{show_id}", json={"title": "High tide"}).json()
    assert (edited["title"], edited["times"]["evening"]) == ("High tide", "2199-10-26")
    assert mara.client.patch(f"/shows/{show_id}", json={"times": LATER}).json()["code"] == "show_stands"
    postponed = mara.client.post(f"/shows/{show_id}/postpone", json={"words": "The van broke down"})
    assert postponed.json()["state"] == "postponed"
    moved = mara.client.post(f"/shows/{show_id}/reschedule", json={"times": LATER, "words": "A new van"})
    assert (moved.json()["state"], moved.json()["times"]["evening"]) == ("rescheduled", "2199-11-30")
    assert moved.json()["times"]["doors"] is None
    mara.client.post(f"/shows/{show_id}/cancel", json={"words": "No van"})
    changes = site.client().get(f"/api/v1/shows/{show_id}/changes").json()["items"]
    assert [one["act"] for one in changes] == ["cancelled", "rescheduled", "postponed", "published"]
    assert changes[1]["before"]["wall"] == "2199-10-27T00:30"
    assert [one["words"] for one in changes[:2]] == ["No van", "A new van"]
    assert show_id in titles(None, site, "/shows?limit=100")  # cancelled stays to be found
    assert mara.client.post(f"/shows/{show_id}/reschedule", json={"times": LATER}).status_code == 409
    assert mara.client.delete(f"/shows/{show_id}").status_code == 409


def test_whoever_is_named_says_yes_or_no(site: Site, mara: Person, ivo: Person):
    venue, room = venue_with_room(ivo)
    show_id = published(mara, where={"room_id": room})
    acts = [
        {"artist_id": ivo.artist_id, "after_s": 3600},
        {"name": "Somebody's cousin"},
        {"artist_id": mara.artist_id},
    ]
    lineup = mara.client.put(f"/shows/{show_id}/lineup", json={"acts": acts}).json()["acts"]
    assert [one["answer"] for one in lineup] == ["asked", "none", "confirmed"]
    seen = site.client().get(f"/api/v1/shows/{show_id}").json()
    assert seen["where"]["venue_answer"] == "asked"
    assert [one["artist"] and one["artist"]["id"] for one in seen["acts"]] == [None, None, mara.artist_id]
    assert seen["acts"][0]["name"] == "Ivoshow and the Tides"
    for party in (venue, ivo.artist_id):
        assert show_id not in titles(None, site, f"/profiles/{party}/shows")
        assert show_id in titles(ivo, site, f"/profiles/{party}/asking-shows")

    answer = f"/shows/{show_id}/lineup/{lineup[0]['id']}/answer"
    assert mara.client.put(answer, json={"answer": "confirmed"}).status_code == 403
    assert ivo.client.put(answer, json={"answer": "confirmed"}).status_code == 204
    assert ivo.client.put(f"/shows/{show_id}/venue-answer", json={"answer": "confirmed"}).status_code == 204
    for party in (venue, ivo.artist_id):
        assert show_id in titles(None, site, f"/profiles/{party}/shows")
        assert show_id not in titles(ivo, site, f"/profiles/{party}/asking-shows")
    # Written anew in another order, the bill keeps what was said.
    again = mara.client.put(f"/shows/{show_id}/lineup", json={"acts": acts[::-1]}).json()["acts"]
    assert [one["answer"] for one in again] == ["confirmed", "none", "confirmed"]
    assert again[2]["id"] == lineup[0]["id"]

    assert ivo.client.put(answer, json={"answer": "declined"}).status_code == 204
    assert ivo.client.put(f"/shows/{show_id}/venue-answer", json={"answer": "declined"}).status_code == 204
    seen = site.client().get(f"/api/v1/shows/{show_id}").json()
    assert [one["name"] for one in seen["acts"]] == ["Marashow and the Tides", "Somebody's cousin"]
    assert seen["where"]["room"] is None
    assert len(mara.client.get(f"/shows/{show_id}").json()["acts"]) == 3


def test_an_artist_stands_on_the_bill_once_and_is_an_artist(mara: Person):
    show_id = drafted(mara)["id"]
    for acts in ([{"artist_id": mara.artist_id}] * 2, [{"artist_id": mara.id}]):
        answer = mara.client.put(f"/shows/{show_id}/lineup", json={"acts": acts})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_an_artist")


def test_the_list_goes_page_by_page_without_repeats(site: Site, mara: Person):
    times = [{"zone": "UTC", "starts": f"2198-01-{day:02}T20:00"} for day in (3, 1, 2, 1)]
    made_ = [published(mara, times=one) for one in times]
    path, seen, walls = f"/profiles/{mara.artist_id}/shows?limit=3", list[str](), list[str]()
    after = ""
    while True:
        page = site.client().get(f"/api/v1{path}{after}").json()
        seen += [show["id"] for show in page["items"]]
        walls += [show["times"]["starts"]["at"] for show in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen))
    assert set(made_) <= set(seen)
    assert walls == sorted(walls)


def test_a_show_that_is_over_leaves_the_lists_and_stays_at_its_address(site: Site, mara: Person):
    show_id = published(mara, times={"zone": "UTC", "starts": "2197-06-01T20:00"})
    with site.clock.moved(days=(2197 - 2026) * 366):
        assert site.client().get(f"/api/v1/shows/{show_id}").json()["state"] == "over"
        assert show_id not in titles(None, site, f"/profiles/{mara.artist_id}/shows?limit=100")
        assert show_id in titles(None, site, "/shows?evening=2197-06-01&limit=100")


def test_whom_one_blocked_puts_on_no_shows(site: Site, mara: Person):
    other = site.person("Hideshow")
    show_id = published(mara)
    assert other.client.get(f"/shows/{show_id}").status_code == 200
    assert other.client.put(f"/me/blocks/{mara.artist_id}").status_code in (200, 204)
    assert other.client.get(f"/shows/{show_id}").status_code == 404
    assert show_id not in titles(other, site, "/shows?limit=100")

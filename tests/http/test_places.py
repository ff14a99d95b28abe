"""Going to a show over HTTP: taken, refused in words, waited for, offered, given back."""

import pytest
from tests.http.test_shows import published
from tests.support.server import Person, Site


@pytest.fixture(scope="module")
def people(site: Site) -> list[Person]:
    return [site.person(name) for name in ("Maraplace", "Ivoplace", "Joostplace")]


def test_the_last_place_is_taken_waited_for_given_back_and_offered(site: Site, people: list[Person]):
    mara, ivo, joost = people
    show = f"/shows/{published(mara)}"
    made = mara.client.put(f"{show}/places", json={"capacity": 3, "offer_minutes": 60})
    assert (made.status_code, made.json()["free"], made.json()["types"]) == (200, 3, [])
    assert ivo.client.put(f"{show}/places", json={"capacity": 9}).status_code == 403
    assert ivo.client.get(f"{show}/rsvp").json() is None

    taken = ivo.client.put(f"{show}/rsvp", json={"says": "going", "size": 2})
    assert (taken.status_code, taken.json()["state"], taken.json()["size"]) == (200, "going", 2)
    refused = joost.client.put(f"{show}/rsvp", json={"says": "going", "size": 2})
    assert (refused.status_code, refused.json()["code"], refused.json()["free"]) == (409, "sold_out", 1)
    assert refused.json()["detail"] == "Only one place is left; you can wait for more"
    waiting = joost.client.put(f"{show}/rsvp/waiting", json={"size": 2}).json()
    assert (waiting["state"], waiting["ahead"]) == ("waiting", 0)

    assert ivo.client.delete(f"{show}/rsvp").status_code == 204
    offered = joost.client.get(f"{show}/rsvp").json()
    assert (offered["state"], offered["size"]) == ("offered", 2)
    assert offered["until"] is not None
    places = site.client().get(f"/api/v1{show}/places").json()
    assert (places["free"], places["going"], places["waiting"]) == (1, 0, 0)
    assert joost.client.put(f"{show}/rsvp", json={"says": "going", "size": 2}).json()["state"] == "going"
    mine = joost.client.get("/me/shows").json()["items"]
    assert [(one["show"]["title"], one["rsvp"]["state"]) for one in mine] == [("Low tide", "going")]


def test_a_reservation_is_taken_within_ten_minutes_or_lapses(site: Site, people: list[Person]):
    mara, ivo, joost = people
    show = f"/shows/{published(mara)}"
    mara.client.put(f"{show}/places", json={"capacity": 1})
    assert ivo.client.put(f"{show}/rsvp/hold", json={"size": 1}).json()["state"] == "held"
    with site.clock.moved(minutes=11):
        assert ivo.client.get(f"{show}/rsvp").json()["state"] == "lapsed"
        assert joost.client.put(f"{show}/rsvp", json={"says": "going"}).json()["state"] == "going"
        assert ivo.client.put(f"{show}/rsvp", json={"says": "going"}).json()["code"] == "sold_out"


def test_kinds_of_places_are_chosen_and_parties_bounded(people: list[Person]):
    mara, ivo, _ = people
    show = f"/shows/{published(mara)}"
    body = {"capacity": 5, "types": [{"name": "Floor"}, {"name": "Seats", "size": 1}], "party_max": 2}
    types = {one["name"]: one["id"] for one in mara.client.put(f"{show}/places", json=body).json()["types"]}
    for body, code in (
        ({"says": "going"}, "place_type_unknown"),
        ({"says": "going", "size": 3, "type_id": types["Floor"]}, "party_too_large"),
        ({"says": "going", "size": 2, "type_id": types["Seats"]}, "sold_out"),
    ):
        assert ivo.client.put(f"{show}/rsvp", json=body).json()["code"] == code
    said = {"says": "going", "size": 1, "type_id": types["Seats"]}
    assert ivo.client.put(f"{show}/rsvp", json=said).json()["type_id"] == types["Seats"]
    fewer = mara.client.put(f"{show}/places", json={"capacity": 5, "types": []})
    assert (fewer.status_code, fewer.json()["code"]) == (409, "places_taken")


def test_a_draft_and_a_cancelled_show_give_no_places(people: list[Person]):
    mara, ivo, _ = people
    show = f"/shows/{published(mara)}"
    mara.client.post(f"{show}/cancel", json={})
    answer = ivo.client.put(f"{show}/rsvp", json={"says": "going"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_places_given")

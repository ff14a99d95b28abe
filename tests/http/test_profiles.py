"""Venues, organisers and pages that nobody owns yet, over HTTP."""

from typing import Any

import pytest
from tests.support.server import Person, Site

from basedmusic.kernel.page import encode_key

ROOM = {
    "name": "The Boiler Room Annex",
    "city": "Rust Harbour",
    "about": "A hall by the water.\nWheelchairs get in.",
}
CREW = {"name": "Night Shift", "city": "Rust Harbour", "type": "collective"}
KINDS = pytest.mark.parametrize(
    ("where", "body"), [("venues", ROOM), ("organisers", CREW)], ids=["venue", "crew"]
)


def moderator(site: Site, name: str = "Moda") -> Person:
    person = site.person(name)
    site.sql(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $1::uuid, 'moderator', kind FROM accounts.party WHERE kind = 'scene'""",
        person.id,
    )
    return person


def made(person: Person, where: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = person.client.post(f"/{where}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


@KINDS
def test_whoever_makes_a_page_owns_and_changes_it(site: Site, where: str, body: dict[str, Any]):
    mara, ivo = site.person("Maraprofile"), site.person("Ivoprofile")
    card = made(mara, where, {**body, "website": "Example.org", "links": ["https://example.net/x"]})
    assert (card["website"], card["links"]) == ("https://example.org/", ["https://example.net/x"])
    assert (card["can_edit"], card["claimable"], card["following"]) == (True, False, False)
    profiles = mara.client.get("/me").json()["profiles"]
    assert [one["role"] for one in profiles if one["id"] == card["id"]] == ["owner"]

    public = site.client().get(f"/api/v1/{where}/{card['slug']}")
    assert public.json() == {**card, "can_edit": False}
    assert site.client().get(f"/api/v1/{where}/{card['id']}").json() == public.json()
    assert not {"members", "owner", "account_id"} & public.json().keys()

    refused = ivo.client.patch(f"/{where}/{card['id']}", json={"city": "Elsewhere"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_a_member")
    changed = mara.client.patch(f"/{where}/{card['id']}", json={"name": "Another name", "website": ""})
    assert (changed.json()["name"], changed.json()["slug"]) == ("Another name", card["slug"])
    assert (changed.json()["website"], changed.json()["about"]) == (None, card["about"])


@KINDS
def test_what_one_has_is_not_sent_again(site: Site, where: str, body: dict[str, Any]):
    mara = site.person("Maratag")
    card = made(mara, where, body)
    guest = site.client()
    path = f"/api/v1/{where}/{card['slug']}"
    first = guest.get(path)
    again = guest.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    mara.client.patch(f"/{where}/{card['id']}", json={"city": "Upriver"})
    after = guest.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (after.status_code, after.json()["city"]) == (200, "Upriver")
    # What differs by who looks has another tag.
    assert mara.client.get(f"/{where}/{card['id']}").headers["etag"] != after.headers["etag"]


def test_artists_have_a_tag_and_places_too(site: Site, band: Person):
    changed = band.client.patch(
        f"/artists/{band.artist_id}", json={"website": "tides.example", "links": ["a.example"]}
    )
    assert (changed.json()["website"], changed.json()["links"]) == (
        "https://tides.example/",
        ["https://a.example/"],
    )
    first = site.client().get(f"/api/v1/artists/{band.artist_id}")
    tag = {"If-None-Match": first.headers["etag"]}
    assert site.client().get(f"/api/v1/artists/{band.artist_id}", headers=tag).status_code == 304


@KINDS
def test_a_list_goes_on_where_it_ended(site: Site, where: str, body: dict[str, Any]):
    mara = site.person("Maralist")
    ids = [made(mara, where, {**body, "name": f"Number {n}"})["id"] for n in range(3)]
    first = site.client().get(f"/api/v1/{where}", params={"limit": 2}).json()
    assert [one["id"] for one in first["items"]] == ids[:0:-1]
    rest = site.client().get(f"/api/v1/{where}", params={"limit": 1, "after": first["next"]}).json()
    assert rest["items"][0]["id"] == ids[0]


@KINDS
def test_a_key_makes_one_page(site: Site, where: str, body: dict[str, Any]):
    mara = site.person("Marakey")
    key = {"Idempotency-Key": "one page"}
    first, second = (mara.client.post(f"/{where}", json=body, headers=key) for _ in range(2))
    assert first.json() == second.json() and second.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    ("where", "body", "field"),
    [
        ("venues", {**ROOM, "city": " "}, "city"),
        ("venues", {**ROOM, "website": "javascript://x"}, "website"),
        ("venues", {**ROOM, "links": ["ftp://x.example"]}, "links"),
        ("organisers", {"name": "N", "city": "C"}, "type"),
        ("organisers", {**CREW, "type": "bank"}, "type"),
    ],
)
def test_what_is_not_right_is_named(site: Site, where: str, body: dict[str, Any], field: str):
    answer = site.person("Maraodd").client.post(f"/{where}", json=body)
    assert answer.status_code == 422
    named = answer.json().get("field") or answer.json()["errors"][0]["field"]
    assert field in named


def test_an_artists_key_opens_no_venue(site: Site, band: Person):
    answer = site.client().get(f"/api/v1/venues/{band.artist_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "venue_not_found")


def test_a_moderator_makes_a_page_for_somebody_who_is_not_here(site: Site):
    moda, mara = moderator(site), site.person("Marastub")
    for kind, more in (("artist", {}), ("venue", {}), ("organiser", {"type": "label"})):
        stub = {"kind": kind, "name": f"Not here {kind}", "city": "Upriver", "website": "x.example", **more}
        assert mara.client.post("/profiles", json=stub).json()["code"] == "moderators_only"
        answer = moda.client.post("/profiles", json=stub)
        assert answer.status_code == 201, answer.text
        profile = answer.json()
        assert (profile["claimable"], profile["website"]) == (True, "https://x.example/")
        page = site.client().get(f"/api/v1/{kind}s/{profile['slug']}").json()
        assert page["claimable"] and not page["can_edit"]
        assert site.client().get(f"/api/v1/profiles/{profile['id']}").json() == profile
        # Nobody acts for it; a moderator keeps it in order.
        assert profile["id"] not in [one["id"] for one in moda.client.get("/me").json()["profiles"]]
        edited = moda.client.patch(f"/{kind}s/{profile['id']}", json={"city": "Downriver"})
        assert (edited.status_code, edited.json()["city"]) == (200, "Downriver")
        assert mara.client.patch(f"/{kind}s/{profile['id']}", json={"city": "Mine"}).status_code == 403


def test_a_moderator_changes_nothing_of_a_page_that_is_owned(site: Site):
    moda, mara = moderator(site), site.person("Maraowns")
    room = made(mara, "venues", ROOM)
    assert moda.client.patch(f"/venues/{room['id']}", json={"city": "Mine"}).json()["code"] == "not_a_member"


def test_a_dispute_keeps_a_page_as_it_is(site: Site):
    moda, mara = moderator(site), site.person("Marafrozen")
    room, crew = made(mara, "venues", ROOM), made(mara, "organisers", CREW)
    for where, one in (("venues", room), ("organisers", crew)):
        assert moda.client.put(f"/profiles/{one['id']}/dispute").status_code == 204
        refused = mara.client.patch(f"/{where}/{one['id']}", json={"city": "Mine"})
        assert (refused.status_code, refused.json()["code"]) == (409, "profile_frozen")
        assert moda.client.delete(f"/profiles/{one['id']}/dispute").status_code == 204
        assert mara.client.patch(f"/{where}/{one['id']}", json={"city": "Mine"}).status_code == 200
    own = made(moda, "venues", ROOM)
    for ask in (moda.client.put, moda.client.delete):
        assert ask(f"/profiles/{own['id']}/dispute").json()["code"] == "own_case"


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"]
)
def test_a_made_up_place_in_a_list_is_refused_in_words(site: Site, when: str):
    moda = moderator(site, "Modacursor")
    after = {"after": encode_key((when, moda.id))}
    for path in ("/claims", f"/profiles/{moda.artist_id}/members"):
        answer = moda.client.get(path, params=after)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), path

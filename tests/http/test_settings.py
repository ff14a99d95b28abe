"""A person's settings over HTTP: the name, the password, and where they are signed in."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest
from tests.support.server import PASSWORD, Person, Site

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = {"X-Session": "cookie", "Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
NEW = "five other words of yours"


@pytest.fixture
def person(site: Site) -> Person:
    return site.person("Ines")


def page_of(site: Site, person: Person, password: str = PASSWORD) -> httpx2.Client:
    """The same person in a browser."""
    browser = site.client(**PAGE)
    browser.base_url = f"{site.address}/api/v1"
    answer = browser.post("/sessions", json={"email": person.email, "password": password})
    assert answer.status_code == 201, answer.text
    return browser


def sessions(client: httpx2.Client) -> list[dict[str, Any]]:
    answer = client.get("/me/sessions")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()["items"]


def change(client: httpx2.Client, current: str = PASSWORD, new: str = NEW) -> httpx2.Response:
    return client.post("/me/password", json={"current": current, "new": new})


def test_a_name_is_changed_and_nothing_else(person: Person):
    before = person.client.get("/me").json()
    changed = person.client.patch("/me", json={"display_name": "  Inês  B. "})
    assert changed.status_code == 200
    assert changed.json() == {**before, "display_name": "Inês B."} == person.client.get("/me").json()
    for nothing in ({}, {"display_name": None}):
        assert person.client.patch("/me", json=nothing).json()["display_name"] == "Inês B."
    for wrong in (" ", "x" * 81):
        refused = person.client.patch("/me", json={"display_name": wrong})
        assert (refused.status_code, refused.json()["field"]) == (422, "display_name")
    assert person.client.patch("/me", json={"email": "other@example.org"}).status_code == 422


def test_a_new_password_signs_out_everywhere_else(site: Site, person: Person, stranger: Person):
    page, other = page_of(site, person), page_of(site, person)
    changed = change(page)
    assert (changed.status_code, changed.content) == (204, b"")
    assert page.get("/me").status_code == 200
    assert other.get("/me").status_code == 401
    assert person.client.get("/me").json()["code"] == "session_ended"
    assert stranger.client.get("/me").status_code == 200
    assert [one["current"] for one in sessions(page)] == [True]
    fresh = site.client()
    for password, status in ((PASSWORD, 401), (NEW, 201)):
        login = {"email": person.email, "password": password}
        assert fresh.post("/api/v1/sessions", json=login).status_code == status


def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(site: Site, person: Person):
    wrong = change(person.client, current="four words of theirs")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (
        422,
        "wrong_password",
        "current",
    )
    for weak in ("short", person.email):
        refused = change(person.client, new=weak)
        assert (refused.status_code, refused.json()["field"]) == (422, "new")
    page = page_of(site, person)  # with the old one
    foreign = page.post(
        "/me/password", json={"current": PASSWORD, "new": NEW}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.json()["code"] == "foreign_origin"
    assert person.client.get("/me").status_code == 200


def test_guesses_count_with_those_of_signing_in(site: Site, person: Person):
    login = {"email": person.email, "password": "four words of theirs"}
    client = site.client(Authorization=f"Bearer {person.token}")
    client.base_url = f"{site.address}/api/v1"
    for _ in range(5):
        assert client.post("/sessions", json=login).status_code == 401
        assert change(client, current="four words of theirs").status_code == 422
    refused = change(client)
    assert (refused.status_code, refused.json()["limit"]) == (429, "sign_in")
    assert client.post("/sessions", json=login).status_code == 429


def test_sessions_are_named_and_ended_one_by_one(site: Site, person: Person):
    page = page_of(site, person)
    first, second = sessions(page)
    assert (first["device"], first["current"]) == ("Firefox on Linux", True)
    assert (second["device"], second["current"]) == ("python-httpx2", False)
    assert first.keys() == {"id", "device", "place", "network", "created_at", "last_seen_at", "current"}
    assert page.delete(f"/me/sessions/{second['id']}").status_code == 204
    assert person.client.get("/me").json()["code"] == "session_ended"
    assert page.delete(f"/me/sessions/{second['id']}").json()["code"] == "session_not_found"
    assert len(sessions(page)) == 1
    ended = page.delete(f"/me/sessions/{first['id']}")
    assert ended.status_code == 204
    assert page.get("/me").status_code == 401
    assert not page.cookies


def test_another_persons_session_looks_like_none(person: Person, stranger: Person):
    (theirs,) = [one for one in sessions(person.client) if one["current"]]
    refused = stranger.client.delete(f"/me/sessions/{theirs['id']}")
    missing = stranger.client.delete(f"/me/sessions/{uuid4()}")
    assert refused.status_code == missing.status_code == 404
    assert refused.json() == missing.json()
    assert person.client.get("/me").status_code == 200
    assert theirs["id"] not in {one["id"] for one in sessions(stranger.client)}


def test_sessions_come_in_pages(site: Site, person: Person):
    for _ in range(2):
        page_of(site, person)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = person.client.get(
            "/me/sessions", params={"limit": 2, **({"after": after} if after else {})}
        ).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 3


def test_a_session_that_is_over_is_not_listed(site: Site, person: Person):
    page_of(site, person)
    site.sql(
        """UPDATE accounts.session SET expires_at = now() - interval '1 second'
            WHERE account_id = $1 AND device = 'Firefox on Linux'""",
        person.id,
    )
    assert [one["current"] for one in sessions(person.client)] == [True]


def test_a_guest_has_no_settings(site: Site):
    guest = site.client()
    guest.base_url = f"{site.address}/api/v1"
    assert guest.patch("/me", json={"display_name": "x"}).status_code == 401
    assert change(guest).status_code == 401
    assert guest.get("/me/sessions").status_code == 401
    assert guest.delete(f"/me/sessions/{uuid4()}").status_code == 401

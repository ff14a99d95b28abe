"""Odd requests to every route, row by row: whatever is sent, the answer is never that we broke."""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import httpx2
import pytest
from tests.support.music import wav
from tests.support.server import Person, Site, next_address

from basedmusic.app.web import build_app
from basedmusic.platform.http.text import BodyIn
from basedmusic.platform.settings import read_settings

SOME_ID = "0190a0a0-0000-7000-8000-000000000000"


def token(*key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


TOKENS = [
    token("40000"),
    token("-1"),
    token("9" * 30),
    token("-" + "9" * 5000),
    token("0001-01-01T00:00:00+14:00", SOME_ID),
    token("9999-12-31T23:59:59-14:00", SOME_ID),
    token("\0", SOME_ID),
    token("\ud800"),
    token(["a"], {}),
    token(),
    "%00",
    "=",
]
IN_PATHS = ["%00", "a%00b", "%ED%A0%80", "%FF", "%2e%2e", "a" * 5000, "%F0%9F%98%80", SOME_ID, "0", "-1"]
IN_QUERIES = [*TOKENS, "", "%ED%A0%80", "a%00b", "-1", "0", "9" * 40, "a" * 5000, "NaN", "true", "%FF"]
IN_BODIES: list[object] = [
    *(None, True, [], {}, ["\0"], ["\ud800"], {"\ud800": 1}, {"\0": "\0"}, "0001-01-01", "9999-12-31"),
    *("", "\0", "a\0b", "\ud800", "\udc00x", "x" * 5000, 0, -1, 10**400, 1e308),
]
TIMES = {"zone": "Europe/Berlin", "starts": "2199-12-05T20:00", "fold": 0, "doors": None, "curfew": None}
BODIES: dict[str, dict[str, object]] = {
    "POST /api/v1/accounts": {
        "email": "odd@example.org",
        "password": "four words of odd",
        "display_name": "O",
        "born": "1990-05",
    },
    "POST /api/v1/sessions": {
        "email": "odd@example.org",
        "password": "four words of odd",
        "time_zone": "Europe/Berlin",
    },
    "POST /api/v1/sessions/refresh": {"refresh_token": "x"},
    "POST /api/v1/me/keys": {"kind": "api_key", "name": "Odd", "scopes": ["read"], "expires_at": None},
    "POST /api/v1/me/email": {"email": "new@example.org", "password": "four words of odd"},
    "POST /api/v1/emails/confirm": {"token": "odd"},
    "POST /api/v1/emails/take-back": {"token": "odd"},
    "POST /api/v1/password-resets": {"email": "odd@example.org"},
    "POST /api/v1/password-resets/use": {"token": "odd", "password": "four new words of odd"},
    "PATCH /api/v1/me": {"display_name": "Odd"},
    "PATCH /api/v1/me/preferences": {
        "history_paused": False,
        "followable": False,
        "welcomed": True,
        "reach": "city",
        "nights": [5],
        "place_id": None,
    },
    "PUT /api/v1/me/taste/genres": {"genres": []},
    "PUT /api/v1/me/taste/tracks/{track_id}": {"kept": True},
    "PUT /api/v1/me/history/deletions/{deletion_id}": {"play_id": SOME_ID, "since": None, "until": None},
    "POST /api/v1/me/history": {
        "plays": [{"id": SOME_ID, "track_id": SOME_ID, "heard_at": "2026-11-22T20:15:00Z"}],
        "sent_at": None,
    },
    "POST /api/v1/me/password": {"current": "four words of odd", "new": "four other words of odd"},
    "PUT /api/v1/profiles/{party_id}/members/{account_id}": {"role": "member"},
    "POST /api/v1/profiles/{party_id}/mail": {"email": "odd@example.org"},
    "POST /api/v1/guests/confirm": {"token": "odd"},
    "POST /api/v1/guests/unsubscribe": {"token": "odd", "everything": False},
    "POST /api/v1/guests/link": {"email": "odd@example.org"},
    "POST /api/v1/guests/data": {"token": "odd"},
    "POST /api/v1/guests/erase": {"token": "odd"},
    "POST /api/v1/me/erasure": {"password": "four other words of odd"},
    "POST /api/v1/accounts/keep": {"email": "odd@example.org", "password": "four words of odd"},
    "POST /api/v1/accounts/keep/link": {"token": "odd"},
    "POST /api/v1/reports": {
        "kind": "track",
        "subject_id": SOME_ID,
        "reason": "spam",
        "words": "Odd",
        "contact": "odd@example.org",
    },
    "POST /api/v1/reports/state": {"token": "odd"},
    "POST /api/v1/moderation/appeals": {"token": "odd", "words": "Odd"},
    "POST /api/v1/me/decisions/{case_id}/appeal": {"words": "Odd"},
    "PUT /api/v1/moderation/cases/{case_id}/decision": {
        "decision": "warn",
        "rule": "spam",
        "facts": "Odd",
        "days": None,
    },
    "POST /api/v1/profiles/{party_id}/invitations": {"role": "member", "email": None},
    "POST /api/v1/profiles/{party_id}/closing": {"name": "Odd"},
    "POST /api/v1/profiles/{party_id}/transfer": {"account_id": SOME_ID, "stay_as": None},
    "POST /api/v1/claims/{claim_id}/mail": {"email": "odd@example.org"},
    "POST /api/v1/claims/prove": {"token": "odd"},
    "POST /api/v1/invitations/preview": {"token": "odd"},
    "POST /api/v1/invitations/accept": {"token": "odd"},
    "POST /api/v1/profiles": {"kind": "venue", "name": "Odd", "city": "Odd", "website": "", "type": None},
    "PUT /api/v1/claims/{claim_id}/words": {"words": "odd"},
    "PUT /api/v1/claims/{claim_id}/decision": {"decision": "refused", "answer": ""},
    "POST /api/v1/venues": {"name": "Odd", "city": "Odd", "about": "", "website": "", "links": []},
    "PATCH /api/v1/venues/{party_id}": {
        "name": "Odd",
        "city": "Odd",
        "about": "",
        "website": "",
        "links": [],
    },
    "POST /api/v1/organisers": {
        "name": "Odd",
        "type": "label",
        "city": "Odd",
        "about": "",
        "website": "",
        "links": [],
    },
    "PATCH /api/v1/organisers/{party_id}": {
        "name": "Odd",
        "type": "label",
        "city": "Odd",
        "about": "",
        "website": "",
        "links": [],
    },
    "PUT /api/v1/admin/people/{account_id}/suspension": {"reason": "Odd", "until": None},
    "PUT /api/v1/admin/people/{account_id}/scene-role": {"role": "moderator"},
    "POST /api/v1/admin/jobs/release": {"kind": "odd"},
    "POST /api/v1/admin/first-admin": {"token": "odd"},
    "PUT /api/v1/releases/{release_id}/tracks": {"track_ids": []},
    "POST /api/v1/artists": {
        "name": "Odd",
        "city": "Odd",
        "genres": [],
        "bio": "",
        "website": "",
        "links": [],
    },
    "PATCH /api/v1/artists/{artist_id}": {
        "name": "Odd",
        "city": "Odd",
        "genres": [],
        "bio": "",
        "website": "",
        "links": [],
    },
    "POST /api/v1/venues/{party_id}/rooms": {"name": "Odd", "capacity": 10, "access": {"seats": True}},
    "PATCH /api/v1/rooms/{room_id}": {"name": "Odd", "capacity": None, "access": {}},
    "POST /api/v1/shows": {
        "owner_id": SOME_ID,
        "title": "Odd",
        "times": TIMES,
        "where": {"place_name": "Odd"},
        "about": "",
        "age_from": None,
        "price": None,
        "links": [],
    },
    "PATCH /api/v1/shows/{show_id}": {
        "title": "Odd",
        "times": None,
        "where": {"place_name": "Odd", "place_address": "Odd"},
        "about": "",
        "age_from": 18,
        "price": {"from_minor": 0, "to_minor": 1200, "currency": "EUR"},
        "links": [],
    },
    "POST /api/v1/shows/{show_id}/reschedule": {"times": TIMES, "words": "Odd"},
    "POST /api/v1/shows/{show_id}/postpone": {"words": "Odd"},
    "POST /api/v1/shows/{show_id}/cancel": {"words": "Odd"},
    "PUT /api/v1/shows/{show_id}/places": {
        "capacity": 10,
        "types": [],
        "party_max": 6,
        "offer_minutes": 720,
        "offers_stop_minutes": 120,
    },
    "PUT /api/v1/shows/{show_id}/rsvp": {"says": "going", "size": 1, "type_id": None},
    "PUT /api/v1/shows/{show_id}/rsvp/hold": {"size": 1, "type_id": None},
    "PUT /api/v1/shows/{show_id}/rsvp/waiting": {"size": 1, "type_id": None},
    "PUT /api/v1/shows/{show_id}/lineup": {"acts": [{"name": "Odd"}]},
    "PUT /api/v1/shows/{show_id}/lineup/{act_id}/answer": {"answer": "confirmed"},
    "PUT /api/v1/shows/{show_id}/venue-answer": {"answer": "confirmed"},
    "POST /api/v1/releases": {"artist_id": SOME_ID, "title": "Odd", "kind": "ep", "released_on": None},
    "PATCH /api/v1/releases/{release_id}": {"title": "Odd", "kind": "ep", "released_on": None},
    "PATCH /api/v1/tracks/{track_id}": {"title": "Odd", "genres": [], "release_id": None},
}
"""A body in order for every route that takes one; each of its fields is then replaced by each odd value."""
FIELDS = ["artist_id", "title", "release_id", "publish", "\ud800", "genre"]


DOCUMENT = build_app(read_settings({})).openapi()
OPERATIONS: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if path != "/api/v1/events"  # in order, it never ends
}


@pytest.fixture(scope="module")
def things(band: Person) -> dict[str, str]:
    """What is there, so that an odd request gets as far as it can."""
    release = band.client.post("/releases", json={"artist_id": band.artist_id, "title": "R", "kind": "ep"})
    track = band.track(wav(1.0), "odd.wav", release_id=release.json()["id"])
    venue = band.client.post("/venues", json={"name": "Odd", "city": "Odd"}).json()["id"]
    room = band.client.post(f"/venues/{venue}/rooms", json={"name": "Odd"}).json()["id"]
    new = {"owner_id": band.artist_id, "title": "Odd", "times": TIMES, "where": {"room_id": room}}
    show = band.client.post("/shows", json=new).json()["id"]
    acts = band.client.put(f"/shows/{show}/lineup", json={"acts": [{"artist_id": band.artist_id}]})
    return {
        "artist_id": band.artist_id,
        "key": band.artist_id,
        "release_id": release.json()["id"],
        "track_id": track["id"],
        "step": "peaks",
        "room_id": room,
        "show_id": show,
        "act_id": acts.json()["acts"][0]["id"],
    }


def send(site: Site, band: Person, method: str, path: str, **more: Any) -> httpx2.Response:
    """From an address of its own each time, so that no limit hides what is behind it."""
    headers = {"X-Forwarded-For": next_address(), **more.pop("headers", {})}
    return band.client.request(method, site.address + path, headers=headers, **more)


def check(answer: httpx2.Response) -> None:
    assert answer.status_code < 500, f"{answer.request.method} {answer.request.url}: {answer.text}"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/tracks?genre=%00", 422),
        ("GET", "/api/v1/artists/a%00b", 404),
        ("GET", "/api/v1/artists/%00", 404),
        ("POST", "/api/v1/tracks/{track_id}/steps/%00/retry", 404),
        ("GET", "/api/v1/releases/{release_id}/tracks?after=" + token("40000"), 422),
        ("GET", "/api/v1/releases?after=" + token("0001-01-01T00:00:00+14:00", SOME_ID), 422),
        ("GET", "/api/v1/tracks?after=" + token("9999-12-31T23:59:59-14:00", SOME_ID), 422),
        ("GET", "/%00", 404),
        ("GET", "/a%00b.js", 404),
        ("GET", "/assets/%00", 404),
        ("GET", "/covers/%00", 404),
        ("GET", "/media/%00", 404),
        ("GET", "/" + "a" * 5000, 404),
        ("GET", "/artists/%00", 404),
    ],
)
def test_an_odd_address_is_refused_by_name(
    site: Site, band: Person, things: dict[str, str], method: str, path: str, status: int
):
    for name, value in things.items():
        path = path.replace(f"{{{name}}}", value)
    answer = send(site, band, method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(answer.headers["x-request-id"]) == 32


def test_a_half_of_a_surrogate_pair_is_no_refresh_token(site: Site, band: Person):
    answer = send(site, band, "POST", "/api/v1/sessions/refresh", content=b'{"refresh_token":"\\ud800"}')
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_odd_breaks_a_route(site: Site, band: Person, things: dict[str, str], name: str):
    method, path = name.split(" ", 1)
    if method == "DELETE" and "sessions" in path:
        return  # takes nothing, and would end the session that the others are sent in
    whole = path
    for part, value in things.items():
        whole = whole.replace(f"{{{part}}}", value)
    parameters = OPERATIONS[name].get("parameters", [])
    for parameter, odd in product(parameters, IN_PATHS):
        if parameter["in"] == "path":
            there = defaultdict(lambda: SOME_ID, things) | {parameter["name"]: odd}
            check(send(site, band, method, path.format_map(there)))
    for parameter, odd in product(parameters, IN_QUERIES):
        if parameter["in"] == "query":
            check(send(site, band, method, f"{whole}?{parameter['name']}={odd}"))
    for field, odd in product(BODIES.get(name, {}), IN_BODIES):
        check(_send_json(site, band, method, whole, {**BODIES[name], field: odd}))
    for odd in IN_BODIES:
        check(_send_json(site, band, method, whole, odd))


def test_nothing_odd_in_a_form_breaks_the_upload(site: Site, band: Person):
    for field, odd in product(FIELDS, ["", "\0", "a\0b", "x" * 5000, "true", SOME_ID, "\n"]):
        form = {"artist_id": band.artist_id, field.encode("utf-8", "replace").decode(): odd}
        file = {"file": ("a\0b.wav", wav(0.1))}
        check(send(site, band, "POST", "/api/v1/tracks", data=form, files=file))


@pytest.mark.parametrize(
    "path", ["/", "/artists/", "/tracks/", "/releases/", "/covers/", "/media/", "/assets/"]
)
def test_nothing_odd_breaks_a_page(site: Site, band: Person, path: str):
    for odd in IN_PATHS:
        for accept in ("text/html", "*/*"):
            check(send(site, band, "GET", path + odd, headers={"Accept": accept}))


def test_every_body_is_looked_through():
    bodies = {
        name: operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for name, operation in OPERATIONS.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    assert bodies.keys() == BODIES.keys()
    assert set(bodies.values()) <= {model.__name__ for model in _bodies(BodyIn)}


def _bodies(model: type[BodyIn]) -> Iterator[type[BodyIn]]:
    for one in model.__subclasses__():
        yield one
        yield from _bodies(one)


def _send_json(site: Site, band: Person, method: str, path: str, body: object) -> httpx2.Response:
    kind = {"Content-Type": "application/json"}
    return send(site, band, method, path, content=json.dumps(body).encode(), headers=kind)

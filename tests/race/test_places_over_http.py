"""The crowd at the hot show again, over HTTP: as many as CI has patience for, each a person with a session."""

import time
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import asyncpg
import httpx2
import pytest
from tests.fakes.hasher import PlainHasher
from tests.support.databases import fresh_database
from tests.support.server import BORN, PASSWORD, Site, running_site

from basedmusic.accounts.passwords import Passwords
from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.shows.store.invariants import find_broken

CROWD, CAPACITY, THREADS = 120, 60, 12
TIMES = {"zone": "Europe/Berlin", "starts": "2199-12-05T20:00"}


@dataclass(frozen=True, slots=True)
class Caller:
    client: httpx2.Client
    size: int


@pytest.fixture(scope="module")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("hot")) as site:
        site.app.state.passwords.close()
        site.app.state.passwords = Passwords(PlainHasher())  # many sign-ins, none of which is about hashing
        yield site


def sign_up(site: Site, number: int) -> Caller:
    client, login = site.client(), {"email": f"crowd-{number}@example.org", "password": PASSWORD}
    new = {**login, "display_name": f"Crowd {number}", "born": BORN}
    assert _patiently(client, "/api/v1/accounts", new).status_code == 201
    token = _patiently(client, "/api/v1/sessions", login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return Caller(client, 1 + number % 3)


def _patiently(client: httpx2.Client, path: str, body: dict[str, str]) -> httpx2.Response:
    """Whoever is told that the server is busy with passwords comes again when it said so."""
    while (answer := client.post(path, json=body)).status_code == 503:
        time.sleep(float(answer.headers["retry-after"]))
    return answer


def broken(site: Site, now: datetime) -> dict[str, list[str]]:
    async def look() -> dict[str, list[str]]:
        conn = await asyncpg.connect(site.dsn)
        try:
            return await find_broken(conn, now)
        finally:
            await conn.close()

    return site.run(look())


@pytest.mark.timeout(240)
def test_a_crowd_over_http_is_given_what_there_is_and_no_more(site: Site):
    owner = sign_up(site, 0).client
    artist = owner.post("/api/v1/artists", json={"name": "Tide Tables", "city": "Rust Harbour"}).json()["id"]
    new = {"owner_id": artist, "title": "Hot", "times": TIMES, "where": {"place_name": "The Ebb"}}
    show = f"/api/v1/shows/{owner.post('/api/v1/shows', json=new).json()['id']}"
    assert owner.post(f"{show}/publish").status_code == 200
    assert owner.put(f"{show}/places", json={"capacity": CAPACITY}).status_code == 200

    with ThreadPoolExecutor(THREADS) as threads:
        crowd = list(threads.map(lambda number: sign_up(site, number), range(1, CROWD + 1)))

        def come(one: Caller) -> int:
            body = {"says": "going", "size": one.size, "type_id": None}
            status = one.client.put(f"{show}/rsvp", json=body).status_code
            if status == 409:
                status += one.client.put(f"{show}/rsvp/waiting", json={"size": one.size}).status_code
            return status

        def think_again(one: Caller) -> int:
            mine = one.client.get(f"{show}/rsvp").json()
            if mine["state"] == "offered":
                return one.client.put(f"{show}/rsvp", json={"says": "going", "size": one.size}).status_code
            if mine["state"] == "going" and one.client is not owner and mine["size"] == 2:
                return one.client.delete(f"{show}/rsvp").status_code
            return 200

        came = Counter(threads.map(come, crowd))
        assert came.keys() == {200, 409 + 200}  # taken, or refused and then waiting
        assert broken(site, site.clock()) == {}
        for _ in range(3):
            assert Counter(threads.map(think_again, [one for one in crowd if _still(one, show)])).keys() <= {
                200,
                204,
            }
            assert broken(site, site.clock()) == {}

    seen = owner.get(f"{show}/places").json()
    assert seen["going"] <= CAPACITY
    assert seen["waiting"] > 0
    assert seen["free"] < 3  # and whoever waits is too many for it


def _still(one: Caller, show: str) -> bool:
    """Whether they have anything to think over."""
    return one.client.get(f"{show}/rsvp").json() is not None

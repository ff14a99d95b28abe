"""Every refusal is a problem document; a failed COMMIT is never a success; nothing in the API breaks."""

import asyncio
import json
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.support.music import wav
from tests.support.server import Person, Site

from basedmusic.platform.http.problem import install_problem_handlers

SOME_ID = "0190a0a0-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v2/tracks", 404, "not_found"),
        ("GET", "/media/nothing", 404, "stream_not_found"),
        ("GET", "/media/", 404, "stream_not_found"),
        ("GET", f"/media/1.x/{SOME_ID}/hls.m3u8", 403, "link_expired"),
        ("GET", "/covers/nothing", 404, "not_found"),
        ("GET", "/assets/nothing.js", 404, "not_found"),
        ("PUT", "/api/v1/tracks", 405, "method_not_allowed"),
        ("DELETE", "/media/x", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
        ("GET", "/api/v1/tracks/not-an-id", 422, "invalid"),
        ("GET", f"/api/v1/tracks/{SOME_ID}", 404, "track_not_found"),
        ("GET", f"/api/v1/releases/{SOME_ID}", 404, "release_not_found"),
        ("GET", "/api/v1/artists/nobody-at-all", 404, "artist_not_found"),
        ("GET", "/api/v1/tracks?limit=0", 422, "invalid"),
        ("GET", "/api/v1/tracks?limit=101", 422, "invalid"),
        ("GET", "/api/v1/tracks?after=rubbish", 422, "invalid"),
        ("GET", "/api/v1/tracks?mine=true", 401, "sign_in_required"),
        ("GET", "/api/v1/me", 401, "sign_in_required"),
        ("GET", "/api/v1/events", 422, "invalid"),
    ],
)
def test_a_refusal_is_a_problem_document(site: Site, method: str, path: str, status: int, code: str):
    answer = site.client().request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body.keys() >= {"type", "title", "status", "detail", "code"}
    assert (body["status"], body["code"]) == (status, code)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b'"text"', b"", b"null", b'{"name": NaN}'])
def test_json_that_is_none_or_not_the_right_kind_is_invalid(band: Person, body: bytes):
    answer = band.client.post("/artists", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) in ((422, "invalid"), (400, "bad_request"))
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["a\x00b", "\ud83d", "x" * 100_000])
def test_text_that_no_database_takes_is_invalid(band: Person, name: str):
    body = json.dumps({"name": name, "city": "Rust Harbour"})
    answer = band.client.post("/artists", content=body.encode())
    assert answer.status_code == 422, answer.text


@pytest.fixture
def commits_that_fail(site: Site) -> Generator[None]:
    """A constraint that is looked at when everything is done already: at COMMIT."""
    site.sql(
        """CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'not today'; END $$"""
    )
    for table in ("catalog.track", "catalog.artist"):
        site.sql(
            f"""CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON {table}
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse()"""
        )
    yield
    site.sql("DROP FUNCTION public.refuse() CASCADE")


def test_a_commit_that_fails_is_never_a_success(site: Site, band: Person, commits_that_fail: None):
    before, tracks = site.kept(), site.sql("SELECT id FROM catalog.track")
    key = "the one whose commit failed"
    answer = band.upload(wav(1.0), key=key)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    artist = {"name": "Never", "city": "Nowhere"}
    assert band.client.post("/artists", json=artist).status_code == 500
    assert "not today" not in answer.text
    assert site.kept() == before
    assert site.sql("SELECT id FROM catalog.track") == tracks
    site.sql("DROP TRIGGER refuse ON catalog.track")
    again = band.upload(wav(1.0), key=key)
    assert again.status_code == 201 and "idempotency-replayed" not in again.headers
    site.sql(
        """CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON catalog.track
           DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse()"""
    )
    published = band.client.post(f"/tracks/{again.json()['id']}/publish")
    assert published.status_code == 500
    assert band.client.get(f"/tracks/{again.json()['id']}").json()["publication"] == "draft"


def test_health_and_readiness(site: Site):
    client = site.client()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"


def test_every_answer_has_a_request_id_and_takes_a_plain_one(site: Site):
    client = site.client()
    assert len(client.get("/healthz").headers["x-request-id"]) == 32
    assert client.get("/healthz", headers={"X-Request-Id": "abcdef-123456"}).headers["x-request-id"] == (
        "abcdef-123456"
    )
    odd = client.get("/healthz", headers={"X-Request-Id": "a b; c=d, e\tf"})
    assert len(odd.headers["x-request-id"]) == 32


def test_a_database_that_goes_away_in_the_middle_is_said_so_and_the_next_request_is_well(
    site: Site, band: Person
):
    track = band.track(wav(1.0))
    waiting = (
        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    async def hold_the_track_until_its_editor_is_cut_off(editing: "Future[httpx2.Response]") -> None:
        conn = await asyncpg.connect(site.dsn)
        async with conn.transaction():
            await conn.execute("SELECT FROM catalog.track WHERE id = $1 FOR UPDATE", track["id"])
            started.set()
            while not (pids := await conn.fetch(waiting)):
                await asyncio.sleep(0.02)
            await conn.execute("SELECT pg_terminate_backend($1)", pids[0]["pid"])
            await asyncio.to_thread(editing.result)
        await conn.close()

    started = Event()

    def publish() -> httpx2.Response:
        started.wait(10)
        return band.client.post(f"/tracks/{track['id']}/publish")

    with ThreadPoolExecutor(1) as thread:
        editing = thread.submit(publish)
        asyncio.run(hold_the_track_until_its_editor_is_cut_off(editing))
    assert (editing.result().status_code, editing.result().json()["code"]) == (503, "unavailable")
    assert band.client.get(f"/tracks/{track['id']}").json()["publication"] == "draft"
    assert band.client.post(f"/tracks/{track['id']}/publish").status_code == 200


def test_a_full_disk_under_the_database_is_told_in_words():
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/")
    async def full() -> None:
        raise asyncpg.DiskFullError("could not extend file: No space left on device")

    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")


@pytest.mark.parametrize("error", [asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError])
def test_whoever_waits_too_long_for_others_is_told_to_come_again(error: type[asyncpg.PostgresError]):
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/")
    async def waits() -> None:
        raise error("canceling statement")

    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (
        503,
        "unavailable",
        "1",
    )


@pytest.mark.parametrize("path", ["/", "/genres", "/library", "/healthz", "/readyz", "/sw.js"])
def test_a_head_is_the_get_without_its_content(site: Site, path: str):
    client = site.client()
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_what_differs_by_who_asks_lies_in_no_cache_between(site: Site, band: Person):
    track = band.track(wav(1.0, seed=77), "mine.wav")
    for path in ("/tracks?mine=true", "/tracks", f"/tracks/{track['id']}", "/me/saved/tracks", "/artists"):
        answer = band.client.get(path)
        assert answer.headers["cache-control"] == "private, no-cache", path
    assert site.client().get("/").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("day", [0, 1.5, True, "yesterday"])
def test_a_release_comes_out_on_a_day(band: Person, day: object):
    body = {"artist_id": band.artist_id, "title": "Day", "kind": "ep", "released_on": day}
    answer = band.client.post("/releases", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_releases_day_can_be_changed_and_taken_away(band: Person):
    body = {"artist_id": band.artist_id, "title": "Some day", "kind": "ep", "released_on": "2026-03-01"}
    release = f"/releases/{band.client.post('/releases', json=body).json()['id']}"
    assert (
        band.client.patch(release, json={"released_on": "2026-04-02"}).json()["released_on"] == "2026-04-02"
    )
    kept = band.client.patch(release, json={"title": "What is left out stays"}).json()
    assert (kept["title"], kept["released_on"]) == ("What is left out stays", "2026-04-02")
    assert band.client.patch(release, json={"released_on": None}).json()["released_on"] is None
    assert band.client.get(release).json()["released_on"] is None

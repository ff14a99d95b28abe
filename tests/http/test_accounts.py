"""Accounts over HTTP, as pages and programs meet them: only the accounts' routes, on a real PostgreSQL."""

import json
import logging
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx2
import pytest
import structlog
from fastapi import APIRouter, Depends, FastAPI
from tests.fakes.hasher import PlainHasher
from tests.support.server import MovingClock

from basedmusic.accounts import PartyKind, create_party, routes
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.tokens import AccessTokens
from basedmusic.accounts.viewer import CurrentViewer, require_viewer
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database
from basedmusic.platform.http.context import RequestContext
from basedmusic.platform.http.limits import Limiter
from basedmusic.platform.http.permission import KEY, LINK, PUBLIC
from basedmusic.platform.http.problem import install_problem_handlers
from basedmusic.platform.secrets import Secrets
from basedmusic.platform.settings import read_settings

pytestmark = pytest.mark.anyio

MARA = {
    "email": "Mara@example.org",
    "password": "four words of yours",
    "display_name": "Mara",
    "born": "1990-05",
}
LOGIN = {"email": "mara@example.org", "password": "four words of yours"}
PAGE = {"Sec-Fetch-Site": "same-origin"}
COOKIE = {"X-Session": "cookie", **PAGE}


class Scene:
    """The application and what a test may look into."""

    def __init__(self, database: Database, data: Path, environ: dict[str, str]) -> None:
        self.hasher = PlainHasher()
        self.database = database
        self.app = app = FastAPI()
        app.state.settings = read_settings({"BASEDMUSIC_DATA": str(data), **environ})
        app.state.secrets = Secrets(b"m" * 32)
        app.state.database = database
        app.state.limiter = Limiter()
        app.state.clock = self.clock = MovingClock()
        app.state.access_tokens = AccessTokens(app.state.secrets.key("access-token"))
        app.state.passwords = Passwords(self.hasher)
        app.add_middleware(RequestContext)
        api = APIRouter(prefix="/api/v1")
        api.include_router(routes.api)
        api.add_api_route("/whoami", _whoami, methods=["GET", "POST"])
        app.include_router(api)
        install_problem_handlers(app)

    @asynccontextmanager
    async def client(self, address: str = "192.0.2.1") -> AsyncGenerator[httpx2.AsyncClient]:
        """One browser or program: it keeps its cookies."""
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 4321))
        base = f"{self.app.state.settings.address}/api/v1"
        async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
            yield client


async def _whoami(viewer: CurrentViewer) -> str | None:
    return str(viewer.account_id) if viewer.account_id else None


@pytest.fixture
async def scene(database: Database, tmp_path: Path) -> AsyncGenerator[Scene]:
    scene = Scene(database, tmp_path, {})
    yield scene
    scene.app.state.passwords.close()


@pytest.fixture
async def client(scene: Scene) -> AsyncGenerator[httpx2.AsyncClient]:
    async with scene.client() as client:
        yield client


async def sign_up(client: httpx2.AsyncClient) -> dict[str, Any]:
    answer = await client.post("/accounts", json=MARA)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def tokens(client: httpx2.AsyncClient) -> dict[str, Any]:
    answer = await client.post("/sessions", json=LOGIN)
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(pair: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {pair['access_token']}"}


async def test_sessions_go_by_the_applications_clock(scene: Scene, client: httpx2.AsyncClient):
    await sign_up(client)
    pair = await tokens(client)
    with scene.clock.moved(minutes=16):
        assert (await client.get("/me", headers=bearer(pair))).json()["code"] == "session_ended"
        later = await client.post("/sessions/refresh", json={"refresh_token": pair["refresh_token"]})
        assert (await client.get("/me", headers=bearer(later.json()))).status_code == 200
    page = await client.post("/sessions", json=LOGIN, headers=COOKIE)
    assert page.status_code == 201
    assert (await client.get("/me")).status_code == 200
    with scene.clock.moved(days=31):
        assert (await client.get("/me")).status_code == 401


async def test_sign_up_sign_in_and_me(scene: Scene, client: httpx2.AsyncClient):
    account = await sign_up(client)
    assert account.keys() == {"id", "email", "display_name", "created_at"}
    assert (account["email"], account["display_name"]) == ("Mara@example.org", "Mara")
    pair = await tokens(client)
    assert pair.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 900)
    async with scene.database.transaction() as tx:
        band = await create_party(tx, PartyKind.ARTIST, "Tide Tables", owner=AccountId(UUID(account["id"])))
    me = await client.get("/me", headers=bearer(pair))
    assert me.status_code == 200 and me.headers["cache-control"] == "no-store"
    profile = {
        "id": str(band.id),
        "kind": "artist",
        "slug": "tide-tables",
        "name": "Tide Tables",
        "role": "owner",
    }
    address = {"verified": False, "email_pending": None, "email_returned": False}
    assert me.json() == {**account, **address, "profiles": [profile], "scene_role": None}


async def test_without_signing_in_there_is_no_me(client: httpx2.AsyncClient):
    answer = await client.get("/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"email": "mara"}, "email", "not an email address"),
        ({"password": "short"}, "password", "at least 10 characters"),
        ({"password": "mara@example.org"}, "password", "can't be the email address"),
        ({"display_name": " "}, "display_name", "Your name can't be empty"),
        ({"display_name": "\ud800"}, "display_name", ""),
        ({"admin": True}, "admin", ""),
    ],
)
async def test_a_refused_sign_up_names_the_field(
    client: httpx2.AsyncClient, change: dict[str, Any], field: str, says: str
):
    body = json.dumps({**MARA, **change})  # half a surrogate pair travels as an escape
    answer = await client.post("/accounts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["field"] == field and says in answer.json()["detail"]


async def test_a_taken_address_is_told(client: httpx2.AsyncClient):
    await sign_up(client)
    answer = await client.post("/accounts", json={**MARA, "email": "MARA@EXAMPLE.ORG"})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_a_sign_up_sent_twice_makes_one_account(scene: Scene, client: httpx2.AsyncClient):
    key = {"Idempotency-Key": "sign-up-1"}
    first = await client.post("/accounts", json=MARA, headers=key)
    again = await client.post("/accounts", json=MARA, headers=key)
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = await client.post("/accounts", json={**MARA, "password": "four other words"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    kept = await scene.database.pool.fetchval("SELECT answer FROM platform.idempotency")
    assert kept is not None and b"hash" not in kept and b"words" not in kept


async def test_a_commit_that_fails_is_never_told_as_made(scene: Scene, client: httpx2.AsyncClient):
    await scene.database.pool.execute(
        """CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'not today'; END $$;
           CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON accounts.account
               DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse();
           CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON accounts.refresh_token
               DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse()"""
    )
    with structlog.testing.capture_logs():
        answer = await client.post("/accounts", json=MARA, headers={"Idempotency-Key": "sign-up-1"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert (
        await scene.database.pool.fetchval("SELECT count(*) FROM accounts.party WHERE kind = 'person'") == 0
    )
    assert await scene.database.pool.fetchval("SELECT count(*) FROM platform.idempotency") == 0
    await scene.database.pool.execute("DROP TRIGGER refuse ON accounts.account")
    await sign_up(client)
    pair = await tokens(client)
    with structlog.testing.capture_logs():
        answer = await client.post("/sessions/refresh", json={"refresh_token": pair["refresh_token"]})
    assert answer.status_code == 500  # through the Transaction dependency
    await scene.database.pool.execute("DROP TRIGGER refuse ON accounts.refresh_token")
    answer = await client.post("/sessions/refresh", json={"refresh_token": pair["refresh_token"]})
    assert answer.status_code == 201


async def test_an_unknown_address_and_a_wrong_password_look_and_cost_alike(
    scene: Scene, client: httpx2.AsyncClient
):
    await sign_up(client)
    wrong = await client.post("/sessions", json={**LOGIN, "password": "not those words"})
    assert scene.hasher.verified == 1
    unknown = await client.post("/sessions", json={**LOGIN, "email": "ivo@example.org"})
    assert scene.hasher.verified == 2
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content and wrong.json()["code"] == "wrong_credentials"


async def test_refreshing_rotates_and_reuse_ends_the_session_at_once(
    scene: Scene, client: httpx2.AsyncClient
):
    await sign_up(client)
    first, other = await tokens(client), await tokens(client)
    answer = await client.post("/sessions/refresh", json={"refresh_token": first["refresh_token"]})
    second = answer.json()
    assert answer.status_code == 201 and second.keys() == first.keys()
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.get("/me", headers=bearer(second))).status_code == 200
    with scene.clock.moved(seconds=10):  # no retry any more
        reused = await client.post("/sessions/refresh", json={"refresh_token": first["refresh_token"]})
    assert (reused.status_code, reused.json()["code"]) == (401, "refresh_reused")
    after = await client.post("/sessions/refresh", json={"refresh_token": second["refresh_token"]})
    assert (after.status_code, after.json()["code"]) == (401, "refresh_invalid")
    for pair in (first, second):
        ended = await client.get("/me", headers=bearer(pair))
        assert (ended.status_code, ended.json()["code"]) == (401, "session_ended")
    assert (await client.get("/me", headers=bearer(other))).status_code == 200


async def test_the_page_gets_a_cookie_and_no_tokens(client: httpx2.AsyncClient):
    account = await sign_up(client)
    answer = await client.post("/sessions", json=LOGIN, headers=COOKIE)
    assert answer.status_code == 201 and answer.json() == {"account": account}
    (cookie, mark) = answer.headers.get_list("set-cookie")
    name, *attributes = (part.strip().lower() for part in cookie.split(";"))
    assert name.startswith("basedmusic_session=")
    assert {"httponly", "samesite=lax", "path=/"} <= set(attributes) and "secure" not in attributes
    assert (await client.get("/me")).json()["id"] == account["id"]
    # What the page may read says only that somebody is signed in, always the same for one, for exactly as long.
    name, *readable = (part.strip().lower() for part in mark.split(";"))
    assert re.fullmatch("basedmusic_signed_in=[0-9a-f]{16}", name)
    assert set(readable) == set(attributes) - {"httponly"}
    again = await client.post("/sessions", json=LOGIN, headers=COOKIE)
    assert again.headers.get_list("set-cookie")[1].startswith(f"{name};")
    assert (await client.post("/accounts", json={**MARA, "email": "other@example.org"})).status_code == 201
    theirs = await client.post("/sessions", json={**LOGIN, "email": "other@example.org"}, headers=COOKIE)
    assert not theirs.headers.get_list("set-cookie")[1].startswith(f"{name};")


async def test_under_https_the_cookie_is_bound_to_the_host(database: Database, tmp_path: Path):
    scene = Scene(database, tmp_path, {"BASEDMUSIC_PUBLIC_URL": "https://music.example.org"})
    async with scene.client() as client:
        await sign_up(client)
        answer = await client.post("/sessions", json=LOGIN, headers=COOKIE)
        cookie, mark = answer.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-basedmusic_session=")
        for one in (cookie, mark):
            assert "; Secure" in one and "Domain" not in one
        assert (await client.get("/me")).status_code == 200
        secret = cookie.split("=", 1)[1].split(";")[0]
        client.cookies.clear()
        plain = await client.get("/me", headers={"Cookie": f"basedmusic_session={secret}"})
        assert plain.status_code == 401  # a name that a neighbouring host could have set
    scene.app.state.passwords.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_another_site_can_not_act_with_the_cookie(client: httpx2.AsyncClient, headers: dict[str, str]):
    await sign_up(client)
    await client.post("/sessions", json=LOGIN, headers=COOKIE)
    for method, path in (("DELETE", "/sessions"), ("DELETE", "/sessions/current"), ("POST", "/whoami")):
        answer = await client.request(method, path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    signed_in = await client.post("/sessions", json=LOGIN, headers={"X-Session": "cookie", **headers})
    assert signed_in.status_code == 403  # nor sign a browser in as somebody else
    assert (await client.get("/me", headers=headers)).status_code == 200


async def test_our_own_page_may_by_fetch_metadata_or_origin(scene: Scene, client: httpx2.AsyncClient):
    account = await sign_up(client)
    await client.post("/sessions", json=LOGIN, headers=COOKIE)
    for headers in (PAGE, {"Origin": scene.app.state.settings.address}):
        assert (await client.post("/whoami", headers=headers)).json() == account["id"]


async def test_a_bearer_token_wins_over_a_cookie_and_needs_no_origin(client: httpx2.AsyncClient):
    await sign_up(client)
    pair = await tokens(client)
    await client.post("/sessions", json=LOGIN, headers=COOKIE)
    assert (await client.delete("/sessions/current", headers=bearer(pair))).status_code == 204
    ended = await client.get("/me", headers=bearer(pair))
    assert (ended.status_code, ended.json()["code"]) == (401, "session_ended")  # not passed over
    assert (await client.get("/me")).status_code == 200


async def test_signing_out_ends_this_session_only(scene: Scene, client: httpx2.AsyncClient):
    await sign_up(client)
    pair = await tokens(client)
    await client.post("/sessions", json=LOGIN, headers=COOKIE)
    secret = client.cookies["basedmusic_session"]
    answer = await client.delete("/sessions/current", headers=PAGE)
    assert answer.status_code == 204 and not client.cookies
    stolen = await client.get("/me", headers={"Cookie": f"basedmusic_session={secret}"})
    assert stolen.status_code == 401
    assert (await client.get("/me", headers=bearer(pair))).status_code == 200


async def test_signing_out_everywhere_holds_from_the_next_request_on(
    scene: Scene, client: httpx2.AsyncClient
):
    await sign_up(client)
    pair = await tokens(client)
    async with scene.client() as phone:
        for browser in (phone, client):
            await browser.post("/sessions", json=LOGIN, headers=COOKIE)
        assert (await client.delete("/sessions", headers=PAGE)).status_code == 204
        assert (await phone.get("/me")).status_code == 401
        assert (await phone.get("/whoami")).json() is None  # a stale cookie is nobody, not an error
    assert (await client.get("/me", headers=bearer(pair))).status_code == 401
    refreshed = await client.post("/sessions/refresh", json={"refresh_token": pair["refresh_token"]})
    assert (refreshed.status_code, refreshed.json()["code"]) == (401, "refresh_invalid")


async def test_a_session_past_its_end_is_over(scene: Scene, client: httpx2.AsyncClient):
    await sign_up(client)
    pair = await tokens(client)
    await client.post("/sessions", json=LOGIN, headers=COOKIE)
    await scene.database.pool.execute(
        "UPDATE accounts.session SET created_at = $1, expires_at = $1", datetime.now(UTC) - timedelta(days=1)
    )
    assert (await client.get("/me")).status_code == 401
    assert (await client.get("/me", headers=bearer(pair))).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "Bearer", "é" * 30])
async def test_a_bearer_token_that_is_none_is_refused_in_words(client: httpx2.AsyncClient, token: str):
    answer = await client.get("/whoami", headers={b"Authorization": f"Bearer {token}".encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


async def test_guessing_is_limited_per_address_and_does_not_lock_the_owner_out(
    scene: Scene, client: httpx2.AsyncClient
):
    await sign_up(client)
    guesses = [
        await client.post("/sessions", json={**LOGIN, "password": f"guess number {n}"}) for n in range(11)
    ]
    assert [answer.status_code for answer in guesses] == [401] * 10 + [429]
    assert guesses[-1].json()["limit"] == "sign_in" and int(guesses[-1].headers["retry-after"]) <= 60
    assert scene.hasher.verified == 10
    async with scene.client("198.51.100.7") as elsewhere:
        await tokens(elsewhere)


async def test_guessing_from_many_addresses_is_limited_per_account(scene: Scene, client: httpx2.AsyncClient):
    await sign_up(client)
    statuses: list[int] = []
    for host in range(13):
        async with scene.client(f"198.51.100.{host}") as guesser:
            for _ in range(8):
                answer = await guesser.post("/sessions", json={**LOGIN, "password": "a guess of mine"})
                statuses.append(answer.status_code)
    assert statuses == [401] * 100 + [429] * 4
    async with scene.client("203.0.113.1") as other:  # other accounts are not concerned
        answer = await other.post("/sessions", json={**LOGIN, "email": "ivo@example.org"})
        assert answer.status_code == 401


async def test_sign_ups_are_limited_per_ipv6_network(scene: Scene):
    statuses: list[int] = []
    for number in range(11):
        async with scene.client(f"2001:db8::{number + 1:x}") as client:
            answer = await client.post("/accounts", json={**MARA, "email": f"mara{number}@example.org"})
            statuses.append(answer.status_code)
    assert statuses == [201] * 10 + [429]


async def test_addresses_come_from_trusted_proxies_only(database: Database, tmp_path: Path):
    async def statuses(scene: Scene) -> list[int]:
        found: list[int] = []
        for number in range(12):
            async with scene.client("10.0.0.1") as client:
                headers = {"X-Forwarded-For": f"203.0.113.{number}"}
                found.append((await client.post("/sessions", json=LOGIN, headers=headers)).status_code)
        scene.app.state.passwords.close()
        return found

    believed = Scene(database, tmp_path, {"BASEDMUSIC_TRUSTED_PROXIES": "10.0.0.0/8"})
    assert await statuses(believed) == [401] * 12
    assert await statuses(Scene(database, tmp_path, {})) == [401] * 10 + [429] * 2


async def test_nothing_secret_reaches_a_log(
    scene: Scene, client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        await sign_up(client)
        await client.post("/accounts", json=MARA)
        await client.post("/accounts", json={**MARA, "password": ["four words of yours"]})
        pair = await tokens(client)
        cookie = await client.post("/sessions", json=LOGIN, headers=COOKIE)
        await client.post("/sessions", json={**LOGIN, "password": "four words of theirs"})
        for late in (0, 10):
            with scene.clock.moved(seconds=late):
                await client.post("/sessions/refresh", json={"refresh_token": pair["refresh_token"]})
        await scene.database.pool.execute("ALTER TABLE accounts.account RENAME TO elsewhere")
        broken = await client.post("/sessions", json=LOGIN)
        assert broken.status_code == 500
    lines = (structlog.processors.format_exc_info(None, "", entry) for entry in logs)
    written = "\n".join(map(str, lines)) + caplog.text
    assert "UndefinedTableError" in written
    assert "refresh_token_reused" in written and "unexpected_error" in written
    secret = client.cookies["basedmusic_session"]
    for word in ("four words", "example.org", pair["refresh_token"], pair["access_token"], secret):
        assert word.lower() not in written.lower()
    assert cookie.status_code == 201


def test_the_document_says_which_routes_need_signing_in(tmp_path: Path):
    app = FastAPI()
    app.include_router(routes.api)

    @app.get("/private")
    async def private(viewer: Annotated[object, Depends(require_viewer)]) -> None: ...

    paths = app.openapi()["paths"]
    secured = {
        f"{method} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if operation.get("security")
    }
    declared = {
        f"{method} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if operation.get(KEY) not in (PUBLIC, LINK)
    }
    assert secured == declared and {"get /me", "get /private"} < secured
    assert paths["/me"]["get"]["security"] == [{"bearer": []}, {"cookie": []}]
    for path in paths.values():
        for operation in path.values():
            assert "4XX" in operation["responses"] or path is paths["/private"]

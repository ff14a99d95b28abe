"""Keys of programs over HTTP: made, shown once, held to their scopes at every route, taken back."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.support.music import wav
from tests.support.server import Person, Site, next_address

from basedmusic.accounts import verify_app_password
from basedmusic.accounts.contracts import AccountSuspended, KeyInvalid, Scope
from basedmusic.accounts.rules.keys import can_use_key
from basedmusic.app.web import build_app
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.http.permission import KEY, OPENED
from basedmusic.platform.settings import read_settings

DOCUMENT = build_app(read_settings({})).openapi()
SOME_ID = "0190a0a0-0000-7000-8000-000000000000"
OPERATIONS = [
    (method.upper(), path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if operation.get("security")
]


@pytest.fixture
def person(site: Site) -> Person:
    return site.person("Ines")


def make(person: Person, **body: Any) -> dict[str, Any]:
    answer = person.client.post("/me/keys", json={"name": "Backup", "scopes": ["read"], **body})
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def program(site: Site, secret: str) -> httpx2.Client:
    client = site.client(Authorization=f"Bearer {secret}")
    client.base_url = f"{site.address}/api/v1"
    return client


def listed(person: Person) -> list[dict[str, Any]]:
    return person.client.get("/me/keys").json()["items"]


def test_a_key_works_until_it_is_taken_back_and_tells_when_it_was_used(site: Site, person: Person):
    made = make(person)
    assert made["secret"].startswith("bm_") and len(made["secret"]) > 40
    client = program(site, made["secret"])
    assert listed(person)[0]["last_used_at"] is None
    assert client.get("/me").json()["email"] == person.email
    (key,) = listed(person)
    assert key == {**made["key"], "last_used_at": key["last_used_at"]} and key["last_used_at"]
    assert "secret" not in key
    assert person.client.delete(f"/me/keys/{key['id']}").status_code == 204
    assert client.get("/me").json()["code"] == "key_invalid"
    assert person.client.delete(f"/me/keys/{key['id']}").status_code == 404
    assert site.mails(person.email)[-1]["kind"] == "key_made"


def test_no_table_holds_the_secret(site: Site, person: Person):
    secrets = [make(person)["secret"], make(person, kind="app_password")["secret"]]
    rows = site.sql(
        """SELECT to_jsonb(k)::text AS row FROM accounts.api_key k
           UNION ALL SELECT to_jsonb(m)::text FROM platform.mail m
           UNION ALL SELECT to_jsonb(i)::text FROM platform.idempotency i"""
    )
    stored = "".join(row["row"] for row in rows)
    assert not any(secret in stored or secret.encode().hex() in stored for secret in secrets)


def test_a_key_ends_when_it_was_to(site: Site, person: Person):
    until = (site.clock() + timedelta(days=1)).isoformat()
    client = program(site, make(person, expires_at=until)["secret"])
    assert client.get("/me").status_code == 200
    with site.clock.moved(days=1):
        assert client.get("/me").json()["code"] == "key_invalid"
    past = person.client.post(
        "/me/keys", json={"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
    )
    assert (past.status_code, past.json()["field"]) == (422, "expires_at")


def test_an_uploader_uploads_and_nothing_else(site: Site, person: Person):
    client = program(site, make(person, scopes=["upload"])["secret"])
    sent = client.post(
        "/tracks", data={"artist_id": person.artist_id, "title": "Sent"}, files={"file": ("s.wav", wav(0.5))}
    )
    assert sent.status_code == 201, sent.text
    track = sent.json()["id"]
    for method, path in [("GET", f"/tracks/{track}"), ("DELETE", f"/tracks/{track}"), ("GET", "/me")]:
        refused = client.request(method, path)
        assert (refused.status_code, refused.json()["code"]) == (403, "key_out_of_scope"), path
    writer = program(site, make(person, scopes=["read", "write"])["secret"])
    assert writer.patch(f"/tracks/{track}", json={"title": "Changed"}).status_code == 200
    assert writer.get(f"/tracks/{track}").json()["title"] == "Changed"


@pytest.mark.parametrize("scopes", [["read"], ["write"], ["upload"], ["read", "write", "upload"]])
def test_every_route_holds_a_key_to_its_scopes(site: Site, person: Person, scopes: list[str]):
    """As the rule says of what the route declares, and no route forgets to ask."""
    client = program(site, make(person, scopes=scopes)["secret"])
    checked = 0
    for method, path, operation in OPERATIONS:
        whole = path
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                whole = whole.replace(f"{{{parameter['name']}}}", SOME_ID)
        if "events" in whole:
            continue  # in order, it never ends
        body: dict[str, Any] = {"content": b"{}"} if method in ("POST", "PUT", "PATCH") else {}
        headers = {"Content-Type": "application/json", "X-Forwarded-For": next_address()}
        answer = client.request(method, site.address + whole, headers=headers, **body)
        refused = answer.status_code == 403 and answer.json()["code"] == "key_out_of_scope"
        may = can_use_key({Scope(one) for one in scopes}, method, operation[KEY], operation.get(OPENED))
        assert refused != may, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        checked += 1
    assert checked > 30


def test_no_key_makes_keys_or_touches_signing_in(site: Site, person: Person):
    client = program(site, make(person, scopes=["read", "write", "upload"])["secret"])
    for method, path in [
        ("POST", "/me/keys"),
        ("GET", "/me/keys"),
        ("POST", "/me/password"),
        ("POST", "/me/email"),
        ("GET", "/me/sessions"),
        ("DELETE", "/sessions"),
        ("PATCH", "/me"),
    ]:
        assert client.request(method, path, json={}).json()["code"] == "key_out_of_scope", path


def test_one_persons_key_shows_nothing_of_anothers(site: Site, person: Person):
    other = site.person("Otto")
    key = make(person)["key"]
    assert listed(other) == []
    assert other.client.delete(f"/me/keys/{key['id']}").json()["code"] == "key_not_found"
    assert len(listed(person)) == 1


@pytest.mark.parametrize(
    "body", [{"scopes": []}, {"scopes": ["listen"]}, {"scopes": ["everything"]}, {"name": " "}, {"kind": "x"}]
)
def test_a_key_that_could_do_nothing_or_all_is_refused(person: Person, body: dict[str, Any]):
    answer = person.client.post("/me/keys", json={"name": "x", "scopes": ["read"], **body})
    assert answer.status_code == 422


def test_a_made_up_key_is_nobodys(site: Site):
    assert program(site, "bm_made-up").get("/me").json()["code"] == "key_invalid"
    assert program(site, "bm_").get("/tracks").json()["code"] == "key_invalid"


def verified(site: Site, email: str, password: str) -> object:
    async def run() -> object:
        pool = await open_pool(site.dsn, max_size=1)
        try:
            async with Database(pool, FactRegistry()).connection() as conn:
                return (await verify_app_password(conn, email, password, site.clock())).account_id
        finally:
            await pool.close()

    return asyncio.run(run())


def test_an_app_password_is_for_its_owner_and_for_old_protocols_only(site: Site, person: Person):
    made = make(person, kind="app_password", scopes=[])
    secret = made["secret"]
    assert made["key"]["scopes"] == ["listen"] and secret.isalnum() and len(secret) == 32
    spelled = "-".join(secret[at : at + 8].upper() for at in range(0, 32, 8))
    for typed in (secret, spelled):
        assert str(verified(site, person.email.upper(), typed)) == person.id
    assert listed(person)[0]["last_used_at"]
    assert program(site, secret).get("/me").status_code == 401
    assert program(site, "bm_" + secret).get("/me").status_code == 401
    other = site.person("Otto")
    for email, password in [(other.email, secret), (person.email, "four words of yours"), ("x", secret)]:
        with pytest.raises(KeyInvalid):
            verified(site, email, password)
    api_key = make(person)["secret"]
    with pytest.raises(KeyInvalid):
        verified(site, person.email, api_key)


def test_a_suspended_accounts_keys_are_refused_by_name(site: Site, person: Person):
    key, password = make(person)["secret"], make(person, kind="app_password")["secret"]
    site.sql(
        """UPDATE accounts.account SET suspended_at = now(), suspension_reason = 'a test' WHERE id = $1""",
        person.id,
    )
    answer = program(site, key).get("/me")
    assert answer.json()["code"] == "account_suspended"
    with pytest.raises(AccountSuspended):
        verified(site, person.email, password)


def test_the_mail_that_takes_an_address_back_ends_keys_too(site: Site, person: Person):
    from tests.http.test_emails import change, last_mail, post, secret_in

    client = program(site, make(person)["secret"])
    token = change(site, person, f"thief-{person.email}")
    assert post(person, "/emails/confirm", token=token).status_code == 200
    assert client.get("/me").status_code == 200
    back = secret_in(last_mail(site, person.email, "email_changed"), "/take-back")
    assert post(person, "/emails/take-back", token=back).status_code == 200
    assert client.get("/me").json()["code"] == "key_invalid"

"""/admin: people, roles, suspensions, sessions, the log, jobs and storage, over HTTP."""

from collections.abc import Generator

import httpx2
import pytest
from tests.support.databases import fresh_database
from tests.support.server import PASSWORD, Person, Site, running_site

from basedmusic.app.admin.people import first_admin_token
from basedmusic.platform.postgres import EmbeddedPostgres

REASON = "Sold tickets for shows that were never going to happen"


@pytest.fixture(scope="module")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """One of its own: who is its first admin is a part of what is tested."""
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("admin")) as site:
        yield site


@pytest.fixture(scope="module")
def admin(site: Site) -> Person:
    ada = site.person("Ada")
    token = first_admin_token(site.app.state.secrets)
    assert ada.client.post("/admin/first-admin", json={"token": token}).status_code == 204
    return ada


@pytest.fixture(scope="module")
def moderator(site: Site, admin: Person) -> Person:
    lena = site.person("Lena")
    give(admin, lena, "moderator")
    return lena


@pytest.fixture(scope="module")
def listener(site: Site) -> Person:
    return site.person("Zoë")


def give(admin: Person, person: Person, role: str | None) -> None:
    answer = admin.client.put(f"/admin/people/{person.id}/scene-role", json={"role": role})
    assert answer.status_code == 204, answer.text


def codes(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def names(answer: httpx2.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {one["name"] for one in answer.json()["items"]}


def test_the_printed_link_makes_one_admin_and_no_second(site: Site, admin: Person, listener: Person):
    token = first_admin_token(site.app.state.secrets)
    refused = listener.client.post("/admin/first-admin", json={"token": token})
    assert codes(refused) == (409, "admin_there")
    for wrong in ("", "x" * 64, token[:-1], token.upper() + " "):
        answer = listener.client.post("/admin/first-admin", json={"token": wrong})
        assert codes(answer) == (403, "link_wrong")
    assert admin.client.get("/me").json()["scene_role"] == "admin"


def test_people_are_found_however_they_are_written(admin: Person, moderator: Person, listener: Person):
    for words in ("zoe", "ZOË", "oë", listener.id, listener.email, listener.email[2:8].upper()):
        assert names(admin.client.get("/admin/people", params={"q": words})) == {"Zoë"}, words
    for words in ("%", "_", "\\", "nobody of this name"):
        assert names(admin.client.get("/admin/people", params={"q": words})) == set(), words
    assert names(moderator.client.get("/admin/people", params={"q": "zoe"})) == {"Zoë"}
    assert names(admin.client.get("/admin/people", params={"among": "team"})) == {"Ada", "Lena"}


def test_addresses_are_for_admins(admin: Person, moderator: Person, listener: Person):
    assert names(moderator.client.get("/admin/people", params={"q": listener.email})) == set()
    path = f"/admin/people/{listener.id}"
    assert moderator.client.get(path).json()["email"] is None
    seen = admin.client.get(path).json()
    assert seen["email"] == listener.email
    assert [one["name"] for one in seen["profiles"]] == ["Zoë and the Tides"]


def test_everybody_is_listed_page_by_page(admin: Person, moderator: Person, listener: Person):
    seen: list[str] = []
    after: str | None = None
    while True:
        page = admin.client.get(
            "/admin/people", params={"limit": 1, **({"after": after} if after else {})}
        ).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert {admin.id, moderator.id, listener.id} <= set(seen)
    assert len(seen) == len(set(seen))


def test_a_suspension_ends_everything_and_is_told_to_the_right_password(site: Site, moderator: Person):
    tomek = site.person("Tomek")
    profile = f"/artists/{tomek.artist_id}/tracks"
    path = f"/admin/people/{tomek.id}/suspension"
    made = moderator.client.put(path, json={"reason": REASON, "until": "2031-01-02T03:04:00+01:00"})
    assert (made.status_code, made.json()["reason"]) == (200, REASON)
    assert codes(tomek.client.get("/me")) == (403, "account_suspended")
    login = {"email": tomek.email, "password": PASSWORD}
    guest = site.client()
    wrong = guest.post("/api/v1/sessions", json={**login, "password": "four other words"})
    assert codes(wrong) == (401, "wrong_credentials")
    told = guest.post("/api/v1/sessions", json=login)
    assert codes(told) == (403, "account_suspended")
    assert told.json()["detail"] == (
        f"This account is suspended until 2 January 2031, 02:04 UTC. The reason given: {REASON}"
    )
    assert guest.get(f"/api/v1{profile}").status_code == 200  # their music stays
    assert moderator.client.get(f"/admin/people/{tomek.id}").json()["suspension"]["reason"] == REASON
    assert "Tomek" in names(moderator.client.get("/admin/people", params={"among": "suspended"}))
    assert moderator.client.delete(path).status_code == 204
    assert guest.post("/api/v1/sessions", json=login).status_code == 201
    log = moderator.client.get("/admin/audit", params={"subject": tomek.id}).json()["items"]
    assert [one["act"] for one in log] == ["account.suspension_lifted", "account.suspended"]
    assert log[1]["payload"]["reason"] == REASON
    assert (log[1]["actor_name"], log[1]["subject_name"]) == ("Lena", "Tomek")


def test_who_may_not(site: Site, admin: Person, moderator: Person, listener: Person):
    def suspend(by: Person, whom: Person) -> tuple[int, str]:
        return codes(by.client.put(f"/admin/people/{whom.id}/suspension", json={"reason": REASON}))

    assert suspend(moderator, admin) == (403, "rank_too_high")
    assert suspend(moderator, moderator) == (403, "not_yourself")
    assert suspend(admin, admin) == (403, "not_yourself")
    assert suspend(listener, moderator) == (403, "moderators_only")
    role = moderator.client.put(f"/admin/people/{listener.id}/scene-role", json={"role": "admin"})
    assert codes(role) == (403, "admins_only")
    last = admin.client.put(f"/admin/people/{admin.id}/scene-role", json={"role": None})
    assert codes(last) == (409, "last_admin")
    blank = moderator.client.put(f"/admin/people/{listener.id}/suspension", json={"reason": "  "})
    assert codes(blank) == (422, "invalid")
    past = {"reason": REASON, "until": "2020-01-01T00:00:00Z"}
    assert codes(moderator.client.put(f"/admin/people/{listener.id}/suspension", json=past)) == (
        422,
        "invalid",
    )
    never = {"reason": REASON, "until": "9999-12-31T23:59:59-12:00"}
    assert codes(moderator.client.put(f"/admin/people/{listener.id}/suspension", json=never)) == (
        422,
        "invalid",
    )
    gone = f"/admin/people/{admin.artist_id}"
    assert codes(admin.client.get(gone)) == (404, "account_not_found")


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/admin/people", "moderator"),
        ("/admin/audit", "admin"),
        ("/admin/audit/acts", "admin"),
        ("/admin/jobs", "admin"),
        ("/admin/jobs/held", "admin"),
        ("/admin/storage", "admin"),
    ],
)
def test_who_sees_what(site: Site, admin: Person, moderator: Person, listener: Person, path: str, least: str):
    assert admin.client.get(path).status_code == 200
    assert moderator.client.get(path).status_code == (200 if least == "moderator" else 403)
    assert listener.client.get(path).status_code == 403
    assert site.client().get(f"/api/v1{path}").status_code == 401


def test_somebody_is_signed_out_everywhere(site: Site, moderator: Person):
    ivo = site.person("Ivo")
    path = f"/admin/people/{ivo.id}/sessions"
    assert len(moderator.client.get(path).json()["items"]) == 1
    assert moderator.client.delete(path).status_code == 204
    assert moderator.client.get(path).json()["items"] == []
    assert codes(ivo.client.get("/me")) == (401, "session_ended")


def test_the_log_is_filtered_and_checked(site: Site, admin: Person, moderator: Person):
    seen = admin.client.get("/admin/audit", params={"act": "scene.role_set", "actor": admin.id}).json()
    assert {one["subject_name"] for one in seen["items"]} >= {"Lena"}
    assert "scene.first_admin_made" in admin.client.get("/admin/audit/acts").json()
    checked = admin.client.post("/admin/audit/check").json()
    (count,) = site.sql("SELECT count(*) FROM accounts.audit_entry")
    assert checked["entries"] == count[0] > 1
    assert checked["broken_at"] is None and len(checked["hash"]) == 64


def test_jobs_that_failed_run_again_or_are_taken_out(site: Site, admin: Person):
    site.sql(
        """INSERT INTO jobs.pgqueuer (priority, entrypoint, payload, status)
           SELECT 0, 'test.' || (n % 2), '{"n":1}', 'failed' FROM generate_series(1, 5) AS n"""
    )
    held = admin.client.get("/admin/jobs/held", params={"limit": 3}).json()
    assert len(held["items"]) == 3
    rest = admin.client.get("/admin/jobs/held", params={"limit": 3, "after": held["next"]}).json()
    assert len(rest["items"]) == 2 and rest["next"] is None
    (first, second, *_) = held["items"]
    assert admin.client.post(f"/admin/jobs/{first['id']}/release").status_code == 204
    assert codes(admin.client.post(f"/admin/jobs/{first['id']}/release")) == (404, "job_not_found")
    assert admin.client.delete(f"/admin/jobs/{second['id']}").status_code == 204
    assert codes(admin.client.delete(f"/admin/jobs/{second['id']}")) == (404, "job_not_found")
    kinds = {one["name"]: one for one in admin.client.get("/admin/jobs").json()["kinds"]}
    assert kinds["test.0"]["held"] + kinds["test.1"]["held"] == 3
    assert admin.client.post("/admin/jobs/release", json={"kind": "test.1"}).json()["released"] == 2
    assert admin.client.post("/admin/jobs/release", json={}).json()["released"] == 1
    assert admin.client.post("/admin/jobs/release", json={}).json()["released"] == 0
    log = admin.client.get("/admin/audit", params={"limit": 4}).json()["items"]
    assert [one["act"] for one in log] == ["jobs.released", "jobs.released", "job.cancelled", "job.released"]
    assert log[2]["payload"] == {"kind": second["job"]}
    site.sql("DELETE FROM jobs.pgqueuer")


def test_storage_is_told(admin: Person):
    seen = admin.client.get("/admin/storage").json()
    assert seen["database_bytes"] > 1 << 20
    assert {"accounts", "catalog", "platform"} <= {one["name"] for one in seen["schemas"]}
    assert seen["disk"]["total"] > seen["disk"]["free"] > 0
    assert seen["uploads"] == {"files": 0, "bytes": 0, "whole": True}


def test_a_persons_page_has_what_was_reported_of_them_and_how_far_they_are_trusted(
    site: Site, admin: Person, moderator: Person, listener: Person
):
    reported = site.person("Otto")
    shown = moderator.client.get(f"/admin/people/{reported.id}").json()
    assert shown["standing"] == "new"
    for kind, subject in (("artist", reported.artist_id), ("person", reported.id)):
        body = {"kind": kind, "subject_id": subject, "reason": "spam", "words": "Adverts"}
        answer = listener.client.post("/reports", json=body)
        assert answer.status_code == 201, answer.text
    path = f"/admin/people/{reported.id}/cases"
    cases = moderator.client.get(path).json()["items"]
    assert [(one["state"], one["reports"], one["decision"]) for one in cases] == [("open", 1, None)] * 2
    first = moderator.client.get(f"{path}?limit=1").json()
    rest = moderator.client.get(f"{path}?limit=1&after={first['next']}").json()
    assert [first["items"][0]["id"], rest["items"][0]["id"]] == [one["id"] for one in cases]
    assert rest["next"] is None
    # Whoever reported is not shown what became of it here, nor anybody else; a moderator not their own cases.
    assert codes(listener.client.get(path)) == (403, "moderators_only")
    give(admin, reported, "moderator")
    assert reported.client.get(path).json()["items"] == []
    give(admin, reported, None)
    site.settle(reported)
    assert moderator.client.get(f"/admin/people/{reported.id}").json()["standing"] == "trusted"

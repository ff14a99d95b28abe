"""Leaving for good: asked for, taken back, and done; and that nothing of the person is left anywhere."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from tests.support.databases import fresh_database
from tests.support.music import wav
from tests.support.server import BORN, PASSWORD, Person, Site, running_site

from basedmusic.accounts import (
    Eraser,
    Hand,
    Role,
    enqueue_due_erasures,
    lift_suspension,
    set_scene_role,
    suspend_account,
)
from basedmusic.accounts.contracts import EraseAccount
from basedmusic.app.wiring import POLICIES
from basedmusic.app.worker import ROWS
from basedmusic.kernel.errors import AppError
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Tx
from basedmusic.platform.postgres import EmbeddedPostgres

MARK = "zqxmara"
"""In everything that the person types about themselves, in small letters, so that its bytes are known too."""
EVIDENCE = {"accounts.report", "accounts.moderation_case", "accounts.case_act"}
"""What was told to the moderators, and what they found, stays in its words, without who said it, for half a year
after the decision: those whom it is about may ask to have it looked at again."""
OVER = timedelta(days=14, minutes=1)


@pytest.fixture(scope="module")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """One of its own: these tests look at every row there is."""
    with (
        fresh_database(postgres) as dsn,
        running_site(dsn, tmp_path_factory.mktemp("erasure")) as site,
    ):
        yield site


def ask(person: Person, password: str = PASSWORD) -> httpx2.Response:
    return person.client.post("/me/erasure", json={"password": password})


def sign_in(site: Site, person: Person) -> httpx2.Response:
    return site.client().post("/api/v1/sessions", json={"email": person.email, "password": PASSWORD})


def link_of(site: Site, person: Person) -> str:
    mail = [mail for mail in site.mails(person.email) if mail["kind"] == "erasure_asked"][-1]
    return next(word for word in mail["body"].split() if "/keep-account#" in word).partition("#")[2]


def erase(site: Site, person: Person) -> None:
    """What the worker does when the time has come."""
    eraser = Eraser(site.app.state.database, site.app.state.blobs, POLICIES, site.clock)
    with site.clock.moved(seconds=OVER.total_seconds()):
        site.run(eraser.run(EraseAccount(AccountId(UUID(person.id)))))


def is_there(site: Site, person: Person) -> bool:
    return bool(site.sql("SELECT FROM accounts.party WHERE id = $1", UUID(person.id)))


def traces(site: Site, mark: str) -> set[str]:
    """Tables and blobs that hold `mark`, as text, or as bytes, which PostgreSQL shows in hex."""
    tables = site.sql(
        """SELECT schemaname || '.' || tablename AS name FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
    )
    found = {
        table["name"]
        for table in tables
        if site.sql(
            f"SELECT FROM {table['name']} t WHERE t::text ILIKE $1 OR t::text LIKE $2 LIMIT 1",
            f"%{mark}%",
            f"%{mark.encode().hex()}%",
        )
    }
    for name in site.kept():
        if mark in name or mark.encode() in (site.settings.data / name).read_bytes():
            found.add(name)
    return found


def let_time_pass(site: Site) -> None:
    """What expires by itself does so within the fourteen days."""
    for aged in (
        "UPDATE platform.idempotency SET expires_at = expires_at - $1::interval",
        "UPDATE jobs.pgqueuer_log SET created = created - $1::interval",
        "UPDATE platform.mail SET created_at = created_at - $1::interval, finished_at = now() - $1::interval,"
        " state = 'kept'",
    ):
        site.sql(aged, OVER)

    async def sweep() -> None:
        for rows in ROWS.values():
            async with site.app.state.database.transaction() as tx:
                await rows(tx)

    site.run(sweep())


def test_it_takes_the_password_and_signs_out_everywhere(site: Site):
    ines = site.person("Ines")
    wrong = ask(ines, "four words of theirs")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (
        422,
        "wrong_password",
        "password",
    )
    asked = ask(ines)
    assert asked.status_code == 202, asked.text
    assert ines.client.get("/me").json()["code"] == "session_ended"
    refused = sign_in(site, ines)
    assert (refused.status_code, refused.json()["code"]) == (403, "account_leaving")
    assert refused.json()["due_at"][:16] == asked.json()["due_at"][:16]
    wrong = site.client().post(
        "/api/v1/sessions", json={"email": ines.email, "password": "four words of theirs"}
    )
    assert wrong.json()["code"] == "wrong_credentials"  # a stranger is not told that anybody leaves


def test_a_browser_loses_its_cookie(site: Site):
    ines = site.person("Ines")
    browser = site.client(**{"X-Session": "cookie", "Sec-Fetch-Site": "same-origin"})
    browser.post("/api/v1/sessions", json={"email": ines.email, "password": PASSWORD})
    assert browser.cookies
    assert browser.post("/api/v1/me/erasure", json={"password": PASSWORD}).status_code == 202
    assert not browser.cookies


@pytest.mark.parametrize("how", ["password", "link"])
def test_it_can_be_taken_back(site: Site, how: str):
    ines = site.person("Ines")
    ask(ines)
    client, token = site.client(), link_of(site, ines)
    if how == "password":
        wrong = {"email": ines.email, "password": "four words of theirs"}
        assert client.post("/api/v1/accounts/keep", json=wrong).json()["code"] == "wrong_credentials"
        body = {"email": ines.email, "password": PASSWORD}
        assert client.post("/api/v1/accounts/keep", json=body).status_code == 204
    else:
        assert client.post("/api/v1/accounts/keep/link", json={"token": "x" + token}).status_code == 404
        assert client.post("/api/v1/accounts/keep/link", json={"token": token}).status_code == 204
    assert sign_in(site, ines).status_code == 201
    assert client.post("/api/v1/accounts/keep/link", json={"token": token}).json()["code"] == "link_not_found"
    erase(site, ines)
    assert is_there(site, ines)


def test_it_is_done_when_its_time_has_come_and_not_before(site: Site):
    ines = site.person("Ines")
    ask(ines)
    site.run(
        Eraser(site.app.state.database, site.app.state.blobs, POLICIES, site.clock).run(
            EraseAccount(AccountId(UUID(ines.id)))
        )
    )
    assert is_there(site, ines)

    async def look() -> None:
        async with site.app.state.database.transaction() as tx:
            await enqueue_due_erasures(tx, site.clock)

    waiting = "SELECT FROM jobs.pgqueuer WHERE entrypoint = 'accounts.erase_account' AND dedupe_key LIKE $1"
    site.run(look())
    assert not site.sql(waiting, f"%{ines.id}")
    with site.clock.moved(seconds=OVER.total_seconds()):
        site.run(look())
        site.run(look())
    assert len(site.sql(waiting, f"%{ines.id}")) == 1
    erase(site, ines)
    erase(site, ines)  # safe to run twice
    assert not is_there(site, ines)
    assert sign_in(site, ines).json()["code"] == "wrong_credentials"


def test_what_a_person_owns_alone_is_told_of_and_goes_to_whom_it_was_said(site: Site):
    ines, ivo, tomek = site.person("Ines"), site.person("Ivo"), site.person("Tomek")
    track = ines.track(wav(1.0), "a.wav", publish="true")
    for person, role in ((ivo, "member"), (tomek, "manager")):
        invited = ines.client.post(f"/profiles/{ines.artist_id}/invitations", json={"role": role}).json()
        assert person.client.post("/invitations/accept", json={"token": invited["token"]}).is_success
    alone = ines.client.post("/artists", json={"name": "Ines alone", "city": "Rust Harbour"}).json()
    told = ines.client.get("/me/erasure").json()
    assert told["days"] == 14
    assert {one["name"]: one["heir"] for one in told["left_behind"]} == {
        "Ines alone": None,
        "Ines and the Tides": "Tomek",
    }
    assert ivo.client.get("/me/erasure").json()["left_behind"][0]["name"] == "Ivo and the Tides"
    ask(ines)
    erase(site, ines)
    mine = {one["id"]: one["role"] for one in tomek.client.get("/me").json()["profiles"]}
    assert mine[ines.artist_id] == "owner"
    stub = site.sql("SELECT stub_since FROM accounts.party WHERE id = $1", UUID(alone["id"]))
    assert stub[0]["stub_since"] is not None
    heard = site.client().get(f"/api/v1/tracks/{track['id']}/stream")
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/mp4")
    assert site.client().get(f"/api/v1/artists/{alone['id']}").status_code == 200


def test_the_last_admin_stays(site: Site):
    ines, ivo = site.person("Ines"), site.person("Ivo")
    make = """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
              SELECT id, $1, 'admin', kind FROM accounts.party WHERE kind = 'scene'"""
    site.sql(make, UUID(ines.id))
    assert ask(ines).json()["code"] == "last_admin"
    site.sql(make, UUID(ivo.id))
    assert ask(ines).status_code == 202
    assert ask(ivo).json()["code"] == "last_admin"  # the other one is on her way out
    assert _set_role(site, ivo, None) == "last_admin"
    assert _suspend(site, ivo) == "last_admin"
    erase(site, ines)
    assert not is_there(site, ines)


def _set_role(site: Site, person: Person, role: Role | None) -> str | None:
    async def do(tx: Tx) -> None:
        await set_scene_role(tx, AccountId(UUID(person.id)), role)

    return _refused(site, do)


def _suspend(site: Site, person: Person) -> str | None:
    async def do(tx: Tx) -> None:
        await suspend_account(tx, Hand.SHELL, AccountId(UUID(person.id)), "Enough", None, site.clock())

    return _refused(site, do)


def _refused(site: Site, do: Callable[[Tx], Awaitable[None]]) -> str | None:
    """The code it is refused with."""

    async def run() -> None:
        async with site.app.state.database.transaction() as tx:
            await do(tx)

    try:
        site.run(run())
    except AppError as error:
        return error.code
    return None


def test_nothing_of_the_person_is_left_anywhere(site: Site):
    """Every table and every blob is looked through, before and after."""
    mara, ivo = _sign_up(site), site.person("Ivo")
    assert traces(site, "nobody-is-called-this") == set()
    invited = ivo.client.post(f"/profiles/{ivo.artist_id}/invitations", json={"role": "member"}).json()
    mara.client.post("/invitations/accept", json={"token": invited["token"]})
    key = {"Idempotency-Key": "once"}
    theirs = ivo.track(wav(1.0), "theirs.wav", publish="true")
    sent = mara.client.post(
        "/tracks",
        data={"artist_id": ivo.artist_id, "title": "Low water", "publish": "true"},
        files={"file": (f"{MARK} demo.wav", wav(1.0, seed=5))},
        headers=key,
    ).json()
    mara.client.put(f"/me/following/{ivo.artist_id}")
    mara.client.put(f"/me/saved/tracks/{theirs['id']}")
    mara.client.patch("/me", json={"display_name": f"{MARK} the second"})
    told = {"kind": "track", "subject_id": theirs["id"], "reason": "spam", "words": f"{MARK} says so"}
    assert mara.client.post("/reports", json=told).status_code == 201
    case = _warn(site, ivo, mara)
    assert mara.client.post(f"/me/decisions/{case}/appeal", json={"words": f"I am {MARK}"}).status_code == 204
    _suspend_and_lift(site, mara)
    assert mara.client.post("/me/export").status_code == 202
    with site.working():
        _wait_for_export(site, mara)
    site.sql(
        """INSERT INTO jobs.pgqueuer_log (job_id, status, priority, entrypoint, traceback)
           VALUES (0, 'exception', 0, 'x', jsonb_build_object('exception_message', $1::text))""",
        f"{MARK} was in the way",
    )
    assert ask(mara).status_code == 202
    before = traces(site, MARK)
    assert before >= {
        "accounts.party",
        "accounts.account",
        "accounts.audit_entry",
        "ingest.upload",
        "platform.idempotency",
        "platform.mail",
        "jobs.pgqueuer_log",
    }
    assert any("exports/" in name for name in site.kept())
    let_time_pass(site)
    erase(site, mara)
    assert traces(site, MARK) == EVIDENCE
    assert traces(site, mara.id) <= EVIDENCE | {
        "accounts.audit_entry",
        "jobs.pgqueuer_log",
    }  # numbers of nobody
    (left,) = site.sql(
        """SELECT c.title, c.appeal, r.evidence ? 'name' AS named FROM accounts.moderation_case c
             JOIN accounts.report r ON r.case_id = c.id WHERE c.id = $1""",
        UUID(case),
    )
    assert tuple(left) == ("person", "", False)
    assert not any("exports/" in name for name in site.kept())
    for track in (theirs, sent):
        heard = site.client().get(f"/api/v1/tracks/{track['id']}/stream")
        assert (heard.status_code, len(heard.content) > 1000) == (200, True)


def _sign_up(site: Site) -> Person:
    """With a key for a retry, so that the answer is kept for a day. The band's name is the band's, and stays."""
    client = site.client()
    client.base_url = f"{site.address}/api/v1"
    login = {"email": f"{MARK}@example.org", "password": PASSWORD}
    account = client.post(
        "/accounts",
        json={**login, "display_name": MARK, "born": BORN},
        headers={"Idempotency-Key": "sign-up"},
    )
    token = client.post("/sessions", json=login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    artist = client.post("/artists", json={"name": "Low Water", "city": "Rust Harbour"}).json()
    return Person(account.json()["id"], client, artist["id"], login["email"])


def _warn(site: Site, reporter: Person, person: Person) -> str:
    """A case about somebody, decided in words; its id."""
    told = {"kind": "person", "subject_id": person.id, "reason": "spam", "words": "So loud"}
    assert reporter.client.post("/reports", json=told).status_code == 201
    lena = site.person("Lena")
    assert _set_role(site, lena, Role.MODERATOR) is None
    case = site.sql("SELECT id FROM accounts.moderation_case WHERE subject_id = $1", UUID(person.id))[0]["id"]
    verdict = {"decision": "warn", "rule": "spam", "facts": f"{MARK} was loud", "days": None}
    decided = lena.client.put(f"/moderation/cases/{case}/decision", json=verdict)
    assert decided.is_success, decided.text
    return str(case)


def _suspend_and_lift(site: Site, person: Person) -> None:
    async def both() -> None:
        async with site.app.state.database.transaction() as tx:
            who, now = AccountId(UUID(person.id)), site.clock()
            await suspend_account(tx, Hand.SHELL, who, f"{MARK} was loud", None, now)
            await lift_suspension(tx, Hand.SHELL, who)

    site.run(both())
    person.client.headers["Authorization"] = f"Bearer {sign_in(site, person).json()['access_token']}"


def _wait_for_export(site: Site, person: Person) -> None:
    async def wait() -> None:
        while True:
            rows = await site.app.state.database.pool.fetch(
                "SELECT FROM accounts.export WHERE account_id = $1 AND status = 'ready'", UUID(person.id)
            )
            if rows:
                return
            await asyncio.sleep(0.1)

    site.run(asyncio.wait_for(wait(), 40))

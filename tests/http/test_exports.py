"""A person's data to take along: asked for over HTTP, made by the worker, and compared with the database."""

import io
import json
import zipfile
from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from tests.support.databases import fresh_database
from tests.support.music import wav
from tests.support.server import PASSWORD, Person, Site, running_site, soon

from basedmusic.accounts import sweep_exports
from basedmusic.app.wiring import POLICIES
from basedmusic.kernel.privacy import Key
from basedmusic.platform.postgres import EmbeddedPostgres

SONG = wav(1.0)


@pytest.fixture(scope="module")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """One of its own, with a worker throughout."""
    with (
        fresh_database(postgres) as dsn,
        running_site(dsn, tmp_path_factory.mktemp("exports")) as site,
        site.working(),
    ):
        yield site


@pytest.fixture(scope="module")
def mara(site: Site) -> Person:
    """With something in as many tables as one gets into in a few requests."""
    mara, ivo = site.person("Mara"), site.person("Ivo")
    track = mara.track(SONG, "../Mara's demo.wav", title="Low water")
    release = {"artist_id": mara.artist_id, "title": "<b>Tides</b>", "kind": "ep"}
    assert mara.client.post("/releases", json=release).status_code == 201
    assert mara.client.post(f"/profiles/{mara.artist_id}/invitations", json={"role": "member"}).is_success
    assert mara.client.put(f"/me/following/{ivo.artist_id}").is_success
    assert mara.client.put(f"/me/saved/tracks/{track['id']}").is_success
    site.sql("UPDATE accounts.account SET email_verified_at = now() WHERE id = $1", UUID(mara.id))
    ivo.track(wav(1.0, seed=7), "Ivos.wav", title="Nobody else's")
    return mara


@pytest.fixture(scope="module")
def archive(site: Site, mara: Person) -> zipfile.ZipFile:
    # What the background steps find out is exported too: it must not change between the archive and the look.
    assert soon(lambda: all(len(track["steps_done"]) == 3 for track in _tracks(mara)), 60), _tracks(mara)
    asked = mara.client.post("/me/export", headers={"Idempotency-Key": "once"})
    assert asked.status_code == 202, asked.text
    again = mara.client.post("/me/export", headers={"Idempotency-Key": "once"})
    assert again.json() == asked.json()
    return zipfile.ZipFile(io.BytesIO(fetch(site, finished(mara)["url"]).content))


def _tracks(person: Person) -> list[dict[str, Any]]:
    return person.client.get("/tracks", params={"mine": True}).json()["items"]


def finished(person: Person) -> dict[str, Any]:
    def is_ready() -> bool:
        return state(person)["export"]["status"] == "ready"

    assert soon(is_ready, 40), state(person)
    return state(person)["export"]


def state(person: Person) -> dict[str, Any]:
    answer = person.client.get("/me/export")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return answer.json()


def again(site: Site, person: Person) -> httpx2.Client:
    """Signed in anew, once the clock was moved past what the person's token lasts."""
    client = site.client()
    client.base_url = f"{site.address}/api/v1"
    signed_in = client.post("/sessions", json={"email": person.email, "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"
    return client


def fetch(site: Site, url: str) -> httpx2.Response:
    return site.client().get(url)


def test_the_export_is_the_database_row_by_row(site: Site, mara: Person, archive: zipfile.ZipFile):
    """What each query finds, read by ourselves; what is withheld is not in there; nothing of anybody else."""
    for policy in POLICIES:
        name = f"data/{policy.table}.json"
        if policy.rows is None:
            assert name not in archive.namelist()
            continue
        told = json.loads(archive.read(name))
        key = UUID(mara.id) if policy.key is Key.ACCOUNT else [mara.email]
        # The archive is a row of its own, and the mail about it was written after it.
        if policy.table in ("accounts.export", "platform.mail"):
            continue
        kept = [dict(row) for row in site.sql(policy.rows, key)]
        as_told = [json.loads(json.dumps(row, default=_as_json)) for row in kept]
        assert sorted(map(_text, told)) == sorted(map(_text, as_told)), policy.table
        assert not any(column in row for row in told for column in policy.withheld)
    assert len(json.loads(archive.read("data/accounts.export.json"))) == 1


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("accounts.account", "id"),
        ("accounts.membership", "account_id"),
        ("accounts.invitation", "invited_by"),
        ("accounts.follow", "account_id"),
        ("accounts.saved", "account_id"),
        ("accounts.session", "account_id"),
        ("ingest.upload", "account_id"),
        ("catalog.artist", "id"),
        ("catalog.release", "artist_id"),
        ("catalog.track", "artist_id"),
    ],
)
def test_no_row_of_theirs_is_missing(
    site: Site, mara: Person, archive: zipfile.ZipFile, table: str, column: str
):
    """Counted past the policies, straight from the tables."""
    whose = UUID(mara.artist_id if table.startswith("catalog.") else mara.id)
    (counted,) = site.sql(f"SELECT count(*) AS n FROM {table} WHERE {column} = $1", whose)
    assert counted["n"] > 0
    assert len(json.loads(archive.read(f"data/{table}.json"))) == counted["n"]


def test_the_file_is_there_as_it_was_sent(archive: zipfile.ZipFile):
    (name,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert name == "files/0001-Mara_s demo.wav"
    assert archive.read(name) == SONG


def test_the_page_reads_well_and_runs_nothing(archive: zipfile.ZipFile):
    page = archive.read("index.html").decode()
    assert "&lt;b&gt;Tides&lt;/b&gt;" in page
    assert "<b>Tides" not in page
    assert "Low water" in page and "Nobody else" not in page
    assert "Your email address, when it was confirmed" in page
    assert archive.testzip() is None


def test_no_secret_is_in_it(site: Site, mara: Person, archive: zipfile.ZipFile):
    hashes = site.sql("SELECT password_hash FROM accounts.account WHERE id = $1", UUID(mara.id))
    everything = b"".join(archive.read(name) for name in archive.namelist() if name.endswith("json"))
    assert hashes[0]["password_hash"].encode() not in everything
    assert b"token_hash" not in everything and b"password_hash" not in everything


def test_a_mail_tells_where_it_is(site: Site, mara: Person, archive: zipfile.ZipFile):
    (mail,) = [mail for mail in site.mails(mara.email) if mail["kind"] == "export_ready"]
    link = next(word for word in mail["body"].split() if "/your-data#" in word)
    token = link.partition("#")[2]
    assert fetch(site, f"/api/v1/exports/{token}").status_code == 200


def test_once_a_day(site: Site, mara: Person, archive: zipfile.ZipFile):
    refused = mara.client.post("/me/export")
    assert (refused.status_code, refused.json()["code"]) == (429, "export_too_soon")
    assert state(mara)["may_ask_at"] is not None
    with site.clock.moved(hours=24, minutes=1):
        assert again(site, mara).get("/me/export").json()["may_ask_at"] is None


def test_a_link_is_for_one_archive_until_it_is_over(site: Site, mara: Person, archive: zipfile.ZipFile):
    url = finished(mara)["url"]
    head, token, export_id = url.rsplit("/", 2)
    for wrong in (f"{head}/{token}/{uuid4()}", f"{head}/{token[:-1]}x/{export_id}", f"{head}/x/{export_id}"):
        assert fetch(site, wrong).json()["code"] == "export_not_found"
    with site.clock.moved(days=7, minutes=1):
        assert fetch(site, url).json()["code"] == "export_not_found"
        assert again(site, mara).get("/me/export").json()["export"] is None


def test_a_link_ends_with_a_new_password(site: Site):
    lena = site.person("Lena")
    assert lena.client.post("/me/export").status_code == 202
    url = finished(lena)["url"]
    assert fetch(site, url).status_code == 200
    words = {"current": PASSWORD, "new": "five other words of hers"}
    assert lena.client.post("/me/password", json=words).status_code == 204
    assert fetch(site, url).json()["code"] == "export_not_found"
    assert state(lena)["export"] is None


def test_others_have_none(site: Site, archive: zipfile.ZipFile):
    assert state(site.person("Ines")) == {"export": None, "may_ask_at": None}
    assert site.client().post("/api/v1/me/export").status_code == 401


def test_what_is_over_is_swept_with_its_archive(site: Site):
    tomek = site.person("Tomek")
    assert tomek.client.post("/me/export").status_code == 202
    export = finished(tomek)
    assert any(export["id"] in path for path in site.kept())
    site.sql(
        "UPDATE accounts.export SET asked_at = asked_at - $1::interval, expires_at = expires_at - $1::interval",
        timedelta(days=8),
    )
    site.run(sweep_exports(site.app.state.database, site.app.state.blobs))
    assert not any("exports/" in path for path in site.kept())
    assert site.sql("SELECT FROM accounts.export WHERE id = $1", UUID(export["id"])) == []
    assert fetch(site, export["url"]).json()["code"] == "export_not_found"


def _as_json(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)

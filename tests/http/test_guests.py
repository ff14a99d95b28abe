"""Mail for people without an account: confirmed, sent once per thing, and ended."""

from collections.abc import Generator
from itertools import count

import httpx2
import pytest
from tests.support.databases import fresh_database
from tests.support.music import wav
from tests.support.server import Person, Site, running_site, soon

from basedmusic.platform.postgres import EmbeddedPostgres

_numbers = count(1)


@pytest.fixture(scope="module")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """One of its own, with a worker throughout."""
    with (
        fresh_database(postgres) as dsn,
        running_site(dsn, tmp_path_factory.mktemp("guests")) as site,
        site.working(),
    ):
        yield site


@pytest.fixture(scope="module")
def mara(site: Site) -> Person:
    return site.person("Mara")


def somebody() -> str:
    return f"Guest-{next(_numbers)}@example.org"


def ask(site: Site, artist_id: str, address: str) -> httpx2.Response:
    return site.client().post(f"/api/v1/profiles/{artist_id}/mail", json={"email": address})


def secret_in(site: Site, address: str, kind: str, page: str) -> str:
    mail = [mail for mail in site.mails(address) if mail["kind"] == kind][-1]
    return next(word for word in mail["body"].split() if f"{page}#" in word).partition("#")[2]


def follow(site: Site, artist_id: str, address: str) -> None:
    assert ask(site, artist_id, address).status_code == 202
    token = secret_in(site, address, "guest_confirm", "/guest")
    assert site.client().post("/api/v1/guests/confirm", json={"token": token}).status_code == 200


def news(site: Site, address: str) -> list[str]:
    return [mail["subject"] for mail in site.mails(address) if mail["kind"] == "guest_news"]


def guests(site: Site, address: str) -> int:
    return len(site.sql("SELECT FROM accounts.guest WHERE address_key = $1", address.lower()))


def report(site: Site, artist_id: str, address: str) -> httpx2.Response:
    told = {"kind": "artist", "subject_id": artist_id, "reason": "spam", "contact": address}
    return site.client().post(
        "/api/v1/reports", json=told, headers={"Idempotency-Key": f"report-{next(_numbers)}"}
    )


def test_an_address_is_kept_once_it_said_yes(site: Site, mara: Person):
    address = somebody()
    assert ask(site, mara.artist_id, address).status_code == 202
    assert guests(site, address) == 0
    token = secret_in(site, address, "guest_confirm", "/guest")
    client = site.client()
    assert client.post("/api/v1/guests/confirm", json={"token": f"x{token}"}).status_code == 404
    confirmed = client.post("/api/v1/guests/confirm", json={"token": token})
    assert confirmed.json()["name"] == "Mara and the Tides"
    assert guests(site, address) == 1
    assert client.post("/api/v1/guests/confirm", json={"token": token}).json()["code"] == "link_not_found"
    with site.clock.moved(days=2, minutes=1):
        ask(site, mara.artist_id, somebody())
    late = somebody()
    ask(site, mara.artist_id, late)
    token = secret_in(site, late, "guest_confirm", "/guest")
    with site.clock.moved(days=2, minutes=1):
        assert client.post("/api/v1/guests/confirm", json={"token": token}).status_code == 404


def test_what_comes_out_is_told_once(site: Site, mara: Person):
    address, other = somebody(), somebody()
    follow(site, mara.artist_id, address)
    follow(site, site.person("Ivo").artist_id, other)
    track = mara.track(wav(1.0), "a.wav", title="Low water", publish="true")
    assert soon(lambda: len(news(site, address)) == 1)
    mara.client.post(f"/tracks/{track['id']}/unpublish").raise_for_status()
    mara.client.post(f"/tracks/{track['id']}/publish").raise_for_status()
    release = mara.client.post(
        "/releases", json={"artist_id": mara.artist_id, "title": "Tides", "kind": "ep"}
    ).json()
    for title in ("Ebb", "Flood"):
        mara.track(wav(1.0, seed=len(title)), f"{title}.wav", title=title, release_id=release["id"])
    mara.client.post(f"/releases/{release['id']}/publish").raise_for_status()
    assert soon(lambda: len(news(site, address)) == 2, 30), news(site, address)
    waiting = "SELECT FROM jobs.pgqueuer WHERE entrypoint LIKE 'catalog.announce%'"
    assert soon(lambda: not site.sql(waiting))
    assert news(site, address) == [
        "Mara and the Tides: Low water",
        "Mara and the Tides: Tides",
    ]
    assert news(site, other) == []


def test_whoever_muted_an_artist_gets_no_mail_of_them_at_the_accounts_address(site: Site, mara: Person):
    muter, other = site.person("Muter"), somebody()
    site.sql("UPDATE accounts.account SET email_verified_at = now() WHERE id = $1::uuid", muter.id)
    for address in (muter.email, other):
        follow(site, mara.artist_id, address)
    muter.client.put(f"/me/mutes/{mara.artist_id}").raise_for_status()
    mara.track(wav(1.0, seed=11), "m.wav", title="Unheard", publish="true")
    assert soon(lambda: news(site, other) == ["Mara and the Tides: Unheard"], 30), news(site, other)
    assert news(site, muter.email) == []
    muter.client.delete(f"/me/mutes/{mara.artist_id}").raise_for_status()
    mara.track(wav(1.0, seed=12), "n.wav", title="Heard", publish="true")
    assert soon(lambda: news(site, muter.email) == ["Mara and the Tides: Heard"], 30)


def test_each_mail_ends_by_one_press_and_not_by_being_looked_at(site: Site, mara: Person):
    address = somebody()
    follow(site, mara.artist_id, address)
    mara.track(wav(1.0, seed=3), "b.wav", title="Slack water", publish="true")
    assert soon(lambda: news(site, address) != [])
    (mail,) = [mail for mail in site.mails(address) if mail["kind"] == "guest_news"]
    url = mail["unsubscribe_url"]
    looked = site.client().get(url)
    assert (looked.status_code, "/unsubscribe#" in looked.headers["location"]) == (303, True)
    assert guests(site, address) == 1
    pressed = site.client().post(url, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 204
    assert guests(site, address) == 0  # the last one: nothing is left to keep the address for
    assert site.client().post(url).status_code == 204
    assert site.client().post(url[:-1] + ("0" if url[-1] != "0" else "1")).status_code == 404


def test_none_at_all_holds_for_ever_and_tells_nobody(site: Site, mara: Person):
    address = somebody()
    follow(site, mara.artist_id, address)
    mara.track(wav(1.0, seed=4), "c.wav", title="Spring tide", publish="true")
    assert soon(lambda: news(site, address) != [])
    token = secret_in(site, address, "guest_news", "/unsubscribe")
    body = {"token": token, "everything": True}
    assert site.client().post("/api/v1/guests/unsubscribe", json=body).status_code == 204
    assert (guests(site, address), site.mails(address)) == (0, [])
    assert ask(site, mara.artist_id, address.upper()).status_code == 202
    assert site.client().post("/api/v1/guests/link", json={"email": address}).status_code == 202
    assert report(site, mara.artist_id, address).status_code == 201
    assert site.mails(address) == []
    held = site.sql("SELECT address_hash::text AS hash FROM accounts.silenced_address")
    assert address.lower().encode().hex() not in str(held)


def test_a_mailbox_is_not_filled_by_strangers(site: Site, mara: Person):
    address = somebody()
    answers = [ask(site, mara.artist_id, address).status_code for _ in range(6)]
    assert answers == [202] * 5 + [429]
    assert len(site.mails(address)) == 3
    answers = [report(site, mara.artist_id, address).status_code for _ in range(6)]
    assert answers == [201] * 5 + [429]
    assert len(site.mails(address)) == 4


def test_a_guest_sees_and_erases_what_is_kept(site: Site, mara: Person):
    address = somebody()
    follow(site, mara.artist_id, address)
    client = site.client()
    sent = report(site, mara.artist_id, address).json()
    assert client.post("/api/v1/guests/link", json={"email": address}).status_code == 202
    token = secret_in(site, address, "guest_data", "/guest-data")
    kept = client.post("/api/v1/guests/data", json={"token": token}).json()
    assert kept == {"address": address, "follows": ["Mara and the Tides"], "reports": [sent["reference"]]}
    seen = {"token": secret_in(site, address, "report_received", "/report")}
    assert client.post("/api/v1/reports/state", json=seen).json()["reference"] == sent["reference"]
    assert client.post("/api/v1/guests/erase", json={"token": token}).status_code == 204
    assert (guests(site, address), site.mails(address)) == (0, [])
    assert client.post("/api/v1/reports/state", json=seen).status_code == 404
    for table, column in (("report", "contact"), ("mail_link", "address")):
        assert site.sql(f"SELECT FROM accounts.{table} WHERE lower({column}) = $1", address.lower()) == []
    assert site.sql("SELECT FROM accounts.report WHERE reference = $1", sent["reference"]) != []
    assert client.post("/api/v1/guests/data", json={"token": token}).status_code == 404


def test_only_what_can_be_followed_so_is(site: Site, mara: Person):
    assert ask(site, mara.id, somebody()).status_code == 404
    assert ask(site, mara.artist_id, "no address").json()["field"] == "email"

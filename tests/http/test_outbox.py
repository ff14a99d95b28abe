"""The local outbox is for whoever sits at this machine while the scene is being built, and for nobody else."""

import httpx2
import pytest
from tests.support.server import BORN, PASSWORD, Site, next_address

from basedmusic.app.outbox import has_outbox, is_at_this_machine
from basedmusic.platform.settings import PREFIX, read_settings


def ask(site: Site, path: str = "/api/v1/outbox", **headers: str) -> httpx2.Response:
    """From this machine, without what the tests' clients send to be told apart."""
    return httpx2.get(site.address + path, headers=headers, trust_env=False)


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    body = {"email": "outbox@example.org", "password": PASSWORD, "display_name": "Outbox <b>", "born": BORN}
    assert site.client().post("/api/v1/accounts", json=body).status_code == 201
    return "outbox@example.org"


def test_whoever_sits_here_reads_the_mails(site: Site, address: str):
    mails = ask(site).json()["items"]
    mail = next(one for one in mails if one["to"] == address)
    assert mail["kind"] == "verify_email" and "/verify#" in mail["text"]
    html = ask(site, f"/api/v1/outbox/{mail['id']}/html")
    assert "Hello Outbox &lt;b&gt;" in html.text
    assert "sandbox" in html.headers["content-security-policy"]
    first = ask(site, "/api/v1/outbox?limit=1").json()
    assert len(first["items"]) == 1 and (first["next"] is not None) == (len(mails) > 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X-Real-IP": "127.0.0.1"},
        {"Host": "music.example.org"},
        {"Host": "127.0.0.1.example.org:8000"},
        {"Host": ""},
    ],
)
def test_through_a_proxy_or_by_another_name_nothing_is_here(
    site: Site, address: str, headers: dict[str, str]
):
    answer = ask(site, **headers)
    assert answer.status_code in (400, 404) and address not in answer.text
    page = ask(site, "/outbox", Accept="text/html", **headers)
    assert page.status_code in (400, 404)


@pytest.mark.parametrize(
    ("settings", "there"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "::"}, False),
        ({"HOST": "192.0.2.7"}, False),
        ({"PUBLIC_URL": "https://music.example.org"}, False),
        ({"PUBLIC_URL": "http://localhost:8000"}, True),
        ({"SMTP_URL": "smtp://mail.example.org"}, False),
        ({"HOST": "0.0.0.0", "PUBLIC_URL": "http://127.0.0.1:8000"}, False),
    ],
)
def test_no_scene_that_others_reach_has_one(settings: dict[str, str], there: bool):
    assert has_outbox(read_settings({PREFIX + name: value for name, value in settings.items()})) is there


@pytest.mark.parametrize("peer", ["203.0.113.9", "", "10.0.0.1", "::ffff:203.0.113.9"])
def test_nobody_elsewhere_is_at_this_machine(peer: str):
    assert not is_at_this_machine(peer, {"host": "127.0.0.1:8000"})
    assert is_at_this_machine("127.0.0.1", {"host": "localhost:8000"})


def test_a_tests_client_with_an_address_of_its_own_is_elsewhere(site: Site):
    assert ask(site, **{"X-Forwarded-For": next_address()}).status_code == 404

"""Where an account is signed in, and the mail about a device or place that is new."""

from typing import Any

from tests.support.server import PASSWORD, Person, Site

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


def sign_in(site: Site, person: Person, agent: str, zone: str, address: str = "203.0.113.77") -> None:
    body = {"email": person.email, "password": PASSWORD, "time_zone": zone}
    headers = {"User-Agent": agent, "X-Forwarded-For": address}
    assert site.client().post("/api/v1/sessions", json=body, headers=headers).status_code == 201


def notices(site: Site, person: Person) -> list[str]:
    return [mail["subject"] for mail in site.mails(person.email) if mail["kind"] == "new_sign_in"]


def latest(person: Person) -> dict[str, Any]:
    return person.client.get("/me/sessions").json()["items"][0]


def test_a_session_says_coarsely_where_it_was_begun(site: Site):
    person = site.person("Ines")
    sign_in(site, person, FIREFOX, "Europe/Berlin")
    here = latest(person)
    assert (here["device"], here["place"], here["network"]) == (
        "Firefox on Linux",
        "Berlin",
        "203.0.113.0/24",
    )
    sign_in(site, person, FIREFOX, "no/zone/of/any/kind", "2001:db8:1:2::3")
    here = latest(person)
    assert (here["place"], here["network"]) == ("", "2001:db8:1::/48")


def test_a_confirmed_address_is_told_of_what_is_new_and_of_nothing_else(site: Site):
    person = site.person("Ines")
    sign_in(site, person, FIREFOX, "Europe/Berlin")
    assert notices(site, person) == []  # nobody knows yet whether the address is theirs
    site.sql("UPDATE accounts.account SET email_verified_at = now() WHERE email = $1", person.email)
    sign_in(site, person, FIREFOX, "Europe/Berlin", "198.51.100.1")
    assert notices(site, person) == []
    sign_in(site, person, PHONE, "Europe/Berlin")
    sign_in(site, person, PHONE, "Asia/Tokyo")
    sign_in(site, person, PHONE, "Asia/Tokyo")
    assert notices(site, person) == [
        "A new sign-in: Safari on iPhone, Berlin time, 203.0.113.0/24",
        "A new sign-in: Safari on iPhone, Tokyo time, 203.0.113.0/24",
    ]


def test_a_wrong_password_leaves_no_trace(site: Site):
    person = site.person("Ines")
    body = {"email": person.email, "password": "not the password", "time_zone": "Asia/Tokyo"}
    assert site.client().post("/api/v1/sessions", json=body).status_code == 401
    places = site.sql("SELECT place FROM accounts.seen_device d WHERE account_id = $1", person.id)
    assert [row["place"] for row in places] == [""]

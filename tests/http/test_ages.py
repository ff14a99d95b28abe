"""Who is too young for an account, and what holds until somebody is of age."""

import time
from datetime import date, timedelta
from itertools import count
from typing import Any

import asyncpg
import httpx2
import pytest
from tests.support.server import PASSWORD, Person, Site, stay_signed_in

_numbers = count(1)


def born(site: Site, age: int) -> str:
    """Of somebody who turned that old two months ago."""
    today = site.clock().date()
    then = date(today.year - age, today.month, 1) - timedelta(days=45)
    return f"{then:%Y-%m}"


def sign_up(client: httpx2.Client, month: str | None, email: str | None = None) -> httpx2.Response:
    email = email or f"young-{next(_numbers)}@example.org"
    body = {"email": email, "password": PASSWORD, "display_name": "Young"}
    return client.post("/api/v1/accounts", json=body if month is None else {**body, "born": month})


@pytest.fixture
def minor(site: Site) -> Person:
    """Sixteen, and signed in."""
    client, email = site.client(), f"minor-{next(_numbers)}@example.org"
    account = sign_up(client, born(site, 16), email)
    assert account.status_code == 201, account.text
    client.base_url = f"{site.address}/api/v1"
    stay_signed_in(client, client.post("/sessions", json={"email": email, "password": PASSWORD}).json())
    return Person(account.json()["id"], client, "", email)


def adult_from(site: Site, person: Person) -> date | None:
    (row,) = site.sql("SELECT adult_from FROM accounts.account WHERE id = $1", person.id)
    return row["adult_from"]


def test_below_the_minimum_age_nobody_gets_an_account(site: Site):
    refused = sign_up(site.client(), born(site, 15), "fifteen@example.org")
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        403,
        "too_young",
        "born",
    )
    assert "16" not in refused.text
    assert site.sql("SELECT FROM accounts.account WHERE email_normalised = 'fifteen@example.org'") == []


def test_another_year_is_no_way_in_on_the_same_device_for_a_day(site: Site):
    child = site.client()
    assert sign_up(child, born(site, 12)).status_code == 403
    assert sign_up(child, "1980-01").json()["code"] == "too_young"
    (cookie,) = [one for one in child.cookies.jar if one.name == "basedmusic_age"]
    assert cookie.value == "1" and cookie.expires is not None
    assert 86_000 < cookie.expires - time.time() <= 86_401
    assert sign_up(site.client(), "1980-01").status_code == 201


def test_the_question_is_not_left_out(site: Site):
    missing = sign_up(site.client(), None)
    assert (missing.status_code, missing.json()["field"]) == (422, "born")
    for odd in ("", "1990", "1990-13", "3000-01", "05/1990"):
        answer = sign_up(site.client(), odd)
        assert (answer.status_code, answer.json()["field"]) == (422, "born"), odd


def test_of_an_adult_nothing_is_kept_and_of_a_minor_only_until_when(site: Site, minor: Person, band: Person):
    assert adult_from(site, band) is None
    until = adult_from(site, minor)
    assert until is not None and until.day == 1
    chosen = minor.client.get("/me/preferences").json()
    assert chosen["adult_from"] == until.isoformat()
    assert (chosen["followable"], chosen["history_paused"]) == (False, True)
    assert band.client.get("/me/preferences").json()["adult_from"] is None


def test_a_minor_stays_private_and_may_do_the_rest(minor: Person):
    refused = minor.client.patch("/me/preferences", json={"followable": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "minors_stay_private")
    assert minor.client.get("/me/preferences").json()["followable"] is False
    kept = minor.client.patch("/me/preferences", json={"history_paused": False, "nights": [5]})
    assert kept.status_code == 200 and kept.json()["history_paused"] is False


def test_the_database_holds_it_too(site: Site, minor: Person, band: Person):
    """Whatever a caller forgets to ask; the control is an adult's row."""
    make_public = """INSERT INTO accounts.preference (account_id, followable) VALUES ($1, true)
                     ON CONFLICT (account_id) DO UPDATE SET followable = true"""
    with pytest.raises(asyncpg.CheckViolationError):
        site.sql(make_public, minor.id)
    site.sql(make_public, band.id)
    band.client.patch("/me/preferences", json={"followable": False})


def test_once_of_age_it_is_theirs_to_choose_and_nothing_of_it_is_kept(site: Site, minor: Person):
    with site.clock.moved(days=2 * 366):
        pair = minor.client.post("/sessions", json={"email": minor.email, "password": PASSWORD}).json()
        stay_signed_in(minor.client, pair)
        chosen = minor.client.patch("/me/preferences", json={"followable": True})
        assert chosen.status_code == 200, chosen.text
        assert (chosen.json()["followable"], chosen.json()["adult_from"]) == (True, None)
    assert adult_from(site, minor) is None


def test_an_invitation_by_mail_does_not_go_to_a_minor(
    site: Site, minor: Person, band: Person, stranger: Person
):
    """And the answer does not tell. The control: an adult gets one."""
    answers: list[Any] = []
    for person in (minor, stranger):
        before = len(site.mails(person.email))
        body = {"role": "member", "email": person.email}
        answer = band.client.post(f"/profiles/{band.artist_id}/invitations", json=body)
        assert answer.status_code == 201, answer.text
        answers.append(sorted(answer.json()))
        assert len(site.mails(person.email)) - before == (person is stranger)
    assert answers[0] == answers[1]

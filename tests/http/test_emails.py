"""An address confirmed, changed, taken back; a forgotten password chosen anew: by the links in mails."""

import asyncio
import re
from typing import Any
from uuid import UUID

import httpx2
import msgspec
import pytest
from tests.support.server import BORN, PASSWORD, Person, Site, next_address, soon

from basedmusic.accounts import MAIL_RESET, ResetMailer
from basedmusic.accounts.contracts import Hand
from basedmusic.accounts.service import set_password
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.mail import Letterhead

NEW = "five other words of yours"


@pytest.fixture
def person(site: Site) -> Person:
    return site.person("Ines")


def secret_in(mail: Any, page: str) -> str:
    found = re.search(rf"http\S+{page}#(\S+)", mail["body"])
    assert found, mail["body"]
    return found[1]


def last_mail(site: Site, to: str, kind: str) -> Any:
    return [mail for mail in site.mails(to) if mail["kind"] == kind][-1]


def post(person: Person, path: str, **body: str) -> httpx2.Response:
    return person.client.post(path, json=body, headers={"X-Forwarded-For": next_address()})


def me(person: Person) -> dict[str, Any]:
    return person.client.get("/me").json()


def sign_in(person: Person, email: str, password: str) -> int:
    return post(person, "/sessions", email=email, password=password).status_code


def mail_resets(site: Site) -> None:
    """As the worker does, with what waits in the queue."""

    async def run() -> None:
        pool = await open_pool(site.dsn, max_size=2)
        mailer = ResetMailer(Database(pool, FactRegistry()), Letterhead("Scene", site.address), site.clock)
        rows = await pool.fetch(
            "DELETE FROM jobs.pgqueuer WHERE entrypoint = $1 RETURNING payload", MAIL_RESET.name
        )
        for row in rows:
            await mailer.run(msgspec.json.decode(row["payload"], type=MAIL_RESET.payload))
        await pool.close()

    asyncio.run(run())


def test_signing_up_asks_to_confirm_the_address_and_the_link_does(site: Site, person: Person):
    assert me(person)["verified"] is False
    token = secret_in(last_mail(site, person.email, "verify_email"), "/verify")
    assert post(person, "/emails/confirm", token=token).json() == {"email": person.email}
    assert me(person)["verified"] is True
    again = post(person, "/emails/confirm", token=token)
    assert (again.status_code, again.json()["code"]) == (404, "link_not_found")


def test_a_new_mail_may_be_asked_for_some_times_and_ends_the_old_link(site: Site, person: Person):
    old = secret_in(last_mail(site, person.email, "verify_email"), "/verify")
    assert post(person, "/me/email/verification").status_code == 204
    assert post(person, "/emails/confirm", token=old).status_code == 404
    new = secret_in(last_mail(site, person.email, "verify_email"), "/verify")
    assert post(person, "/emails/confirm", token=new).status_code == 200
    assert post(person, "/me/email/verification").status_code == 409
    other = site.person("Otto")
    answers = [post(other, "/me/email/verification").status_code for _ in range(7)]
    assert answers == [204] * 6 + [429]


def test_a_link_that_is_over_confirms_nothing(site: Site, person: Person):
    token = secret_in(last_mail(site, person.email, "verify_email"), "/verify")
    with site.clock.moved(days=3):
        assert post(person, "/emails/confirm", token=token).status_code == 404
    assert me(person)["verified"] is False


def test_a_forgotten_password_is_chosen_anew_and_everybody_is_signed_out(site: Site, person: Person):
    assert post(person, "/password-resets", email=person.email.upper()).status_code == 202
    mail_resets(site)
    token = secret_in(last_mail(site, person.email, "reset_password"), "/reset")
    short = post(person, "/password-resets/use", token=token, password="short")
    assert (short.status_code, short.json()["field"]) == (422, "password")
    assert post(person, "/password-resets/use", token=token, password=NEW).status_code == 204
    assert post(person, "/password-resets/use", token=token, password=NEW).status_code == 404
    assert person.client.get("/me").status_code == 401
    assert (sign_in(person, person.email, PASSWORD), sign_in(person, person.email, NEW)) == (401, 201)
    assert last_mail(site, person.email, "password_changed")["subject"] == "Your password was changed"
    assert site.sql("SELECT email_verified_at FROM accounts.account WHERE email = $1", person.email)[0][0]


def test_a_reset_holds_for_an_hour_and_only_the_last_one_sent(site: Site, person: Person):
    tokens: list[str] = []
    for _ in range(2):
        post(person, "/password-resets", email=person.email)
        mail_resets(site)
        tokens.append(secret_in(last_mail(site, person.email, "reset_password"), "/reset"))
    assert post(person, "/password-resets/use", token=tokens[0], password=NEW).status_code == 404
    with site.clock.moved(hours=1):
        assert post(person, "/password-resets/use", token=tokens[1], password=NEW).status_code == 404
    assert sign_in(person, person.email, PASSWORD) == 201


def test_nobody_learns_by_it_who_has_an_account(site: Site, person: Person):
    """The same answer by the same statements: all that differs is done later, by a job."""
    known = post(person, "/password-resets", email=person.email)
    unknown = post(person, "/password-resets", email="nobody-at-all@example.org")
    told = [
        (one.status_code, one.content, sorted(one.headers.keys() - {"x-request-id", "date"}))
        for one in (known, unknown)
    ]
    assert told[0] == told[1] and known.status_code == 202
    assert len(site.sql("SELECT FROM jobs.pgqueuer WHERE entrypoint = $1", MAIL_RESET.name)) == 2
    mail_resets(site)
    assert site.mails("nobody-at-all@example.org") == []
    answers = [post(person, "/password-resets", email="often@example.org").status_code for _ in range(5)]
    assert answers == [202] * 4 + [429]
    mail_resets(site)


def change(site: Site, person: Person, to: str) -> str:
    answer = post(person, "/me/email", email=to, password=PASSWORD)
    assert (answer.status_code, answer.json()) == (202, {"email": to})
    assert me(person)["email_pending"] == to
    return secret_in(last_mail(site, to, "change_email"), "/verify")


def test_an_address_changes_when_the_new_one_is_confirmed(site: Site, person: Person):
    new = f"new-{person.email}"
    assert (
        post(person, "/me/email", email=new, password="not the password").json()["code"] == "wrong_password"
    )
    assert post(person, "/me/email", email=person.email, password=PASSWORD).status_code == 409
    token = change(site, person, new)
    assert me(person)["email"] == person.email
    assert post(person, "/emails/confirm", token=token).json() == {"email": new}
    mine = me(person)
    assert (mine["email"], mine["verified"], mine["email_pending"]) == (new, True, None)
    assert (sign_in(person, person.email, PASSWORD), sign_in(person, new, PASSWORD)) == (401, 201)
    assert new in last_mail(site, person.email, "email_changed")["body"]


@pytest.mark.parametrize("way", ["change", "reset", "shell"])
def test_a_new_password_ends_a_change_of_address_and_a_reset_under_way(site: Site, person: Person, way: str):
    """Whoever knew the old password can't come back by what they began with it; the old address was told."""
    new = f"thief-{person.email}"
    thiefs = change(site, person, new)
    told = last_mail(site, person.email, "email_change_asked")["body"]
    assert new in told and "/forgot" in told and thiefs not in told
    post(person, "/password-resets", email=person.email)
    mail_resets(site)
    reset = secret_in(last_mail(site, person.email, "reset_password"), "/reset")
    if way == "change":
        answer = post(person, "/me/password", current=PASSWORD, new=NEW)
        assert answer.status_code == 204, answer.text
    elif way == "reset":
        assert post(person, "/password-resets/use", token=reset, password=NEW).status_code == 204
    else:
        site.run(by_the_shell(site, person, NEW))
    assert post(person, "/emails/confirm", token=thiefs).status_code == 404
    assert post(person, "/password-resets/use", token=reset, password=PASSWORD).status_code == 404
    assert (sign_in(person, new, NEW), sign_in(person, person.email, NEW)) == (401, 201)


async def by_the_shell(site: Site, person: Person, password: str) -> None:
    async with site.app.state.database.transaction() as tx:
        await set_password(tx, Hand.SHELL, AccountId(UUID(person.id)), password)


def test_a_change_may_be_given_up_and_an_address_of_others_is_no_choice(site: Site, person: Person):
    token = change(site, person, f"new-{person.email}")
    assert person.client.delete("/me/email/change").status_code == 204
    assert post(person, "/emails/confirm", token=token).status_code == 404
    assert me(person)["email_pending"] is None
    other = site.person("Otto")
    assert post(person, "/me/email", email=other.email, password=PASSWORD).json()["code"] == "email_taken"
    token = change(site, person, f"later-{person.email}")
    body = {"email": f"later-{person.email}", "password": PASSWORD, "display_name": "First", "born": BORN}
    assert post(person, "/accounts", **body).status_code == 201
    assert post(person, "/emails/confirm", token=token).json()["code"] == "email_taken"
    assert me(person)["email"] == person.email


def test_the_old_address_takes_the_account_back_also_from_a_thief_who_changed_it_twice(
    site: Site, person: Person
):
    first, second = f"thief-{person.email}", f"thief-two-{person.email}"
    assert post(person, "/emails/confirm", token=change(site, person, first)).status_code == 200
    assert post(person, "/emails/confirm", token=change(site, person, second)).status_code == 200
    mine = secret_in(last_mail(site, person.email, "email_changed"), "/take-back")
    thiefs = secret_in(last_mail(site, first, "email_changed"), "/take-back")
    squatter = {"email": person.email, "password": PASSWORD, "display_name": "Squatter", "born": BORN}
    assert post(person, "/accounts", **squatter).json()["code"] == "email_taken"
    answer = post(person, "/emails/take-back", token=mine)
    assert answer.status_code == 200
    assert person.client.get("/me").status_code == 401
    assert post(person, "/emails/take-back", token=thiefs).status_code == 404
    reset = answer.json()["reset_token"]
    assert post(person, "/password-resets/use", token=reset, password=NEW).status_code == 204
    assert (sign_in(person, second, PASSWORD), sign_in(person, person.email, NEW)) == (401, 201)


def test_after_seven_days_the_old_address_is_free(site: Site, person: Person):
    assert (
        post(person, "/emails/confirm", token=change(site, person, f"new-{person.email}")).status_code == 200
    )
    token = secret_in(last_mail(site, person.email, "email_changed"), "/take-back")
    with site.clock.moved(days=7):
        assert post(person, "/emails/take-back", token=token).status_code == 404
        body = {"email": person.email, "password": PASSWORD, "display_name": "Next", "born": BORN}
        assert post(person, "/accounts", **body).status_code == 201


def test_a_worker_mails_what_was_asked_for(site: Site, person: Person):
    """No mail server is set here, so the mail stays in the outbox."""
    post(person, "/password-resets", email=person.email)
    with site.working():
        assert soon(
            lambda: "reset_password" in {m["kind"] for m in site.mails(person.email) if m["state"] == "kept"},
        )

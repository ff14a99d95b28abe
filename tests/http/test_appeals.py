"""Whoever a case suspended can't sign in, and appeals by the link of the mail."""

from tests.support.server import Person, Site

MODERATES = """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
    SELECT s.id, a.id, 'moderator', s.kind FROM accounts.party s, accounts.party a
     WHERE s.kind = 'scene' AND a.kind = 'person' AND a.name = $1"""


def moderator(site: Site, name: str) -> Person:
    person = site.person(name)
    site.sql(MODERATES, name)
    return person


def test_a_suspended_person_appeals_by_the_mails_link_and_is_back_when_another_moderator_agrees(site: Site):
    accused, first, second = (
        site.person("Accused"),
        moderator(site, "Firstlook"),
        moderator(site, "Secondlook"),
    )
    told = {"kind": "person", "subject_id": accused.id, "reason": "spam"}
    key = {"Idempotency-Key": "appeal-by-link"}
    assert site.client().post("/api/v1/reports", json=told, headers=key).status_code == 201
    ((case_id,),) = site.sql(
        "SELECT id FROM accounts.moderation_case WHERE subject_id = $1::text::uuid", accused.id
    )
    decision = f"/moderation/cases/{case_id}/decision"
    verdict = {"decision": "suspend", "rule": "spam", "facts": "Adverts."}
    first.client.put(decision, json=verdict).raise_for_status()
    assert accused.client.get("/me/decisions").status_code in (401, 403)

    ((address,),) = site.sql("SELECT email FROM accounts.account WHERE id = $1::text::uuid", accused.id)
    (mail,) = [mail for mail in site.mails(address) if mail["kind"] == "statement_of_reasons"]
    token = mail["body"].split("/appeal#")[1].split()[0]
    said = {"token": token, "words": "These were my own concerts."}
    client = site.client()
    assert client.post("/api/v1/moderation/appeals", json=said | {"token": "x"}).status_code == 404
    assert client.post("/api/v1/moderation/appeals", json=said | {"words": " "}).status_code == 422
    assert client.post("/api/v1/moderation/appeals", json=said).status_code == 204
    assert client.post("/api/v1/moderation/appeals", json=said).json()["code"] == "link_not_found"

    verdict = {"decision": "restore", "rule": "spam", "facts": "They were."}
    assert first.client.put(decision, json=verdict).json()["code"] == "appeal_elsewhere"
    second.client.put(decision, json=verdict).raise_for_status()
    held = "SELECT FROM accounts.account WHERE id = $1::text::uuid AND suspended_at IS NOT NULL"
    assert site.sql(held, accused.id) == []

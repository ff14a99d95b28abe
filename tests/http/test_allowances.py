"""How many uploads and claims a newcomer has in a day, and how they are told."""

from tests.support.music import wav
from tests.support.server import Person, Site

SENT = """INSERT INTO accounts.counted (account_id, what, at)
          SELECT $1, 'uploads', now() - interval '1 hour' FROM generate_series(1, $2::integer)"""


def room(person: Person, what: str = "uploads") -> dict[str, object]:
    items = person.client.get("/me/allowances").json()["items"]
    return next(one for one in items if one["what"] == what)


def test_a_newcomer_uploads_a_few_and_is_told_when_more_goes(site: Site):
    newcomer = site.person("Nia")
    before = {"what": "uploads", "standing": "new", "most": 20, "per_s": 86_400, "left": 20, "opens_at": None}
    assert room(newcomer) == before
    site.sql(SENT, newcomer.id, 19)
    last = newcomer.upload(wav(1), key="last")
    assert last.status_code == 201
    # Deleted, it was sent all the same.
    assert newcomer.client.delete(f"/tracks/{last.json()['id']}").status_code in (200, 204)
    assert room(newcomer)["left"] == 0 and room(newcomer)["opens_at"] is not None
    kept = site.kept()
    refused = newcomer.upload(wav(1, seed=2))
    assert (refused.status_code, refused.json()["code"]) == (429, "limit_reached")
    assert "in 23 hours" in refused.json()["detail"] and refused.json()["standing"] == "new"
    assert 82_000 < int(refused.headers["Retry-After"]) <= 82_801
    assert site.kept() == kept  # nothing of it was taken in
    # The control: what is answered already is answered again, and who is settled goes on.
    again = newcomer.upload(wav(1), key="last")
    assert again.status_code == 201 and again.headers["Idempotency-Replayed"] == "true"
    site.settle(newcomer)
    assert room(newcomer)["standing"] == "trusted"
    assert newcomer.upload(wav(1, seed=2)).status_code == 201
    assert room(newcomer)["left"] == 500 - 21


def test_what_is_refused_for_another_reason_does_not_count(site: Site):
    newcomer = site.person("Nia")
    assert newcomer.upload(b"no sound at all", "no.wav").status_code >= 400
    assert room(newcomer)["left"] == 20

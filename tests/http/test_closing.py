"""Closing a profile with all that is its own: out of sight at once, taken back for a while, then gone."""

import time
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from tests.support.music import wav
from tests.support.server import Person, Site

from basedmusic.accounts import ProfileCloser, enqueue_due_closings
from basedmusic.accounts.contracts import DeleteProfile
from basedmusic.app.wiring import PROFILE_CONTENTS
from basedmusic.platform.db import Tx

OVER = timedelta(days=14, minutes=1)
PATIENCE_S = 60


def close(person: Person, profile: str, name: str) -> httpx2.Response:
    return person.client.post(f"/profiles/{profile}/closing", json={"name": name})


def reopen(person: Person, profile: str) -> httpx2.Response:
    return person.client.delete(f"/profiles/{profile}/closing")


def join(site: Site, profile: str, person: Person, role: str) -> None:
    site.sql(
        """INSERT INTO accounts.membership (party_id, party_kind, account_id, role)
           SELECT id, kind, $2, $3 FROM accounts.party WHERE id = $1""",
        UUID(profile),
        UUID(person.id),
        role,
    )


def freeze(site: Site, profile: str, *, frozen: bool = True) -> None:
    then = "now()" if frozen else "NULL"
    site.sql(f"UPDATE accounts.party SET frozen_at = {then} WHERE id = $1", UUID(profile))


def delete_due(site: Site, profile: str) -> None:
    """What the worker does when the time has come."""
    closer = ProfileCloser(site.app.state.database, PROFILE_CONTENTS, site.clock)
    with site.clock.moved(seconds=OVER.total_seconds()):
        site.run(closer.run(DeleteProfile(UUID(profile))))


def is_there(site: Site, profile: str) -> bool:
    return bool(site.sql("SELECT FROM accounts.party WHERE id = $1", UUID(profile)))


def count_of(client: httpx2.Client, genre: str) -> tuple[int, int]:
    found = client.get("/api/v1/genres", params={"limit": 100}).json()["items"]
    one = next(each for each in found if each["slug"] == genre)
    return one["track_count"], one["artist_count"]


def test_a_closed_artist_is_nowhere_and_comes_back_whole(site: Site):
    mara, ivo = site.person("Maraclose"), site.person("Ivoclose")
    name = "Maraclose and the Tides"
    artist, guest = mara.artist_id, site.client()
    assert mara.client.patch(f"/artists/{artist}", json={"genres": ["reggae"]}).status_code == 200
    track = mara.track(wav(1), title="Ebb", publish="true")
    mara.track(wav(1, seed=2), title="A draft")
    mara.client.patch(f"/tracks/{track['id']}", json={"genres": ["reggae"]})
    release = mara.client.post("/releases", json={"artist_id": artist, "title": "Flood", "kind": "ep"}).json()
    assert mara.client.patch(f"/tracks/{track['id']}", json={"release_id": release["id"]}).status_code == 200
    assert mara.client.post(f"/releases/{release['id']}/publish").status_code == 200
    assert ivo.client.put(f"/me/saved/tracks/{track['id']}").status_code == 204
    assert ivo.client.put(f"/me/following/{artist}").status_code == 204
    slug = mara.client.get(f"/artists/{artist}").json()["slug"]
    before = count_of(guest, "reggae")
    paths = [
        f"/api/v1/artists/{slug}",
        f"/api/v1/artists/{artist}",
        f"/api/v1/profiles/{artist}",
        f"/api/v1/tracks/{track['id']}",
        f"/api/v1/releases/{release['id']}",
        f"/api/v1/tracks/{track['id']}/stream",
        f"/artists/{slug}",
    ]
    stream = mara.client.get(f"/tracks/{track['id']}").json()["stream"]
    signed = next(value for key, value in stream.items() if key != "expires_at" and isinstance(value, str))
    for path in (*paths, signed):
        assert guest.get(path).status_code == 200, path
    preview = mara.client.get(f"/profiles/{artist}/closing").json()
    assert preview == {
        "days": 14, "name": name, "tracks": 2, "releases": 1, "shows": 0, "followers": 1, "members": 1,
    }  # fmt: skip

    answer = close(mara, artist, f"  {name.lower()} ")
    assert answer.status_code == 202, answer.text
    with site.clock.moved(seconds=60):  # what plays is remembered for some seconds
        assert guest.get(signed).status_code == 404
    for path in paths:
        assert guest.get(path).status_code == 404, path
        assert mara.client.get(path.removeprefix("/api/v1")).status_code == 404, path

    def listed(client: httpx2.Client, path: str) -> set[str]:
        # Written out: `params` would take the place of what the path asks for.
        asked = f"{path}{'&' if '?' in path else '?'}limit=100"
        return {one["id"] for one in client.get(asked).json()["items"]}

    music = {track["id"], release["id"], artist}
    lists = ["/tracks", "/releases", "/artists", "/tracks?genre=reggae", "/me/saved/tracks", "/me/following"]
    for path in lists:
        assert not listed(ivo.client, path) & music, path
    assert not listed(mara.client, "/tracks?mine=true")
    assert count_of(guest, "reggae") == (before[0] - 1, before[1] - 1)
    me = mara.client.get("/me").json()
    assert artist not in {one["id"] for one in me["profiles"]}
    closed = mara.client.get("/me/closed-profiles").json()["profiles"]
    assert [(one["id"], one["name"], one["gone_at"]) for one in closed] == [
        (artist, name, answer.json()["gone_at"])
    ]
    # Nothing of it changes, and closing it again is what it was.
    refused = mara.upload(wav(1), title="Late")
    assert (refused.status_code, refused.json()["code"]) == (409, "profile_closed")
    assert close(mara, artist, name).json() == answer.json()

    assert reopen(mara, artist).status_code == 204
    assert reopen(mara, artist).status_code == 204
    for path in (*paths, signed):
        assert guest.get(path).status_code == 200, path
    for path in lists:
        assert listed(ivo.client, path) & music, path
    assert count_of(guest, "reggae") == before
    acts = site.sql("SELECT act FROM accounts.audit_entry WHERE subject_id = $1 ORDER BY seq", artist)
    assert [row["act"] for row in acts] == ["profile.closed", "profile.reopened"]


def test_only_an_owner_closes_by_name_and_the_others_hear_of_it(site: Site):
    mara, ivo, lena = site.person("Maraown"), site.person("Ivoown"), site.person("Lenaown")
    name, artist = "Maraown and the Tides", mara.artist_id
    join(site, artist, ivo, "owner")
    join(site, artist, lena, "manager")
    stranger = site.person("Strangerown")
    for person, code in ((lena, "role_too_low"), (stranger, "not_a_member")):
        for answer in (
            close(person, artist, name),
            reopen(person, artist),
            person.client.get(f"/profiles/{artist}/closing"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, code)
    wrong = close(mara, artist, "Maraown")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "name")
    freeze(site, artist)
    answer = close(mara, artist, name)
    assert (answer.status_code, answer.json()["code"]) == (409, "profile_frozen")
    freeze(site, artist, frozen=False)
    assert close(mara, artist, name).status_code == 202
    told = [mail for mail in site.mails(ivo.email) if mail["kind"] == "profile_closed"]
    assert len(told) == 1
    assert "Maraown has closed Maraown and the Tides" in told[0]["body"]
    for other in (mara, lena):
        assert not [mail for mail in site.mails(other.email) if mail["kind"] == "profile_closed"]
    assert lena.client.get(f"/profiles/{artist}/members").json()["code"] == "profile_closed"
    # Any owner takes it back.
    assert reopen(ivo, artist).status_code == 204


@pytest.mark.parametrize("kind", ["venue", "organiser"])
def test_a_room_and_a_crew_close_alike(site: Site, kind: str):
    mara = site.person(f"Mara{kind}")
    extra = {"type": "label"} if kind == "organiser" else {}
    made = mara.client.post(f"/{kind}s", json={"name": f"The {kind} of it", "city": "Rust Harbour", **extra})
    card = made.json()
    assert close(mara, card["id"], card["name"]).status_code == 202
    guest = site.client()
    for key in (card["id"], card["slug"]):
        assert guest.get(f"/api/v1/{kind}s/{key}").status_code == 404
    assert card["id"] not in {one["id"] for one in guest.get(f"/api/v1/{kind}s").json()["items"]}
    delete_due(site, card["id"])
    assert not is_there(site, card["id"])
    assert reopen(mara, card["id"]).json()["code"] == "not_a_member"


def test_after_a_fortnight_all_of_it_is_gone_bytes_too(site: Site):
    mara, ivo = site.person("Maragone"), site.person("Ivogone")
    artist = mara.artist_id
    track = mara.track(wav(1, seed=77), title="Ebb", publish="true")
    ivo.client.put(f"/me/saved/tracks/{track['id']}")
    ivo.client.put(f"/me/following/{artist}")
    keys = site.sql("SELECT source_key FROM catalog.track WHERE id = $1", UUID(track["id"]))
    source = site.blobs / keys[0]["source_key"]
    assert source.exists()
    assert close(mara, artist, "Maragone and the Tides").status_code == 202

    # Not before its time, nor while two sides claim it.
    closer = ProfileCloser(site.app.state.database, PROFILE_CONTENTS, site.clock)
    site.run(closer.run(DeleteProfile(UUID(artist))))
    freeze(site, artist)
    delete_due(site, artist)
    assert is_there(site, artist)
    freeze(site, artist, frozen=False)

    async def enqueue() -> None:
        async with site.app.state.database.transaction() as tx:
            assert isinstance(tx, Tx)
            await enqueue_due_closings(tx, site.clock)

    with site.clock.moved(seconds=OVER.total_seconds()):
        site.run(enqueue())
        site.run(enqueue())
    waiting = site.sql(
        """SELECT count(*) FROM jobs.pgqueuer
            WHERE entrypoint = 'accounts.delete_profile' AND convert_from(payload, 'UTF8') LIKE $1""",
        f"%{artist}%",
    )
    assert waiting[0]["count"] == 1
    delete_due(site, artist)
    delete_due(site, artist)
    assert not is_there(site, artist)
    for table, column in (
        ("catalog.artist", "id"),
        ("catalog.track", "artist_id"),
        ("accounts.membership", "party_id"),
        ("accounts.follow", "party_id"),
    ):
        assert not site.sql(f"SELECT FROM {table} WHERE {column} = $1", UUID(artist)), table
    assert not site.sql("SELECT FROM accounts.saved WHERE subject_id = $1", UUID(track["id"]))
    acts = site.sql("SELECT act, hand FROM accounts.audit_entry WHERE subject_id = $1 ORDER BY seq", artist)
    assert [tuple(row) for row in acts] == [("profile.closed", "account"), ("profile.deleted", "scene")]
    with site.working():
        end = time.monotonic() + PATIENCE_S
        while source.exists() and time.monotonic() < end:
            time.sleep(0.1)
    assert not source.exists()


def test_taken_back_in_the_last_moment_it_stays(site: Site):
    mara = site.person("Maralast")
    assert close(mara, mara.artist_id, "Maralast and the Tides").status_code == 202
    assert reopen(mara, mara.artist_id).status_code == 204
    delete_due(site, mara.artist_id)
    assert mara.client.get(f"/artists/{mara.artist_id}").status_code == 200


def test_a_show_outlives_the_closed_venue_and_artist_that_it_names(site: Site):
    mara, ivo = site.person("Marashowclose"), site.person("Ivoshowclose")
    venue = mara.client.post("/venues", json={"name": "The Ebb", "city": "Rust Harbour"}).json()
    room = mara.client.post(f"/venues/{venue['id']}/rooms", json={"name": "Cellar"}).json()
    made = ivo.client.post(
        "/shows",
        json={
            "owner_id": ivo.artist_id,
            "title": "Low tide",
            "times": {"zone": "UTC", "starts": "2199-12-05T20:00"},
            "where": {"room_id": room["id"]},
        },
    )
    assert made.status_code == 201, made.text
    show = f"/shows/{made.json()['id']}"
    acts = [{"artist_id": mara.artist_id}, {"name": "The other ones"}]
    assert ivo.client.put(f"{show}/lineup", json={"acts": acts}).status_code == 200
    assert ivo.client.get(f"/profiles/{ivo.artist_id}/closing").json()["shows"] == 1
    assert mara.client.get(f"/profiles/{venue['id']}/closing").json()["shows"] == 0  # it is others'
    assert close(mara, venue["id"], "The Ebb").status_code == 202
    assert close(mara, mara.artist_id, "Marashowclose and the Tides").status_code == 202
    seen = ivo.client.get(show)
    assert seen.status_code == 200, seen.text
    assert "The Ebb" not in seen.text and "Marashowclose" not in seen.text
    assert "The other ones" in seen.text
    delete_due(site, venue["id"])
    delete_due(site, mara.artist_id)
    assert not is_there(site, venue["id"]) and not is_there(site, mara.artist_id)
    assert ivo.client.get(show).json()["where"]["place_name"] == "Cellar"

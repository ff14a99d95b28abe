"""Listening history over HTTP: reported, listed, paused, deleted, brought back; and nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.support.music import wav
from tests.support.server import Person, Site

from basedmusic.catalog.routes.history import REPORTS_PER_ACCOUNT


@pytest.fixture(scope="module")
def track(band: Person) -> str:
    return band.track(wav(2, seed=31), publish="true")["id"]


@pytest.fixture
def fan(site: Site) -> Person:
    return site.person("Fan")


def play(track: str, **ago: float) -> dict[str, str]:
    return {
        "id": str(uuid4()),
        "track_id": track,
        "heard_at": (datetime.now(UTC) - timedelta(**ago)).isoformat(),
    }


def report(person: Person, *plays: dict[str, str], **more: str) -> int:
    answer = person.client.post("/me/history", json={"plays": plays, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["kept"]


def history(person: Person) -> list[str]:
    return [one["id"] for one in person.client.get("/me/history").json()["items"]]


def test_what_was_heard_is_ones_own_and_counts_once(site: Site, fan: Person, stranger: Person, track: str):
    older, newer = play(track, hours=2), play(track, hours=1)
    assert report(fan, older, newer) == 2
    assert report(fan, older, newer) == 0
    assert history(fan) == [newer["id"], older["id"]]
    first = fan.client.get("/me/history?limit=1").json()
    assert first["items"][0]["track"]["id"] == track
    second = fan.client.get(f"/me/history?limit=1&after={first['next']}").json()
    assert ([one["id"] for one in second["items"]], second["next"]) == ([older["id"]], None)
    assert history(stranger) == []
    assert site.client().get("/api/v1/me/history").json()["code"] == "sign_in_required"
    assert site.client().post("/api/v1/me/history", json={"plays": []}).json()["code"] == "sign_in_required"
    assert (
        stranger.client.put(f"/me/history/deletions/{uuid4()}", json={"play_id": newer["id"]}).json()["code"]
        == "history_entry_not_found"
    )


def test_a_clock_that_is_wrong_is_made_up_for(fan: Person, track: str):
    late = datetime.now(UTC) - timedelta(days=400)
    one = {"id": str(uuid4()), "track_id": track, "heard_at": (late - timedelta(hours=1)).isoformat()}
    assert report(fan, one, sent_at=late.isoformat()) == 1
    (entry,) = fan.client.get("/me/history").json()["items"]
    ago = datetime.now(UTC) - datetime.fromisoformat(entry["heard_at"])
    assert timedelta(minutes=59) < ago < timedelta(minutes=61)


def test_what_cannot_be_seen_does_not_come_in_and_what_is_withdrawn_goes_out(band: Person, fan: Person):
    draft = band.track(wav(2, seed=32))["id"]
    assert report(fan, play(draft), play(str(uuid4()))) == 0
    assert band.client.post(f"/tracks/{draft}/publish").status_code == 200
    assert report(fan, play(draft)) == 1
    band.client.post(f"/tracks/{draft}/unpublish")
    assert history(fan) == []
    band.client.post(f"/tracks/{draft}/publish")
    assert len(history(fan)) == 1


def test_paused_it_keeps_nothing(fan: Person, track: str):
    paused = fan.client.patch("/me/preferences", json={"history_paused": True})
    assert paused.json()["history_paused"] is True
    assert report(fan, play(track)) == 0
    assert (
        fan.client.patch("/me/preferences", json={"history_paused": False}).json()["history_paused"] is False
    )
    assert report(fan, play(track)) == 1


def test_deleted_by_the_entry_by_the_day_or_whole_and_brought_back(fan: Person, track: str):
    today, yesterday = play(track, minutes=1), play(track, days=1)
    report(fan, today, yesterday)
    day = datetime.now(UTC) - timedelta(days=1, hours=2)
    span = {"since": day.isoformat(), "until": (day + timedelta(hours=4)).isoformat()}
    for body, left in (
        ({"play_id": today["id"]}, [yesterday["id"]]),
        (span, [today["id"]]),
        ({}, []),
    ):
        address = f"/me/history/deletions/{uuid4()}"
        deleted = fan.client.put(address, json=body)
        assert (deleted.status_code, deleted.json()["count"]) == (200, 2 - len(left)), deleted.text
        assert history(fan) == left
        assert fan.client.delete(address).status_code == 204
        assert history(fan) == [today["id"], yesterday["id"]]
        assert fan.client.delete(address).json()["code"] == "deletion_over"
    both = {"play_id": today["id"], **span}
    assert fan.client.put(f"/me/history/deletions/{uuid4()}", json=both).json()["field"] == "play_id"
    backwards = {"since": span["until"], "until": span["since"]}
    assert fan.client.put(f"/me/history/deletions/{uuid4()}", json=backwards).json()["field"] == "until"


def test_too_many_reports_are_refused_by_name(fan: Person):
    for _ in range(int(REPORTS_PER_ACCOUNT.partition("/")[0])):
        report(fan)
    refused = fan.client.post("/me/history", json={"plays": []})
    assert (refused.status_code, refused.json()["limit"]) == (429, "history")

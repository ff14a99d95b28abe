"""POST /tracks: a file becomes a track that plays, once, or nothing at all."""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from tests.support.music import FORMATS, Songs, wav
from tests.support.server import Person, Site, soon
from tests.support.wire import BOUNDARY, RawUpload, multipart

from basedmusic.ingest import Spool, sweep_abandoned_uploads
from basedmusic.ingest.routes import UPLOADS_AT_ONCE
from basedmusic.ingest.spool import Upload
from basedmusic.kernel.errors import Unavailable
from basedmusic.platform.db import Database, Tx

SONG = wav(1.0)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_plays_in_the_answer_before_any_background_step(
    site: Site, band: Person, songs: Songs, form: str
):
    track = band.track(songs.get(form), title=form)
    assert (track["media_status"], track["publication"], track["steps_done"]) == ("playable", "draft", [])
    assert abs(track["duration_ms"] - 9_500) < 100
    with site.client() as listener:
        first = listener.get(track["stream"]["url"], headers={"Range": "bytes=0-40000"})
    assert first.status_code == 206
    steps = band.client.get(f"/tracks/{track['id']}/steps").json()["items"]
    assert {step["name"]: step["status"] for step in steps} == {
        "loudness": "waiting",
        "peaks": "waiting",
        "tags": "waiting",
    }


def test_an_upload_without_a_title_is_named_after_its_file(band: Person):
    assert band.track(SONG, "03 - Low_water.wav")["title"] == "Low water"


def test_published_by_a_field_of_the_form_everybody_hears_it(site: Site, band: Person, stranger: Person):
    track = band.track(SONG, publish="true")
    assert track["publication"] == "published"
    for listener in (site.client(), stranger.client):
        seen = listener.get(f"{site.address}/api/v1/tracks/{track['id']}").json()
        assert seen["can_edit"] is False
        assert listener.get(site.address + seen["stream"]["hls"]).status_code == 200
        assert listener.get(site.address + seen["stream"]["url"]).status_code == 200


def test_a_draft_is_nobody_elses_until_a_second_press(site: Site, band: Person, stranger: Person):
    track = band.track(SONG)
    page = f"{site.address}/api/v1/tracks/{track['id']}"
    hidden = [page, f"{page}/steps", f"{page}/stream", f"{page}/stream?codec=original"]
    for address in hidden:
        answer = stranger.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "track_not_found"), address
    for verb in ("publish", "unpublish", "steps/peaks/retry"):
        assert stranger.client.post(f"{page}/{verb}").status_code == 404
    assert stranger.client.delete(page).status_code == 404
    assert site.client().get(page).status_code == 404
    assert track["id"] not in stranger.client.get("/tracks").text

    published = band.client.post(f"/tracks/{track['id']}/publish")
    assert published.json()["publication"] == "published"
    for listener in (site.client(), stranger.client):
        heard = listener.get(f"{page}/stream")
        assert heard.status_code == 200
        assert len(heard.content) == int(heard.headers["content-length"])
    assert stranger.client.post(f"{page}/unpublish").status_code == 403


# --- the same key ---


def test_one_key_makes_one_track(site: Site, band: Person):
    key = str(uuid4())
    answers = [band.upload(SONG, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert len(_kept_sources(site, [answers[0].json()["id"]])) == 1


def test_one_key_sent_in_parallel_makes_one_track(site: Site, band: Person):
    key, before = str(uuid4()), site.kept()
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda _: band.upload(SONG, key=key), range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    new = set(site.kept()) - set(before)
    assert len([path for path in new if path.startswith("blobs/sources/")]) == 1
    assert not [path for path in new if path.startswith("uploads/")]


@pytest.mark.parametrize(("content", "fields"), [(wav(1.0, seed=2), {}), (SONG, {"title": "Another"})])
def test_another_request_under_the_same_key_is_refused(
    site: Site, band: Person, content: bytes, fields: dict[str, str]
):
    key = str(uuid4())
    assert band.upload(SONG, key=key).status_code == 201
    before = site.kept()
    answer = band.upload(content, key=key, **fields)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert site.kept() == before


def test_a_key_belongs_to_its_account(band: Person, stranger: Person):
    key = str(uuid4())
    assert band.upload(SONG, key=key).json()["id"] != stranger.upload(SONG, key=key).json()["id"]


# --- what is refused ---


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"artist_id": ""}, "upload_field_missing"),
        ({"artist_id": "nobody"}, "invalid"),
        ({"publish": "perhaps"}, "invalid"),
        ({"release_id": "none"}, "invalid"),
        ({"release_id": str(uuid4())}, "release_not_found"),
        ({"colour": "blue"}, "invalid"),
        ({"title": "x" * 201}, "invalid"),
        ({"title": "a\x07bell"}, "invalid"),
    ],
)
def test_a_wrong_field_is_named(site: Site, band: Person, fields: dict[str, str], code: str):
    before = site.kept()
    answer = band.upload(SONG, **fields)
    assert answer.json()["code"] == code, answer.text
    assert answer.status_code in (404, 422)
    assert answer.json().get("field", next(iter(fields))) == next(iter(fields))
    assert site.kept() == before


def test_who_is_no_member_may_not_upload(site: Site, band: Person, stranger: Person):
    before = site.kept()
    answer = stranger.upload(SONG, artist_id=band.artist_id)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_member")
    nowhere = stranger.upload(SONG, artist_id=str(uuid4()))
    assert nowhere.status_code in (403, 404)
    assert site.kept() == before


def test_nobody_in_particular_may_not_upload(site: Site, band: Person):
    answer = site.client().post(
        "/api/v1/tracks", data={"artist_id": band.artist_id}, files={"file": ("a.wav", SONG)}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")


def test_a_field_behind_the_file_or_a_second_file_is_refused(site: Site, band: Person):
    form = multipart({"artist_id": band.artist_id}, "a.wav", SONG)
    late = b'Content-Disposition: form-data; name="title"\r\n\r\nLate'
    second = b'Content-Disposition: form-data; name="file"; filename="b.wav"\r\n\r\n' + SONG
    for part in (late, second):
        body = form.replace(f"\r\n--{BOUNDARY}--".encode(), f"\r\n--{BOUNDARY}\r\n".encode() + part)
        body = body.removesuffix(b"\r\n") + f"\r\n--{BOUNDARY}--\r\n".encode()
        assert _post(band, body).json()["code"] == "invalid"
    assert not list(site.uploads.iterdir())


def test_what_is_no_form_is_refused(band: Person):
    assert band.client.post("/tracks", json={"artist_id": band.artist_id}).json()["code"] == "not_multipart"
    assert _post(band, b"not a form at all").status_code in (400, 422)
    assert _post(band, b"").status_code in (400, 422)
    without = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="artist_id"\r\n\r\n{band.artist_id}\r\n'
    answer = _post(band, f"{without}--{BOUNDARY}--\r\n".encode())
    assert (answer.status_code, answer.json()["field"]) == (422, "file")


# --- what is not kept ---


@pytest.mark.parametrize("sent", [0, 300, 5_000, -1])
def test_an_upload_that_is_cut_off_leaves_nothing(site: Site, band: Person, sent: int):
    before, tracks = site.kept(), site.sql("SELECT count(*) FROM catalog.track")
    upload = RawUpload(site.place, band.token, {"artist_id": band.artist_id}, wav(5.0))
    upload.send(sent if sent >= 0 else len(wav(5.0)))
    assert soon(lambda: any(site.uploads.iterdir()))
    upload.drop()
    assert soon(lambda: not any(site.uploads.iterdir()))
    assert site.kept() == before
    assert site.sql("SELECT count(*) FROM catalog.track") == tracks


def test_a_file_over_the_limit_is_refused_before_and_while_it_comes_in(site: Site, band: Person):
    before = site.kept()
    with _spool(site, Spool(site.uploads, 1 << 20)):
        said = band.upload(wav(30.0))
        assert (said.status_code, said.json()["code"]) == (413, "upload_too_large")
        body = multipart({"artist_id": band.artist_id}, "a.wav", wav(8.0))
        unsaid = _post(band, body, chunked=True)
        assert (unsaid.status_code, unsaid.json()["code"]) == (413, "upload_too_large")
        assert unsaid.json()["max_bytes"] == 1 << 20
    assert site.kept() == before
    assert _post(band, body, chunked=True).status_code == 201


class FullDisk(Spool):
    """A disk that becomes full as the file comes in."""

    @asynccontextmanager
    async def receive(self, expected_bytes: int | None) -> AsyncGenerator[Upload]:
        async with super().receive(expected_bytes) as upload:
            upload._file.close()
            upload._file = Path("/dev/full").open("wb")  # noqa: ASYNC230, SIM115
            yield upload


def test_a_full_disk_is_said_so_and_keeps_nothing(site: Site, band: Person):
    before = site.kept()
    with _spool(site, FullDisk(site.uploads, 1 << 30)):
        answer = band.upload(SONG)
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert site.kept() == before


def test_one_account_sends_only_so_many_files_at_once(site: Site, band: Person, stranger: Person):
    fields = {"artist_id": band.artist_id}
    sending = [RawUpload(site.place, band.token, fields, SONG).send(400) for _ in range(UPLOADS_AT_ONCE)]
    assert soon(lambda: len(list(site.uploads.iterdir())) == UPLOADS_AT_ONCE)
    refused = band.upload(SONG)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_uploads")
    assert refused.headers["retry-after"] == "5"
    assert stranger.upload(SONG).status_code == 201
    assert sending[0].finish()[0] == 201
    assert band.upload(SONG).status_code == 201
    for upload in sending[1:]:
        upload.drop()
    assert soon(lambda: not site.app.state.uploads_by_account)


# --- when nobody knows whether it was done ---


class LostAnswer(Database):
    """Commits, and loses the connection before it hears so; or loses it before."""

    def __init__(self, usual: Database, *, commits: bool) -> None:
        super().__init__(usual.pool, usual.facts)
        self._commits = commits

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with super().transaction() as tx:
            yield tx
            if not self._commits:
                raise Unavailable("The connection was lost before COMMIT")
        raise Unavailable("The connection was lost at COMMIT")


def test_a_track_whose_commit_was_not_heard_of_keeps_its_sound(site: Site, band: Person):
    before = site.kept()
    key = str(uuid4())
    with _state(site, "database", LostAnswer(site.app.state.database, commits=True)):
        assert band.upload(SONG, key=key).status_code == 503
    again = band.upload(SONG, key=key)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    track = again.json()
    assert len([path for path in set(site.kept()) - set(before) if path.startswith("blobs/sources/")]) == 1
    _sweep(site)
    assert site.client().get(track["stream"]["url"]).status_code == 200
    assert _kept_sources(site, [track["id"]])
    assert not any(site.uploads.iterdir())


def test_of_a_track_that_was_not_committed_nothing_is_left_after_the_sweep(site: Site, band: Person):
    before, tracks = site.kept(), site.sql("SELECT count(*) FROM catalog.track")
    with _state(site, "database", LostAnswer(site.app.state.database, commits=False)):
        assert band.upload(SONG).status_code == 503
    _sweep(site)
    assert site.kept() == before
    assert not any(site.uploads.iterdir())
    assert site.sql("SELECT count(*) FROM catalog.track") == tracks


def _sweep(site: Site) -> None:
    """As the sweeper does when what it looks at has become old."""
    for folder in site.uploads.iterdir():
        os.utime(folder, (0, 0))
    state = site.app.state
    sweeping = sweep_abandoned_uploads(state.spool, state.database, state.blobs)
    asyncio.run_coroutine_threadsafe(sweeping, site.loop).result(10)


@contextmanager
def _state(site: Site, name: str, value: object) -> Generator[None]:
    usual = getattr(site.app.state, name)
    setattr(site.app.state, name, value)
    try:
        yield
    finally:
        setattr(site.app.state, name, usual)


@contextmanager
def _spool(site: Site, spool: Spool) -> Generator[None]:
    with _state(site, "spool", spool):
        yield


def _post(person: Person, body: bytes, *, chunked: bool = False) -> httpx2.Response:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}

    def pieces() -> Generator[bytes]:
        yield from (body[at : at + 50_000] for at in range(0, len(body), 50_000))

    return person.client.post("/tracks", content=pieces() if chunked else body, headers=headers)


def _kept_sources(site: Site, track_ids: list[str]) -> list[str]:
    rows = site.sql("SELECT source_key FROM catalog.track WHERE id = ANY ($1::uuid[])", track_ids)
    return [row["source_key"] for row in rows if (site.blobs / row["source_key"]).is_file()]

"""Sound at signed addresses: what a signature opens, ranges, originals, and the end of a withdrawn track."""

from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from tests.support.music import Songs, wav
from tests.support.server import Person, Site, soon


@pytest.fixture(scope="module")
def song() -> bytes:
    return wav(6.0, seed=3)


@pytest.fixture(scope="module")
def track(band: Person, song: bytes) -> dict[str, Any]:
    return band.track(song, "range.wav", publish="true")


@pytest.fixture(scope="module")
def draft(band: Person, song: bytes) -> dict[str, Any]:
    return band.track(song, "draft.wav")


@pytest.fixture(scope="module")
def listener(site: Site) -> httpx2.Client:
    return site.client()


def refused(answer: httpx2.Response, status: int, code: str) -> bool:
    kind = answer.headers["content-type"] == "application/problem+json"
    return kind and (answer.status_code, answer.json()["code"]) == (status, code)


# --- signatures ---


def test_a_signature_opens_its_own_track_only(
    listener: httpx2.Client, track: dict[str, Any], draft: dict[str, Any]
):
    url, other = track["stream"]["url"], draft["stream"]["url"]
    token, of_draft = url.split("/")[2], other.split("/")[2]
    assert listener.get(url).status_code == listener.get(other).status_code == 200
    for foreign in (url.replace(token, of_draft), other.replace(of_draft, token)):
        assert refused(listener.get(foreign), 403, "link_expired")


@pytest.mark.parametrize("change", ["signature", "expiry", "none", "garbage", "sign", "huge"])
def test_a_forged_signature_opens_nothing(listener: httpx2.Client, track: dict[str, Any], change: str):
    url: str = track["stream"]["url"]
    token = url.split("/")[2]
    expires, _, signature = token.partition(".")
    forged = {
        "signature": f"{expires}.{signature[:-2]}{'AA' if signature[-2:] != 'AA' else 'BB'}",
        "expiry": f"{int(expires) + 3600}.{signature}",
        "none": f"{expires}.",
        "garbage": "%01%ff",
        "sign": f"+{expires}.{signature}",
        "huge": f"{'9' * 400}.{signature}",
    }[change]
    assert refused(listener.get(url.replace(token, forged)), 403, "link_expired")


def test_a_shared_link_is_the_same_for_all_and_ends(
    site: Site, listener: httpx2.Client, track: dict[str, Any]
):
    page = f"/api/v1/tracks/{track['id']}"
    link = listener.get(page).json()["stream"]
    assert link == site.client().get(page).json()["stream"]
    kept = listener.get(link["hls"].replace("hls.m3u8", _variant(listener, link)))
    assert kept.headers["cache-control"].startswith("public, max-age=")
    assert 6 * 3600 <= int(kept.headers["cache-control"].split("max-age=")[1].split(",")[0]) <= 12 * 3600
    with site.clock.moved(hours=13):
        assert refused(listener.get(link["hls"]), 403, "link_expired")
        assert listener.get(listener.get(page).json()["stream"]["hls"]).status_code == 200


def test_a_drafts_link_is_private_and_lasts_ten_minutes(
    site: Site, band: Person, listener: httpx2.Client, draft: dict[str, Any]
):
    link = band.client.get(f"/tracks/{draft['id']}").json()["stream"]
    answer = listener.get(link["url"], headers={"Range": "bytes=0-9"})
    assert answer.headers["cache-control"].startswith("private, max-age=")
    with site.clock.moved(minutes=9, seconds=50):
        assert listener.get(link["hls"]).status_code == 200
    with site.clock.moved(minutes=10, seconds=1):
        assert refused(listener.get(link["hls"]), 403, "link_expired")


def test_a_withdrawn_track_is_silent_within_ten_seconds(site: Site, band: Person, song: bytes):
    track = band.track(song, "withdrawn.wav", publish="true")
    listener = site.client()
    assert listener.get(track["stream"]["hls"]).status_code == 200
    band.client.post(f"/tracks/{track['id']}/unpublish")
    assert listener.get(f"/api/v1/tracks/{track['id']}").status_code == 404
    with site.clock.moved(seconds=10):
        for part in (
            "hls.m3u8",
            _variant(band.client, band.client.get(f"/tracks/{track['id']}").json()["stream"]),
        ):
            address = track["stream"]["hls"].replace("hls.m3u8", part)
            assert refused(listener.get(address), 403, "link_expired")
        own = band.client.get(f"/tracks/{track['id']}").json()["stream"]
        assert listener.get(own["hls"]).status_code == 200


def test_a_deleted_track_is_silent_within_ten_seconds(site: Site, band: Person, song: bytes):
    track = band.track(song, "deleted.wav", publish="true")
    listener = site.client()
    assert listener.get(track["stream"]["url"]).status_code == 200
    assert band.client.delete(f"/tracks/{track['id']}").status_code == 204
    with site.clock.moved(seconds=10):
        assert refused(listener.get(track["stream"]["url"]), 404, "stream_not_found")
    assert band.client.post(f"/tracks/{track['id']}/restore").json()["publication"] == "published"
    assert listener.get(track["stream"]["url"]).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "hls.m3u9",
        "aac256/0000000000000000/index.m3u8",
        "aac999/RECIPE/index.m3u8",
        "aac256/RECIPE/999.m4s",
        "aac256/RECIPE/-1.m4s",
        "aac256/RECIPE/01.m4s",
        "aac256/RECIPE/",
        "original/../../../secrets/master.key",
        "original/0000000000000000",
        "..%2f..%2fsecrets/master.key",
    ],
)
def test_what_is_not_there_is_not_found(listener: httpx2.Client, track: dict[str, Any], path: str):
    recipe = track["stream"]["url"].split("/")[5]
    root = track["stream"]["hls"].removesuffix("hls.m3u8")
    answer = listener.get(root + path.replace("RECIPE", recipe))
    assert answer.status_code in (403, 404) and answer.headers["content-type"] == "application/problem+json"


# --- ranges ---


def places(site: Site, track: dict[str, Any]) -> dict[str, str]:
    url: str = track["stream"]["url"]
    folder = url.rsplit("/", 1)[0]
    api = f"/api/v1/tracks/{track['id']}/stream"
    return {
        "progressive": url,
        "segment": f"{folder}/2.m4s",
        "init": f"{folder}/init.mp4",
        "playlist": f"{folder}/index.m3u8",
        "stream": api,
        "stream original": f"{api}?codec=original",
    }


KINDS = ("progressive", "segment", "init", "playlist", "stream", "stream original")


@pytest.mark.parametrize("kind", KINDS)
def test_ranges_are_the_whole_in_parts(site: Site, listener: httpx2.Client, track: dict[str, Any], kind: str):
    address = places(site, track)[kind]
    assert soon(lambda: "content-length" in listener.get(address).headers)
    whole = listener.get(address)
    size, etag = len(whole.content), whole.headers.get("etag")
    assert whole.headers["content-length"] == str(size) and whole.headers["accept-ranges"] == "bytes"
    for asked, start, end in (
        ("0-0", 0, 1),
        ("10-99", 10, 100),
        (f"{size // 2}-", size // 2, size),
        ("-7", size - 7, size),
        (f"5-{size * 3}", 5, size),
    ):
        part = listener.get(address, headers={"Range": f"bytes={asked}"})
        assert part.status_code == 206
        assert part.content == whole.content[start:end]
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    head = listener.head(address)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(size), b"")
    past = listener.get(address, headers={"Range": f"bytes={size}-"})
    assert (past.status_code, past.headers["content-range"]) == (416, f"bytes */{size}")
    if etag is not None:
        same = listener.get(address, headers={"Range": "bytes=1-2", "If-Range": etag})
        changed = listener.get(address, headers={"Range": "bytes=1-2", "If-Range": '"other"'})
        assert (same.status_code, changed.status_code) == (206, 200)
        assert listener.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_a_range_of_the_first_play_is_what_the_whole_has_there(site: Site, band: Person):
    """Nothing of it is made yet: the middle is asked for first."""
    track = band.track(wav(12.0, seed=4), "seek.wav", publish="true")
    listener = site.client()
    middle = listener.get(track["stream"]["url"], headers={"Range": "bytes=150000-250000"})
    whole = listener.get(track["stream"]["url"])
    assert middle.status_code == 206
    assert whole.content[150_000:250_001] == middle.content
    again = listener.get(track["stream"]["url"])
    assert again.content == whole.content


def test_a_segment_that_nobody_has_heard_comes_as_it_is_made(site: Site, band: Person):
    """In chunks of unknown sum; once it is kept, with its length, and the same bytes."""
    track = band.track(wav(12.0, seed=5), "first.wav", publish="true")
    listener = site.client()
    address = places(site, track)["segment"]
    first = listener.get(address)
    assert (first.status_code, "content-length" in first.headers) == (200, False)
    assert first.headers["content-type"] == "audio/mp4" and "immutable" in first.headers["cache-control"]
    assert soon(lambda: "content-length" in listener.get(address).headers)
    kept = listener.get(address)
    assert kept.content == first.content
    assert kept.headers["etag"] == first.headers["etag"]


def test_a_range_of_a_segment_that_nobody_has_heard_is_a_range(site: Site, band: Person):
    track = band.track(wav(12.0, seed=6), "range-first.wav", publish="true")
    listener = site.client()
    address = places(site, track)["segment"]
    part = listener.get(address, headers={"Range": "bytes=100-2000"})
    assert part.status_code == 206
    assert listener.get(address).content[100:2001] == part.content


def test_the_original_is_byte_for_byte_what_was_sent(
    site: Site, band: Person, songs: Songs, listener: httpx2.Client
):
    for form in ("flac44", "mp3_cbr_info", "vorbis"):
        path = songs.get(form)
        track = band.track(path, publish="true")
        back = listener.get(f"/api/v1/tracks/{track['id']}/stream?codec=original")
        assert back.content == path.read_bytes()
        assert back.headers["content-type"].startswith("audio/")
        digest = back.headers["etag"].strip('"')
        root = track["stream"]["hls"].removesuffix("hls.m3u8")
        assert listener.get(f"{root}original/{digest[:16]}").content == path.read_bytes()


def test_media_answers_are_safe_to_open(site: Site, listener: httpx2.Client, track: dict[str, Any]):
    for kind, address in places(site, track).items():
        answer = listener.head(address)
        assert answer.headers["x-content-type-options"] == "nosniff", kind
        assert answer.headers["content-security-policy"].startswith("sandbox"), kind


def test_a_codec_that_is_not_offered_is_named(listener: httpx2.Client, track: dict[str, Any]):
    for query in ("codec=wma", "codec=aac&bitrate=1", "codec=original&bitrate=x"):
        answer = listener.get(f"/api/v1/tracks/{track['id']}/stream?{query}")
        assert answer.status_code == 422 and answer.json()["code"] in ("codec_unknown", "invalid")


def _variant(client: httpx2.Client, link: dict[str, Any]) -> str:
    """The first rendition's playlist, relative to the master."""
    base = f"{client.base_url.scheme}://{client.base_url.netloc.decode()}"
    lines = client.get(base + urlsplit(link["hls"]).path).text.splitlines()
    return next(line for line in lines if line and not line.startswith("#"))

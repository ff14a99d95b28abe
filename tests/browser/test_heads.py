"""What public pages say before any script: read as a crawler reads, over plain HTTP, and once by Chromium."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP
from tests.support.music import wav
from tests.support.server import Site

NAVIGATION = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
EVIL = "</script><script>alert(1)</script>"


@dataclass
class Document(HTMLParser):
    """Title, metas, links and JSON-LD of the head, and where the first real script stood."""

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict[str, str])
    canonical: str = ""
    json_ld: dict[str, object] = field(default_factory=dict[str, object])
    inline_scripts: int = 0
    before_script: tuple[str, ...] = ()
    text: str = ""
    _open: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = tag
        if tag == "meta":
            self.metas[given.get("name") or given.get("property") or ""] = given.get("content", "")
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        if tag == "script" and given.get("type") == "application/ld+json":
            self._open = "json-ld"
        elif tag == "script":
            self.inline_scripts += "src" not in given
            self.before_script = self.before_script or (self.title, self.canonical, str(self.json_ld))

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data
        elif self._open == "json-ld":
            self.json_ld = json.loads(data)
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def read_page(site: Site, path: str, status: int = 200) -> Document:
    answer = site.client(**NAVIGATION).get(path)
    assert answer.status_code == status, (path, answer.status_code)
    assert re.search(
        r"script-src 'self'( 'sha256-[\w+/=]{44}')?;", answer.headers["content-security-policy"]
    ), "its own files, and by their hash the lines that set the theme"
    document = Document()
    document.feed(answer.text)
    assert document.inline_scripts == 1, "the lines that set the theme, and no other"
    return document


@pytest.mark.parametrize(
    ("of", "kind", "title"),
    [
        ("home", "WebSite", "Based Music"),
        ("artist", "MusicGroup", "Sefa and the Tides · Based Music"),
        ("release", "MusicAlbum", "Harbour lights by Sefa and the Tides · Based Music"),
        ("track", "MusicRecording", "Low water by Sefa and the Tides · Based Music"),
    ],
)
def test_a_public_page_tells_what_it_is_before_any_script(
    site: Site, record: Record, of: str, kind: str, title: str
):
    path = record.path(of)
    page = read_page(site, path)
    address = site.address + path
    assert page.title == title and page.before_script == (title, address, str(page.json_ld))
    assert page.canonical == page.metas["og:url"] == page.json_ld["url"] == address
    assert page.json_ld["@context"] == "https://schema.org" and page.json_ld["@type"] == kind
    assert page.metas["description"] == page.metas["og:description"] != ""
    assert page.metas["og:title"] == title.removesuffix(" · Based Music")
    assert {"og:type", "og:site_name", "twitter:card"} <= page.metas.keys() and "robots" not in page.metas
    assert page.metas["description"] in page.text  # for readers without scripts


def test_genres_have_heads_of_their_own(site: Site, record: Record):
    page = read_page(site, "/genres")
    assert page.title == "Genres · Based Music" and page.canonical == f"{site.address}/genres"
    assert page.json_ld["@type"] == "CollectionPage" and "House" in page.metas["description"]
    page = read_page(site, "/genres/hip-hop")
    assert page.title == "Hip-hop from this town · Based Music" == page.before_script[0]
    assert page.canonical == page.metas["og:url"] == f"{site.address}/genres/hip-hop"
    assert page.metas["description"] in page.text and "robots" not in page.metas
    assert read_page(site, "/library").metas["robots"] == "noindex"


def test_a_track_can_be_heard_from_its_head(site: Site, record: Record):
    page = read_page(site, record.path("track"))
    heard = site.client(Range="bytes=0-1023").get(page.metas["og:audio"])
    assert heard.status_code == 206 and heard.headers["content-type"] == page.metas["og:audio:type"]
    assert page.json_ld["duration"] == "PT0M10S"


def test_what_is_not_here_is_not_found_and_no_search_engines(site: Site, record: Record):
    somewhere = "01a204dd-0000-7000-8000-000000000000"
    for path in (
        "/nowhere",
        "/artists/nobody",
        f"/tracks/{somewhere}",
        "/tracks/x",
        f"/releases/{somewhere}",
        "/genres/muzak",
    ):
        page = read_page(site, path, 404)
        assert page.metas["robots"] == "noindex"
    for path in ("/assets/gone.js", "/api/v1/nothing"):
        answer = site.client(**NAVIGATION).get(path)
        assert answer.status_code == 404 and "html" not in answer.headers["content-type"]


def test_a_draft_is_nobody_elses_page(site: Site, record: Record):
    draft = record.band.track(wav(2), title="Not yet")
    path = f"/tracks/{draft['id']}"
    assert "Not yet" not in read_page(site, path, 404).text
    mine = record.band.client.get(f"{site.address}{path}", headers=NAVIGATION)
    assert mine.status_code == 200 and "Not yet" in mine.text and "noindex" in mine.text
    record.band.client.delete(f"/tracks/{draft['id']}")


@pytest.mark.anyio
async def test_a_name_that_is_a_script_breaks_nothing(site: Site, visit: Visit):
    somebody = site.person("Piet")
    artist = somebody.client.post("/artists", json={"name": EVIL, "city": EVIL, "bio": EVIL}).json()
    release = {"artist_id": artist["id"], "title": EVIL, "kind": "single"}
    release = somebody.client.post("/releases", json=release).json()
    fields = {"title": EVIL, "artist_id": artist["id"], "release_id": release["id"], "publish": "true"}
    track = somebody.track(wav(2), f"{EVIL}.wav", **fields)
    assert somebody.client.post(f"/releases/{release['id']}/publish").is_success
    visitor = await visit(DESKTOP)
    visitor.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in (f"/artists/{artist['slug']}", f"/tracks/{track['id']}", f"/releases/{release['id']}"):
        page = read_page(site, path)
        assert EVIL in page.title and EVIL in str(page.json_ld)
        await visitor.go(path)
        await visitor.standing(EVIL)
    await visitor.go("/")
    await visitor.page.get_by_role("heading", name=EVIL).or_(visitor.link(EVIL)).first.wait_for()
    somebody.client.delete(f"/tracks/{track['id']}")

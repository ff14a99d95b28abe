"""A real Chromium against the real server: visitors with browsers of their own; nothing may go wrong unseen."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright
from tests.browser.visitor import PHONE, Size, Visitor, open_visitor
from tests.conftest import MUSIC
from tests.support.databases import fresh_database
from tests.support.music import wav
from tests.support.server import Person, Site, running_site, soon
from tools.browser import find_chromium

from basedmusic.platform.postgres import EmbeddedPostgres

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="session")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """Without a worker, so that a test says when background steps run: `with site.working()`."""
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("site")) as site:
        yield site


# Playwright's asynchronous API: its synchronous one would leave a loop running between the tests of other modules.
@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncGenerator[Browser]:
    path = find_chromium()
    assert path, "The browser tests need Chromium: `python -m tools.browser` finds it or says what to do."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(site: Site, chromium: Browser) -> AsyncGenerator[Visit]:
    """Opens a browser of somebody's own. At the end none may have seen trouble that the test did not expect."""
    visitors: list[Visitor] = []

    async def open_one(size: Size = PHONE, *, address: str = site.address, **options: Any) -> Visitor:
        visitor = await open_visitor(chromium, address, size, **options)
        visitors.append(visitor)
        return visitor

    yield open_one
    for visitor in visitors:
        await visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.unexpected()] == []


@dataclass(frozen=True)
class Record:
    """What is out in town: a band, its release, and its published tracks, newest last."""

    band: Person
    artist: dict[str, str]
    release_id: str
    tracks: tuple[str, ...]

    def path(self, of: str) -> str:
        """The address of its home, artist, release or first track."""
        return {
            "home": "/",
            "artist": f"/artists/{self.artist['slug']}",
            "release": f"/releases/{self.release_id}",
            "track": f"/tracks/{self.tracks[0]}",
        }[of]


@pytest.fixture(scope="session")
def record(site: Site) -> Record:
    """Three short tracks, one of them on a release, with every background step done."""
    band = site.person("Sefa")
    release = band.client.post(
        "/releases", json={"artist_id": band.artist_id, "title": "Harbour lights", "kind": "ep"}
    ).json()
    songs = [("Low water", release["id"]), ("Slack tide", ""), ("A long walk home from the ferry", "")]
    tracks: list[str] = []
    for seed, (title, release_id) in enumerate(songs, 1):
        fields = {"title": title, "publish": "true"} | ({"release_id": release_id} if release_id else {})
        tracks.append(
            band.track(wav(9 + seed, rate=22_050, channels=1, seed=seed), f"{title}.wav", **fields)["id"]
        )
    assert band.client.post(f"/releases/{release['id']}/publish").is_success
    with site.working():
        assert soon(
            lambda: all(steps_done(band, track) >= {"loudness", "peaks", "tags"} for track in tracks), 60
        )
    (artist,) = band.client.get("/me").json()["profiles"]
    return Record(band, artist, release["id"], tuple(tracks))


def steps_done(person: Person, track_id: str) -> set[str]:
    return set(person.client.get(f"/tracks/{track_id}").json()["steps_done"])


@pytest.fixture(scope="session")
def long_song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real recording of 82 s where there is one, else 64 s of our own."""
    real = MUSIC / "sad_moment.ogg"
    if real.exists():
        return real
    made = tmp_path_factory.mktemp("song") / "sad_moment.wav"
    made.write_bytes(wav(64))
    return made

"""Every page and its main states, narrow and wide, light and dark: readable by axe's rules, and in silence.

That nothing is refused, fails, throws, or breaks the content policy is what the `visit` fixture checks.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Route
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP, PHONE, TABLET, Size, Visitor
from tests.support.hostile import png
from tests.support.music import wav
from tests.support.server import Site

pytestmark = pytest.mark.anyio

AXE = (Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js").read_text("utf-8")
SIZES = pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
GRAVE = ("serious", "critical")
_RUN_AXE = """(rules) => axe.run(document, {
  resultTypes: ["violations"],
  ...(rules.length ? { runOnly: { type: "rule", values: rules } } : {}),
})"""


class Reader:
    """Somebody who has axe look at what is before them."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.found: list[str] = []

    async def looks(self, at: str) -> None:
        """In light with every rule, in dark at the contrasts."""
        page = self.visitor.page
        await page.emulate_media(color_scheme="light", reduced_motion="reduce")
        await self._look(f"{at}, light", [])
        await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await self._look(f"{at}, dark", ["color-contrast"])
        width = await page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        if width > 0:
            self.found.append(f"{at}: {width} px wider than the window")

    async def _look(self, at: str, rules: list[str]) -> None:
        result = await self.visitor.page.evaluate(_RUN_AXE, rules)
        for rule in result["violations"]:
            if rule["impact"] in GRAVE:
                for node in rule["nodes"]:
                    self.found.append(f"{at}: {rule['id']} {node['target']}: {node['failureSummary']}")


@SIZES
async def test_a_guests_pages(size: Size, visit: Visit, record: Record):
    guest = await visit(size, before=AXE)
    reader = Reader(guest)
    await guest.go("/")
    await reader.looks("home")
    for path in ("artist", "release"):
        await guest.go(record.path(path))
        await reader.looks(path)
    await guest.go(record.path("track"))
    await guest.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await guest.hears_it_going_on()
    # At once: the song is short, and looking takes its time.
    await guest.link("Sign in").click()
    await guest.standing("Sign in")
    await guest.hears_it_going_on()
    await reader.looks("sign in, playing")
    await guest.page.go_back()
    await guest.standing("Low water")
    await reader.looks("track, playing")
    if size == DESKTOP:
        await guest.button("Open the queue").click()
        await reader.looks("queue")
        await guest.button("Close the queue").click()
    else:
        await guest.button("Open the player:", exact=False).click()
        await reader.looks("the player's sheet")
        await guest.button("Close the player").click()
    await guest.page.keyboard.press("?")
    await guest.page.get_by_role("dialog", name="Keyboard keys").wait_for()
    await reader.looks("keys")
    await guest.page.keyboard.press("Escape")
    await guest.go("/sign-up")
    await reader.looks("sign up")
    guest.expect_trouble(r"404.*/nowhere|/nowhere.*404")
    await guest.go("/nowhere")
    await reader.looks("not here")
    assert reader.found == []


@SIZES
async def test_an_artists_pages(size: Size, visit: Visit, site: Site, tmp_path: Path):
    mara = site.person(f"Mara{size[0]}")
    mara.track(wav(3), "Draft.wav", title="A draft")
    release = mara.client.post(
        "/releases", json={"artist_id": mara.artist_id, "title": "Ebb", "kind": "ep"}
    ).json()
    on = {"release_id": release["id"]}
    mara.track(wav(3, seed=2), "Out.wav", title="A song that is out", publish="true", **on)
    mara.track(wav(3, seed=4), "On.wav", title="A draft of the EP", **on)
    artist = await visit(size, before=AXE)
    reader = Reader(artist)
    await artist.sign_in_as(mara)
    await artist.go("/studio")
    image = tmp_path / "song.mp3"
    image.write_bytes(png())
    song = tmp_path / "song.wav"
    song.write_bytes(wav(2, seed=3))
    artist.expect_trouble("422.*/api/v1/tracks|/api/v1/tracks.*422|status of 422")
    await artist.choose(image, song)
    await artist.page.get_by_role("alert").wait_for()
    await artist.page.get_by_text("Ready to play").wait_for()
    await reader.looks("studio")
    await artist.button("Edit A draft").click()
    await artist.page.get_by_role("form", name="Edit A draft").wait_for()
    await reader.looks("studio, editing a draft")
    await _look_at_the_studios_other_parts(artist, reader)
    await artist.go("/studio/new-artist")
    await reader.looks("new artist")
    assert reader.found == []


async def _look_at_the_studios_other_parts(artist: Visitor, reader: Reader) -> None:
    page = artist.page
    await page.get_by_role("tab", name="Published").click()
    await artist.button("Take back A song that is out").wait_for()
    await reader.looks("studio, published")
    await page.get_by_role("tab", name="Releases").click()
    await artist.button("Tracks of Ebb").click()
    await artist.button("Move A draft of the EP up").wait_for()
    await artist.button("New release").click()
    await reader.looks("studio, the order of a release, a new release")
    await page.get_by_role("tab", name="Artists").click()
    await artist.page.get_by_role("button", name=re.compile("^Edit Mara")).click()
    await page.get_by_label("City").wait_for()
    await reader.looks("studio, changing an artist")


@SIZES
async def test_what_is_under_way_and_what_has_stopped(
    size: Size, visit: Visit, site: Site, record: Record, tmp_path: Path
):
    tilda = site.person(f"Tilda{size[0]}")
    artist = await visit(size, before=AXE)
    artist.expect_trouble(
        "ERR_|/api/v1/events|EventSource|error: ApiError: |fetching the script|preload assets"
    )
    reader = Reader(artist)
    await artist.sign_in_as(tilda)
    await artist.go("/studio")
    held: list[Route] = []

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            await route.fallback()

    await artist.page.route("**/api/v1/tracks*", hold)
    song = tmp_path / "Under way.wav"
    song.write_bytes(wav(2))
    await artist.choose(song)
    await artist.page.get_by_role("progressbar").first.wait_for()
    await reader.looks("studio, an upload under way")
    await artist.context.set_offline(True)
    for route in held:
        await route.abort("internetdisconnected")
    await artist.page.get_by_text("You are offline").first.wait_for()
    await reader.looks("studio, an upload that waits for the connection")
    await artist.context.set_offline(False)
    await artist.page.unroute("**/api/v1/tracks*", hold)
    await artist.page.get_by_text("Ready to play").wait_for()

    await artist.page.route("**/assets/ReleasePage-*.js", lambda route: route.abort("internetdisconnected"))
    await artist.go(record.path("artist"))
    await artist.context.set_offline(True)
    await artist.page.get_by_role("link", name="Harbour lights").first.click()
    await artist.standing("This page needs the connection")
    await reader.looks("a page that needs the connection")
    await artist.context.set_offline(False)
    assert reader.found == []


@SIZES
async def test_an_empty_studio_and_one_to_sign_in_for(size: Size, visit: Visit, site: Site):
    newcomer = await visit(size, before=AXE)
    reader = Reader(newcomer)
    await newcomer.go("/studio")
    await newcomer.standing("Sign in")
    await newcomer.sign_up("Joost", f"joost-{size[0]}@example.org")
    await newcomer.page.get_by_role("heading", name="First, who is playing?").wait_for()
    await reader.looks("studio without an artist")
    await newcomer.become_artist("Joost")
    await newcomer.page.get_by_role("heading", name="No drafts").wait_for()
    await reader.looks("studio without a track")
    for part, empty in (("Published", "Nothing is out yet"), ("Releases", "No releases yet")):
        await newcomer.page.get_by_role("tab", name=part).click()
        await newcomer.page.get_by_role("heading", name=empty).wait_for()
        await reader.looks(f"studio, {part}, empty")
    assert reader.found == []

"""The pages one listens from: what a newcomer, a guest and a listener find there, and what if there is nothing."""

import asyncio
import re
from collections.abc import Generator

import pytest
from playwright.async_api import Route
from tests.browser.conftest import Record, Visit
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.visitor import DESKTOP, PHONE, TABLET, Size, Visitor
from tests.support.databases import fresh_database
from tests.support.music import wav
from tests.support.server import Person, Site, running_site

from basedmusic.platform.postgres import EmbeddedPostgres

pytestmark = pytest.mark.anyio

LONG = 10_000
_COPIES = """
INSERT INTO catalog.track
SELECT (jsonb_populate_record(t, jsonb_build_object(
           'id', uuidv7(), 'title', 'Row ' || n, 'source_key', t.source_key || '/' || n, 'created_at', now()))).*
  FROM catalog.track t, generate_series(1, $2::int) n WHERE t.id = $1::uuid
"""
# Told by the browser itself: what moved although nobody had pressed anything.
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def quiet_site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """A scene in which nobody has published anything yet."""
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("quiet")) as site:
        yield site


@pytest.fixture(scope="module")
def long_path(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The whole address of an artist with ten thousand tracks, in a scene of its own."""
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("long")) as site:
        band = site.person("Ilse")
        first = band.track(wav(2), "Row 0.wav", publish="true")
        site.sql(_COPIES, first["id"], LONG - 1)
        yield f"{site.address}/artists/{first['artist']['slug']}"


@SIZES
async def test_every_listening_page_reads_well_and_holds_still(size: Size, visit: Visit, record: Record):
    guest = await visit(size, before=AXE + _SHIFTS)
    reader = Reader(guest)
    for path in (
        "/",
        record.path("artist"),
        record.path("release"),
        record.path("track"),
        "/genres",
        "/genres/metal",
        "/library",
    ):
        await guest.go(path)
        await guest.page.wait_for_load_state("networkidle")
        assert await guest.page.evaluate("window.shifted") < 0.05, path
        await reader.looks(path)
    assert reader.found == []


@SIZES
async def test_a_quiet_scene_says_what_will_live_here(size: Size, visit: Visit, quiet_site: Site):
    guest = await visit(size, address=quiet_site.address, before=AXE)
    reader = Reader(guest)
    await guest.go("/")
    await guest.page.get_by_role("heading", name="The room is still quiet").wait_for()
    await guest.link("Join the scene").wait_for()
    await reader.looks("home")
    await guest.go("/genres")
    await guest.page.get_by_role("heading", name="No genre has a track yet").wait_for()
    await reader.looks("genres")
    await guest.link("See what is new").click()
    await guest.standing("New in town")
    assert reader.found == []


async def test_a_newcomer_hears_something_at_the_first_press(visit: Visit, record: Record):
    newcomer = await visit(PHONE)
    await newcomer.go("/")
    await newcomer.button("Play everything new").click()
    await newcomer.hears_it_going_on()
    await newcomer.has_one_element()


async def test_a_genre_is_found_and_played(visit: Visit, site: Site, record: Record):
    band = site.person("Noor")
    track = band.track(wav(6, seed=7), title="Ferry house", publish="true")
    band.client.patch(f"/tracks/{track['id']}", json={"genres": ["house"]})
    guest = await visit(DESKTOP)
    await guest.go("/genres")
    await guest.page.get_by_role("link", name=re.compile("^House")).click()
    await guest.standing("House")
    assert "House from this town" not in await guest.page.title()  # that is the server's title; now the app's
    await guest.button("Play House").click()
    await guest.hears_it_going_on()
    await guest.link("All genres").click()
    await guest.standing("Genres")
    guest.expect_trouble(r"404.*muzak|muzak.*404")
    await guest.go("/genres/muzak")
    await guest.standing("Nothing is here")
    band.client.delete(f"/tracks/{track['id']}")


async def test_what_was_played_stays_on_this_device_and_can_be_cleared(visit: Visit, record: Record):
    guest = await visit(PHONE)
    await guest.go(record.path("track"))
    await guest.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await guest.hears_it_going_on()
    await guest.go("/library")
    await guest.page.get_by_role("heading", name="A place for what you love").wait_for()
    heard = guest.page.get_by_role("list", name="Played lately")
    await heard.get_by_role("link", name="Low water").wait_for()
    await guest.button("Clear the list").click()
    await guest.page.get_by_role("heading", name="Nothing played yet").wait_for()
    await guest.button("Undo").click()
    await heard.get_by_role("link", name="Low water").wait_for()
    await guest.link("Sign in").last.click()
    await guest.standing("Sign in")
    assert "next=%2Flibrary" in guest.page.url


async def test_a_guest_who_saves_signs_in_and_comes_back(visit: Visit, site: Site, record: Record):
    person = site.person("Tess")
    guest = await visit(PHONE)
    await guest.go(record.path("track"))
    await guest.button("Save Low water").click()
    await guest.standing("Sign in")
    await guest.page.get_by_label("Email").fill(person.email)
    await guest.page.get_by_label("Password").fill("four words of yours")
    await guest.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await guest.standing("Low water")
    await guest.button("Saved: Low water. Remove it").wait_for()  # without a second press
    await soon_saved(guest, person, "tracks", ["Low water"])


@pytest.mark.parametrize("size", [TABLET, DESKTOP], ids=["tablet", "desktop"])  # a phone's rows have no heart
async def test_saving_and_following_show_at_once_can_be_undone_and_fill_the_library(
    size: Size, visit: Visit, site: Site, record: Record
):
    person = site.person("Bo")
    listener = await visit(size, before=AXE)
    await listener.sign_in_as(person)
    reader = Reader(listener)
    await listener.go("/library")
    await listener.page.get_by_role("heading", name="No saved tracks yet").wait_for()
    await reader.looks("empty library")

    await listener.go(record.path("artist"))
    await listener.button("Follow Sefa and the Tides").click()
    await listener.button("Following Sefa and the Tides. Stop").wait_for()
    await listener.page.get_by_text("You follow Sefa and the Tides").wait_for()
    await listener.button("Undo").click()
    await listener.button("Follow Sefa and the Tides").wait_for()
    await listener.button("Follow Sefa and the Tides").click()
    await listener.button("Save Slack tide").click()

    await listener.go(record.path("release"))
    await listener.button("Save Harbour lights").click()
    await listener.button("Saved: Harbour lights. Remove it").wait_for()
    await soon_saved(listener, person, "releases", ["Harbour lights"])
    await soon_saved(listener, person, "tracks", ["Slack tide"])

    await listener.go("/library")
    await listener.link("Slack tide").wait_for()
    await reader.looks("library")
    await listener.button("Saved: Slack tide. Remove it").click()
    await listener.page.get_by_role("heading", name="No saved tracks yet").wait_for()
    await listener.button("Undo").last.click()
    await listener.link("Slack tide").wait_for()
    await listener.page.get_by_role("tab", name="Releases").click()
    await listener.page.get_by_role("link", name=re.compile("Harbour lights")).wait_for()
    await listener.page.get_by_role("tab", name="Following").click()
    await listener.link("Sefa and the Tides").wait_for()
    await reader.looks("followed artists")
    assert listener.page.url.endswith("show=following")
    assert reader.found == []


async def test_what_the_server_refuses_to_save_is_shown_as_not_saved(
    visit: Visit, site: Site, record: Record
):
    listener = await visit(DESKTOP)
    await listener.sign_in_as(site.person("Jip"))
    await listener.go(record.path("track"))

    async def broken(route: Route) -> None:
        await route.fulfill(status=500, body="")

    await listener.page.route("**/me/saved/**", broken)
    listener.expect_trouble("500.*/me/saved|/me/saved.*500|status of 500")
    await listener.button("Save Low water").click()
    await listener.page.get_by_text("Something broke on our side").wait_for()
    await listener.button("Save Low water").wait_for()


async def test_a_press_before_the_page_knows_who_is_looking_is_theirs(
    visit: Visit, site: Site, record: Record
):
    person = site.person("Vera")
    listener = await visit(DESKTOP)
    await listener.sign_in_as(person)
    known = asyncio.Event()

    async def late(route: Route) -> None:
        await known.wait()
        await route.continue_()

    await listener.page.route("**/api/v1/me", late)
    await listener.go(record.path("track"))
    assert await listener.link("Sign in").count() == 0  # nobody is taken for a guest meanwhile
    await listener.button("Save Low water").click()
    known.set()
    await listener.button("Saved: Low water. Remove it").wait_for()
    await listener.page.get_by_text("Low water is in your library").wait_for()
    await soon_saved(listener, person, "tracks", ["Low water"])


async def test_a_tracks_menu_opens_by_its_button_and_by_the_context_key(visit: Visit, record: Record):
    guest = await visit(DESKTOP)
    await guest.go(record.path("artist"))
    title = guest.link("Low water")
    await title.focus()
    await guest.page.keyboard.press("Shift+F10")
    menu = guest.page.get_by_role("menu", name="More for Low water")
    await menu.wait_for()
    names = await menu.get_by_role("menuitem").all_inner_texts()
    listens = ["Play next", "Add to queue", "Save", "Share", "Go to artist", "Go to release"]
    assert names == [*listens, "Report…"]
    await guest.page.keyboard.press("Escape")
    await guest.button("More for Low water").click()
    await menu.get_by_role("menuitem", name="Add to queue").click()
    await guest.page.get_by_text("Low water is in the queue").wait_for()
    await guest.button("More for Low water").click()
    await menu.get_by_role("menuitem", name="Go to release").click()
    await guest.standing("Harbour lights")


async def test_a_shared_moment_begins_there(visit: Visit, record: Record):
    guest = await visit(DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    await guest.go(f"{record.path('track')}?t=4")
    await guest.page.get_by_role("button", name="Share from 0:04").click()
    await guest.page.get_by_text("The link is copied").wait_for()
    copied = await guest.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{guest.address}{record.path('track')}?t=4"
    await guest.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await guest.hears("!audio.paused && audio.currentTime > 4")


async def test_ten_thousand_rows_are_few_in_the_document_and_back_finds_the_place(
    visit: Visit, long_path: str
):
    address, path = long_path.split("/artists/")
    guest = await visit(DESKTOP, address=address)
    await guest.go(f"/artists/{path}")
    rows = guest.page.get_by_role("list", name="All tracks").get_by_role("listitem")
    while await rows.last.get_attribute("aria-setsize") == "-1":
        known = int(await rows.last.get_attribute("aria-posinset") or 0)
        await guest.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        await guest.page.wait_for_function(
            """(known) => { const row = [...document.querySelectorAll('[aria-posinset]')].at(-1);
                 return row && (Number(row.ariaPosInSet) > known || row.ariaSetSize !== '-1'); }""",
            arg=known,
        )
    assert await rows.last.get_attribute("aria-setsize") == str(LONG)
    await guest.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await guest.page.locator(f'[aria-posinset="{LONG}"]').wait_for()
    assert await rows.count() < 60
    assert await guest.page.evaluate("document.querySelectorAll('*').length") < 3000

    await guest.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    await guest.page.wait_for_function(
        """() => [...document.querySelectorAll('[aria-posinset]')]
             .some((row) => Math.abs(row.ariaPosInSet - 5000) < 200)"""
    )
    at = await guest.page.evaluate("scrollY")
    row = guest.page.locator(f'[aria-posinset="{await middle_row(guest)}"]')
    title = await row.get_by_role("link").first.inner_text()
    await row.get_by_role("link").first.click()
    await guest.standing(title)
    await guest.page.go_back()
    await guest.page.wait_for_function("(at) => Math.abs(scrollY - at) < 80", arg=at)
    await guest.link(title).wait_for()


async def test_a_list_that_could_not_go_on_can_be_asked_again(visit: Visit, long_path: str):
    address, path = long_path.split("/artists/")
    guest = await visit(PHONE, address=address)

    async def broken(route: Route) -> None:
        await route.fulfill(status=503, body="")

    await guest.page.route("**/tracks?limit=100*", broken)
    guest.expect_trouble("503")
    await guest.go(f"/artists/{path}")
    await guest.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await guest.page.get_by_text("The rest of the list could not be fetched.").wait_for()
    await guest.page.unroute("**/tracks?limit=100*")
    await guest.button("Try again").click()
    await guest.page.locator('[aria-setsize="-1"][aria-posinset="25"]').wait_for()
    assert await guest.page.evaluate("document.activeElement.closest('li').ariaPosInSet") == "24"


async def middle_row(visitor: Visitor) -> str:
    """The place of a row in the middle of the window."""
    return await visitor.page.evaluate(
        """() => [...document.querySelectorAll('[aria-posinset]')]
             .find((row) => row.getBoundingClientRect().top > innerHeight / 2).ariaPosInSet"""
    )


async def soon_saved(visitor: Visitor, person: Person, what: str, titles: list[str]) -> None:
    """Waits until the server has it."""
    kept: list[dict[str, str]] = []
    for _ in range(100):
        kept = person.client.get(f"/me/saved/{what}").json()["items"]
        if [one["title"] for one in kept] == titles:
            return
        await visitor.page.wait_for_timeout(50)
    pytest.fail(f"{what} saved: {kept}")

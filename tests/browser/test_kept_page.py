"""The page keeps itself: a second visit needs no connection, and a new version waits to be asked for."""

from collections.abc import Callable, Generator
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest
from playwright.async_api import Page
from tests.browser.conftest import Record, Visit
from tests.browser.later_build import later_build
from tests.browser.visitor import DESKTOP, PATIENT_MS, PHONE, Visitor
from tests.support.music import wav
from tests.support.server import PASSWORD, Person, Site

from basedmusic.app.pages.shell import BuiltPage

pytestmark = pytest.mark.anyio

OFFLINE = "ERR_|/api/v1/events|EventSource|error: ApiError: "
VERSIONS = "async () => (await caches.keys()).filter((name) => name.startsWith('basedmusic-page-'))"

INSTALLING = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.installing)"
ACTIVE = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)"
LATELY = "localStorage.getItem('basedmusic.lately')"
KEPT_PATHS = """async () => {
  const caught = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return caught.flat().map((request) => new URL(request.url).pathname);
}"""
NO_DATABASE = """Object.defineProperty(window, "indexedDB", {
  get() { throw new DOMException("no", "SecurityError"); },
});"""
ALL_KEPT_TEXT = """await new Promise((done) => {
  indexedDB.open("basedmusic-kept").onsuccess = ({ target: { result: database } }) => {
    database.transaction("answers").objectStore("answers").getAll().onsuccess = ({ target }) => {
      database.close();
      done(target.result.length ? JSON.stringify(target.result) : "");
    };
  };
})"""


async def kept(visitor: Visitor) -> None:
    """Returns when the worker has the whole page."""
    await visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")


async def test_a_second_visit_needs_no_connection(visit: Visit, record: Record):
    visitor = await visit(PHONE, keeps=True)
    visitor.expect_trouble(OFFLINE)
    await visitor.go("/")
    await kept(visitor)
    await visitor.go(record.path("artist"))
    await visitor.standing("Sefa and the Tides")
    await written(visitor, '["tracks","artist","', '["releases","artist","')
    await visitor.context.set_offline(True)
    await visitor.go("/")
    await visitor.page.get_by_text("A long walk home from the ferry").first.wait_for()
    away = visitor.page.get_by_role("status").filter(has_text="No connection.")
    await away.wait_for()
    await visitor.go(record.path("artist"))  # a deep link
    await visitor.standing("Sefa and the Tides")
    await visitor.page.get_by_text("Slack tide").first.wait_for()

    # What was not seen says so, and offers what was.
    await visitor.go(record.path("release"))
    await visitor.standing("This page needs the connection")
    here = visitor.page.get_by_role("list").filter(has=visitor.link("Sefa and the Tides"))
    await here.get_by_role("link", name="Sefa and the Tides").click()
    await visitor.standing("Sefa and the Tides")
    await visitor.page.go_back()
    await visitor.standing("This page needs the connection")
    await visitor.context.set_offline(False)
    await visitor.standing("Harbour lights")  # by itself
    await away.wait_for(state="detached")


async def test_what_is_kept_is_replaced_when_the_server_answers(visit: Visit, site: Site, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble(OFFLINE)
    band = site.person("Noor")
    song = band.track(wav(2), "Before.wav", title="Before", publish="true")
    await visitor.go(f"/tracks/{song['id']}")
    await kept(visitor)
    await written(visitor, "Before")
    await visitor.context.set_offline(True)
    await visitor.go(f"/tracks/{song['id']}")
    await visitor.standing("Before")
    assert band.client.patch(f"/tracks/{song['id']}", json={"title": "After"}).is_success
    await visitor.context.set_offline(False)
    await visitor.standing("After")
    # And when it is not there any more, it is not shown any more.
    await written(visitor, "After")
    await visitor.context.set_offline(True)
    await visitor.go(f"/tracks/{song['id']}")
    await visitor.standing("After")
    assert band.client.delete(f"/tracks/{song['id']}").is_success
    visitor.expect_trouble(f"404.*{song['id']}|404 \\(")
    await visitor.context.set_offline(False)
    await visitor.standing("Nothing is here")


async def test_the_worker_leaves_music_and_questions_alone(visit: Visit, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    await visitor.go("/")
    await kept(visitor)
    (worker,) = visitor.context.service_workers
    await worker.evaluate(
        """() => {
          self.seen = []; self.answered = [];
          addEventListener("fetch", (event) => self.seen.push(new URL(event.request.url).pathname));
          const answer = FetchEvent.prototype.respondWith;
          FetchEvent.prototype.respondWith = function (given) {
            self.answered.push(new URL(this.request.url).pathname);
            return answer.call(this, given);
          };
        }"""
    )
    theirs: dict[str, bool] = {}
    visitor.page.on("response", lambda one: theirs.update({urlsplit(one.url).path: one.from_service_worker}))
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on(3.5)
    answered = await worker.evaluate("() => self.answered")
    assert record.path("artist") in answered and any(path.startswith("/assets/") for path in answered)
    never = [path for path in theirs if path.startswith(("/api/", "/media/"))]
    assert {path.split("/")[1] for path in never} == {"api", "media"}
    assert not [path for path in never if theirs[path] or path in answered]
    kept_paths = await visitor.page.evaluate(KEPT_PATHS)
    assert "/shell" in kept_paths and not [path for path in kept_paths if path.startswith(("/api", "/media"))]


async def test_each_account_on_one_browser_sees_its_own(visit: Visit, site: Site, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble(OFFLINE)
    for name in ("Ada", "Bas"):
        somebody = site.person(name)
        draft = somebody.track(wav(2), f"{name}s secret.wav", title=f"{name}'s secret draft")
        await sign_in(visitor, somebody)
        await visitor.go("/studio")
        await visitor.page.get_by_text(f"{name}'s secret draft").first.wait_for()
        await kept(visitor)
        await written(visitor, f"{name}'s secret draft", somebody.email)
        if name == "Ada":
            await visitor.button("Play Ada's secret draft by Ada and the Tides").click()
            await visitor.hears_it_going_on()
            # What an account hears is its history on the server; this device keeps a list for guests alone.
            assert draft["id"] not in (await visitor.page.evaluate(LATELY) or "")
            await sign_out(visitor)
            assert "secret" not in await all_kept(visitor) and somebody.email not in await all_kept(visitor)
    assert "Ada" not in await all_kept(visitor)
    await visitor.context.set_offline(True)
    await visitor.go("/studio")
    await visitor.page.get_by_text("Bas's secret draft").first.wait_for()
    await visitor.context.set_offline(False)
    # A session that ended behind the page's back: somebody else's browser was the last to be here.
    visitor.expect_trouble("401")
    await visitor.context.clear_cookies()
    await visitor.context.set_offline(True)
    await visitor.go("/studio")
    assert "secret" not in await visitor.page.locator("main").inner_text()
    await visitor.context.set_offline(False)
    await visitor.go("/")
    await soon_kept(visitor, lambda text: "secret" not in text and "latest" in text)


async def test_who_signs_out_takes_the_music_along(visit: Visit, site: Site):
    visitor = await visit(DESKTOP, keeps=True)
    ada, bas = a_band_with_a_draft(site, "Ada"), site.person("Bas")
    for storage in ("all of it", "no database"):
        if storage == "no database":
            await visitor.context.add_init_script(NO_DATABASE)
        await sign_in(visitor, ada)
        await visitor.page.evaluate("localStorage.setItem('basedmusic.player', '{\"volume\":0.5}')")
        await play_the_draft(visitor, "Ada")
        await visitor.page.wait_for_function("localStorage.getItem('basedmusic.queue')")
        await sign_out(visitor)
        await nothing_sounds(visitor)
        await visitor.page.reload()
        await visitor.standing()
        await nothing_sounds(visitor)
        await sign_in(visitor, bas)
        await nothing_sounds(visitor)
        assert "0.5" in await visitor.page.evaluate("localStorage.getItem('basedmusic.player')")
        await sign_out(visitor)


async def test_a_page_that_was_killed_as_somebody_left_wipes_at_its_next_start(visit: Visit, site: Site):
    visitor = await visit(DESKTOP, keeps=True)
    await visitor.context.add_init_script(NO_DATABASE)
    await sign_in(visitor, a_band_with_a_draft(site, "Ada"))
    await play_the_draft(visitor, "Ada")
    await visitor.page.wait_for_function("localStorage.getItem('basedmusic.queue')")
    await visitor.page.goto("about:blank")
    await visitor.context.clear_cookies()
    await visitor.go("/")
    await nothing_sounds(visitor)


async def test_a_guest_goes_on_as_somebody(visit: Visit, site: Site, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    await visitor.page.wait_for_function("localStorage.getItem('basedmusic.queue')")
    await sign_in(visitor, site.person("Bas"))
    assert await visitor.page.evaluate("localStorage.getItem('basedmusic.queue')")
    assert await visitor.page.evaluate(LATELY) not in ("[]", None)


async def test_a_page_in_sight_notices_that_another_window_is_somebody_elses(
    visit: Visit, site: Site, record: Record
):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble("401|404|You were signed out")
    await sign_in(visitor, a_band_with_a_draft(site, "Ada"))
    await play_the_draft(visitor, "Ada")
    other = Visitor(await visitor.context.new_page(), visitor.context, visitor.address)
    await other.go("/")
    await sign_out(other)
    await nothing_sounds(visitor)
    await visitor.page.get_by_text("Ada's secret draft").first.wait_for(state="detached")
    assert not await visitor.page.get_by_role("button", name="You: Ada", exact=False).count()
    # Nothing tells this page, and nobody has looked at it since: what is pressed there is not done for the other.
    bas = site.person("Bas")
    await sign_in(visitor, bas)
    await visitor.go(record.path("release"))
    await visitor.sign_in_as(a_band_with_a_draft(site, "Cem"))
    asked: list[str] = []
    visitor.page.on("request", lambda one: asked.append(one.method))
    await visitor.button("Save Harbour lights").click()
    await visitor.page.get_by_text("Nothing was changed.").wait_for()
    await visitor.page.get_by_role("button", name="You: Cem", exact=False).wait_for()
    assert set(asked) <= {"GET"}


def a_band_with_a_draft(site: Site, name: str) -> Person:
    somebody = site.person(name)
    somebody.track(wav(20), f"{name}s secret.wav", title=f"{name}'s secret draft")
    return somebody


async def play_the_draft(visitor: Visitor, name: str) -> None:
    await visitor.button(f"Play {name}'s secret draft by {name} and the Tides").click()
    await visitor.hears_it_going_on()


async def nothing_sounds(visitor: Visitor) -> None:
    await visitor.page.wait_for_function(
        """() => !window.elements.some((audio) => !audio.paused) && !navigator.mediaSession.metadata
          && !localStorage.getItem("basedmusic.queue")
          && !/"id":"/.test(localStorage.getItem("basedmusic.place"))
          && ["[]", null].includes(localStorage.getItem("basedmusic.lately"))"""
    )
    assert not await visitor.page.get_by_role("button", name="Pause", exact=True).count()


async def sign_in(visitor: Visitor, person: Person) -> None:
    await visitor.go("/sign-in?next=/studio")
    await visitor.page.get_by_label("Email").fill(person.email)
    await visitor.page.get_by_label("Password").fill(PASSWORD)
    await visitor.page.locator("form").get_by_role("button", name="Sign in").click()
    await visitor.standing("Studio")


async def sign_out(visitor: Visitor) -> None:
    await (
        visitor.page.get_by_role("navigation", name="Main")
        .get_by_role("button", name="You: ", exact=False)
        .click()
    )
    await visitor.page.get_by_role("menuitem", name="Sign out").click()
    await visitor.link("Sign in").first.wait_for()


async def written(visitor: Visitor, *words: str) -> None:
    """Returns when an answer with each of these words in it has been kept."""
    await soon_kept(visitor, lambda text: all(one in text for one in words))


async def soon_kept(visitor: Visitor, true: Callable[[str], bool]) -> None:
    with anyio.fail_after(PATIENT_MS / 1000):
        while not true(await all_kept(visitor)):
            await anyio.sleep(0.05)


async def all_kept(visitor: Visitor) -> str:
    return await visitor.page.evaluate(f"async () => {ALL_KEPT_TEXT}")


@pytest.fixture
def next_version(site: Site, tmp_path: Path) -> Generator[BuiltPage]:
    """The page as a later build would leave it; `site.app.state.page = …` installs it."""
    before: BuiltPage = site.app.state.page
    yield later_build(before, tmp_path / "static")
    site.app.state.page = before


async def test_a_new_version_waits_and_every_tab_takes_it(
    visit: Visit, site: Site, record: Record, next_version: BuiltPage
):
    visitor = await visit(DESKTOP, keeps=True)
    await visitor.go("/")
    await kept(visitor)
    await visitor.go(record.path("artist"))
    other = await visitor.context.new_page()
    await other.goto("/")
    before = await visitor.page.evaluate(VERSIONS)
    assert len(before) == 1
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()

    site.app.state.page = next_version
    await look_for_a_new_version(visitor.page)
    notice = visitor.page.get_by_role("status").filter(has_text="A new version of the page is here")
    await notice.wait_for()
    await visitor.hears_it_going_on()
    assert not await visitor.page.evaluate("window.later")
    assert len(await visitor.page.evaluate(VERSIONS)) == 2  # nobody goes without

    at = await visitor.sound("audio.currentTime")
    await notice.get_by_role("button", name="Reload").click()
    await visitor.page.wait_for_function("() => window.later")
    await visitor.standing("Sefa and the Tides")
    assert (
        await visitor.page.evaluate("JSON.parse(localStorage.getItem('basedmusic.place')).positionS")
        >= at - 0.01
    )
    after = await visitor.page.evaluate(VERSIONS)
    assert len(after) == 1 and after != before
    # Both pages are visible here, and one that is looked at is never loaded anew of itself: it says so too.
    await other.get_by_role("button", name="Reload").click()
    await other.wait_for_function("() => window.later")


async def test_a_version_that_is_not_whole_is_not_installed(
    visit: Visit, site: Site, record: Record, next_version: BuiltPage
):
    visitor = await visit(PHONE, keeps=True)
    visitor.expect_trouble("404|A bad HTTP response|Failed to update")
    missing = next(next_version.folder.glob("assets/StudioPage-*.js"))
    missing.unlink()
    site.app.state.page = next_version
    await visitor.go("/")
    # It begins, and it ends, with nothing to show for it.
    for begun in (True, False):
        while bool(await visitor.page.evaluate(INSTALLING)) != begun:
            await anyio.sleep(0.01)
    assert not await visitor.page.evaluate(ACTIVE)
    await visitor.go(record.path("artist"))  # it is a page like any other
    await visitor.standing("Sefa and the Tides")
    assert not await visitor.page.evaluate("navigator.serviceWorker.controller")


async def test_a_browser_that_lost_what_it_kept_asks_the_server(
    visit: Visit, site: Site, record: Record, next_version: BuiltPage
):
    visitor = await visit(PHONE, keeps=True)
    await visitor.go("/")
    await kept(visitor)
    site.app.state.page = next_version
    await visitor.page.evaluate(
        "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
    )
    await visitor.go(record.path("artist"))
    await visitor.standing("Sefa and the Tides")
    assert await visitor.page.evaluate("window.later")
    await visitor.page.close()  # which is still fetching parts of a version that goes away with this test


async def look_for_a_new_version(page: Page) -> None:
    """As the browser does now and then."""
    await page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update(); }")

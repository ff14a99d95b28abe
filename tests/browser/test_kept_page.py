"""The page keeps itself: a second visit needs no connection, and a new version waits to be asked for."""

import re
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.async_api import Page
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Site

from basedmusic.app.pages.shell import BuiltPage

pytestmark = pytest.mark.anyio

OFFLINE = "ERR_|/api/v1/events|EventSource|error: ApiError: "
VERSIONS = "async () => (await caches.keys()).filter((name) => name.startsWith('basedmusic-page-'))"


async def kept(visitor: Visitor) -> None:
    """Returns when the worker has the whole page."""
    await visitor.page.evaluate("async () => { await navigator.serviceWorker.ready; }")


async def test_a_second_visit_needs_no_connection(visit: Visit, record: Record):
    visitor = await visit(PHONE)
    visitor.expect_trouble(OFFLINE)
    await visitor.go("/")
    await kept(visitor)
    await visitor.context.set_offline(True)
    for path in ("/", record.path("artist"), "/sign-in"):
        await visitor.go(path)
    await visitor.standing("Sign in")


@pytest.fixture
def next_version(site: Site, tmp_path: Path) -> Generator[BuiltPage]:
    """The page as a later build would leave it; `site.app.state.page = …` installs it."""
    before: BuiltPage = site.app.state.page
    yield later_build(before, tmp_path / "static")
    site.app.state.page = before


def later_build(page: BuiltPage, folder: Path) -> BuiltPage:
    """Another entry under another name, which every file and the worker refer to, and nothing under the old one."""
    shutil.copytree(page.folder, folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    (entry,) = re.findall(r'src="/assets/(index-[^"]+\.js)"', (folder / "index.html").read_text())
    (folder / "assets" / entry).rename(folder / "assets" / "index-later.js")
    for path in folder.rglob("*"):
        if path.suffix in (".js", ".html"):
            path.write_text(path.read_text().replace(entry, "index-later.js"))
    with (folder / "assets" / "index-later.js").open("a") as script:
        script.write("\nwindow.later = true;\n")
    worker = folder / "sw.js"
    worker.write_text(re.sub(r"`[0-9a-f]{12}`", "`1a7e51a7e51a`", worker.read_text(), count=1))
    return BuiltPage(folder)


async def test_a_new_version_waits_and_every_tab_takes_it(
    visit: Visit, site: Site, record: Record, next_version: BuiltPage
):
    visitor = await visit(DESKTOP)
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
    assert await visitor.page.evaluate("Number(localStorage.getItem('basedmusic.place'))") >= at
    after = await visitor.page.evaluate(VERSIONS)
    assert len(after) == 1 and after != before
    # Both pages are visible here, and one that is looked at is never loaded anew of itself: it says so too.
    await other.get_by_role("button", name="Reload").click()
    await other.wait_for_function("() => window.later")


async def look_for_a_new_version(page: Page) -> None:
    """As the browser does now and then."""
    await page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update(); }")

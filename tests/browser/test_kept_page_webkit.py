"""The same promises in WebKitGTK, the nearest thing to Safari: offline, a deep link, a new version."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from pathlib import Path

import pytest
from tests.browser.cable import cable_to
from tests.browser.conftest import Record
from tests.browser.later_build import later_build
from tests.browser.webkit import WebKitVisitor, open_webkit, webkit_driver
from tests.support.server import Site
from tools.browser import WebKit, find_webkit

from basedmusic.app.pages.shell import BuiltPage

pytestmark = pytest.mark.anyio

Open = Callable[[str], Awaitable[WebKitVisitor]]
READY = "await navigator.serviceWorker.ready;"
KEPT = """(await new Promise((done) => {
  indexedDB.open("basedmusic-kept").onsuccess = ({ target: { result: database } }) => {
    database.transaction("answers").objectStore("answers").getAll().onsuccess = ({ target }) => {
      database.close();
      done(JSON.stringify(target.result));
    };
  };
})).includes(given[0])"""


@pytest.fixture(scope="module")
def webkit() -> WebKit:
    found = find_webkit()
    if found is None:
        pytest.skip("WebKitGTK is not installed: `python -m tools.browser` says how")
    return found


@pytest.fixture(scope="module")
def driver(webkit: WebKit) -> Generator[str]:
    with webkit_driver(webkit) as address:
        yield address


@pytest.fixture
async def visit_webkit(driver: str, webkit: WebKit) -> AsyncGenerator[Open]:
    visitors: list[WebKitVisitor] = []

    async def open_one(address: str) -> WebKitVisitor:
        visitors.append(open_webkit(driver, webkit, address))
        return visitors[-1]

    yield open_one
    for visitor in visitors:
        await visitor.close()


async def test_a_second_visit_needs_no_connection(visit_webkit: Open, site: Site, record: Record):
    async with cable_to(site.place) as cable:
        visitor = await visit_webkit(cable.address)
        await visitor.go("/")
        await visitor.run(READY)
        await visitor.go(record.path("artist"))
        await visitor.standing("Sefa and the Tides")
        await visitor.until(KEPT, '["tracks","artist","')
        await visitor.until(KEPT, '["tracks","latest"')
        cable.unplug()
        await visitor.go("/")
        await visitor.reads("A long walk home from the ferry")
        await visitor.reads("No connection.")
        await visitor.go(record.path("artist"))  # a deep link
        await visitor.standing("Sefa and the Tides")
        await visitor.go(record.path("release"))
        await visitor.standing("This page needs the connection")
        await visitor.reads("Sefa and the Tides")
        cable.mend()
        await visitor.standing("Harbour lights")  # by itself, although the browser knows nothing of our cable
        await visitor.until("!document.body.innerText.includes('No connection.')")


async def test_a_new_version_waits_to_be_asked_for(
    visit_webkit: Open, site: Site, record: Record, tmp_path: Path
):
    visitor = await visit_webkit(site.address)
    await visitor.go("/")
    await visitor.run(READY)
    await visitor.go(record.path("artist"))
    await visitor.standing("Sefa and the Tides")
    before: BuiltPage = site.app.state.page
    site.app.state.page = later_build(before, tmp_path / "static")
    try:
        await visitor.run("await (await navigator.serviceWorker.getRegistration()).update();")
        await visitor.reads("A new version of the page is here")
        assert not await visitor.run("return window.later;")
        await visitor.press("Reload")
        await visitor.until("window.later")
        await visitor.standing("Sefa and the Tides")
        versions = (
            "return (await caches.keys()).filter((name) => name.startsWith('basedmusic-page-')).length;"
        )
        assert await visitor.run(versions) == 1
    finally:
        site.app.state.page = before

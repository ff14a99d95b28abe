"""Eight thousand tracks in the queue: what is in the page, what is asked of the server, what a press writes."""

import json
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Locator, Route
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP, Visitor
from tests.support.server import Site
from tools.kept_queue import kept_queue

pytestmark = pytest.mark.anyio

TRACKS = 8_000
# What each write to the storage takes, in characters.
_WRITES = """
window.writes = [];
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  window.writes.push([key, value.length]);
  return setItem.call(this, key, value);
};
"""
# As a thumb throws it: a frame for each place on the way, at whatever pace the machine draws frames.
_FLY = """async (one, way) => {
  for (const to of way) {
    one.scrollTop = to;
    await new Promise(requestAnimationFrame);
  }
}"""


def id_of(place: int) -> str:
    return str(UUID(int=(0x7000 << 64) | (0x8000 << 48) | place))


async def with_long_queue(visit: Visit, site: Site, record: Record) -> tuple[Visitor, list[list[str]]]:
    """Somebody who comes back to a long queue, and the batches of ids that their page asks for. Every track of it
    is the band's first one under another id, so that it plays."""
    model: dict[str, Any] = site.client().get(f"/api/v1/tracks/{record.tracks[0]}").json()
    ids = [id_of(place) for place in range(TRACKS)]
    keeps = f"""
    for (const [key, text] of Object.entries({json.dumps(kept_queue(ids, 4_000))})) {{
      if (!localStorage.getItem(key)) localStorage.setItem(key, text);
    }}
    """
    visitor = await visit(DESKTOP, before=keeps + _WRITES)
    batches: list[list[str]] = []

    def track(one: str) -> dict[str, Any]:
        return model | {"id": one, "title": f"Number {UUID(one).int & 0xFFFF}"}

    async def answer(route: Route) -> None:
        _, _, asked = route.request.url.partition("?ids=")
        if asked:
            batches.append(asked.replace("%2C", ",").split(","))
            await route.fulfill(json={"items": [track(one) for one in batches[-1]], "next": None})
        else:
            await route.fulfill(json=track(route.request.url.rpartition("/")[2]))

    await visitor.page.route(lambda url: "/api/v1/tracks?ids=" in url or "/tracks/00000000-" in url, answer)
    await visitor.go("/genres")
    return visitor, batches


async def test_a_long_queue_stays_small_in_the_page_and_on_the_wire(visit: Visit, site: Site, record: Record):
    visitor, batches = await with_long_queue(visit, site, record)
    await visitor.button("Open the queue").click()
    pane = visitor.page.get_by_role("complementary", name="Queue")
    await _row(pane, 4_000).get_by_text("Number 4000").wait_for()
    await pane.get_by_text("8,000 tracks").wait_for()
    assert await pane.get_by_role("listitem").count() < 40
    assert await pane.locator("*").count() < 1_600
    await visitor.page.wait_for_timeout(500)
    assert 1 <= len(batches) <= 2  # not one for each row
    assert all(len(batch) <= 50 for batch in batches)

    # Flying through it asks for where it comes to rest.
    box = pane.locator("ul").locator("xpath=..")
    await box.evaluate(_FLY, [20_000, 60_000, 100_000, 140_000, 180_000])
    await _row(pane, 3_002).get_by_text("Number 3002").wait_for()
    assert len(batches) <= 5
    assert await pane.get_by_role("listitem").count() < 40


async def test_a_press_in_a_long_queue_writes_its_place_alone(visit: Visit, site: Site, record: Record):
    visitor, _ = await with_long_queue(visit, site, record)
    await visitor.button("Open the queue").click()
    pane = visitor.page.get_by_role("complementary", name="Queue")
    await _row(pane, 4_002).get_by_text("Number 4002").wait_for()
    await visitor.page.evaluate("window.writes.length = 0")
    await _row(pane, 4_002).get_by_role("button", name="Play Number 4002").click()
    await visitor.hears_it_going_on()
    await pane.locator("[aria-current=true]").filter(has_text="Number 4002").wait_for()
    written = await _written(visitor)
    assert [length for key, length in written if key == "basedmusic.queue"] == []
    assert max(length for key, length in written if key == "basedmusic.place") < 120
    assert sum(length for _, length in written) < 8_000  # with what is remembered of what was played

    # A change of the order is written once for all of a series, and short.
    for place in (4_010, 4_009, 4_008):
        row = _row(pane, place)
        await row.get_by_role("button", name="Remove ", exact=False).click()
    await pane.get_by_text("7,997 tracks").wait_for()
    await visitor.page.wait_for_function("() => window.writes.some(([key]) => key === 'basedmusic.queue')")
    await visitor.page.wait_for_timeout(600)
    lists = [length for key, length in await _written(visitor) if key == "basedmusic.queue"]
    assert len(lists) <= 3
    assert lists[-1] == (TRACKS - 3) * 22

    await visitor.button("Shuffle").click()
    await visitor.button("Shuffle").click()
    await visitor.page.reload()
    await visitor.standing()
    await _row(pane, 4_002).get_by_text("Number 4002").wait_for()
    await pane.get_by_text("7,997 tracks").wait_for()


def _row(pane: Locator, place: int) -> Locator:
    return pane.locator(f"li[data-place='{place}']")


async def _written(visitor: Visitor) -> list[tuple[str, int]]:
    return await visitor.page.evaluate("window.writes")

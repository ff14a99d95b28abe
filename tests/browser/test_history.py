"""A listening history in the page: reported, reported again after a lost answer, paused, deleted, undone."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.async_api import Route
from tests.browser.conftest import Record, Visit
from tests.browser.keyboard import Keyboard
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.visitor import PHONE, Size, Visitor
from tests.support.server import Person, Site, soon

pytestmark = pytest.mark.anyio
HALF_S = 5
"""Of "Low water", which is 10 s long."""


def heard(person: Person) -> list[str]:
    return [one["track"]["title"] for one in person.client.get("/me/history").json()["items"]]


async def leaves(person: Person, *titles: str) -> bool:
    """The page is ahead of the server, which hears of it a moment later."""
    return await asyncio.to_thread(soon, lambda: heard(person) == [*titles])


def has_heard(person: Person, record: Record, **ago: float) -> None:
    """Told by another of their devices."""
    at = (datetime.now(UTC) - timedelta(**ago)).isoformat()
    plays = [{"id": str(uuid4()), "track_id": record.tracks[1], "heard_at": at}]
    assert person.client.post("/me/history", json={"plays": plays}).json() == {"kept": 1}


async def listen(visitor: Visitor, record: Record) -> None:
    await visitor.go(record.path("track"))
    await visitor.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await visitor.hears("!audio.paused && audio.currentTime > 0.3")


async def test_half_of_a_short_track_is_a_play_whose_report_counts_once_though_its_answer_was_lost(
    visit: Visit, site: Site, record: Record
):
    fan = site.person("Fenna")
    listener = await visit(PHONE)
    listener.expect_trouble(r"failed: POST .*/me/history|ERR_FAILED|net::ERR")
    await listener.sign_in_as(fan)
    lost: list[str] = []

    async def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            lost.append(str((await route.fetch()).status))
            await route.abort()
        else:
            await route.continue_()

    await listener.page.route("**/api/v1/me/history*", lose_the_answer)
    await listen(listener, record)
    # Most of it is passed over: what stands at the end was not heard.
    await listener.sound("audio.currentTime = 8.5")
    await listener.hears("audio.ended || audio.paused")
    assert lost == [] and heard(fan) == []
    await listener.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await listener.hears("!audio.paused && audio.currentTime > given[0]", HALF_S)
    for _ in range(100):
        if lost:
            break
        await listener.page.wait_for_timeout(100)
    assert set(lost) == {"200"}
    assert heard(fan) == ["Low water"]
    waits = "localStorage.getItem('basedmusic.heard')"
    assert await listener.page.evaluate(waits)
    await listener.page.unroute("**/api/v1/me/history*")
    async with listener.page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/me/history")
    ) as again:
        await listener.page.reload()
    assert (await (await again.value).json()) == {"kept": 0}
    await listener.page.wait_for_function(f"() => !{waits}")
    assert heard(fan) == ["Low water"]


@SIZES
async def test_paused_deleted_and_undone(size: Size, visit: Visit, site: Site, record: Record):
    fan = site.person(f"Fien{size[0]}")
    listener = await visit(size, before=AXE)
    reader = Reader(listener)
    await listener.sign_in_as(fan)
    await listener.go("/library?show=history")
    page = listener.page
    await page.get_by_role("heading", name="Nothing heard yet").wait_for()
    await reader.looks("no history")
    has_heard(fan, record, minutes=1)
    has_heard(fan, record, days=1)
    await page.reload()
    entries = page.get_by_role("list", name="History").get_by_role(
        "button", name="Delete Slack tide", exact=False
    )
    await entries.nth(1).wait_for()
    await reader.looks("a history of two days")
    assert await page.get_by_role("heading", level=2, name="yesterday").count() == 1

    await page.get_by_role("button", name="Delete this day: yesterday").click()
    await page.get_by_text("Deleted: yesterday").wait_for()
    await entries.nth(1).wait_for(state="detached")
    assert await entries.count() == 1
    assert await leaves(fan, "Slack tide")
    await listener.button("Undo").click()
    await entries.nth(1).wait_for()
    await entries.first.click()
    await page.get_by_text("Slack tide is out of your history").wait_for()
    await entries.nth(1).wait_for(state="detached")
    assert await entries.count() == 1
    await listener.button("Undo").click()
    await page.get_by_text("It is back in your history").wait_for()
    await listener.button("Delete everything").click()
    await page.get_by_role("heading", name="Nothing heard yet").wait_for()
    await page.get_by_text("Your history is deleted").wait_for()
    assert await leaves(fan)
    await listener.button("Undo").click()
    await entries.nth(1).wait_for()

    await page.get_by_role("switch", name="Keep a history").click()
    await page.get_by_text("Paused: what you hear now is not kept.", exact=False).wait_for()
    await reader.looks("a paused history")
    await page.get_by_text("History is paused").wait_for()
    assert fan.client.get("/me/preferences").json()["history_paused"]
    assert reader.found == []


async def test_while_it_is_paused_nothing_is_told_and_nothing_stored(
    visit: Visit, site: Site, record: Record
):
    fan = site.person("Flor")
    fan.client.patch("/me/preferences", json={"history_paused": True})
    listener = await visit(PHONE)
    await listener.sign_in_as(fan)
    await listen(listener, record)
    await listener.hears("audio.currentTime > given[0]", HALF_S + 1)
    fan.client.patch("/me/preferences", json={"history_paused": False})
    assert heard(fan) == []


async def test_by_keys_alone(visit: Visit, site: Site, record: Record):
    fan = site.person("Fleur")
    has_heard(fan, record, minutes=1)
    listener = await visit(PHONE)
    await listener.sign_in_as(fan)
    await listener.go("/library")
    keys = Keyboard(listener)
    await keys.tab_to("Tracks")
    for tab in ("Releases", "Following", "History"):
        await keys.press("ArrowRight")
        await listener.page.get_by_role("tab", name=tab, selected=True).wait_for()
    await listener.page.get_by_role("list", name="History").wait_for()
    await keys.tab_to("Keep a history")
    await keys.press("Space")
    await listener.page.get_by_text("History is paused").wait_for()
    await keys.press("Space")
    await listener.page.get_by_text("History goes on").wait_for()
    await keys.tab_to("Delete this day: today")
    await keys.press("Enter")
    await listener.page.get_by_role("heading", name="Nothing heard yet").wait_for()
    await keys.press("Control+z")
    await listener.page.get_by_role("list", name="History").wait_for()
    assert heard(fan) == ["Slack tide"]


async def test_it_can_be_taken_back_before_the_server_has_answered(visit: Visit, site: Site, record: Record):
    fan = site.person("Frauke")
    has_heard(fan, record, minutes=1)
    listener = await visit(PHONE)
    await listener.sign_in_as(fan)
    await listener.go("/library?show=history")
    page, answers = listener.page, asyncio.Event()

    async def wait(route: Route) -> None:
        await answers.wait()
        await route.continue_()

    await page.route("**/api/v1/me/history/deletions/*", wait)
    await listener.button("Delete everything").click()
    await page.get_by_role("heading", name="Nothing heard yet").wait_for()
    await page.keyboard.press("Control+z")
    assert heard(fan) == ["Slack tide"]  # nothing has reached it yet
    answers.set()
    await page.get_by_text("It is back in your history").wait_for()
    await page.get_by_role("list", name="History").wait_for()
    assert heard(fan) == ["Slack tide"]


async def test_what_the_server_refuses_to_delete_stays_and_offers_no_way_back(
    visit: Visit, site: Site, record: Record
):
    fan = site.person("Femke")
    has_heard(fan, record, minutes=1)
    listener = await visit(PHONE)
    listener.expect_trouble("50[03]")
    await listener.sign_in_as(fan)
    await listener.go("/library?show=history")
    page = listener.page

    async def refuse(route: Route) -> None:
        await route.fulfill(status=500, json={"title": "Something broke", "code": "broken"})

    await page.route("**/api/v1/me/history/deletions/*", refuse)
    await listener.button("Delete everything").click()
    await page.get_by_text("Something broke").wait_for()
    await page.get_by_role("list", name="History").wait_for()
    assert await listener.button("Undo").count() == 0
    assert heard(fan) == ["Slack tide"]

"""The player: what repeats and shuffles, what is kept, two tabs, the sheet, the lock screen."""

import re

import pytest
from playwright.async_api import Locator
from tests.browser.conftest import Record, Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.anyio

TOUCH = {"has_touch": True, "is_mobile": True}
# What the page gives the lock screen, where a test can see it.
_LOCK_SCREEN = """
window.lockScreen = {};
const { mediaSession } = navigator;
mediaSession.setActionHandler = (action, handler) => { lockScreen[action] = handler; };
mediaSession.setPositionState = (state) => { window.positionState = state; };
"""


async def test_shuffle_keeps_what_plays_and_goes_back_to_the_order_before(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    pane = await _open_pane(visitor)
    before = await _titles(pane)
    assert len(before) == 3
    await _player(visitor).get_by_role("button", name="Next track").click()
    await _is_current(pane, before[1])
    shuffle = _player(visitor).get_by_role("button", name="Shuffle")
    await shuffle.click()
    await _player(visitor).get_by_role("button", name="Shuffle", pressed=True).wait_for()
    shuffled = await _titles(pane)
    assert shuffled[0] == before[1]
    assert sorted(shuffled) == sorted(before)
    await visitor.hears_it_going_on()

    await visitor.page.reload()
    await visitor.standing()
    pane = visitor.page.get_by_role("complementary", name="Queue")
    await pane.get_by_role("listitem").nth(2).wait_for()
    assert await _titles(pane) == shuffled
    await _player(visitor).get_by_role("button", name="Shuffle", pressed=True).click()
    await _player(visitor).get_by_role("button", name="Shuffle", pressed=False).wait_for()
    assert await _titles(pane) == before
    await _is_current(pane, before[1])


async def test_repeat_goes_round_the_queue_or_one_track(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    player = _player(visitor)
    next_track = player.get_by_role("button", name="Next track")
    await player.get_by_role("button", name="Repeat: off").click()
    await player.get_by_role("button", name="Repeat: the whole queue").wait_for()
    first = await _now(visitor)
    for _ in range(3):
        await next_track.click()
        await visitor.hears_it_going_on(0.1)
    assert await _now(visitor) == first

    await player.get_by_role("button", name="Repeat: the whole queue").click()
    await player.get_by_role("button", name="Repeat: this track").wait_for()
    length = await visitor.sound("audio.duration")
    await player.get_by_role("slider", name="Position").fill(str(length - 0.5))
    await visitor.hears("window.told.some((one) => one.type === 'ended')")
    await visitor.hears("!audio.paused && audio.currentTime > 0.2 && audio.currentTime < 4")
    assert await _now(visitor) == first


async def test_a_reload_finds_the_queue_its_place_and_the_volume(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    await _player(visitor).get_by_role("button", name="Next track").click()
    await visitor.hears_it_going_on()
    title = await _now(visitor)
    await _player(visitor).get_by_role("button", name="Pause").click()
    await visitor.hears("audio.paused")
    await _player(visitor).get_by_role("slider", name="Position").fill("4")
    await _player(visitor).get_by_role("slider", name="Volume").fill("0.4")
    await visitor.page.reload()
    await visitor.standing()
    assert await _now(visitor) == title
    await _player(visitor).get_by_role("button", name="Play", exact=True).click()
    await visitor.hears("audio.currentTime >= 4 && audio.currentTime < 7")
    assert abs(await visitor.sound("audio.volume") - 0.4) < 0.01
    await _player(visitor).get_by_role("button", name="Next track").click()
    await visitor.hears_it_going_on()


@pytest.mark.parametrize("storage", ["off", "full"])
async def test_without_storage_it_plays_all_the_same(storage: str, visit: Visit, record: Record):
    breaks = {
        "off": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });",
        "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    }
    visitor = await visit(DESKTOP, before=breaks[storage])
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    await _player(visitor).get_by_role("button", name="Shuffle").click()
    await _player(visitor).get_by_role("button", name="Next track").click()
    await visitor.hears_it_going_on()


async def test_one_tab_plays_and_the_other_says_so_and_can_take_over(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    other = Visitor(await visitor.context.new_page(), visitor.context, visitor.address)
    await other.go(record.path("track"))
    elsewhere = other.page.get_by_text("Playing in another tab")
    await elsewhere.wait_for()
    assert await _now(other) == await _now(visitor)
    at = await visitor.sound("audio.currentTime")

    await other.button("Play here").click()
    await other.hears_it_going_on()
    await visitor.hears("audio.paused")
    await visitor.page.get_by_text("Playing in another tab").wait_for()
    assert await elsewhere.count() == 0
    assert await other.sound("audio.currentTime") >= at - 1  # where the other was, not from the start

    # The queue is every tab's: what one takes out is out in the other, and what sounds goes on.
    pane = await _open_pane(visitor)
    titles = await _titles(pane)
    current = await _now(other)
    gone = next(title for title in titles if title != current)
    await pane.get_by_role("button", name=f"Remove {gone} from the queue").click()
    their_pane = await _open_pane(other)
    await their_pane.get_by_role("listitem").nth(2).wait_for(state="detached")
    assert gone not in await _titles(their_pane)
    await other.hears_it_going_on()

    await other.page.close()
    await visitor.page.get_by_text("Playing in another tab").wait_for(state="detached")
    await _player(visitor).get_by_role("button", name="Play", exact=True).click()
    await visitor.hears_it_going_on()


async def test_removing_and_clearing_can_be_undone(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    pane = await _open_pane(visitor)
    before = await _titles(pane)
    await pane.get_by_role("button", name=f"Remove {before[1]} from the queue").click()
    await pane.get_by_role("listitem").nth(2).wait_for(state="detached")
    await visitor.button("Undo").click()
    await pane.get_by_role("listitem").nth(2).wait_for()
    assert await _titles(pane) == before
    await visitor.hears_it_going_on()

    await visitor.button("Clear the queue").click()
    await pane.get_by_role("heading", name="Nothing queued").wait_for()
    await visitor.hears("audio.paused")
    await visitor.button("Undo").click()
    await pane.get_by_role("listitem").nth(2).wait_for()
    assert await _titles(pane) == before
    await visitor.hears_it_going_on()


async def test_a_row_is_dragged_by_pointer_and_taken_by_keys(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    pane = await _open_pane(visitor)
    first, second, third = await _titles(pane)
    grip = await pane.get_by_role("button", name=f"Move {first}", exact=True).bounding_box()
    assert grip
    x, y = grip["x"] + 20, grip["y"] + 20
    mouse = visitor.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x, y + 40, steps=3)
    await mouse.move(x, y + 120, steps=3)
    await mouse.up()
    await visitor.page.wait_for_function(
        "(title) => document.querySelector('aside li:last-child').innerText.includes(title)", arg=first
    )
    assert await _titles(pane) == [second, third, first]
    await _is_current(pane, first)
    await visitor.hears_it_going_on()

    handle = pane.get_by_role("button", name=f"Move {first}", exact=True)
    await handle.focus()
    await visitor.page.keyboard.press("Enter")
    await pane.get_by_role("status").filter(has_text="is in hand, place 3 of 3").wait_for()
    await visitor.page.keyboard.press("ArrowUp")
    await pane.get_by_role("status").filter(has_text="Place 2 of 3").wait_for()
    assert await _titles(pane) == [second, first, third]
    assert await handle.evaluate("(one) => one === document.activeElement")
    await visitor.page.keyboard.press("Escape")
    await pane.get_by_role("status").filter(has_text="is back at place 3").wait_for()
    assert await _titles(pane) == [second, third, first]

    # Without dragging, for whom that is hard: a press takes it in hand, and buttons move it.
    await handle.click()
    await pane.get_by_role("button", name=f"Move {first} up").click()
    await handle.click()
    assert await _titles(pane) == [second, first, third]


async def test_the_waveform_is_a_slider_for_pointer_and_keys(visit: Visit, record: Record):
    visitor = await _playing(visit, record)
    await _player(visitor).get_by_role("button", name="Pause").click()
    slider = _player(visitor).get_by_role("slider", name="Position")
    drawing = await _player(visitor).locator("canvas").bounding_box()
    assert drawing
    length = await visitor.sound("audio.duration")
    mouse, middle = visitor.page.mouse, drawing["y"] + drawing["height"] / 2
    await mouse.move(drawing["x"] + drawing["width"] * 0.54, middle)
    clock = _player(visitor).get_by_text(f"0:0{int(length * 0.54)}", exact=True)
    await clock.wait_for()  # beside the pointer, before any press
    told = await visitor.page.evaluate("window.told.filter((one) => one.type === 'seeked').length")
    await mouse.down()
    await mouse.move(drawing["x"] + drawing["width"] * 0.7, middle, steps=5)
    await mouse.move(drawing["x"] + drawing["width"] * 0.25, middle, steps=5)
    await mouse.up()
    await visitor.hears("Math.abs(audio.currentTime - given[0]) < 0.05 && !audio.seeking", length / 4)
    assert (
        await visitor.page.evaluate("window.told.filter((one) => one.type === 'seeked').length") == told + 1
    )

    await slider.focus()
    await visitor.page.keyboard.press("Home")
    await visitor.hears("audio.currentTime === 0 && !audio.seeking")
    await visitor.page.keyboard.press("ArrowRight")
    await visitor.hears("Math.abs(audio.currentTime - 5) < 0.05 && !audio.seeking")
    assert re.fullmatch(r"5 seconds of \d+ seconds", str(await slider.get_attribute("aria-valuetext")))
    await visitor.page.keyboard.press("Shift+ArrowLeft")
    await visitor.hears("audio.currentTime === 0 && !audio.seeking")
    await visitor.page.keyboard.press("End")
    await visitor.hears("Math.abs(audio.currentTime - given[0]) < 0.05", length - 5)


async def test_a_finger_closes_the_sheet_and_its_queue_is_readable(visit: Visit, record: Record):
    visitor = await visit(PHONE, before=AXE, **TOUCH)
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    await visitor.button("Open the player:", exact=False).click()
    sheet = visitor.page.get_by_role("dialog", name="Playing now")
    await sheet.get_by_role("button", name="Queue", exact=True).click()
    await sheet.get_by_role("list", name="Queue").get_by_role("listitem").nth(2).wait_for()
    play = await sheet.get_by_role("button", name="Pause").bounding_box()
    assert play and play["y"] + play["height"] <= PHONE[1]  # the queue leaves the controls where they are
    reader = Reader(visitor)
    await reader.looks("the sheet with its queue")
    assert reader.found == []
    await visitor.hears_it_going_on()

    await sheet.get_by_role("button", name="Queue", exact=True).click()
    await _swipe_down(visitor, 20)
    assert await sheet.count() == 1  # thought better of it
    await _swipe_down(visitor, 300)
    await sheet.wait_for(state="detached")
    await visitor.standing("Sefa and the Tides")
    await visitor.hears_it_going_on()


async def test_the_pane_stays_open_from_page_to_page_and_is_readable(visit: Visit, record: Record):
    visitor = await visit(DESKTOP, before=AXE)
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    pane = await _open_pane(visitor)
    reader = Reader(visitor)
    await reader.looks("the pane")
    await visitor.page.get_by_role("link", name="Harbour lights").first.click()
    await visitor.standing("Harbour lights")
    assert await pane.is_visible()
    await visitor.page.reload()
    await visitor.standing("Harbour lights")
    await pane.wait_for()
    await visitor.button("Clear the queue").click()
    await pane.get_by_role("heading", name="Nothing queued").wait_for()
    await reader.looks("the empty pane")
    assert reader.found == []


async def test_the_lock_screen_has_names_a_place_and_buttons_that_work(visit: Visit, record: Record):
    visitor = await _playing(visit, record, before=_LOCK_SCREEN)
    page = visitor.page
    shown = "() => [navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]"
    assert await page.evaluate(shown) == [await _now(visitor), "Sefa and the Tides"]
    assert await page.evaluate("navigator.mediaSession.playbackState") == "playing"
    length = await visitor.sound("audio.duration")
    assert abs(await page.evaluate("positionState.duration") - length) < 0.01
    given = await page.evaluate("Object.keys(lockScreen).filter((action) => lockScreen[action]).sort()")
    assert given == ["nexttrack", "pause", "play", "previoustrack", "seekto", "stop"]
    assert await page.evaluate("lockScreen.seekforward === null && lockScreen.seekbackward === null")

    await page.evaluate("lockScreen.seekto({ action: 'seekto', seekTime: 5 })")
    await visitor.hears("Math.abs(audio.currentTime - 5) < 1.5 && !audio.seeking")
    first = await _now(visitor)
    await page.evaluate("lockScreen.nexttrack({ action: 'nexttrack' })")
    await page.wait_for_function("(title) => navigator.mediaSession.metadata.title !== title", arg=first)
    await visitor.hears_it_going_on()
    await page.evaluate("lockScreen.pause({ action: 'pause' })")
    await visitor.hears("audio.paused && navigator.mediaSession.playbackState === 'paused'")
    await page.evaluate("lockScreen.stop({ action: 'stop' })")
    await visitor.hears("audio.paused && audio.currentTime === 0")


async def test_a_link_to_a_moment_plays_from_there(visit: Visit, record: Record):
    copies = (
        "navigator.share = undefined;"
        "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
    )
    visitor = await visit(DESKTOP, before=copies)
    await visitor.go(f"{record.path('track')}?t=5")
    article = visitor.page.get_by_role("article")
    slider = article.get_by_role("slider", name="Waveform of Low water")
    assert await slider.input_value() == "5"
    await article.get_by_role("button", name="Play Low water").click()
    await visitor.hears("audio.currentTime >= 5")
    await _player(visitor).get_by_role("button", name=re.compile(r"Share from 0:0\d")).click()
    await visitor.page.get_by_text("The link is copied").wait_for()
    assert re.search(rf"{record.path('track')}\?t=[5-9]$", await visitor.page.evaluate("copied"))
    await _player(visitor).get_by_role("button", name="Share Low water").click()
    await visitor.page.wait_for_function(f"() => copied.endsWith('{record.path('track')}')")


# ---- the way there


async def _playing(visit: Visit, record: Record, *, before: str = "") -> Visitor:
    """Somebody who hears the band's three tracks from the first on."""
    visitor = await visit(DESKTOP, before=before)
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    return visitor


def _player(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name="Player")


async def _now(visitor: Visitor) -> str:
    return await _player(visitor).get_by_role("link").first.inner_text()


async def _open_pane(visitor: Visitor) -> Locator:
    await visitor.button("Open the queue").click()
    pane = visitor.page.get_by_role("complementary", name="Queue")
    await pane.get_by_role("listitem").first.wait_for()
    return pane


async def _titles(pane: Locator) -> list[str]:
    labels = await pane.locator("[data-part=handle]").evaluate_all(
        "(found) => found.map((one) => one.ariaLabel)"
    )
    return [label.removeprefix("Move ") for label in labels]


async def _is_current(pane: Locator, title: str) -> None:
    await pane.locator("[aria-current=true]").filter(has_text=title).wait_for()


async def _swipe_down(visitor: Visitor, by: int) -> None:
    """A finger on the cover."""
    client = await visitor.context.new_cdp_session(visitor.page)
    for step in range(6):
        point = {"x": 180, "y": 200 + by * step / 5}
        kind = "touchStart" if step == 0 else "touchMove"
        await client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        await visitor.page.wait_for_timeout(60)
    await client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

"""Uploads that go wrong, told in words; and what one tries again is one track."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Route
from tests.browser.cable import Cable, cable_to
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, Visitor
from tests.support.hostile import png
from tests.support.music import wav
from tests.support.server import Person, Site

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def sender(site: Site) -> Person:
    return site.person("Bo")


async def test_a_picture_named_mp3_is_refused_in_words(visit: Visit, sender: Person, tmp_path: Path):
    visitor = await visit(DESKTOP)
    visitor.expect_trouble("422")
    await visitor.sign_in_as(sender)
    await visitor.go("/studio")
    picture = tmp_path / "song.mp3"
    picture.write_bytes(png())
    await visitor.choose(picture)
    row = _row(visitor, "song.mp3")
    said = await row.get_by_role("alert").inner_text()
    assert "PNG" in said and "mp3" in said
    assert await row.get_by_role("button", name="Send again").count() == 0  # it would be refused again
    await row.get_by_role("button", name="Dismiss song.mp3").click()
    await row.wait_for(state="detached")
    assert _titles(sender) == []


@pytest.mark.parametrize("lost", ["in the middle", "the answer"])
async def test_a_connection_that_drops_is_told_and_what_goes_on_makes_one_track(
    lost: str, site: Site, visit: Visit, sender: Person, tmp_path: Path
):
    song = tmp_path / f"Lost {lost}.wav"
    song.write_bytes(wav(20, rate=48_000))
    async with cable_to(site.place) as cable:
        visitor = await visit(DESKTOP, address=cable.address)
        visitor.expect_trouble("ERR_|/api/v1/events|EventSource|fetching the script|server can.t be reached")
        await visitor.sign_in_as(sender)
        await visitor.go("/studio")
        _weaken(cable, lost)
        await visitor.choose(song)
        row = _row(visitor, song.name)
        await row.get_by_text("You are offline").wait_for()
        assert cable.cut
        assert _titles(sender).count(song.stem) == (lost == "the answer")

        cable.mend()  # it goes on by itself
        await visitor.page.get_by_text("Ready to play").wait_for()
        assert _titles(sender).count(song.stem) == 1
        await visitor.button(f"Play {song.stem} by Bo and the Tides").click()
        await visitor.hears_it_going_on()


async def test_offline_in_the_middle_goes_on_by_itself_and_through_pages(
    visit: Visit, sender: Person, tmp_path: Path
):
    song = tmp_path / "Ferry.wav"
    song.write_bytes(wav(20, rate=48_000))
    visitor = await visit(DESKTOP)
    visitor.expect_trouble("ERR_|/api/v1/events|EventSource|fetching the script|server can.t be reached")
    await visitor.sign_in_as(sender)
    await visitor.go("/studio")
    line = await visitor.context.new_cdp_session(visitor.page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", _line(upload=400_000))
    await visitor.choose(song)
    row = _row(visitor, song.name)
    await row.get_by_text("% ·").wait_for()
    leaving = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert await visitor.page.evaluate(leaving)  # the browser asks first

    await line.send("Network.emulateNetworkConditions", _line(offline=True))
    await row.get_by_text("You are offline").wait_for()
    await visitor.link("Home").click()
    await visitor.page.wait_for_url(
        "**/"
    )  # the studio has a heading too, and says nothing of what its list shows
    await visitor.page.get_by_role("heading", level=1).wait_for()
    await line.send("Network.emulateNetworkConditions", _line())
    await visitor.page.get_by_role("status").get_by_text("Ferry is uploaded").wait_for()
    assert _titles(sender).count("Ferry") == 1
    assert not await visitor.page.evaluate(leaving)


async def test_a_request_that_fails_before_the_browser_says_offline_waits_too(
    visit: Visit, sender: Person, tmp_path: Path
):
    song = tmp_path / "Ebb.wav"
    song.write_bytes(wav(2))
    visitor = await visit(DESKTOP)
    visitor.expect_trouble("ERR_INTERNET_DISCONNECTED|/api/v1/events|EventSource")
    await visitor.sign_in_as(sender)
    await visitor.go("/studio")

    async def cut(route: Route) -> None:
        if route.request.method == "POST":
            await route.abort("internetdisconnected")
        else:
            await route.fallback()

    await visitor.page.route("**/api/v1/tracks*", cut)
    # The cable is out, and the browser has not told anybody yet.
    await visitor.page.evaluate(
        "() => void Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })"
    )
    await visitor.choose(song)
    await _row(visitor, song.name).get_by_text("You are offline").wait_for()
    await visitor.page.unroute("**/api/v1/tracks*", cut)
    await visitor.page.evaluate("() => delete navigator.onLine && window.dispatchEvent(new Event('online'))")
    await visitor.page.get_by_text("Ready to play").wait_for()
    assert _titles(sender).count("Ebb") == 1


def _line(*, offline: bool = False, upload: int = -1) -> dict[str, object]:
    """What Chromium is to believe of the connection; bytes a second, -1 for as fast as it goes."""
    return {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}


def _weaken(cable: Cable, lost: str) -> None:
    if lost == "in the middle":
        cable.cut_after(1_000_000)
    else:
        cable.swallow_answer_to("POST /api/v1/tracks ")


def _row(visitor: Visitor, name: str) -> Locator:
    uploads = visitor.page.get_by_role("list", name="On the way")
    return uploads.locator("> li").filter(has_text=name)


def _titles(person: Person) -> list[str]:
    return [one["title"] for one in person.client.get("/tracks", params={"mine": True}).json()["items"]]

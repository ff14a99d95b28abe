"""The connection goes away, or a finger goes back: the music and the page stay, and it is said in words."""

import time

import pytest
from playwright.async_api import Locator
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.music import wav
from tests.support.server import Site

pytestmark = pytest.mark.anyio

OFFLINE = "ERR_|/api/v1/events|EventSource|error: ApiError: "


async def test_offline_a_link_keeps_the_player_and_says_what_is_missing(visit: Visit, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble(OFFLINE)
    # The pages' code is kept away, as it is for somebody who presses before it was fetched.
    kept = await _keep_away(visitor, "**/assets/ReleasePage-*.js")
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    await visitor.page.evaluate("window.here = true")

    await visitor.context.set_offline(True)
    await visitor.page.get_by_role("link", name="Harbour lights").first.click()
    await visitor.standing("This page needs the connection")
    await visitor.hears_it_going_on()
    assert await visitor.page.evaluate("window.here")

    await visitor.page.unroute(kept)
    await visitor.context.set_offline(False)
    await visitor.standing("Harbour lights")  # by itself
    await visitor.hears_it_going_on()
    assert await visitor.page.evaluate("window.here")


async def test_offline_what_was_loaded_is_there(visit: Visit, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble(OFFLINE)
    await visitor.go(record.path("artist"))
    await visitor.page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((one) => one.name.includes('/TrackPage-'))"
    )
    await visitor.page.wait_for_load_state("networkidle")
    await visitor.context.set_offline(True)
    await visitor.link("Low water").first.click()
    await visitor.standing("Low water")


async def test_offline_next_says_that_the_track_stopped(visit: Visit, record: Record):
    visitor = await visit(DESKTOP, keeps=True)
    visitor.expect_trouble(OFFLINE)
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    await visitor.context.set_offline(True)
    at = time.monotonic()
    await visitor.button("Next track").click()
    await _player(visitor).get_by_role("alert").filter(has_text="This track stopped.").wait_for()
    assert time.monotonic() - at < 12
    await visitor.context.set_offline(False)
    await visitor.hears_it_going_on()


async def test_back_closes_the_players_sheet_and_the_page_stays(visit: Visit, record: Record):
    visitor = await visit(PHONE, has_touch=True, is_mobile=True)
    await visitor.go("/")
    await visitor.go(record.path("artist"))
    await visitor.button("Play Sefa and the Tides").click()
    await visitor.hears_it_going_on()
    sheet = visitor.page.get_by_role("dialog", name="Playing now")
    for close in ("back", "press", "escape"):
        await visitor.button("Open the player:", exact=False).click()
        await sheet.wait_for()
        if close == "back":
            await visitor.page.go_back()
        elif close == "press":
            await visitor.button("Close the player").click()
        else:
            await visitor.page.keyboard.press("Escape")
        await sheet.wait_for(state="detached")
        await visitor.standing("Sefa and the Tides")
        assert visitor.page.url.endswith(record.path("artist"))
    await visitor.button("Open the player:", exact=False).click()
    title = await sheet.get_by_role("link").first.inner_text()
    await sheet.get_by_role("link").first.click()
    await visitor.standing(title)
    await visitor.page.go_back()
    await visitor.standing("Sefa and the Tides")
    assert await sheet.count() == 0
    await visitor.hears_it_going_on()


async def test_a_track_taken_back_leaves_the_queue_with_a_word(visit: Visit, site: Site):
    band = site.person("Ilse")
    track = band.track(wav(9, rate=22_050, channels=1, seed=9), "Gone soon.wav", publish="true")
    visitor = await visit(PHONE)
    visitor.expect_trouble(f"404.*{track['id']}|404 \\(")
    await visitor.go(f"/tracks/{track['id']}")
    await visitor.page.get_by_role("article").get_by_role("button", name="Play ").first.click()
    await visitor.hears_it_going_on()
    assert band.client.post(f"/tracks/{track['id']}/unpublish").is_success
    await visitor.go("/")
    await visitor.page.get_by_role("status").filter(has_text="This track can’t be played any more").wait_for()
    assert await _player(visitor).count() == 0


def _player(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name="Player")


async def _keep_away(visitor: Visitor, address: str) -> str:
    await visitor.page.route(address, lambda route: route.abort("internetdisconnected"))
    return address

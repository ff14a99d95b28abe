"""What somebody who is new here stumbles over, or does not."""

import asyncio

import pytest
from playwright.async_api import Route
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE
from tests.support.server import Site

pytestmark = pytest.mark.anyio


async def test_a_guest_gets_to_the_imprint_and_reads_no_settings_there(visit: Visit, site: Site):
    guest = await visit(PHONE, before=AXE)
    reader = Reader(guest)
    for page, heading in (("/", "New in town"), ("/sign-in", "Sign in"), ("/sign-up", "Join the scene")):
        await guest.go(page)
        await guest.standing(heading)
        await (
            guest.page.get_by_role("navigation", name="Legal pages")
            .get_by_role("link", name="Imprint")
            .click()
        )
        await guest.standing("Imprint")
        assert "BASEDMUSIC_" not in await guest.page.locator("main").inner_text()
    await guest.go("/report")
    await guest.standing("What became of a report")
    await reader.looks("a report's page without its link")
    assert reader.found == []


async def test_whoever_moderates_nothing_is_led_on(visit: Visit, site: Site):
    somebody = await visit(PHONE, before=AXE)
    reader = Reader(somebody)
    await somebody.sign_in_as(site.person("Nobody"))
    await somebody.go("/moderation")
    await reader.looks("moderation, for nobody")
    await somebody.link("To the first page").click()
    await somebody.standing("New in town")
    assert reader.found == []


async def test_the_places_say_that_they_are_looked_through_and_the_keys_look_like_ours(
    visit: Visit, site: Site
):
    somebody = await visit(PHONE, before=AXE)
    reader = Reader(somebody)
    await somebody.sign_in_as(site.person("Wies"))
    answering = asyncio.Event()

    async def hold(route: Route) -> None:
        await answering.wait()
        await route.continue_()

    await somebody.page.route("**/api/v1/places*", hold)
    await somebody.go("/welcome?step=place")
    field = somebody.page.get_by_role("combobox")
    await field.fill("Berl")
    await somebody.page.get_by_text("Looking through the list").wait_for()
    assert await field.get_attribute("aria-busy") == "true"
    answering.set()
    await somebody.page.get_by_role("option").first.wait_for()
    assert not await somebody.page.get_by_text("Looking through the list").count()
    await reader.looks("places")
    await somebody.go("/settings")
    scope = somebody.page.get_by_role("group", name="It may").get_by_role("checkbox").first
    await scope.wait_for()
    assert await scope.evaluate("(box) => getComputedStyle(box).appearance") == "none"
    await reader.looks("scopes of a key")
    assert reader.found == []

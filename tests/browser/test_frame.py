"""What stays while pages change: the theme, the account's menu, the finder, the list of keys, the tracks' keys."""

import re

import pytest
from playwright.async_api import expect
from tests.browser.conftest import Record, Visit
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.test_keyboard import Keyboard
from tests.browser.visitor import DESKTOP, PHONE, Size
from tests.support.server import PASSWORD, Site

pytestmark = pytest.mark.anyio

LIGHT, DARK = "rgb(251, 248, 243)", "rgb(18, 16, 14)"
# From the first frame on: which backgrounds and bars of the browser's anybody could have seen.
_WATCH = """
window.seen = [];
(function look() {
  const { documentElement: root } = document;
  if (root && document.styleSheets.length) {
    const bars = [...document.querySelectorAll("meta[name=theme-color]")];
    const bar = bars.find((one) => matchMedia(one.media).matches);
    window.seen.push(`${getComputedStyle(root).backgroundColor} ${bar.content}`);
  }
  requestAnimationFrame(look);
})();
"""


async def test_a_chosen_theme_is_there_in_the_first_frame(visit: Visit):
    visitor = await visit(PHONE, before=_WATCH, color_scheme="light")
    page = visitor.page
    await visitor.go("/settings")
    assert set(await page.evaluate("seen")) == {f"{LIGHT} #FBF8F3"}
    await page.get_by_label("Dark").check()
    await expect(page.locator("html")).to_have_css("background-color", DARK)
    await visitor.go("/")
    assert set(await page.evaluate("seen")) == {f"{DARK} #12100E"}
    assert await page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    await visitor.go("/settings")
    await expect(page.get_by_label("Dark")).to_be_checked()
    await page.get_by_label("As this device").check()
    await expect(page.locator("html")).to_have_css("background-color", LIGHT)
    await page.emulate_media(color_scheme="dark")
    await expect(page.locator("html")).to_have_css("background-color", DARK)


async def test_a_theme_chosen_in_one_tab_is_the_others_too(visit: Visit):
    visitor = await visit(PHONE, color_scheme="light")
    await visitor.go("/settings")
    other = await visitor.context.new_page()
    await other.goto("/")
    await visitor.page.get_by_label("Dark").check()
    await expect(other.locator("html")).to_have_css("background-color", DARK)


async def test_the_finder_by_keyboard(visit: Visit, record: Record):
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.go("/")
    await keys.press("/")
    await keys.is_at("Where to, or what to do?")
    options = visitor.page.get_by_role("option")
    await expect(options.filter(has_text=re.compile("^Sefa"))).to_be_visible()
    await visitor.page.keyboard.type("SÉFA ti")
    await expect(options).to_have_count(5)  # the band, its release and its three tracks
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await keys.press("ArrowDown")
    active = await visitor.page.get_by_role("combobox").get_attribute("aria-activedescendant")
    assert active == await options.nth(1).get_attribute("id")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await keys.is_at(record.artist["name"])  # the page's heading
    assert visitor.page.url.endswith(record.path("artist"))

    await keys.press("Control+k")
    await visitor.page.keyboard.type("dark th")
    await keys.press("Enter")
    await expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")
    await keys.press("/")
    await visitor.page.keyboard.type("no such thing")
    await visitor.page.get_by_text("artist, release or track is called “no such thing”.").wait_for()
    await keys.press("Escape")
    await visitor.page.get_by_role("dialog").wait_for(state="detached")
    await keys.is_at(record.artist["name"])  # back where it was


async def test_the_finder_by_touch(visit: Visit, record: Record):
    visitor = await visit(PHONE, has_touch=True)
    await visitor.go("/")
    await visitor.button("Find").tap()
    await visitor.page.get_by_role("combobox").fill("harbour")
    await visitor.page.get_by_role("option", name="Harbour lights").tap()
    await visitor.standing("Harbour lights")
    assert visitor.page.url.endswith(record.path("release"))


async def test_a_finder_without_the_server_still_finds_pages(visit: Visit):
    visitor = await visit(PHONE)
    visitor.expect_trouble("503")
    await visitor.go("/")
    await visitor.context.route("**/api/v1/artists?*", lambda route: route.fulfill(status=503))
    await visitor.button("Find").click()
    await visitor.page.get_by_text("Pages and actions work.").wait_for()
    await visitor.page.get_by_role("combobox").fill("setti")
    await visitor.page.keyboard.press("Enter")
    await visitor.standing("Settings")


async def test_through_a_list_of_tracks_by_j_and_k(visit: Visit, record: Record):
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.go(record.path("artist"))
    plays = await visitor.page.locator("main [data-track]").evaluate_all(
        "(all) => all.map((one) => one.ariaLabel)"
    )
    assert len(plays) >= 3
    await keys.press("j")
    await keys.is_at(plays[0])
    await keys.press("j")
    await keys.is_at(plays[1])
    await keys.press("k", 2)
    await keys.is_at(plays[0])
    await keys.press("j")
    await keys.press("Enter")
    await visitor.hears_it_going_on()
    await keys.is_at(plays[1].replace("Play", "Pause"))


async def test_single_keys_can_be_turned_off(visit: Visit, record: Record):
    visitor = await visit(DESKTOP)
    await visitor.go("/settings")
    await visitor.page.get_by_role("switch", name="Single keys").uncheck()
    await visitor.go(record.path("artist"))
    await visitor.page.keyboard.press("?")
    await visitor.page.keyboard.press("j")
    assert await visitor.page.evaluate("document.activeElement.tagName") == "BODY"
    await visitor.page.keyboard.press("Control+k")
    await visitor.page.get_by_role("combobox").wait_for()


async def test_the_accounts_menu_by_keyboard(visit: Visit, site: Site):
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.sign_in_as(site.person("Ilse"))
    await visitor.go("/")
    await keys.enter("You: Ilse")
    await keys.is_at("Yourself")
    await keys.press("ArrowDown")
    await keys.reads("menuitemradio", "Ilse and the Tides Artist")
    await keys.press("Escape")
    await keys.is_at("You: Ilse")
    await keys.press("ArrowDown")
    await keys.is_at("Yourself")
    await keys.press("End")
    await keys.is_at("Sign out")
    await keys.press("Enter")
    await visitor.link("Sign in").wait_for()


@SIZES
async def test_all_that_opens_over_a_page_is_readable(size: Size, visit: Visit, site: Site, record: Record):
    visitor = await visit(size, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(site.person(f"Noor{size[0]}"))
    await visitor.go("/")
    await visitor.button("Find").click()
    await visitor.page.get_by_role("option", name="Harbour lights").wait_for()
    await reader.looks("the finder")
    await visitor.page.get_by_role("combobox").fill("zzz")
    await reader.looks("the finder, nothing found")
    await visitor.page.keyboard.press("Escape")
    await visitor.button("You:", exact=False).click()
    await visitor.page.get_by_role("menu").wait_for()
    await reader.looks("the account's menu")
    await visitor.page.get_by_role("menuitem", name="Settings").click()
    await visitor.standing("Settings")
    await reader.looks("settings")
    await visitor.button("Show all keys").click()
    await visitor.page.get_by_role("dialog", name="Keyboard keys").wait_for()
    await reader.looks("the list of keys")
    assert reader.found == []


async def test_settings_change_the_name_and_the_password_and_end_other_sign_ins(visit: Visit, site: Site):
    ada = site.person("Ada")
    visitor, elsewhere = await visit(DESKTOP), await visit(PHONE)
    page = visitor.page
    for one in (visitor, elsewhere):
        await one.sign_in_as(ada)
        await one.go("/settings")
    await page.get_by_role("textbox", name="Your name").fill("Ada Quist")
    await visitor.button("Save the name").click()
    await page.get_by_text("You are Ada Quist now").wait_for()
    await visitor.button("You: Ada Quist").wait_for()

    visitor.expect_trouble("/me/password|status of 4")
    await page.get_by_label("Password now").fill("not the right one")
    await page.get_by_label("New password").fill("a whole new sentence")
    await visitor.button("Change the password").click()
    await expect(page.get_by_label("Password now")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Password now")).to_be_focused()
    await page.get_by_label("Password now").fill(PASSWORD)
    await visitor.button("Change the password").click()
    await page.get_by_text("every other device is signed out").wait_for()
    await expect(page.get_by_role("listitem").filter(has_text="this one")).to_have_count(1)
    await elsewhere.go("/settings")
    await elsewhere.page.get_by_role("main").get_by_role("link", name="Sign in").wait_for()
    elsewhere.expect_trouble("401")

    await visitor.button("Sign out everywhere").click()
    await page.get_by_role("navigation").get_by_role("link", name="Sign in").wait_for()


async def test_one_other_sign_in_is_ended(visit: Visit, site: Site):
    bo = site.person("Bo")
    visitor, elsewhere = await visit(DESKTOP), await visit(PHONE)
    await elsewhere.sign_in_as(bo)
    await visitor.sign_in_as(bo)
    await visitor.go("/settings")
    rows = visitor.page.get_by_role("listitem").filter(has_text="Since")
    await expect(rows.filter(has_text="this one")).to_have_count(1)
    known = await rows.count()
    await (
        visitor.page.get_by_role("button", name="Sign out ", exact=False)
        .and_(visitor.page.locator("li button"))
        .first.click()
    )
    await expect(rows).to_have_count(known - 1)


async def test_a_cover_moves_from_its_card_into_the_page_and_not_for_who_wants_less_motion(
    visit: Visit, record: Record
):
    watch = """
    window.moved = [];
    const start = document.startViewTransition;
    document.startViewTransition = function (given) {
      const named = () => [...document.querySelectorAll("main [data-cover]")]
        .filter((one) => one.style.viewTransitionName).map((one) => one.dataset.cover);
      const before = named();
      const made = start.call(document, given);
      made.ready.then(() => window.moved.push([before, named()]));
      return made;
    };
    """
    visitor = await visit(DESKTOP, before=watch)
    card = visitor.page.get_by_role("main").get_by_role("link", name="Harbour lights").first
    await visitor.go("/")
    # Once there and back: a page that is long in coming shows its skeleton first, from which nothing moves.
    await card.click()
    await visitor.standing("Harbour lights")
    await visitor.page.go_back()
    await card.wait_for()
    await visitor.page.evaluate("moved = []")
    await card.click()
    await visitor.standing("Harbour lights")
    release = record.release_id
    await visitor.page.wait_for_function("() => moved.length === 1")
    assert await visitor.page.evaluate("moved") == [[[release], [release]]]
    await visitor.page.go_back()
    await visitor.page.wait_for_function("() => moved.length === 2")
    await visitor.page.emulate_media(reduced_motion="reduce")
    await card.click()
    await visitor.standing("Harbour lights")
    assert await visitor.page.evaluate("moved.length") == 2

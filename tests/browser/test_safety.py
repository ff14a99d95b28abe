"""Keeping somebody away, reporting, and what a moderator does with it: two people, a guest and a moderator."""

import asyncio

import pytest
from playwright.async_api import Locator
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE, Visitor
from tests.support.music import wav
from tests.support.server import Person, Site, soon

pytestmark = pytest.mark.anyio


def moderator_of(site: Site, name: str) -> Person:
    person = site.person(name)
    site.sql(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT s.id, a.id, 'moderator', s.kind
             FROM accounts.party s, accounts.party a
            WHERE s.kind = 'scene' AND a.kind = 'person' AND a.name = $1""",
        name,
    )
    return person


async def choose(visitor: Visitor, menu: str, entry: str) -> None:
    """By keys alone."""
    button = visitor.button(menu)
    await button.focus()
    await visitor.page.keyboard.press("Enter")
    item = visitor.page.get_by_role("menuitem", name=entry)
    await item.wait_for()
    await item.focus()
    await visitor.page.keyboard.press("Enter")


async def place_of(case: Locator) -> int:
    """From 1: others may wait before it."""
    before = "button => [...button.closest('ul').querySelectorAll('button')].indexOf(button) + 1"
    return await case.evaluate(before)


async def test_a_guest_reports_a_moderator_decides_and_both_sides_are_told(visit: Visit, site: Site):
    band = site.person("Reported")
    track = band.track(wav(2.0), "Lifted from us.wav", publish="true")
    guest = await visit(PHONE, before=AXE)
    reader = Reader(guest)
    await guest.go(f"/tracks/{track['id']}")
    await choose(guest, f"More for {track['title']}", "Report…")
    dialog = guest.page.get_by_role("dialog")
    await dialog.get_by_text("What is wrong with it?").wait_for()
    await reader.looks("the report dialog")
    await dialog.get_by_label("It is somebody else’s music, picture or words").focus()
    await guest.page.keyboard.press("Space")
    await dialog.get_by_label("In your words").fill("This is a song of ours.")
    await dialog.get_by_label("Your email address").fill("guest-safety@example.org")
    await dialog.get_by_role("button", name="Send the report").press("Enter")
    await dialog.get_by_text("The number of your report is").wait_for()
    await reader.looks("a report is sent")
    (received,) = await asyncio.to_thread(site.mails, "guest-safety@example.org")
    link = "/report#" + received["body"].split("/report#")[1].split()[0]
    await dialog.get_by_role("button", name="Close").last.press("Enter")
    await guest.page.goto(link)
    await guest.page.get_by_text("It waits for a moderator").wait_for()
    await reader.looks("a report's state")

    moderator = await visit(PHONE, before=AXE)
    mod_reader = Reader(moderator)
    await moderator.sign_in_as(await asyncio.to_thread(moderator_of, site, "Modsafety"))
    await moderator.go("/moderation")
    case = moderator.page.get_by_role("button", name=track["title"])
    await case.wait_for()
    await mod_reader.looks("the queue")
    await moderator.page.locator("main").focus()
    for _ in range(await place_of(case)):
        await moderator.page.keyboard.press("j")
    assert await case.evaluate("button => button === document.activeElement")
    await moderator.page.keyboard.press("c")
    await moderator.page.get_by_text("It is yours to decide").wait_for()
    await moderator.go("/moderation?show=claimed")
    await case.press("Enter")
    await moderator.page.get_by_text("This is a song of ours.").wait_for()
    await mod_reader.looks("a case")
    await moderator.page.get_by_label("What is done").select_option("take_down")
    await moderator.page.get_by_label("What you found").fill("The song was out elsewhere before.")
    await moderator.button("Decide and tell both sides").press("Enter")
    await moderator.page.get_by_text("Decided. Both sides are told.").wait_for()

    def told() -> list[str]:
        return [mail["kind"] for mail in site.mails("guest-safety@example.org")]

    with site.working():
        assert await asyncio.to_thread(soon, lambda: told() == ["report_received", "report_decided"])

    guest.expect_trouble("404.*tracks|status of 404")
    await guest.go(f"/tracks/{track['id']}")
    await (
        guest.page.get_by_text("Nothing is here")
        .or_(guest.page.get_by_role("heading", level=1))
        .first.wait_for()
    )
    assert await guest.page.get_by_text(track["title"], exact=True).count() == 0

    owner = await visit(PHONE, before=AXE)
    owner_reader = Reader(owner)
    await owner.sign_in_as(band)
    await owner.go("/settings")
    await owner.page.get_by_text("The song was out elsewhere before.").wait_for()
    await owner.button(f"Appeal the decision about “{track['title']}”").press("Enter")
    await owner.page.get_by_label("Why is it wrong?").fill("We wrote it.")
    await owner_reader.looks("an appeal")
    await owner.button("Send the appeal").press("Enter")
    await owner.page.get_by_text("Another moderator is going to look at it").wait_for()
    assert reader.found + mod_reader.found + owner_reader.found == []


async def test_hiding_muting_and_blocking_and_the_way_back(visit: Visit, site: Site):
    band, listener = site.person("Unwanted"), site.person("Listener")
    track = band.track(wav(2.0), "Too loud.wav", publish="true")
    slug = band.client.get(f"/artists/{band.artist_id}").json()["slug"]
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(listener)
    await visitor.go(f"/tracks/{track['id']}")
    await choose(visitor, f"More for {track['title']}", "Hide it for me")
    await visitor.page.get_by_text("You hid this").wait_for()
    await reader.looks("a hidden track")
    await visitor.go("/settings")
    await visitor.button(f"Show it again: {track['title']}").press("Enter")
    await visitor.page.get_by_text("is in your lists again").wait_for()

    await visitor.go(f"/artists/{slug}")
    name = "Unwanted and the Tides"
    await choose(visitor, f"More for {name}", f"Mute {name}")
    await visitor.page.get_by_text("You muted this").wait_for()
    await choose(visitor, f"More for {name}", f"Block {name}")
    await visitor.page.get_by_text("neither of you finds the other").wait_for()
    await visitor.go("/")
    assert await visitor.page.get_by_text(track["title"], exact=True).count() == 0
    visitor.expect_trouble("404.*artists|status of 404")
    await visitor.go(f"/artists/{slug}")
    await visitor.page.get_by_role("heading", name=name).wait_for(state="detached")
    await visitor.go("/settings")
    await visitor.button(f"Unblock: {name}").wait_for()
    await reader.looks("blocked and hidden")
    await visitor.button(f"Unblock: {name}").press("Enter")
    await visitor.page.get_by_text("is not blocked any more").wait_for()
    await visitor.go(f"/artists/{slug}")
    await visitor.page.get_by_role("heading", name=name).wait_for()
    assert reader.found == []

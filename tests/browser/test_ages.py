"""The question for somebody's age, on a phone: who gets in, who does not, and what holds for a minor."""

import asyncio

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PASSWORD, PHONE, Visitor
from tests.support.server import Site

pytestmark = pytest.mark.anyio


def born(site: Site, age: int) -> str:
    return f"{site.clock().year - age - 1}-12"


async def fill(visitor: Visitor, name: str, month: str) -> None:
    await visitor.go("/sign-up")
    await visitor.page.get_by_label("Your name").fill(name)
    await visitor.page.get_by_label("Email").fill(f"{name.lower()}@example.org")
    await visitor.page.get_by_label("Password").fill(PASSWORD)
    await visitor.say_when_born(month)
    await visitor.button("Join").click()


async def test_a_child_is_told_so_kindly_and_another_year_does_not_help(visit: Visit, site: Site):
    child = await visit(PHONE, before=AXE)
    child.expect_trouble(r"403.*accounts|accounts.*403")
    reader = Reader(child)
    await child.go("/sign-up")
    group = child.page.get_by_role("group", name="When were you born?")
    # Neutral: nothing says which answer is wanted.
    assert "16" not in await child.page.locator("main").inner_text()
    assert await group.get_by_label("Month").input_value() == ""
    await reader.looks("the question")
    await fill(child, "Kleo", born(site, 11))
    await child.standing("Not yet")
    await reader.looks("the refusal")
    assert await child.page.evaluate("document.activeElement.innerText.startsWith('You can’t have')")
    await fill(child, "Kleo", "1988-03")
    await child.standing("Not yet")
    await child.link("Hear what is new in town").click()
    await child.standing("New in town")
    there = await asyncio.to_thread(
        site.sql, "SELECT FROM accounts.account WHERE email_normalised = 'kleo@example.org'"
    )
    assert there == []
    assert reader.found == []


async def test_a_minor_gets_in_and_reads_why_nobody_finds_them(visit: Visit, site: Site):
    minor = await visit(PHONE, before=AXE)
    reader = Reader(minor)
    await fill(minor, "Pip", born(site, 16))
    await minor.standing("How do you go out?")
    await minor.go("/settings")
    follow = minor.page.get_by_role("switch", name="People may follow you")
    await follow.wait_for()
    assert not await follow.is_checked() and await follow.get_attribute("aria-disabled") == "true"
    await minor.page.get_by_text("when you are 18 for certain", exact=False).wait_for()
    await follow.focus()
    await minor.page.keyboard.press("Space")
    assert not await follow.is_checked()
    history = minor.page.get_by_role("switch", name="Keep a listening history")
    assert not await history.is_checked()
    await reader.looks("a minor's settings")
    assert reader.found == []

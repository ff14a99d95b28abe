"""A person's data in the page: taken along, and left behind for good; and the way back."""

import asyncio

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE, Visitor
from tests.support.server import PASSWORD, Person, Site

pytestmark = pytest.mark.anyio


async def link_in(site: Site, person: Person, kind: str) -> str:
    """The address in their last mail of that kind."""
    mails = await asyncio.to_thread(site.mails, person.email)
    mail = [mail for mail in mails if mail["kind"] == kind][-1]
    return next(word for word in mail["body"].split() if word.startswith(site.address))


async def tab_to(visitor: Visitor, words: str) -> None:
    for _ in range(80):
        await visitor.page.keyboard.press("Tab")
        said = await visitor.page.evaluate("() => document.activeElement?.textContent?.trim() ?? ''")
        if said == words:
            return
    raise AssertionError(f"no way by Tab to {words!r}")


async def test_an_archive_is_made_and_fetched(visit: Visit, site: Site):
    mara = site.person("Maradata")
    person = await visit(PHONE, before=AXE)
    reader = Reader(person)
    await person.sign_in_as(mara)
    await person.go("/settings")
    await person.page.get_by_text("Everything that is kept about you").wait_for()
    await reader.looks("settings, nothing asked for")
    await tab_to(person, "Put my data together")
    await person.page.keyboard.press("Enter")
    await person.page.get_by_role("progressbar", name="Putting your data together").wait_for()
    await reader.looks("settings, an archive under way")
    with site.working():
        fetch = person.link("Fetch the archive")
        await fetch.wait_for(timeout=40_000)
    await reader.looks("settings, an archive ready")
    assert await person.button("Put my data together").count() == 0  # once a day
    async with person.page.expect_download() as coming:
        await fetch.click()
    assert (await coming.value).suggested_filename.endswith(".zip")

    by_mail = await visit(PHONE, before=AXE)
    mail_reader = Reader(by_mail)
    await by_mail.page.goto(await link_in(site, mara, "export_ready"))
    await by_mail.standing("Your data")
    await mail_reader.looks("an archive's page")
    async with by_mail.page.expect_download() as coming:
        await by_mail.link("Fetch the archive").click()
    assert (await coming.value).suggested_filename.endswith(".zip")
    await by_mail.page.goto("/")
    await by_mail.page.goto("/your-data#1.x/0190a0a0-0000-7000-8000-000000000000")
    await by_mail.standing("This link is over")
    await mail_reader.looks("an archive's page, over")
    assert reader.found + mail_reader.found == []


async def test_leaving_and_coming_back_by_keys_alone(visit: Visit, site: Site):
    mara = site.person("Maraleaves")
    person = await visit(PHONE, before=AXE)
    reader = Reader(person)
    await person.sign_in_as(mara)
    await person.go("/settings")
    await tab_to(person, "Erase my account")
    await person.page.keyboard.press("Enter")
    await person.page.get_by_text("It stays, with its music, until somebody claims it").wait_for()
    await reader.looks("settings, leaving")
    leaving = person.page.locator("form", has=person.button("Keep it"))
    password = leaving.get_by_label("Your password")
    await password.focus()
    person.expect_trouble("422.*erasure|status of 422")
    await person.page.keyboard.type("four words of theirs")
    await person.page.keyboard.press("Enter")
    await person.page.get_by_text("This is not your current password").wait_for()
    await password.fill(PASSWORD)
    await person.page.keyboard.press("Enter")
    await person.page.get_by_text("You are signed out. Your account is erased on").wait_for()

    await person.go("/sign-in")
    await person.page.get_by_label("Email").fill(mara.email)
    await person.page.get_by_label("Password").fill(PASSWORD)
    person.expect_trouble("403.*sessions|status of 403")
    await person.page.keyboard.press("Enter")
    await person.standing("Keep your account")
    await reader.looks("the way back, by password")
    await person.page.get_by_label("Email").fill(mara.email)
    await person.page.get_by_label("Password").fill(PASSWORD)
    await person.page.keyboard.press("Enter")
    await person.page.get_by_text("Welcome back. Your account stays").wait_for()
    assert reader.found == []


async def test_the_mails_link_is_a_way_back_once(visit: Visit, site: Site):
    mara = site.person("Maraback")
    mara.client.post("/me/erasure", json={"password": PASSWORD}).raise_for_status()
    link = await link_in(site, mara, "erasure_asked")
    for turn in ("first", "second"):
        person = await visit(PHONE, before=AXE)
        reader = Reader(person)
        await person.page.goto(link)
        await person.standing("Keep your account")
        await reader.looks("the way back, by link")
        await tab_to(person, "Keep my account")
        if turn == "second":
            person.expect_trouble("404.*keep|status of 404")
        await person.page.keyboard.press("Enter")
        await person.standing("Your account stays" if turn == "first" else "This link is not valid any more")
        await reader.looks(f"the way back, {turn} use")
        assert reader.found == []

"""A guest in the page: asking for mail, saying yes, ending it, and seeing what is kept."""

import asyncio

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE
from tests.support.server import Site

pytestmark = pytest.mark.anyio


async def link_in(site: Site, address: str, kind: str, page: str) -> str:
    mails = await asyncio.to_thread(site.mails, address)
    mail = [mail for mail in mails if mail["kind"] == kind][-1]
    return next(word for word in mail["body"].split() if f"{page}#" in word)


async def test_a_guest_hears_by_mail_and_ends_it(visit: Visit, site: Site):
    mara = site.person("Maramail")
    slug = mara.client.get(f"/artists/{mara.artist_id}").json()["slug"]
    address = "guest-page@example.org"
    guest = await visit(PHONE, before=AXE)
    reader = Reader(guest)
    await guest.go(f"/artists/{slug}")
    field = guest.page.get_by_label("Email")
    await field.fill("somebody@nowhere")  # in order for the browser, not for us
    guest.expect_trouble("422.*mail|status of 422")
    await field.press("Enter")
    await guest.page.get_by_text("This is not an email address").wait_for()
    await field.fill(address)
    await reader.looks("an artist's page, signed out")
    await field.press("Enter")
    await guest.page.get_by_text(f"If we may write to {address}").wait_for()

    link = await link_in(site, address, "guest_confirm", "/guest")
    await guest.page.goto(link)
    await guest.standing("Mail when something comes out")
    await reader.looks("a guest says yes")
    await guest.button("Yes, write to me").focus()
    await guest.page.keyboard.press("Enter")
    await guest.standing("We write to you when Maramail and the Tides put something out")
    await guest.page.goto("/")
    await guest.page.goto(link)
    guest.expect_trouble("404.*guests|status of 404")
    await guest.button("Yes, write to me").click()
    await guest.standing("This link is not valid any more")
    await reader.looks("a guest's link, used")

    await guest.go("/guest-data")
    await guest.page.get_by_label("Email").fill(address)
    await reader.looks("what is kept, asked")
    await guest.page.keyboard.press("Enter")
    await guest.page.get_by_text("a mail with the link is on its way").wait_for()
    await guest.page.goto("/")
    await guest.page.goto(await link_in(site, address, "guest_data", "/guest-data"))
    await guest.page.get_by_text("Maramail and the Tides").wait_for()
    await reader.looks("what is kept")
    await guest.button("Erase all of it").click()
    await guest.standing("All of it is gone")
    assert await asyncio.to_thread(site.mails, address) == []
    assert reader.found == []


async def test_a_mails_last_line_leads_to_a_choice(visit: Visit, site: Site):
    mara = site.person("Maraend")
    desk = site.app.state.guest_desk
    rows = await asyncio.to_thread(
        site.sql,
        """WITH guest AS (INSERT INTO accounts.guest (address, address_key, created_at)
                          VALUES ('end@example.org', 'end@example.org', now()) RETURNING id)
           INSERT INTO accounts.guest_follow (party_id, guest_id, since)
           SELECT p.id, guest.id, now() FROM guest, accounts.party p WHERE p.id = $1::text::uuid
           RETURNING guest_id, party_id""",
        mara.artist_id,
    )
    guest = await visit(PHONE, before=AXE)
    reader = Reader(guest)
    await guest.page.goto(f"/unsubscribe#{desk.token(rows[0]['guest_id'], rows[0]['party_id'])}")
    await guest.standing("No more mail?")
    await reader.looks("ending mail")
    await guest.button("No mail from this scene at all").focus()
    await guest.page.keyboard.press("Enter")
    await guest.standing("You get no more mail from here")
    await reader.looks("mail ended")
    left = await asyncio.to_thread(site.sql, "SELECT FROM accounts.guest WHERE address = 'end@example.org'")
    assert left == []
    assert reader.found == []

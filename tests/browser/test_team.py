"""A profile's team in the page: an owner makes a link, somebody joins by it, roles change, one goes."""

import asyncio
import re

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.visitor import PHONE, Size, Visitor
from tests.support.server import Site

pytestmark = pytest.mark.anyio


async def make_link(owner: Visitor, role: str) -> str:
    await owner.page.get_by_label("As", exact=True).select_option(role)
    await owner.button("Make a link").click()
    field = owner.page.get_by_label("Link for one", exact=False)
    await field.wait_for()
    return await field.input_value()


@SIZES
async def test_a_link_brings_somebody_in_and_roles_change(size: Size, visit: Visit, site: Site):
    mara = site.person(f"Mara{size[0]}")
    band = f"Mara{size[0]} and the Tides"
    owner = await visit(size, before=AXE)
    reader = Reader(owner)
    await owner.sign_in_as(mara)
    await owner.go("/studio?view=artists")
    await owner.page.get_by_role("link", name=f"Team of {band}").click()
    await owner.standing(f"Team of {band}")
    link = await make_link(owner, "manager")
    await reader.looks("team, a new link")

    guest = await visit(size, before=AXE)
    guest_reader = Reader(guest)
    await guest.page.goto(link)
    await guest.standing(f"Join {band}")
    assert "#" not in guest.page.url  # the secret is out of sight
    await guest_reader.looks("an offer, signed out")
    await guest.link("New here: make an account").click()
    await guest.page.get_by_label("Your name").fill("Ivo")
    await guest.page.get_by_label("Email").fill(f"ivo-{size[0]}@example.org")
    await guest.page.get_by_label("Password").fill("four words of yours")
    await guest.say_when_born()
    await guest.button("Join").click()
    await guest.standing(f"Join {band}")
    await guest_reader.looks("an offer, signed in")
    await guest.button("Join").click()
    await guest.page.get_by_text(f"You belong to {band} now").wait_for()

    # Once is once.
    late = await visit(size)
    late.expect_trouble("404.*invitations|status of 404")
    await late.page.goto(link)
    await late.page.get_by_role("heading", name="This invitation is over").wait_for()

    await owner.page.reload()
    await owner.page.get_by_label("Role of Ivo").select_option("door")
    await owner.page.get_by_text("Ivo is Door now").wait_for()
    await reader.looks("team of two")
    await guest.go(f"/studio/team/{mara.artist_id}")
    await guest.standing(f"Team of {band}")
    assert await guest.button("Make a link").count() == 0
    await guest.button(f"Leave {band}").click()
    await guest.button("Leave").click()
    await guest.page.get_by_text(f"You have left {band}").wait_for()

    owner.expect_trouble("409.*profiles|status of 409")
    await owner.button(f"Leave {band}").click()
    await owner.button("Leave").click()
    await owner.page.get_by_role("alert").filter(has_text="keeps at least one owner").wait_for()
    assert reader.found + guest_reader.found == []


async def test_by_keys_alone_a_link_is_made_and_taken_back(visit: Visit, site: Site):
    mara = site.person("Marakeys")
    owner = await visit(PHONE)
    await owner.sign_in_as(mara)
    await owner.go(f"/studio/team/{mara.artist_id}")
    await owner.standing("Team of Marakeys and the Tides")
    keys = owner.page.keyboard
    await owner.page.get_by_label("As", exact=True).focus()
    await keys.press("Tab")
    await keys.press("Enter")
    field = owner.page.get_by_label("Link for one member")
    await field.wait_for()
    assert await field.evaluate("(one) => one === document.activeElement")
    link = await field.input_value()
    for _ in range(2):
        await keys.press("Tab")
    focused = await owner.page.evaluate("() => document.activeElement?.getAttribute('aria-label')")
    assert focused == "Take back the invitation for a member"
    await keys.press("Enter")
    await owner.page.get_by_text("That link leads nowhere now").wait_for()
    await field.wait_for(state="detached")
    guest = await visit(PHONE)
    guest.expect_trouble("404.*invitations|status of 404")
    await guest.page.goto(link)
    await guest.page.get_by_role("heading", name="This invitation is over").wait_for()


async def test_a_strangers_way_to_a_team_leads_nowhere(visit: Visit, site: Site):
    mara, ivo = site.person("Marafar"), site.person("Ivofar")
    stranger = await visit(PHONE)
    await stranger.sign_in_as(ivo)
    await stranger.go(f"/studio/team/{mara.artist_id}")
    await stranger.standing("Nothing is here")
    assert not re.search("Marafar", await stranger.page.locator("main").inner_text())


async def test_somebody_who_is_leaving_is_not_named(visit: Visit, site: Site):
    mara, ivo = site.person("Maraleft"), site.person("Ivoleaves")
    await asyncio.to_thread(
        site.sql,
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           VALUES ($1::uuid, $2::uuid, 'manager', 'artist')""",
        mara.artist_id,
        ivo.id,
    )
    made = ivo.client.post(f"/profiles/{mara.artist_id}/invitations", json={"role": "door"})
    link = made.json()["link"]
    ivo.client.post("/me/erasure", json={"password": "four words of yours"}).raise_for_status()
    owner = await visit(PHONE, before=AXE)
    reader = Reader(owner)
    await owner.sign_in_as(mara)
    await owner.go(f"/studio/team/{mara.artist_id}")
    await owner.page.get_by_label("Role of Somebody who is leaving").wait_for()
    assert await owner.page.get_by_text("Door, by").count() == 0  # their invitations ended
    assert await owner.page.get_by_text("Ivoleaves").count() == 0
    await reader.looks("a team that somebody leaves")
    guest = await visit(PHONE, before=AXE)
    guest.expect_trouble("40[14].*invitation|status of 40[14]")
    await guest.page.goto(link)
    await guest.standing("This invitation is over")
    assert await guest.page.get_by_text("Ivoleaves").count() == 0
    assert reader.found == []

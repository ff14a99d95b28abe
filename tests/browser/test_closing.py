"""A profile handed on, closed and taken back, in the page."""

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE
from tests.support.music import wav
from tests.support.server import Site

pytestmark = pytest.mark.anyio


async def test_by_keys_alone_a_profile_is_closed_by_its_name_and_taken_back(visit: Visit, site: Site):
    mara = site.person("Maraclosing")
    band = "Maraclosing and the Tides"
    mara.track(wav(1), title="Ebb", publish="true")
    owner = await visit(PHONE, before=AXE)
    reader = Reader(owner)
    await owner.sign_in_as(mara)
    await owner.go(f"/studio/team/{mara.artist_id}")
    await owner.standing(f"Team of {band}")
    keys = owner.page.keyboard
    await owner.button("What would go").focus()
    await keys.press("Enter")
    field = owner.page.get_by_label(f"Type {band} to close it")
    await field.wait_for()
    await owner.page.get_by_text("1 track, drafts too").wait_for()
    assert await field.evaluate("(one) => one === document.activeElement")
    await reader.looks("what would go")
    owner.expect_trouble("422.*closing|status of 422")
    await keys.type("Something else")
    await keys.press("Enter")
    await owner.page.get_by_text("That is not the profile's name").wait_for()
    await field.fill(band)
    await keys.press("Enter")
    await owner.standing("Studio")
    await owner.page.get_by_text(f"{band} is closed").wait_for()
    guest = await visit(PHONE)
    guest.expect_trouble("404")
    await guest.page.goto(f"/artists/{mara.artist_id}")
    await guest.standing("Nothing is here")
    await reader.looks("closed, in the studio")
    await owner.button(f"Take it back: {band}").focus()
    await keys.press("Enter")
    await owner.page.get_by_text(f"{band} is back, with everything").wait_for()
    await owner.page.get_by_role("list", name="Artists").get_by_role("link", name=band, exact=True).wait_for()
    assert reader.found == []


async def test_an_owner_hands_the_profile_on_and_stays_as_something_else(visit: Visit, site: Site):
    mara, ivo = site.person("Marahands"), site.person("Ivohands")
    band = "Marahands and the Tides"
    link = mara.client.post(f"/profiles/{mara.artist_id}/invitations", json={"role": "member"}).json()
    joined = ivo.client.post("/invitations/accept", json={"token": link["token"]})
    assert joined.status_code == 200, joined.text
    owner = await visit(PHONE, before=AXE)
    reader = Reader(owner)
    await owner.sign_in_as(mara)
    await owner.go(f"/studio/team/{mara.artist_id}")
    await owner.page.get_by_label("You stay as").select_option("booker")
    await owner.button("Hand it on").click()
    sure = owner.button(f"Hand {band} to Ivohands")
    await sure.wait_for()
    assert await sure.evaluate("(one) => one === document.activeElement")
    await reader.looks("handing on")
    await sure.click()
    await owner.page.get_by_text(f"{band} is Ivohands’s now").wait_for()
    await owner.page.get_by_text("Booker", exact=True).wait_for()
    assert await owner.button("Hand it on").count() == 0
    assert await owner.button("What would go").count() == 0
    members = ivo.client.get(f"/profiles/{mara.artist_id}/members").json()["items"]
    roles = {one["name"]: one["role"] for one in members}
    assert roles == {"Marahands": "booker", "Ivohands": "owner"}
    assert reader.found == []

"""Acting as one of one's profiles: chosen in the account's menu, shown in the frame; the studio opens on it."""

import asyncio
from uuid import UUID

import pytest
from playwright.async_api import Locator
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.visitor import PHONE, Size, Visitor
from tests.support.music import wav
from tests.support.server import Person, Site

pytestmark = pytest.mark.anyio


def with_profiles(site: Site, name: str) -> Person:
    """Somebody with two artists, a draft of each, and a room."""
    person = site.person(name)
    person.track(wav(1), "Ebb.wav", title="Ebb")
    client = person.client
    solo = client.post("/artists", json={"name": f"{name} alone", "city": "Rust Harbour"}).json()
    sent = client.post(
        "/tracks",
        data={"artist_id": solo["id"], "title": "Solitude"},
        files={"file": ("s.wav", wav(1, seed=2))},
    )
    assert sent.status_code == 201, sent.text
    room = client.post("/venues", json={"name": f"{name}s cellar", "city": "Rust Harbour"})
    assert room.status_code == 201, room.text
    return person


def account_button(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("navigation", name="Main").locator("button[aria-haspopup=menu]")


async def drafts(visitor: Visitor) -> list[str]:
    listed = visitor.page.get_by_role("list", name="Drafts")
    return await listed.locator("a[href^='/tracks/']").all_inner_texts()


async def act_as(visitor: Visitor, name: str) -> None:
    await account_button(visitor).click()
    await visitor.page.get_by_role("menuitemradio", name=name).click()
    who = "yourself" if name == "Yourself" else name
    await visitor.page.get_by_text(f"You act as {who} now").wait_for()


@SIZES
async def test_the_studio_is_of_the_profile_one_acts_as(size: Size, visit: Visit, site: Site):
    name = f"Mara{size[0]}"
    mara = with_profiles(site, name)
    visitor = await visit(size, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(mara)
    await visitor.go("/studio")
    await visitor.link("Ebb").wait_for()
    assert await drafts(visitor) == ["Solitude", "Ebb"]
    await account_button(visitor).click()
    await visitor.page.get_by_role("group", name="Act as").wait_for()
    await reader.looks("the menu")
    await visitor.page.keyboard.press("Escape")

    await act_as(visitor, f"{name} alone")
    await visitor.link("Ebb").wait_for(state="detached")
    await visitor.link("Solitude").wait_for()
    assert await drafts(visitor) == ["Solitude"]
    assert await visitor.page.get_by_label("Upload as").input_value() != mara.artist_id
    assert await account_button(visitor).inner_text() == f"{name} alone"
    label = await account_button(visitor).get_attribute("aria-label")
    assert label == f"{name} alone, as which {name} acts"
    await reader.looks("acting as an artist")

    # On this device it holds: after a reload, and in another tab.
    await visitor.page.reload()
    await visitor.link("Solitude").wait_for()
    assert await drafts(visitor) == ["Solitude"]
    assert await account_button(visitor).inner_text() == f"{name} alone"
    await visitor.page.get_by_role("tab", name="Releases").click()
    await visitor.button("New release").click()
    await visitor.page.get_by_label("Title").fill("Alone")
    await visitor.button("Make the release").click()
    await visitor.page.get_by_role("list", name=f"Releases of {name} alone").wait_for()

    await act_as(visitor, f"{name}s cellar")
    await visitor.button(f"Edit {name}s cellar").wait_for()
    assert await visitor.page.get_by_role("region", name="Upload").count() == 0
    await reader.looks("acting as a venue")
    await visitor.button("Act as yourself").click()
    await visitor.page.get_by_text("You act as yourself now").wait_for()
    await visitor.page.get_by_role("region", name="Upload").wait_for()
    assert await account_button(visitor).inner_text() == "You"
    assert reader.found == []


async def test_by_keys_alone_one_acts_as_another(visit: Visit, site: Site):
    mara = with_profiles(site, "Marakeyed")
    visitor = await visit(PHONE)
    await visitor.sign_in_as(mara)
    await visitor.go("/studio")
    await visitor.link("Ebb").wait_for()
    keys = visitor.page.keyboard

    async def focused() -> list[str | None]:
        return await visitor.page.evaluate(
            """() => { const one = document.activeElement;
                 return [one.getAttribute("role"), one.getAttribute("aria-checked"), one.textContent]; }"""
        )

    await account_button(visitor).focus()
    await keys.press("Enter")
    first = visitor.page.get_by_role("menuitemradio", name="Yourself")
    await first.wait_for()
    await visitor.page.wait_for_function("() => document.activeElement?.role === 'menuitemradio'")
    assert await focused() == ["menuitemradio", "true", "Yourself"]
    await keys.type("Marakeyed al")
    assert await focused() == ["menuitemradio", "false", "Marakeyed aloneArtist"]
    await keys.press("Enter")
    await visitor.page.get_by_text("You act as Marakeyed alone now").wait_for()
    await visitor.link("Ebb").wait_for(state="detached")
    has_focus = await account_button(visitor).evaluate("(one) => one === document.activeElement")
    assert has_focus


async def test_who_signs_out_or_loses_a_profile_acts_as_it_no_longer(visit: Visit, site: Site):
    mara, ivo = with_profiles(site, "Maralost"), site.person("Ivolost")
    visitor = await visit(PHONE)
    await visitor.sign_in_as(mara)
    await visitor.go("/studio")
    await act_as(visitor, "Maralost alone")
    solo = mara.client.get("/artists/maralost-alone").json()["id"]
    await asyncio.to_thread(
        site.sql,
        """INSERT INTO accounts.membership (party_id, party_kind, account_id, role)
           VALUES ($1, 'artist', $2, 'owner')""",
        UUID(solo),
        UUID(ivo.id),
    )
    await asyncio.to_thread(
        site.sql,
        "DELETE FROM accounts.membership WHERE party_id = $1 AND account_id = $2",
        UUID(solo),
        UUID(mara.id),
    )
    await visitor.go("/studio")
    await visitor.link("Ebb").wait_for()
    assert await account_button(visitor).inner_text() == "You"

    await act_as(visitor, "Maralosts cellar")
    await account_button(visitor).click()
    await visitor.page.get_by_role("menuitem", name="Sign out").click()
    await visitor.page.get_by_role("link", name="Sign in").first.wait_for()
    assert await visitor.page.evaluate("() => localStorage.getItem('basedmusic.acting')") is None

"""Following rooms and crews, finding them in the library, and keeping them away: by keys, on a phone."""

import asyncio
from typing import Any

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.test_safety import choose
from tests.browser.visitor import PHONE, Visitor
from tests.support.server import Person, Site

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, dict[str, Any]]:
    """A room and a crew."""
    host = site.person("Hostess")
    venue = host.client.post("/venues", json={"name": "The Annex", "city": "Rust Harbour"}).json()
    crew = {"name": "Night Shift", "city": "Rust Harbour", "type": "collective"}
    return {"venue": venue, "organiser": host.client.post("/organisers", json=crew).json()}


async def follow(visitor: Visitor, name: str) -> None:
    await visitor.button(f"Follow {name}").press("Enter")
    await visitor.button(f"Following {name}. Stop").wait_for()
    await visitor.page.get_by_text(f"You follow {name}").wait_for()


async def soon_follows(visitor: Visitor, person: Person, names: list[str]) -> None:
    """The server knows, too: the page shows a press before it has been answered."""
    told: list[str] = []
    for _ in range(50):
        answer = await asyncio.to_thread(person.client.get, "/me/following")
        told = [one["name"] for one in answer.json()["items"]]
        if told == names:
            return
        await visitor.page.wait_for_timeout(100)
    raise AssertionError(told)


async def test_rooms_and_crews_are_followed_found_by_kind_and_let_go(
    visit: Visit, site: Site, places: dict[str, dict[str, Any]]
):
    person = await asyncio.to_thread(site.person, "Regular")
    fan = await visit(PHONE, before=AXE)
    reader = Reader(fan)
    await fan.sign_in_as(person)
    await fan.go("/library?show=following")
    await fan.page.get_by_role("heading", name="You follow nobody yet").wait_for()
    await reader.looks("following nobody")

    await fan.go(f"/venues/{places['venue']['slug']}")
    await follow(fan, "The Annex")
    await reader.looks("a followed venue")
    await fan.go(f"/organisers/{places['organiser']['slug']}")
    await follow(fan, "Night Shift")
    await soon_follows(fan, person, ["Night Shift", "The Annex"])

    await fan.go("/library?show=following")
    await fan.link("Night Shift").wait_for()
    await fan.link("The Annex").wait_for()
    await reader.looks("following two")
    # One of a few, by arrows.
    await fan.page.get_by_role("radio", name="Everybody").focus()
    for _ in range(2):
        await fan.page.keyboard.press("ArrowDown")
    await fan.page.wait_for_url("**/library?*kind=venue*")
    await fan.link("Night Shift").wait_for(state="detached")
    await fan.link("The Annex").wait_for()
    await fan.page.reload()
    await fan.link("The Annex").wait_for()
    assert await fan.page.get_by_role("radio", name="Venues").is_checked()

    await fan.button("Following The Annex. Stop").press("Enter")
    await fan.page.get_by_role("heading", name="You follow no venue yet").wait_for()
    await reader.looks("following no venue")
    await fan.button("Undo").last.press("Enter")
    await fan.link("The Annex").wait_for()
    await soon_follows(fan, person, ["The Annex", "Night Shift"])
    await fan.page.get_by_role("radio", name="People").check()
    await fan.page.get_by_role("heading", name="You follow no person yet").wait_for()
    await fan.link("The Annex").wait_for(state="detached")
    assert reader.found == []


async def test_the_keyboard_stays_in_the_list_when_a_row_goes(
    visit: Visit, site: Site, places: dict[str, dict[str, Any]]
):
    person = await asyncio.to_thread(site.person, "Keyed")
    for one in places.values():
        await asyncio.to_thread(person.client.put, f"/me/following/{one['id']}")
    fan = await visit(PHONE)
    await fan.sign_in_as(person)
    await fan.go("/library?show=following")
    await fan.button("Following Night Shift. Stop").press("Enter")
    await fan.link("Night Shift").wait_for(state="detached")
    await fan.page.keyboard.press("Tab")
    assert await fan.link("The Annex").evaluate("link => link === document.activeElement")


async def test_a_guest_who_signs_in_follows_the_room_they_pressed(
    visit: Visit, site: Site, places: dict[str, dict[str, Any]]
):
    person = await asyncio.to_thread(site.person, "Latecomer")
    guest = await visit(PHONE)
    await guest.go(f"/venues/{places['venue']['slug']}")
    await guest.button("Follow The Annex").press("Enter")
    await guest.standing("Sign in")
    await guest.page.get_by_text("Sign in, and you follow them.").wait_for()
    await guest.page.get_by_label("Email").fill(person.email)
    await guest.page.get_by_label("Password").fill("four words of yours")
    await guest.page.get_by_role("main").get_by_role("button", name="Sign in").press("Enter")
    await guest.standing("The Annex")
    await guest.button("Following The Annex. Stop").wait_for()
    await soon_follows(guest, person, ["The Annex"])


@pytest.mark.parametrize("kind", ["venue", "organiser"])
async def test_pages_of_rooms_and_crews_can_be_reported_hidden_muted_and_blocked(
    visit: Visit, site: Site, places: dict[str, dict[str, Any]], kind: str
):
    one = places[kind]
    path, name = f"/{kind}s/{one['slug']}", one["name"]
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.go(path)
    await choose(visitor, f"More for {name}", "Report…")
    dialog = visitor.page.get_by_role("dialog")
    await dialog.get_by_label("It pretends to be somebody else").check()
    await dialog.get_by_label("In your words").fill("This is not their room.")
    await dialog.get_by_label("Your email address").fill(f"guest-{kind}@example.org")
    await reader.looks("a report of a place")
    await dialog.get_by_role("button", name="Send the report").press("Enter")
    await dialog.get_by_text("The number of your report is").wait_for()
    assert len(await asyncio.to_thread(site.mails, f"guest-{kind}@example.org")) == 1
    kinds = await asyncio.to_thread(
        site.sql, "SELECT subject_kind FROM accounts.moderation_case WHERE subject_id = $1::uuid", one["id"]
    )
    assert [row[0] for row in kinds] == [kind]

    person = await asyncio.to_thread(site.person, f"Tired{kind}")
    await visitor.sign_in_as(person)
    await visitor.go(path)
    await choose(visitor, f"More for {name}", "Hide it for me")
    await visitor.page.get_by_text("You hid this").wait_for()
    await visitor.button("Show it again").press("Enter")
    await visitor.page.get_by_text("You hid this").wait_for(state="detached")
    await choose(visitor, f"More for {name}", f"Mute {name}")
    await visitor.page.get_by_text("You muted this").wait_for()
    await reader.looks("a muted place")
    await choose(visitor, f"More for {name}", f"Block {name}")
    await visitor.page.get_by_text("neither of you finds the other").wait_for()
    visitor.expect_trouble(f"404.*{kind}s|status of 404")
    await visitor.go(path)
    await visitor.page.get_by_role("heading", name=name).wait_for(state="detached")
    assert reader.found == []


async def test_a_person_is_followed_reported_and_blocked_where_one_meets_them(visit: Visit, site: Site):
    mara, ivo = site.person("Marateams"), site.person("Ivoteams")
    await asyncio.to_thread(
        site.sql,
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           VALUES ($1::uuid, $2::uuid, 'member', 'artist')""",
        mara.artist_id,
        ivo.id,
    )
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(mara)
    await visitor.go(f"/studio/team/{mara.artist_id}")
    await visitor.button("More for Ivoteams").wait_for()
    assert await visitor.button("Follow Ivoteams").count() == 0  # not before he lets others
    ivo.client.patch("/me/preferences", json={"followable": True}).raise_for_status()
    await visitor.page.reload()
    await follow(visitor, "Ivoteams")
    await reader.looks("a team of two")
    await visitor.go("/library?show=following&kind=person")
    await visitor.page.get_by_role("list", name="Following").get_by_text("Ivoteams").wait_for()
    await reader.looks("following a person")
    await visitor.go(f"/studio/team/{mara.artist_id}")
    await choose(visitor, "More for Ivoteams", "Report…")
    dialog = visitor.page.get_by_role("dialog")
    await dialog.get_by_label("Threats, or somebody is hunted").press("Space")
    await dialog.get_by_role("button", name="Send the report").press("Enter")
    await dialog.get_by_text("The number of your report is").wait_for()
    await dialog.get_by_role("button", name="Close").last.press("Enter")
    await choose(visitor, "More for Ivoteams", "Block Ivoteams")
    await visitor.page.get_by_text("neither of you finds the other").wait_for()
    await visitor.go("/library?show=following&kind=person")
    await visitor.page.get_by_role("heading", name="You follow no person yet").wait_for()
    assert reader.found == []

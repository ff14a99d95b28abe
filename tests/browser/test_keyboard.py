"""The whole way without a pointer: every press goes to what has the focus, and something always has it.

Beside it, what a screen reader gets to know at each step: names, roles, states, and what is said by itself.
"""

import re
from pathlib import Path

import anyio
import pytest
from playwright.async_api import Route
from tests.browser.conftest import Record, Visit
from tests.browser.keyboard import LISTEN, Keyboard
from tests.browser.visitor import DESKTOP, Visitor
from tests.support.music import wav
from tests.support.server import PASSWORD, Site, soon

pytestmark = pytest.mark.anyio


async def test_the_whole_way_without_a_pointer_and_by_ear(visit: Visit, tmp_path: Path):
    visitor = await visit(DESKTOP, before=LISTEN)
    keys = Keyboard(visitor)
    await _signs_up(visitor, keys)
    await _becomes_an_artist(keys)
    titles = await _uploads(visitor, keys, tmp_path)
    await _plays_and_sees_the_queue(visitor, keys, titles[0])
    last = await _publishes(keys, titles)
    await _takes_a_deletion_back(visitor, keys, last)
    await _makes_a_release(keys)


async def _signs_up(visitor: Visitor, keys: Keyboard) -> None:
    await visitor.go("/")
    await keys.press("Tab")
    await keys.reads("link", "Skip to the content")
    await keys.enter("Sign in", "A")
    await keys.is_at("Sign in")  # the heading: the focus follows a navigation
    await keys.reads("heading", "Sign in", level=1)
    await keys.enter("Join the scene", "A")
    await keys.is_at("Join the scene")
    await keys.types("Your name", "Wende")
    await keys.reads("textbox", "Your name", required=True)
    await keys.types("Email", "wende@example.org")
    await keys.types("Password", PASSWORD)
    await keys.tab_to("Month", "SELECT")
    await keys.press("ArrowDown", 5)
    await keys.types("Year", "1990")
    await keys.reads("textbox", "Year", required=True)
    await keys.press("Enter")
    await keys.is_at("How do you go out?")
    await keys.enter("Skip it all", "BUTTON")
    await keys.is_at("New in town")
    await keys.enter("Studio", "A")
    await keys.is_at("Studio")
    await keys.reads("heading", "Studio", level=1)


async def _becomes_an_artist(keys: Keyboard) -> None:
    await keys.enter("Make your artist page", "A")
    await keys.is_at("New artist")
    await keys.types("Name", "Wende")
    await keys.reads("textbox", "Name", required=True, invalid="false")
    await keys.types("City", "Rust Harbour")
    await keys.press("Tab")  # to the first genre
    await keys.press("Space")
    assert (await keys.read()).role == "checkbox"
    assert (await keys.read()).states["checked"] == "true"
    assert (await keys.finds("group", "Genres")).role == "group"
    await keys.enter("Make the page")
    await keys.is_at("Studio")


async def _uploads(visitor: Visitor, keys: Keyboard, tmp_path: Path) -> list[str]:
    """Three files at once; the titles, in the order they come to stand in."""
    files = [tmp_path / f"Song {number}.wav" for number in (1, 2, 3)]
    for seed, file in enumerate(files, 1):
        file.write_bytes(wav(20, rate=22_050, channels=1, seed=seed))
    goes_on = await _hold(visitor, "POST")
    await keys.tab_to("Choose files")
    await keys.reads("button", "Choose files")
    await keys.announced()
    async with visitor.page.expect_file_chooser() as choosing:
        await visitor.page.wait_for_timeout(100)  # until the driver listens for it
        await keys.press("Enter")
    await (await choosing.value).set_files(files)
    await visitor.page.get_by_role("progressbar", name="Upload of Song 3.wav").wait_for()
    assert (await keys.finds("progressbar", "Upload of Song 1.wav")).role == "progressbar"
    assert (await keys.finds("button", "Stop sending Song 3.wav")).role == "button"
    goes_on.set()
    for file in files:
        await visitor.button(f"Publish {file.stem}").wait_for()
    await keys.hears_said("3 uploads are done")
    said = await keys.announced()
    assert said[0] == "Sending 3 files"
    assert len(said) <= 6, said  # the whole way of three files, not each step of each
    assert (await keys.focused())[1] == "Choose files"
    found = visitor.page.get_by_role("button", name="Publish ")
    return await found.evaluate_all("(all) => all.map((one) => one.ariaLabel.replace('Publish ', ''))")


async def _plays_and_sees_the_queue(visitor: Visitor, keys: Keyboard, title: str) -> None:
    await keys.enter(f"Play {title} by Wende")
    await visitor.hears_it_going_on()
    await keys.is_at(f"Pause {title} by Wende")
    await keys.reads("button", f"Pause {title} by Wende")
    assert (await keys.finds("region", "Player")).role == "region"
    await keys.press("q")
    await visitor.page.get_by_role("complementary", name="Queue").wait_for()
    assert (await keys.finds("complementary", "Queue")).role == "complementary"
    await keys.press("q")
    await visitor.page.get_by_role("complementary", name="Queue").wait_for(state="detached")


async def _publishes(keys: Keyboard, titles: list[str]) -> str:
    """All of them, the last under another name, which is returned."""
    await keys.announced()
    await keys.enter(f"Publish {titles[1]}")
    await keys.is_at(f"Publish {titles[2]}")  # the next draft's own
    await keys.hears_said(f"{titles[1]} is out")
    await keys.press("ArrowUp")  # and from row to row
    await keys.is_at(f"Publish {titles[0]}")
    await keys.press("Enter")
    await keys.is_at(f"Publish {titles[2]}")
    await keys.hears_said(f"{titles[0]} is out")
    said = await keys.announced()
    assert [said.count(f"{title} is out") for title in titles[:2]] == [1, 1], said

    await keys.tab_to(f"Edit {titles[2]}")
    await keys.reads("button", f"Edit {titles[2]}", expanded=False)
    await keys.press("Enter")
    await keys.is_at("Title")
    await keys.reads("textbox", "Title", required=True)
    assert (await keys.finds("form", f"Edit {titles[2]}")).role == "form"
    await keys.press("End")
    await keys.page.keyboard.type(" again")
    await keys.press("Enter")
    renamed = f"{titles[2]} again"
    await keys.is_at(f"Edit {renamed}")
    await keys.reads("button", f"Edit {renamed}", expanded=False)
    await keys.hears_said(f"{renamed} is changed")
    await keys.enter(f"Publish {renamed}")
    await keys.is_at("No drafts")  # what stands there instead, once the list is empty
    await keys.reads("heading", "No drafts", level=2)
    return renamed


async def _takes_a_deletion_back(visitor: Visitor, keys: Keyboard, title: str) -> None:
    await keys.tab_to("Drafts", "BUTTON")
    await keys.reads("tab", "Drafts", selected=True)
    await keys.press("ArrowRight")
    await keys.is_at("Published")
    await keys.reads("tab", "Published", selected=True)
    await keys.enter(f"Delete {title}")
    await visitor.button(f"Delete {title}").wait_for(state="detached")
    assert (await keys.focused())[1].startswith("Delete ")
    await keys.hears_said(f"{title} is deleted")
    await keys.enter("Undo")
    await visitor.button(f"Delete {title}").wait_for()
    assert (await keys.focused())[0] != "BODY"


async def _makes_a_release(keys: Keyboard) -> None:
    await keys.tab_to("Published", "BUTTON")
    await keys.press("ArrowRight")
    await keys.is_at("Releases")
    await keys.enter("New release")
    await keys.is_at("Title")
    await keys.page.keyboard.type("Three songs")
    await keys.enter("Make the release")
    await keys.hears_said("Three songs is made. Put tracks on it, then publish it.")
    assert (await keys.focused())[0] != "BODY"
    assert (await keys.finds("link", "Three songs")).role == "link"


async def test_a_press_while_a_name_is_being_kept_is_heard(visit: Visit, site: Site):
    ines = site.person("Ines")
    track = ines.track(wav(2), "Quay.wav", title="Quay")
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.sign_in_as(ines)
    await visitor.go("/studio")
    await visitor.button("Publish Quay").wait_for()
    goes_on = await _hold(visitor, "PATCH")
    await keys.enter("Edit Quay")
    await keys.is_at("Title")
    await keys.press("End")
    await keys.page.keyboard.type(" again")
    await keys.press("Enter")
    await keys.enter("Publish Quay")
    goes_on.set()
    await keys.is_at("No drafts")
    shown = ines.client.get(f"/tracks/{track['id']}").json()
    assert (shown["title"], shown["publication"]) == ("Quay again", "published")


async def test_a_release_is_put_in_order_by_keys(visit: Visit, site: Site):
    ines = site.person("Inez")
    release = ines.client.post(
        "/releases", json={"artist_id": ines.artist_id, "title": "Ebb", "kind": "ep"}
    ).json()
    for seed, title in enumerate(("One", "Two", "Three"), 1):
        ines.track(wav(2, seed=seed), f"{title}.wav", title=title, release_id=release["id"])
    visitor = await visit(DESKTOP, before=LISTEN)
    keys = Keyboard(visitor)
    await visitor.sign_in_as(ines)
    await visitor.go("/studio?view=releases")
    await keys.enter("Tracks of Ebb")
    await keys.tab_to("Move One up")
    await keys.reads("button", "Move One up", disabled=True)
    await keys.enter("Move One down")
    await keys.is_at("Move One down")  # the focus goes along
    await keys.hears_said("One is 2 of 3")
    await keys.press("Enter")
    await keys.hears_said("One is 3 of 3")

    def order() -> list[str]:
        return [one["title"] for one in ines.client.get(f"/releases/{release['id']}/tracks").json()["items"]]

    assert soon(lambda: order() == ["Two", "Three", "One"])


async def _hold(visitor: Visitor, method: str) -> anyio.Event:
    """Lets no such request about tracks through until the event is set."""
    goes_on = anyio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == method:
            await goes_on.wait()
        await route.continue_()

    await visitor.page.route(re.compile(r"/api/v1/tracks(/[^/]+|\?.*)?$"), hold)
    return goes_on


async def test_the_players_keys(visit: Visit, record: Record):
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.go(record.path("artist"))
    await keys.enter("Play Sefa and the Tides")
    await visitor.hears_it_going_on()
    first = await _current(visitor)

    await keys.press("n")
    await visitor.hears_it_going_on()
    assert await _current(visitor) != first
    await keys.press("p")
    await visitor.hears_it_going_on()
    assert await _current(visitor) == first

    await keys.enter("Skip to the content", "A")
    await keys.press("Space")
    await visitor.hears("audio.paused")
    at = await visitor.sound("audio.currentTime")
    await keys.press("ArrowRight")
    await visitor.hears("Math.abs(audio.currentTime - given[0] - 5) < 0.05", at)
    await keys.press("ArrowLeft")
    await visitor.hears("Math.abs(audio.currentTime - given[0]) < 0.05", at)
    await keys.press("m")
    await visitor.hears("audio.muted")
    await keys.press("m")
    await keys.press("Space")
    await visitor.hears_it_going_on()

    await keys.press("?")
    await keys.is_at("Close")
    await visitor.page.get_by_role("dialog", name="Keyboard keys").wait_for()
    await keys.press("Escape")
    await visitor.page.get_by_role("dialog").wait_for(state="detached")
    assert (await keys.focused())[0] == "MAIN"  # where it was before

    await keys.press("q")
    await visitor.page.get_by_role("complementary", name="Queue").wait_for()
    await keys.enter("Next track")
    await keys.press("Enter")
    await visitor.button("Next track").and_(visitor.page.locator("[aria-disabled]")).wait_for()
    assert (await keys.focused())[1] == "Next track"  # at the end of the queue, and still there
    await keys.enter("Clear the queue")
    await visitor.page.get_by_role("region", name="Player").wait_for(state="detached")
    await visitor.page.get_by_role("heading", name="Nothing queued").wait_for()
    assert (await keys.focused())[1] == "Clear the queue"  # at rest now, and still there


async def _current(visitor: Visitor) -> str:
    player = visitor.page.get_by_role("region", name="Player")
    return await player.get_by_role("link").first.inner_text()


async def test_what_is_typed_into_a_field_is_no_command(visit: Visit, record: Record, site: Site):
    visitor = await visit(DESKTOP)
    await visitor.go(record.path("track"))
    await visitor.page.get_by_role("article").get_by_role("button", name="Play Low water").click()
    await visitor.hears_it_going_on()
    await visitor.link("Sign in").click()
    await visitor.standing("Sign in")
    await visitor.page.get_by_label("Email").click()
    await visitor.page.keyboard.type("j k n m?q/ ")
    await visitor.hears_it_going_on()
    assert not await visitor.sound("audio.muted")
    assert await visitor.page.get_by_role("dialog").count() == 0

"""The whole way without a pointer: every press goes to what has the focus, and something always has it."""

import re
from pathlib import Path

import anyio
import pytest
from playwright.async_api import Page, Route, TimeoutError
from tests.browser.conftest import Record, Visit
from tests.browser.visitor import DESKTOP, Visitor
from tests.support.music import wav
from tests.support.server import PASSWORD, Site

pytestmark = pytest.mark.anyio

ROUNDS = 3
LONGEST_WAY = 120
_FOCUSED = """() => {
  const one = document.activeElement;
  const labelled = one.labels?.[0]?.textContent ?? "";
  return [one.tagName, one.getAttribute("aria-label") || labelled || one.textContent.trim()];
}"""


class Keyboard:
    """Nothing but keys."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page

    async def focused(self) -> tuple[str, str]:
        """The tag and the name of what has the focus."""
        tag, name = await self.page.evaluate(_FOCUSED)
        return tag, name

    async def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            await self.page.keyboard.press(key)

    async def tab_to(self, name: str, tag: str = "") -> None:
        """Tab until the focus is on what is so named, with a visible ring; again if it is still to come."""
        passed: list[tuple[str, str]] = []
        for _ in range(ROUNDS):
            passed.clear()
            while len(passed) < LONGEST_WAY:
                if (now := await self.focused())[1] == name and tag in ("", now[0]):
                    assert await self.page.evaluate("() => document.activeElement.matches(':focus-visible')")
                    return
                passed.append(now)
                await self.page.keyboard.press("Tab")
            await self.page.wait_for_timeout(300)
        pytest.fail(f"Tab leads to {passed}, never to {name}")

    async def enter(self, name: str, tag: str = "") -> None:
        await self.tab_to(name, tag)
        await self.page.keyboard.press("Enter")

    async def types(self, label: str, text: str) -> None:
        await self.tab_to(label, "INPUT")
        await self.page.keyboard.type(text)

    async def is_at(self, name: str) -> None:
        """The focus comes to be on what is so named."""
        try:
            await self.page.wait_for_function(f"(name) => ({_FOCUSED})()[1] === name", arg=name)
        except TimeoutError:
            pytest.fail(f"the focus is on {await self.focused()}, not on {name}")


async def test_from_signing_up_to_publishing_without_a_pointer(visit: Visit, tmp_path: Path):
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.go("/")
    await keys.press("Tab")
    assert (await keys.focused())[1] == "Skip to the content"
    await keys.enter("Sign in", "A")
    await keys.is_at("Sign in")  # the heading: the focus follows a navigation
    await keys.enter("Join the scene", "A")
    await keys.is_at("Join the scene")
    await keys.types("Your name", "Wende")
    await keys.types("Email", "wende@example.org")
    await keys.types("Password", PASSWORD)
    await keys.press("Enter")
    await keys.is_at("Studio")
    await keys.enter("Make your artist page", "A")
    await keys.is_at("New artist")
    await keys.types("Name", "Wende")
    await keys.types("City", "Rust Harbour")
    await keys.press("Tab")  # to the first genre
    await keys.press("Space")
    await keys.enter("Make the page")
    await keys.is_at("Studio")

    files = [tmp_path / f"Song {number}.wav" for number in (1, 2, 3)]
    for seed, file in enumerate(files, 1):
        file.write_bytes(wav(20, rate=22_050, channels=1, seed=seed))
    await keys.tab_to("Choose files")
    async with visitor.page.expect_file_chooser() as choosing:
        await visitor.page.wait_for_timeout(100)  # until the driver listens for it
        await keys.press("Enter")
    await (await choosing.value).set_files(files)
    for file in files:
        await visitor.button(f"Publish {file.stem}").wait_for()
    assert (await keys.focused())[1] == "Choose files"

    await _publishing_keeps_the_place(visitor, keys)


async def _publishing_keeps_the_place(visitor: Visitor, keys: Keyboard) -> None:
    order = await visitor.page.get_by_role("button", name="Publish ").evaluate_all(
        "(found) => found.map((one) => one.ariaLabel)"
    )
    await keys.enter(f"{order[2].replace('Publish', 'Play')} by Wende")
    await visitor.hears_it_going_on()
    await keys.enter(order[0])
    await keys.is_at(order[1])  # the next draft's own
    await keys.press("Enter")
    await keys.is_at(order[2])
    await keys.enter(order[2].replace("Publish", "Rename"))
    await keys.is_at("Title")
    await keys.press("End")
    await keys.page.keyboard.type(" again")
    await keys.press("Enter")
    renamed = order[2].removeprefix("Publish ") + " again"
    await keys.is_at(renamed)  # its name stands where the field was
    await keys.tab_to(f"Publish {renamed}")
    await keys.press("Enter")
    await keys.is_at("Drafts")  # the list's heading, once it is empty
    await keys.enter(f"Delete {renamed}")
    await visitor.button(f"Delete {renamed}").wait_for(state="detached")
    await visitor.page.get_by_role("region", name="Player").wait_for(
        state="detached"
    )  # it was all that played
    assert (await keys.focused())[1].startswith("Delete ")
    await keys.enter("Undo")
    await visitor.button(f"Delete {renamed}").wait_for()
    assert (await keys.focused())[0] != "BODY"
    await keys.enter("New release")
    await keys.is_at("Title")
    await keys.page.keyboard.type("Three songs")
    await keys.enter("Make the release")
    await keys.is_at("Three songs")  # what came of it


@pytest.mark.parametrize("slow", ["PATCH", "GET"], ids=["the name", "the list after it"])
async def test_a_press_while_a_name_is_being_kept_is_heard(slow: str, visit: Visit, site: Site):
    ines = site.person("Ines" if slow == "PATCH" else "Inez")
    track = ines.track(wav(2), "Quay.wav", title="Quay")
    visitor = await visit(DESKTOP)
    keys = Keyboard(visitor)
    await visitor.sign_in_as(ines)
    await visitor.go("/studio")
    await visitor.button("Publish Quay").wait_for()
    goes_on = await _hold(visitor, slow)
    await keys.enter("Rename Quay")
    await keys.is_at("Title")
    await keys.press("End")
    await keys.page.keyboard.type(" again")
    await keys.press("Enter")
    kept = "Quay" if slow == "PATCH" else "Quay again"
    await keys.is_at(kept)
    await keys.enter(f"Publish {kept}")
    goes_on.set()
    await keys.is_at("Drafts")
    shown = ines.client.get(f"/tracks/{track['id']}").json()
    assert (shown["title"], shown["publication"]) == ("Quay again", "published")


async def _hold(visitor: Visitor, method: str) -> anyio.Event:
    """Lets no such request about tracks through until the event is set."""
    goes_on = anyio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == method:
            await goes_on.wait()
        await route.continue_()

    await visitor.page.route(re.compile(r"/api/v1/tracks(/[^/]+|\?.*)$"), hold)
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

"""The welcome in the page: gone through with a pointer and by keys alone, skipped, and what comes of it."""

import pytest
from tests.browser.conftest import Record, Visit
from tests.browser.keyboard import Keyboard
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE, Visitor
from tests.support.server import PASSWORD, Person, Site

pytestmark = pytest.mark.anyio


def preferences(person: Person) -> dict[str, object]:
    return person.client.get("/me/preferences").json()


async def in_order(visitor: Visitor) -> None:
    """Until everything that was pressed has been answered."""
    await visitor.page.wait_for_load_state("networkidle")


async def test_whoever_joins_is_asked_and_may_skip_it_all(visit: Visit, record: Record):
    newcomer = await visit(PHONE)
    await newcomer.go("/sign-up")
    await newcomer.page.get_by_label("Your name").fill("Wies")
    await newcomer.page.get_by_label("Email").fill("wies@example.org")
    await newcomer.page.get_by_label("Password").fill(PASSWORD)
    await newcomer.say_when_born()
    await newcomer.button("Join").click()
    await newcomer.standing("How do you go out?")
    # What is said on arriving lies on none of the buttons that lead on.
    said = await newcomer.page.get_by_role("button", name="Open the studio").bounding_box()
    ways = await newcomer.button("Skip it all").bounding_box()
    assert said and ways and said["y"] + said["height"] < ways["y"]
    await newcomer.button("Skip it all").click()
    await newcomer.standing("New in town")
    await newcomer.page.get_by_text("You find it again in the settings", exact=False).wait_for()
    assert not await newcomer.link("Say what you like and how you go out").count()
    await newcomer.go("/settings")
    await newcomer.link("Go through it").click()
    await newcomer.standing("How do you go out?")


async def test_what_was_said_is_kept_heard_and_shown(visit: Visit, site: Site, record: Record):
    fan = site.person("Wout")
    record.band.client.patch(f"/tracks/{record.tracks[0]}", json={"genres": ["dub"]})
    newcomer = await visit(PHONE, before=AXE)
    reader = Reader(newcomer)
    page = newcomer.page
    await newcomer.sign_in_as(fan)
    await newcomer.go("/")
    await newcomer.link("Say what you like and how you go out").click()
    await newcomer.standing("How do you go out?")
    await page.get_by_label("Across town, 15 km").check()
    await page.get_by_label("Friday").check()
    await page.get_by_label("Saturday").check()
    await reader.looks("welcome, going out")
    await newcomer.button("Next").click()
    await newcomer.standing("Where are you?")
    await page.get_by_role("combobox").fill("muenchen")
    await page.get_by_role("option", name="Munich").wait_for()
    await reader.looks("welcome, places found")
    await page.get_by_role("option", name="Munich").click()
    await page.get_by_text("You are around Munich, Germany").wait_for()
    await reader.looks("welcome, a place")
    await newcomer.button("Next").click()
    await newcomer.standing("What do you like to hear?")
    await page.get_by_label("Dub").check()
    await reader.looks("welcome, genres")
    await in_order(newcomer)
    said = preferences(fan)
    assert (said["reach"], said["nights"], said["genres"]) == ("city", [5, 6], ["dub"])
    assert said["place"]["name"] == "Munich"  # type: ignore[index]

    await newcomer.button("Next").click()
    await newcomer.standing("Keep or pass?")
    await page.get_by_role("heading", level=2, name="Low water").wait_for()
    await newcomer.button("Play ten seconds of Low water").click()
    await newcomer.hears_it_going_on()
    await reader.looks("welcome, a clip")
    await newcomer.button("Keep").click()
    second = (
        await page.get_by_role("region", name="Keep or pass?").get_by_role("heading", level=2).inner_text()
    )
    await newcomer.hears_it_going_on()  # the next plays by itself
    assert second != "Low water"
    await newcomer.button("Pass").click()
    await newcomer.button("The one before").click()
    await page.get_by_role("heading", level=2, name=second).wait_for()
    await page.get_by_label("Name of an artist").fill("sefa")
    await newcomer.button("Follow Sefa and the Tides").click()
    await page.get_by_text("You follow Sefa and the Tides").wait_for()
    await reader.looks("welcome, an artist found")
    await newcomer.button("See what is on").click()
    await newcomer.standing("New in town")
    await page.get_by_text("Yours, around Munich:").wait_for()
    await newcomer.link("Dub").first.wait_for()
    await in_order(newcomer)
    judged = {
        one["track"]["title"]: one["kept"] for one in fan.client.get("/me/taste/tracks").json()["items"]
    }
    assert judged == {"Low water": True, second: False}
    assert [one["title"] for one in fan.client.get("/me/saved/tracks").json()["items"]] == ["Low water"]
    # Ten seconds to judge by are no play.
    assert fan.client.get("/me/history").json()["items"] == []

    await newcomer.go("/settings")
    await reader.looks("settings with taste")
    await newcomer.button(f"Forget that you judged {second}").click()
    await newcomer.button(f"Forget that you judged {second}").wait_for(state="detached")
    await newcomer.button("Forget all of it").click()
    await newcomer.button("Yes, forget it").click()
    await page.get_by_text("It is forgotten.", exact=False).wait_for()
    left = preferences(fan)
    assert (left["place"], left["genres"], left["nights"], left["reach"]) == (None, [], [], None)
    assert fan.client.get("/me/taste/tracks").json()["items"] == []
    assert reader.found == []


async def test_by_keys_alone(visit: Visit, site: Site, record: Record):
    fan = site.person("Wim")
    newcomer = await visit(PHONE)
    await newcomer.sign_in_as(fan)
    await newcomer.go("/welcome")
    keys = Keyboard(newcomer)
    page = newcomer.page
    await keys.tab_to("Monday")
    await keys.press("Space")
    await keys.tab_to("Next")
    await keys.press("Enter")
    await newcomer.standing("Where are you?")
    assert await page.evaluate("document.activeElement?.tagName") == "H1"
    await keys.tab_to("City or district")
    await page.keyboard.type("kreuzb")
    await page.get_by_role("option", name="Kreuzberg").wait_for()
    await keys.press("Enter")
    await page.get_by_text("You are around Kreuzberg, Germany").wait_for()
    await keys.tab_to("Skip this")
    await keys.press("Enter")
    await newcomer.standing("What do you like to hear?")
    await keys.tab_to("Next")
    await keys.press("Enter")
    await newcomer.standing("Keep or pass?")
    await page.get_by_role("region", name="Keep or pass?").get_by_role("heading", level=2).wait_for()
    clips = await page.get_by_text("/ ", exact=False).first.inner_text()
    await keys.tab_to("Pass")
    for _ in range(int(clips.rpartition("/ ")[2])):
        await keys.press("Enter")
    await page.get_by_text("You kept none of them.", exact=False).last.wait_for()
    await keys.tab_to("See what is on")
    await keys.press("Enter")
    await newcomer.standing("New in town")
    said = preferences(fan)
    assert (said["nights"], said["welcomed"]) == ([1], True)
    assert not any(one["kept"] for one in fan.client.get("/me/taste/tracks").json()["items"])


async def test_the_queue_from_before_comes_back(visit: Visit, site: Site, record: Record):
    fan = site.person("Wanda")
    listener = await visit(PHONE)
    await listener.sign_in_as(fan)
    await listener.go(record.path("artist"))
    await listener.button("Play Sefa and the Tides").click()
    await listener.hears_it_going_on()
    queue = "localStorage.getItem('basedmusic.queue')"
    await listener.page.wait_for_function(queue)
    before = await listener.page.evaluate(queue)
    await listener.page.evaluate("history.pushState(null, '', '/welcome?step=listen')")
    await listener.page.reload()
    await listener.standing("Keep or pass?")
    await listener.button("Play ten seconds", exact=False).click()
    await listener.hears_it_going_on()
    assert await listener.page.evaluate(queue) != before
    await listener.button("See what is on").click()
    await listener.standing("New in town")
    await listener.page.wait_for_function(f"(before) => {queue} === before", arg=before)
    await listener.hears("audio.paused")

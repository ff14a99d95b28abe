"""The main job, by hand: from signing up to a song that somebody else hears."""

from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import Visit, steps_done
from tests.browser.visitor import DESKTOP, PHONE, Size, Visitor
from tests.support.music import wav
from tests.support.server import PASSWORD, Person, Site, soon

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_from_signing_up_to_a_song_that_another_hears(
    size: Size, site: Site, visit: Visit, long_song: Path, tmp_path: Path
):
    name = f"Night Ferry {size[0]}"
    artist = await visit(size)
    await artist.sign_up("Noor", f"noor-{size[0]}@example.org")
    await artist.become_artist(name)
    await artist.choose(long_song)
    title = await _title_of_the_draft(artist)

    # Nothing works on background steps yet: what plays now plays without any.
    await artist.button(f"Play {title} by {name}").click()
    await artist.hears("window.told.some((one) => one.type === 'playing')")
    await artist.hears_it_going_on()
    program, track = _as_program(site, f"noor-{size[0]}@example.org", title)
    assert track["media_status"] == "playable" and track["steps_done"] == []
    assert track["publication"] == "draft"

    with site.working():
        assert soon(lambda: steps_done(program, track["id"]) >= {"loudness", "peaks", "tags"}, 60)
    steps = artist.page.get_by_role("list", name="Background steps").get_by_role("listitem")
    for step in ("Measure loudness", "Draw the waveform", "Read tags and cover"):
        await steps.filter(has_text=f"{step}: done").wait_for()
    await artist.hears_it_going_on()

    second = tmp_path / "second.wav"
    second.write_bytes(wav(8, rate=22_050, channels=1))
    assert program.upload(second, title="Second song", publish="true").status_code == 201
    await artist.button(f"Publish {title}").click()
    await artist.page.get_by_role("status").filter(has_text=f"{title} is out").wait_for()
    await artist.has_one_element()

    await _another_hears_it(await visit(size), size, name, title)


async def _another_hears_it(listener: Visitor, size: Size, name: str, title: str) -> None:
    await listener.sign_up("Ruben", f"ruben-{size[0]}@example.org")
    await listener.go("/")
    await listener.button(f"Play {title} by {name}").first.click()
    await listener.hears_it_going_on()
    length_s = await listener.sound("audio.duration")

    await listener.page.get_by_role("heading", name=title).get_by_role("link").first.click()
    await listener.standing(title)
    await listener.hears_it_going_on()  # through a navigation

    wave = listener.page.get_by_role("slider", name=f"Waveform of {title}")
    await wave.scroll_into_view_if_needed()
    box = await wave.bounding_box()
    assert box
    await listener.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await listener.hears("Math.abs(audio.currentTime - given[0]) < 1.5 && !audio.seeking", length_s / 2)
    await listener.hears_it_going_on()
    at = await listener.sound("audio.currentTime")
    await listener.page.keyboard.press("ArrowRight")
    await listener.hears("audio.currentTime > given[0] + 4.5 && !audio.seeking", at)
    await listener.hears_it_going_on()

    await listener.page.get_by_role("link", name=name, exact=True).first.click()
    await listener.standing(name)
    await listener.button(f"Play {title} by {name}").first.wait_for(state="detached")  # it says Pause
    await _press_next(listener, size)
    await listener.hears("audio.duration < 9 && audio.currentTime < 5")
    await listener.hears_it_going_on()
    await listener.has_one_element()


async def _press_next(listener: Visitor, size: Size) -> None:
    if size == PHONE:
        await listener.button("Open the player:", exact=False).click()
    await listener.button("Next track").locator("visible=true").click()
    if size == PHONE:
        await listener.button("Close the player").click()


async def _title_of_the_draft(artist: Visitor) -> str:
    publish = artist.page.get_by_role("button", name="Publish ")
    await publish.wait_for()
    label = await publish.get_attribute("aria-label")
    assert label
    return label.removeprefix("Publish ")


def _as_program(site: Site, email: str, title: str) -> tuple[Person, dict[str, Any]]:
    """The same account over the API, and the track it has of that title."""
    client = site.client()
    client.base_url = f"{site.address}/api/v1"
    token = client.post("/sessions", json={"email": email, "password": PASSWORD}).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    me = client.get("/me").json()
    person = Person(me["id"], client, me["profiles"][0]["id"], email)
    mine = client.get("/tracks", params={"mine": True}).json()["items"]
    (track,) = [one for one in mine if one["title"] == title]
    return person, track

"""An address, a password and keys in the page: by the links in the outbox's mails, on a phone, by keys alone."""

import asyncio

import pytest
from tests.browser.conftest import Visit
from tests.browser.keyboard import LISTEN, Keyboard
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Site, soon

pytestmark = pytest.mark.anyio

NEW, NEWEST = "five other words of yours", "six words that nobody has heard"


async def somebody_here(visit: Visit) -> tuple[Visitor, Reader]:
    """At the server's own machine, where the outbox is: without the address that tells visitors apart."""
    visitor = await visit(PHONE, before=AXE)
    await visitor.context.set_extra_http_headers({})
    return visitor, Reader(visitor)


async def press_link(visitor: Visitor, subject: str, address: str) -> None:
    """The first link of the newest such mail in the outbox."""
    await visitor.go("/outbox")
    mail = visitor.page.get_by_role("article", name=f"{subject}, to {address}").first
    await mail.get_by_role("link").first.click()


async def sign_in(visitor: Visitor, email: str, password: str) -> None:
    await visitor.standing("Sign in")
    await visitor.page.get_by_label("Email").fill(email)
    await visitor.page.get_by_label("Password", exact=True).fill(password)
    await visitor.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    await visitor.page.wait_for_url(lambda url: "/sign-in" not in url)


async def test_an_address_confirmed_a_password_forgotten_an_address_changed_and_taken_back(
    visit: Visit, site: Site
):
    old, new = "lena@example.org", "lena-elsewhere@example.org"
    lena, reader = await somebody_here(visit)
    await lena.sign_up("Lena", old)
    await lena.go("/settings")
    await lena.page.get_by_text("Not confirmed yet").wait_for()
    await press_link(lena, "Confirm your address for Based Music", old)
    await lena.standing("Your address")
    assert "#" not in lena.page.url  # the secret is out of sight, and a reload still has it
    await lena.page.reload()
    await lena.standing("Your address")
    await reader.looks("a link that confirms")
    await lena.button("Confirm this address").click()
    await lena.standing("Confirmed")
    await reader.looks("confirmed")

    guest, guest_reader = await somebody_here(visit)
    await guest.go("/sign-in")
    await guest.link("Forgot the password?").click()
    await guest.standing("New password")
    await guest_reader.looks("forgotten")
    await guest.page.get_by_label("Email").fill(old)
    await guest.button("Send the link").click()
    await guest.standing("Look at your mail")
    await guest_reader.looks("asked")
    with site.working():
        arrived = await asyncio.to_thread(soon, lambda: site.mails(old)[-1]["kind"] == "reset_password", 20)
    assert arrived
    await press_link(guest, "A new password for Based Music", old)
    await guest.page.get_by_label("New password").wait_for()
    await guest.page.reload()
    await guest.page.get_by_label("New password").wait_for()
    await guest_reader.looks("a new password")
    guest.expect_trouble("422.*password-resets|status of 422")
    await guest.page.get_by_label("New password").fill("password123!")
    await guest.button("Take this password").click()
    await guest.page.get_by_text("among those that are tried first").wait_for()
    await guest.page.get_by_label("New password").fill(NEW)
    await guest.button("Take this password").click()
    await sign_in(guest, old, NEW)
    await guest.go("/settings")
    await guest.page.get_by_label("New address").fill(new)
    await guest.page.get_by_label("Your password").fill(NEW)
    await guest.button("Change the address").click()
    await guest.page.get_by_text(f"{new} takes its place").wait_for()
    await guest_reader.looks("settings, a new address pending")
    await press_link(guest, "Confirm your new address for Based Music", new)
    await guest.standing("Your address")
    await guest.button("Confirm this address").click()
    await guest.page.get_by_text(f"{new} is yours").wait_for()

    await press_link(guest, "The address of your account was changed", old)
    await guest.standing("Take the account back")
    await guest_reader.looks("taking back")
    await guest.button("It was not me: take it back").click()
    await guest.standing("New password")
    assert "#" not in guest.page.url
    await guest.page.get_by_label("New password").fill(NEWEST)
    await guest.button("Take this password").click()
    await sign_in(guest, old, NEWEST)
    await guest.go("/settings")
    await guest.page.locator("main").get_by_text(old).first.wait_for()
    await guest.go("/outbox")
    await guest_reader.looks("outbox")

    # Once is once.
    guest.expect_trouble("404.*emails|status of 404")
    await press_link(guest, "The address of your account was changed", old)
    await guest.button("It was not me: take it back").click()
    await guest.standing("This link is over")
    await guest_reader.looks("a link that is over")
    assert reader.found + guest_reader.found == []


async def test_by_keys_alone_a_key_is_made_used_and_taken_back(visit: Visit, site: Site):
    mara = site.person("Marakeyring")
    visitor = await visit(PHONE, before=AXE + LISTEN)
    reader, keyboard = Reader(visitor), Keyboard(visitor)
    await visitor.sign_in_as(mara)
    await visitor.go("/settings")
    await visitor.page.get_by_text("No program has a key yet").wait_for()
    await keyboard.types("Name of the key", "Backup at home")
    await keyboard.enter("Make a key", "BUTTON")
    field = visitor.page.get_by_label("Key “Backup at home”")
    await field.wait_for()
    assert await field.evaluate("(one) => one === document.activeElement")
    secret = await field.input_value()
    await reader.looks("settings, a new key")

    program = site.client(Authorization=f"Bearer {secret}")
    assert program.get("/api/v1/me").json()["email"] == mara.email
    assert program.patch("/api/v1/me", json={"display_name": "x"}).json()["code"] == "key_out_of_scope"
    await visitor.page.reload()
    await visitor.page.get_by_text("used today").wait_for()
    assert secret not in await visitor.page.content()
    await keyboard.enter("Take back the key Backup at home")
    await keyboard.hears_said("Backup at home is refused from now on")
    await visitor.page.get_by_text("No program has a key yet").wait_for()
    assert program.get("/api/v1/me").json()["code"] == "key_invalid"

    await visitor.page.get_by_label("Kind").select_option("app_password")
    await visitor.page.get_by_label("Name of the key").fill("Old player")
    await visitor.button("Make a key").click()
    await visitor.page.get_by_label("Key “Old player”").wait_for()
    await visitor.page.get_by_role("list").filter(has_text="App password").wait_for()
    await reader.looks("settings, an app password")
    assert reader.found == []


async def test_elsewhere_there_is_no_outbox(visit: Visit):
    visitor = await visit(DESKTOP)
    visitor.expect_trouble("404.*outbox|status of 404")
    await visitor.page.goto("/outbox")
    await visitor.standing("Nothing is here")


async def test_a_link_without_its_secret_says_what_to_do(visit: Visit):
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    for path in ("/verify", "/reset", "/take-back"):
        await visitor.go(path)
        await visitor.standing("This link is over")
        await reader.looks(path)
    assert reader.found == []

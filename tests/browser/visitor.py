"""Somebody with a browser: what they do by hand, what they hear, and what went wrong meanwhile."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response
from tests.support.server import BORN, PASSWORD, Person, next_address

Size = tuple[int, int]
PHONE: Size = (360, 740)
TABLET: Size = (768, 1024)
DESKTOP: Size = (1440, 900)
PATIENT_MS = 20_000

# Every <audio> that the page makes, and what each told, with the time it stood at.
_LISTEN = """
(() => {
  const Native = window.Audio;
  window.elements = [];
  window.told = [];
  window.Audio = function (...given) {
    const made = new Native(...given);
    window.elements.push(made);
    for (const type of ["playing", "pause", "seeked", "ended", "error"]) {
      made.addEventListener(type, () => window.told.push({ type, at: made.currentTime, track: null }));
    }
    return made;
  };
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
})();
"""


@dataclass
class Visitor:
    page: Page
    context: BrowserContext
    address: str
    troubles: list[str] = field(default_factory=list[str])
    expected: list[str] = field(default_factory=list[str])
    """Patterns of the troubles that a test causes itself."""

    # ---- the way round

    async def go(self, path: str) -> None:
        """By the address bar; returns when the page itself stands, not only the server's summary of it."""
        await self.page.goto(path)
        await self.standing()

    async def standing(self, heading: str | None = None) -> Locator:
        found = self.page.locator("main#main h1")
        if heading is not None:
            found = found.filter(has_text=re.compile(f"^{re.escape(heading)}$"))
        await found.wait_for()
        return found

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    async def sign_up(self, name: str, email: str) -> None:
        await self.go("/sign-up?next=/studio")
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_label("Email").fill(email)
        await self.page.get_by_label("Password").fill(PASSWORD)
        await self.say_when_born()
        await self.button("Join").click()
        await self.standing("Studio")

    async def say_when_born(self, born: str = BORN) -> None:
        year, month = born.split("-")
        await self.page.get_by_label("Month").select_option(str(int(month)))
        await self.page.get_by_label("Year").fill(year)

    async def become_artist(self, name: str, city: str = "Rust Harbour") -> None:
        await self.link("Make your artist page").click()
        await self.standing("New artist")
        await self.page.get_by_label("Name", exact=True).fill(name)
        await self.page.get_by_label("City").fill(city)
        await self.button("Make the page").click()
        await self.standing("Studio")

    async def choose(self, *files: Path) -> None:
        await self.page.locator("input[type=file]").set_input_files(list(files))

    async def sign_in_as(self, person: Person) -> None:
        """Without the form, which `sign_up` proves: the session's cookies, as the page asks for them."""
        answer = await self.context.request.post(
            "/api/v1/sessions",
            data={"email": person.email, "password": PASSWORD},
            headers={"X-Session": "cookie", "Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status == 201, await answer.text()

    # ---- what they hear

    async def sound(self, script: str, *arguments: object) -> Any:
        """The value of an expression over `audio`, the page's one element, and `given`."""
        return await self.page.evaluate(
            f"(given) => {{ const audio = window.elements[0]; return ({script}); }}", [*arguments]
        )

    async def hears(self, true: str, *arguments: object) -> None:
        """Waits until an expression over `audio` and `given` holds."""
        await self.page.wait_for_function(
            f"(given) => {{ const audio = window.elements[0]; return audio && ({true}); }}", arg=[*arguments]
        )

    async def hears_it_going_on(self, more_s: float = 0.3) -> None:
        at = await self.sound("audio.currentTime")
        await self.hears("!audio.paused && audio.currentTime > given[0]", at + more_s)

    async def has_one_element(self) -> None:
        """The page never made a second <audio>, nor put one into the document."""
        made = await self.page.evaluate(
            "() => [window.elements.length, document.querySelectorAll('audio').length]"
        )
        assert made == [1, 0]

    # ---- what went wrong

    def expect_trouble(self, pattern: str) -> None:
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [one for one in self.troubles if not any(re.search(each, one) for each in self.expected)]


BLOCKED = "Service Worker registration blocked by Playwright"


async def open_visitor(
    browser: Browser, address: str, size: Size, *, before: str = "", keeps: bool = False, **options: Any
) -> Visitor:
    """`before` is a script that runs ahead of the page's own; `options` are the browser context's.

    Unless it `keeps` the page, the browser has no service workers, as some have none: keeping it fetches all of it,
    which costs more than most tests.
    """
    headers = {"X-Forwarded-For": next_address()}
    context = await browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        extra_http_headers=headers,
        service_workers="allow" if keeps else "block",
        **options,
    )
    context.set_default_timeout(PATIENT_MS)
    await context.add_init_script(_LISTEN + before)
    visitor = Visitor(await context.new_page(), context, address)
    _watch(visitor)
    return visitor


def _watch(visitor: Visitor) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and message.text != BLOCKED:
            visitor.troubles.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def on_failed(request: Request) -> None:
        # What a page lets go of itself, by navigating or by stopping a stream, is aborted.
        if "ERR_ABORTED" not in (request.failure or ""):
            visitor.troubles.append(f"failed: {request.method} {request.url} {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            visitor.troubles.append(f"refused: {response.status} {response.request.method} {response.url}")

    page = visitor.page
    page.on("console", on_console)
    page.on("requestfailed", on_failed)
    page.on("response", on_response)
    page.on("pageerror", lambda error: visitor.troubles.append(f"thrown: {error}"))

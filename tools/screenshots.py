"""python -m tools.screenshots ADDRESS FOLDER [--logins FILE]: every page at three widths in both themes.

Of a running scene with demo content (`make run`). The logins are the scene's own, `secrets/demo.json` in its data
folder; without them the signed-in pages are left out. Beside the single pictures, `sheet-{width}-{theme}.png`
shows all pages of a width side by side.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.browser import find_chromium

FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = ((360, 740), (768, 1024), (1440, 900))
THEMES = ("light", "dark")
COLUMNS, SHEET_WIDTH = {360: 7, 768: 5, 1440: 4}, 2_800


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    path: str
    signed_in: bool = False
    before: Callable[[Page], None] | None = None
    """What to do on the page before the picture."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("address", help="of the running scene")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--logins", type=Path, help="the scene's secrets/demo.json")
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        session = _sign_in(browser, options) if options.logins else None
        for size in SIZES:
            for theme in THEMES:
                taken = list(_series(browser, options, size, theme, session))
                _sheet(taken, size, options.folder / f"sheet-{size[0]}-{theme}.png")
        browser.close()
    return 0


def _series(
    browser: Browser, options: Any, size: tuple[int, int], theme: Any, session: Any
) -> Iterator[Path]:
    context = browser.new_context(
        base_url=options.address,
        viewport={"width": size[0], "height": size[1]},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=size[0] < 700,
    )
    shots = _shots(context)
    for shot in sorted(shots, key=lambda shot: shot.signed_in):
        if options.only and shot.name not in options.only:
            continue
        if shot.signed_in:
            if session is None:
                continue
            context.add_cookies(session)
        yield _take(context, shot, options.folder / f"{shot.name}-{size[0]}-{theme}.png")
    context.close()


def _shots(context: BrowserContext) -> list[Shot]:
    """Pages of what the scene has: its newest release, that one's artist and first track."""
    release = _items(context, "/releases")[0]
    track = _items(context, f"/releases/{release['id']}/tracks")[0]
    genre = track["genres"][0]["slug"] if track["genres"] else "electronic"
    return [
        Shot("home", "/"),
        Shot("artist", f"/artists/{track['artist']['slug']}"),
        Shot("release", f"/releases/{release['id']}"),
        Shot("track", f"/tracks/{track['id']}"),
        Shot("genres", "/genres"),
        Shot("genre", f"/genres/{genre}"),
        Shot("library-signed-out", "/library"),
        Shot("sign-in", "/sign-in"),
        Shot("sign-up", "/sign-up"),
        Shot("settings-signed-out", "/settings"),
        Shot("not-found", "/nothing-is-here"),
        Shot("keys", "/", before=lambda page: page.keyboard.press("?")),
        Shot("palette", "/", before=_open_palette),
        Shot("player", f"/releases/{release['id']}", before=_play),
        Shot("queue", f"/releases/{release['id']}", before=_open_queue),
        Shot("library", "/library", signed_in=True),
        Shot("settings", "/settings", signed_in=True),
        Shot("studio", "/studio", signed_in=True),
        Shot("new-artist", "/studio/new-artist", signed_in=True),
    ]


def _items(context: BrowserContext, path: str) -> list[Any]:
    return context.request.get(f"/api/v1{path}").json()["items"]


def _sign_in(browser: Browser, options: Any) -> Any:
    """Once for all pictures: the cookies of the demo's artist."""
    login = json.loads(options.logins.read_text())[0]
    context = browser.new_context(base_url=options.address)
    answer = context.request.post(
        "/api/v1/sessions",
        data={"email": login["email"], "password": login["password"]},
        headers={"X-Session": "cookie", "Sec-Fetch-Site": "same-origin"},
    )
    if not answer.ok:
        raise SystemExit(answer.text())
    cookies = context.cookies()
    context.close()
    return cookies


def _take(context: BrowserContext, shot: Shot, target: Path) -> Path:
    page = context.new_page()
    page.goto(shot.path)
    page.locator("main#main h1").first.wait_for()
    page.wait_for_timeout(600)
    if shot.before is not None:
        shot.before(page)
        page.wait_for_timeout(900)
    page.screenshot(path=target)
    page.close()
    return target


def _open_palette(page: Page) -> None:
    page.keyboard.press("/")
    page.wait_for_timeout(500)
    page.keyboard.type("a")


def _play(page: Page) -> None:
    page.locator("main#main").get_by_role("button", name="Play").first.click()
    page.wait_for_timeout(2_000)


def _open_queue(page: Page) -> None:
    """The full sheet on a phone, the right pane on a desktop."""
    _play(page)
    for name in (re.compile("^Open the player"), re.compile("^Open the queue")):
        button = page.get_by_role("button", name=name)
        if button.count() and button.first.is_visible():
            button.first.click()
            return


def _sheet(pictures: list[Path], size: tuple[int, int], target: Path) -> None:
    width = SHEET_WIDTH // COLUMNS[size[0]]
    height = width * size[1] // size[0]
    sheet = Image.new("RGB", (SHEET_WIDTH, -(-len(pictures) // COLUMNS[size[0]]) * height), "#888")
    for number, path in enumerate(pictures):
        row, column = divmod(number, COLUMNS[size[0]])
        sheet.paste(
            Image.open(path).convert("RGB").resize((width - 8, height - 8)), (column * width, row * height)
        )
    sheet.save(target)


if __name__ == "__main__":
    raise SystemExit(main())

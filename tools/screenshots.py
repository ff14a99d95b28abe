"""python -m tools.screenshots FOLDER [--data FOLDER] [--only NAME…] [--widths N…] [--whole]: every page, looked at.

Each page and state at three widths in both themes, of a demo scene that it starts, and that a band and a listener
use first. With `--data` the scene stays there for the next time; the first one takes a minute to make. Beside the
single pictures, `sheet-{width}-{theme}.png` shows all of a width side by side.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from benchmarks.scene import READY_S, Scene
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from basedmusic.platform.secrets import write_private
from tools.browser import find_chromium

FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {360: (360, 740), 768: (768, 1024), 1440: (1440, 900)}
THEMES = ("light", "dark")
COLUMNS, SHEET_WIDTH = {360: 8, 768: 5, 1440: 4}, 2_800
PIECES, MADE_WITHIN_S = 40, 300
INVITATION_S = 6 * 86_400

Who = Literal["guest", "artist", "listener", "newcomer"]


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    path: str
    who: Who = "guest"
    before: Callable[[Page], None] | None = None
    """What to do on the page before the picture."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--data", type=Path, help="where the scene stays")
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    parser.add_argument("--widths", nargs="*", type=int, choices=SIZES, default=list(SIZES))
    parser.add_argument("--themes", nargs="*", choices=THEMES, default=THEMES)
    parser.add_argument("--whole", action="store_true", help="pages from top to end")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as passing:
        scene = Scene(options.data or Path(passing) / "scene", options=("--demo",))
        scene.start()
        try:
            _take_all(scene, options)
        finally:
            scene.stop()
    return 0


def _take_all(scene: Scene, options: Any) -> None:
    _sign_in(scene)
    _wait_for_music(scene)
    shots = [shot for shot in _shots(scene) if not options.only or shot.name in options.only]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        cookies = {who: _cookies(browser, scene, who) for who in ("artist", "listener", "newcomer")}
        for width in options.widths:
            for theme in options.themes:
                taken = list(_series(browser, scene, options, width, theme, shots, cookies))
                _sheet(taken, SIZES[width], options.folder / f"sheet-{width}-{theme}.png")
        browser.close()


# ---- the scene, and who uses it


def _wait_for_music(scene: Scene) -> None:
    end = time.monotonic() + MADE_WITHIN_S
    while (made := len(_items(scene, "/tracks?mine=true&limit=100", "artist"))) < PIECES:
        if time.monotonic() > end:
            raise SystemExit(f"only {made} of {PIECES} demo pieces were made")
        time.sleep(1)


def _login(scene: Scene, who: str) -> dict[str, str]:
    """The demo's own two, and somebody who has nothing yet."""
    artist, listener = json.loads((scene.data / "secrets" / "demo.json").read_text())
    login = artist if who == "artist" else listener
    email = "newcomer@demo.example" if who == "newcomer" else login["email"]
    return {"email": email, "password": login["password"]}


def _sign_in(scene: Scene) -> None:
    logins = scene.data / "secrets" / "demo.json"
    end = time.monotonic() + READY_S
    while not logins.exists() and time.monotonic() < end:
        time.sleep(0.2)
    newcomer = _login(scene, "newcomer")
    with suppress(RuntimeError):  # there since the last time
        scene.api("POST", "/accounts", {**newcomer, "display_name": "Noor", "born": "1990-05"})
    for who in ("artist", "listener", "newcomer"):
        scene.tokens[who] = scene.api("POST", "/sessions", _login(scene, who))["access_token"]


def _prepare(scene: Scene) -> dict[str, Any]:
    """What a band and a listener leave behind: drafts, an invitation, a filled library. Twice is once."""
    release = _items(scene, "/releases?limit=100")[0]
    track = _items(scene, f"/releases/{release['id']}/tracks")[0]
    profile = scene.api("GET", "/me", who="artist")["profiles"][0]
    for one in _items(scene, "/tracks?limit=7"):
        scene.api("PUT", f"/me/saved/tracks/{one['id']}", who="listener")
    for one in _items(scene, "/releases?limit=5"):
        scene.api("PUT", f"/me/saved/releases/{one['id']}", who="listener")
    for one in _items(scene, "/artists?limit=4"):
        scene.api("PUT", f"/me/following/{one['id']}", who="listener")
    if not _items(scene, "/tracks?mine=true&published=false", "artist"):
        for one in _items(scene, "/tracks?mine=true&limit=100", "artist")[-2:]:
            scene.api("POST", f"/tracks/{one['id']}/unpublish", who="artist")
    return {"release": release, "track": track, "profile": profile, "invitation": _invitation(scene, profile)}


def _invitation(scene: Scene, profile: dict[str, Any]) -> dict[str, Any]:
    """Its link is told once, and an account may make but a few a day: kept beside the scene while it holds."""
    kept = scene.data / "secrets" / "pictures.json"
    if kept.exists() and time.time() - kept.stat().st_mtime < INVITATION_S:
        return json.loads(kept.read_text())
    made = scene.api("POST", f"/profiles/{profile['id']}/invitations", {"role": "manager"}, "artist")
    write_private(kept, json.dumps(made).encode())
    return made


def _items(scene: Scene, path: str, who: str = "") -> list[Any]:
    return scene.api("GET", path, who=who)["items"]


def _cookies(browser: Browser, scene: Scene, who: str) -> Any:
    context = browser.new_context(base_url=_address(scene))
    answer = context.request.post(
        "/api/v1/sessions",
        data=_login(scene, who),
        headers={"X-Session": "cookie", "Sec-Fetch-Site": "same-origin"},
    )
    if not answer.ok:
        raise SystemExit(answer.text())
    cookies = context.cookies()
    context.close()
    return cookies


def _address(scene: Scene) -> str:
    return f"http://127.0.0.1:{scene.port}"


# ---- what is looked at


def _shots(scene: Scene) -> list[Shot]:
    """Pages of what the scene has: its newest release, that one's artist and first track."""
    found = _prepare(scene)
    release, track = f"/releases/{found['release']['id']}", f"/tracks/{found['track']['id']}"
    genre = found["track"]["genres"][0]["slug"] if found["track"]["genres"] else "electronic"
    team = f"/studio/team/{found['profile']['id']}"
    return [
        Shot("home", "/"),
        Shot("home-end", "/", before=lambda page: page.evaluate("scrollTo(0, document.body.scrollHeight)")),
        Shot("artist", f"/artists/{found['track']['artist']['slug']}"),
        Shot("release", release),
        Shot("track", track),
        Shot("genres", "/genres"),
        Shot("genre", f"/genres/{genre}"),
        Shot("library-guest", "/library"),
        Shot("sign-in", "/sign-in"),
        Shot("sign-in-refused", "/sign-in", before=_sign_in_wrongly),
        Shot("sign-up", "/sign-up"),
        Shot("settings-guest", "/settings"),
        Shot("join", f"/join#{found['invitation']['token']}"),
        Shot("join-over", "/join"),
        Shot("not-found", "/nothing-is-here"),
        Shot("offline", "/", before=_go_offline_to(release)),
        Shot("error", "/", before=_break("**/api/v1/genres*")),
        Shot("waiting", "/", before=_stall("**/api/v1/genres*")),
        Shot("keys", "/", before=lambda page: page.keyboard.press("?")),
        Shot("finder", "/", before=_find("")),
        Shot("finder-found", "/", before=_find("a")),
        Shot("finder-nothing", "/", before=_find("zzz")),
        Shot("menu", release, before=_open_menu),
        Shot("player", release, before=_play),
        Shot("queue", release, before=_open_queue),
        Shot("said", track, "listener", before=_say),
        Shot("library", "/library", "listener"),
        Shot("library-releases", "/library?show=releases", "listener"),
        Shot("library-following", "/library?show=following", "listener"),
        Shot("library-history", "/library?show=history", "listener"),
        Shot("library-empty", "/library", "newcomer"),
        Shot("library-empty-following", "/library?show=following", "newcomer"),
        Shot("settings", "/settings", "listener"),
        Shot("account-menu", "/", "artist", before=_open_account),
        Shot("studio-first", "/studio", "newcomer"),
        Shot("studio", "/studio", "artist"),
        Shot("studio-uploads", "/studio", "artist", before=_upload),
        Shot("studio-edit", "/studio", "artist", before=_edit),
        Shot("studio-published", "/studio?view=published", "artist"),
        Shot("studio-releases", "/studio?view=releases", "artist"),
        Shot("studio-artists", "/studio?view=artists", "artist"),
        Shot("new-artist", "/studio/new-artist", "artist"),
        Shot("team", team, "artist"),
        Shot("team-link", team, "artist", before=_make_link(found["invitation"])),
    ]


def _press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main#main").get_by_role("button", name=name).first.click()


def _make_link(invitation: dict[str, Any]) -> Callable[[Page], None]:
    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=201, json=invitation)
        else:
            route.fallback()

    def go(page: Page) -> None:
        page.route("**/invitations*", answer)
        _press(page, "Make a link")

    return go


def _sign_in_wrongly(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@demo.example")
    page.get_by_label("Password").fill("not the password")
    _press(page, "Sign in")
    page.get_by_role("alert").first.wait_for()


def _go_offline_to(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.context.set_offline(True)
        page.locator(f'a[href="{path}"]').first.evaluate("(link) => link.click()")
        page.get_by_role("heading", name="This page needs the connection").wait_for()

    return go


def _break(address: str) -> Callable[[Page], None]:
    def fail(route: Route) -> None:
        route.fulfill(status=500, body="")

    def go(page: Page) -> None:
        page.route(address, fail)
        page.get_by_role("link", name="Browse").first.click()
        page.get_by_role("heading", name="This page stopped").wait_for()

    return go


def _stall(address: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.route(address, lambda _: None)
        page.get_by_role("link", name="Browse").first.click()

    return go


def _find(letters: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.keyboard.press("/")
        page.get_by_role("combobox").wait_for()
        page.keyboard.type(letters)

    return go


def _open_menu(page: Page) -> None:
    _press(page, re.compile("^More for"))


def _open_account(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^You:")).first.click()


def _play(page: Page) -> None:
    _press(page, "Play")
    page.wait_for_timeout(2_000)


def _open_queue(page: Page) -> None:
    """The full sheet on a phone, the right pane on a desktop."""
    _play(page)
    for name in (re.compile("^Open the player"), re.compile("^Open the queue")):
        button = page.get_by_role("button", name=name)
        if button.count() and button.first.is_visible():
            button.first.click()
            return


def _say(page: Page) -> None:
    _press(page, re.compile("^(Save|Saved)"))


def _upload(page: Page) -> None:
    """One file that can't be music, one that is on its way and stays there."""

    def hold(route: Route) -> None:
        if "no music" in (route.request.post_data_buffer or b"").decode("latin-1"):
            route.continue_()

    page.route("**/api/v1/tracks", hold)
    noise = random.Random(3).randbytes(200_000)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "Rehearsal, second take.wav", "mimeType": "audio/wav", "buffer": noise},
            {"name": "poster.mp3", "mimeType": "audio/mpeg", "buffer": b"no music"},
        ]
    )
    page.get_by_role("alert").first.wait_for()


def _edit(page: Page) -> None:
    _press(page, re.compile("^Edit"))


# ---- taking the pictures


def _series(
    browser: Browser, scene: Scene, options: Any, width: int, theme: Any, shots: list[Shot], cookies: Any
) -> Iterator[Path]:
    for shot in shots:
        # One's own browser each: what one page left behind is not to be seen on the next.
        context = browser.new_context(
            base_url=_address(scene),
            viewport={"width": width, "height": SIZES[width][1]},
            color_scheme=theme,
            reduced_motion="reduce",
            has_touch=width < 700,
        )
        if shot.who != "guest":
            context.add_cookies(cookies[shot.who])
        target = options.folder / f"{shot.name}-{width}-{theme}.png"
        try:
            yield _take(context, shot, target, options.whole)
        except Exception as error:
            print(f"{target.name}: {error}", file=sys.stderr)
        finally:
            context.close()


def _take(context: BrowserContext, shot: Shot, target: Path, whole: bool) -> Path:
    page = context.new_page()
    page.goto(shot.path)
    page.locator("main#main h1").first.wait_for()
    page.wait_for_timeout(600)
    if shot.before is not None:
        shot.before(page)
        page.wait_for_timeout(900)
    page.screenshot(path=target, full_page=whole)
    return target


def _sheet(pictures: list[Path], size: tuple[int, int], target: Path) -> None:
    if not pictures:
        return
    columns = COLUMNS[size[0]]
    width = SHEET_WIDTH // columns
    height = width * size[1] // size[0]
    sheet = Image.new("RGB", (SHEET_WIDTH, -(-len(pictures) // columns) * height), "#888")
    for number, path in enumerate(pictures):
        row, column = divmod(number, columns)
        picture = Image.open(path).convert("RGB")
        shown = picture.crop((0, 0, picture.width, picture.width * size[1] // size[0]))
        sheet.paste(shown.resize((width - 8, height - 8)), (column * width, row * height))
    sheet.save(target)


if __name__ == "__main__":
    raise SystemExit(main())

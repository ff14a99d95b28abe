"""The page in Chromium: how soon a first row stands, what moves meanwhile, and what a frame of a long list costs.

No peer: the goals are the project's own. A first row counts as there when a frame with it has been painted. Every
visit but the last is a first one: a new context, nothing cached. "Slow 4G" is 1.6 Mbit/s down, 750 kbit/s up,
150 ms; with it goes a CPU four times slower, both by the browser's own brakes.
"""

import asyncio
import random
import struct
import time
import wave
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import asyncpg
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from tools.browser import find_chromium

from basedmusic.platform.postgres import EmbeddedPostgres
from benchmarks.results import PeerMissing, Result
from benchmarks.scene import Scene, library
from benchmarks.stage import Stage, say

FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOW_CPU = 4
FIRST_ROW_MS, SLOW_ROW_MS, SHIFT, SCRIPT_MS = 500, 1_600, 0.05, 3.0
SONGS, ROWS = 24, 10_000
FRAMES, STEP_PX = 300, 160
LATE_FRAME_MS = 25
MIN_ROW_PX = 40

# The first link to a track that is in the app's own content, and everything that moved without being asked.
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
const painted = (selector, then) => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => then(performance.now())));
  });
  seen.observe(document, { childList: true, subtree: true });
};
painted('a[href^="/tracks/"]', (at) => (window.firstLink = at));
painted('#main a[href^="/tracks/"]', (at) => (window.firstRow = at));
"""

SCROLL = """
async ([frames, step]) => {
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    scrollBy(0, step);
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}
"""


def run(stage: Stage) -> list[Result]:
    chromium = find_chromium()
    if chromium is None:
        raise PeerMissing("It needs Chromium: python -m tools.browser finds it or says what to do.")
    scene = stage.scene
    say(f"uploading {SONGS} short songs")
    tracks = library(scene, _songs(stage.folder / "songs"))
    slug = scene.api("GET", f"/tracks/{tracks[0]}")["artist"]["slug"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        address = f"http://127.0.0.1:{scene.port}"
        paths = {"home": "/", "artist": f"/artists/{slug}", "track": f"/tracks/{tracks[0]}"}
        try:
            return [
                *_first_row(browser, address, stage.repeats),
                *_first_row_slowly(browser, address, stage.repeats),
                *_shifts(browser, address, paths),
                *_long_list(browser, address, scene, tracks[0], paths["artist"], stage.repeats),
            ]
        finally:
            browser.close()


def _songs(folder: Path) -> list[Path]:
    """Two seconds of noise each: what they sound like is not the point here."""
    folder.mkdir(parents=True)
    noise = random.Random(1)
    paths = [folder / f"Song number {number}.wav" for number in range(1, SONGS + 1)]
    for path in paths:
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 22_050, 0, "NONE", ""))
            loud = (noise.randint(-9_000, 9_000) for _ in range(2 * 22_050))
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in loud))
    return paths


@contextmanager
def _visit(browser: Browser, address: str, viewport: dict[str, int]) -> Generator[tuple[Page, CDPSession]]:
    context: BrowserContext = browser.new_context(base_url=address, viewport=viewport)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def _row_ms(page: Page, path: str = "/") -> tuple[float, float]:
    """When the first row stood as the server sent it, and when in the app, in ms since the visit began."""
    page.goto(path)
    end = time.monotonic() + 60
    while (
        at := page.evaluate("window.firstRow")
    ) is None:  # wait_for_function needs eval, which the page forbids
        if time.monotonic() > end:
            raise RuntimeError(f"no row on {path}")
        page.wait_for_timeout(50)
    return float(page.evaluate("window.firstLink")), float(at)


def _first_row(browser: Browser, address: str, repeats: int) -> list[Result]:
    say("first row of the home page")
    times: list[tuple[float, float]] = []
    for _ in range(max(5, repeats)):
        with _visit(browser, address, DESKTOP) as (page, _session):
            times.append(_row_ms(page))
    return _rows("loopback", times, FIRST_ROW_MS)


def _first_row_slowly(browser: Browser, address: str, repeats: int) -> list[Result]:
    say("the same on slow 4G with a slow CPU")
    times: list[tuple[float, float]] = []
    for _ in range(max(5, repeats)):
        with _visit(browser, address, PHONE) as (page, session):
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
            times.append(_row_ms(page))
    return _rows("slow 4G and 4x CPU", times, SLOW_ROW_MS)


def _rows(where: str, times: list[tuple[float, float]], goal_ms: float) -> list[Result]:
    links, rows = ([time[place] for time in times] for place in (0, 1))
    return [
        Result(f"first row as sent, {where}, best", min(links), "ms", goal=goal_ms, spread=_spread(links)),
        Result(f"first row of the app, {where}, best", min(rows), "ms", goal=goal_ms, spread=_spread(rows)),
    ]


def _shifts(browser: Browser, address: str, paths: dict[str, str]) -> list[Result]:
    """Cumulative layout shift up to two seconds after all has come; the worse of phone and desktop."""
    say("what moves while pages load")
    results: list[Result] = []
    for name, path in paths.items():
        worst = 0.0
        for viewport in (PHONE, DESKTOP):
            with _visit(browser, address, viewport) as (page, _session):
                page.goto(path, wait_until="networkidle")
                page.wait_for_timeout(2_000)
                worst = max(worst, float(page.evaluate("window.shift")))
        results.append(Result(f"layout shift, {name}", worst, "", goal=SHIFT))
    return results


def _long_list(
    browser: Browser, address: str, scene: Scene, track: str, path: str, repeats: int
) -> list[Result]:
    say(f"a list of {ROWS} rows")
    with ThreadPoolExecutor(1) as apart:  # Playwright has a loop running in this thread
        apart.submit(asyncio.run, _multiply(scene.data, track)).result()
    script: list[float] = []
    late: list[float] = []
    with _visit(browser, address, DESKTOP) as (page, session):
        _row_ms(page, path)
        _unroll(page)
        session.send("Performance.enable")
        for _ in range(max(3, repeats)):
            page.evaluate("scrollTo(0, 2000)")
            page.wait_for_timeout(500)
            before = _script_s(session)
            gaps = page.evaluate(SCROLL, [FRAMES, STEP_PX])
            script.append(1e3 * (_script_s(session) - before) / FRAMES)
            late.append(100 * sum(gap > LATE_FRAME_MS for gap in gaps) / FRAMES)
        nodes = float(page.evaluate("document.querySelectorAll('*').length"))
    return [
        Result(
            f"script per frame, {ROWS} rows", median(script), "ms", goal=SCRIPT_MS, spread=_spread(script)
        ),
        Result("frames later than 25 ms, best", min(late), "%", spread=_spread(late)),
        Result("elements in the document", nodes, ""),
    ]


async def _multiply(data: Path, track: str) -> None:
    """The one track as many more of the same artist: rows of the database, without files of their own."""
    database = EmbeddedPostgres(data)
    dsn = await asyncio.to_thread(database.start)
    try:
        connection = await asyncpg.connect(dsn)
        columns = [
            row["column_name"]
            for row in await connection.fetch(
                """SELECT column_name FROM information_schema.columns
                    WHERE table_schema = 'catalog' AND table_name = 'track' AND is_generated = 'NEVER'
                      AND column_name NOT IN ('id', 'title', 'source_key', 'published_at')"""
            )
        ]
        same = ", ".join(columns)
        await connection.execute(
            f"""INSERT INTO catalog.track (title, source_key, published_at, {same})
                SELECT 'Row ' || n, source_key || n, published_at - n * interval '1 minute', {same}
                  FROM catalog.track, generate_series(1, {ROWS}) n WHERE id = $1""",
            track,
        )
        await connection.execute("ANALYZE catalog.track")
        await connection.close()
    finally:
        await asyncio.to_thread(database.release)


def _unroll(page: Page) -> None:
    """Go to the end of the list, page after page of it, until it grows no more."""
    height, still = 0, 0
    while still < 10:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(200)
        now = int(page.evaluate("document.body.scrollHeight"))
        height, still = now, still + 1 if now == height else 0
    if height < ROWS * MIN_ROW_PX:
        raise RuntimeError(f"the list is {height} px high: not all of it came")


def _script_s(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "ScriptDuration")


def _spread(figures: list[float]) -> tuple[float, float]:
    return min(figures), max(figures)

"""How soon a press in a queue of eight thousand tracks is answered on the screen.

    python -m benchmarks.long_queue ADDRESS

against a running scene with something to play. Its tracks fill the queue over and over; each press is on another
row, and its time runs from the press until the frame after the row is marked as the one that plays.
"""

import json
import sys
from statistics import median
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import sync_playwright
from tools.browser import find_chromium
from tools.kept_queue import kept_queue

TRACKS = 8_000
PRESSES = 21
GOAL_MS = 100.0
# The time of the frame that comes after the one in which the mark was drawn, less that of the press.
_PRESS = """(place) => new Promise((done) => {
  const row = document.querySelector(`aside li[data-place="${place}"]`);
  const pressed = performance.now();
  row.querySelector("[data-part=jump]").click();
  const look = () => {
    if (row.querySelector("[aria-current=true]")) {
      requestAnimationFrame(() => done(performance.now() - pressed));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def press_times(address: str) -> list[float]:
    with urlopen(f"{address}/api/v1/tracks?limit=40") as answer:
        found: list[dict[str, Any]] = json.load(answer)["items"]
    ids = [found[place % len(found)]["id"] for place in range(TRACKS)]
    kept = kept_queue(ids, TRACKS // 2)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(
            f"for (const [key, text] of Object.entries({json.dumps(kept)})) localStorage.setItem(key, text)"
        )
        page.goto(address)
        page.get_by_role("button", name="Open the queue").click()
        page.locator(f"aside li[data-place='{TRACKS // 2 + 8}']").wait_for()
        times = [page.evaluate(_PRESS, TRACKS // 2 + 1 + turn % 8) for turn in range(PRESSES)]
        browser.close()
    return times


def main() -> int:
    times = press_times(sys.argv[1].rstrip("/"))
    figures = f"median {median(times):.0f} ms, {min(times):.0f} to {max(times):.0f} of {PRESSES}"
    print(f"a press in a queue of {TRACKS:,}: {figures}; goal {GOAL_MS:.0f} ms")
    return 0 if median(times) <= GOAL_MS else 1


if __name__ == "__main__":
    sys.exit(main())

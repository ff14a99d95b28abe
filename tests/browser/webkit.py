"""Somebody with WebKitGTK: the W3C WebDriver protocol over plain HTTP, as much of it as our tests need.

https://www.w3.org/TR/webdriver2/
"""

import asyncio
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tools.browser import WebKit

STARTS_WITHIN_S = 30.0
PATIENT_S = 20.0
ENVIRONMENT = {
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # needs rights that a container has not
    "LIBGL_ALWAYS_SOFTWARE": "1",
}


class DriverError(Exception):
    """What the driver refused, in its own words."""


@dataclass
class WebKitVisitor:
    """One browser with storage of its own."""

    driver: str
    session: str
    address: str

    async def go(self, path: str) -> None:
        await self._ask("POST", "/url", {"url": self.address + path})

    async def run(self, body: str, *given: object) -> Any:
        """What an asynchronous function of that body answers; `given` are its arguments."""
        script = (
            "const answer = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);"
            f"(async () => {{ {body} }})()"
            ".then((value) => answer({ value }), (error) => answer({ error: String(error) }));"
        )
        answer = await self._ask("POST", "/execute/async", {"script": script, "args": [*given]})
        if "error" in answer:
            raise DriverError(answer["error"])
        return answer.get("value")

    async def until(self, true: str, *given: object) -> None:
        """Waits until an expression over `given` holds."""
        until = time.monotonic() + PATIENT_S
        while not await self.run(f"return Boolean({true});", *given):
            if time.monotonic() > until:
                text = await self.run("return `${location.href}\\n${document.body.innerText}`;")
                raise AssertionError(f"never became so: {true} {given}\n{text[:2000]}")
            await asyncio.sleep(0.05)

    async def standing(self, heading: str) -> None:
        await self.until("document.querySelector('main#main h1')?.innerText === given[0]", heading)

    async def reads(self, words: str) -> None:
        await self.until("document.body.innerText.includes(given[0])", words)

    async def press(self, words: str) -> None:
        """A real press on the button or link of that name."""
        named = f"//*[self::button or self::a][normalize-space()='{words}' or @aria-label='{words}']"
        found = await self._ask("POST", "/element", {"using": "xpath", "value": named})
        (element,) = found.values()
        await self._ask("POST", f"/element/{element}/click", {})

    async def close(self) -> None:
        await self._ask("DELETE", "", None)

    async def _ask(self, method: str, path: str, body: object) -> Any:
        url = f"{self.driver}/session/{self.session}{path}"
        return await asyncio.to_thread(ask, method, url, body)


def ask(method: str, url: str, body: object = None) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, sent, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise DriverError(error.read().decode()[:1000]) from error


@contextmanager
def webkit_driver(webkit: WebKit) -> Generator[str]:
    """The driver's address; a screen that nobody sees comes and goes with it."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        [webkit.screen, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with open(reading) as told:
        number = told.readline().strip()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, **ENVIRONMENT, "DISPLAY": f":{number}"}
    driver = subprocess.Popen(
        [webkit.driver, f"--port={port}"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
    finally:
        for process in (driver, screen):
            process.terminate()
            process.wait(10)


def open_webkit(driver: str, webkit: WebKit, address: str) -> WebKitVisitor:
    options = {"binary": webkit.browser, "args": ["--automation", "--autoplay-policy=allow"]}
    wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
    made = ask("POST", f"{driver}/session", {"capabilities": wanted})
    visitor = WebKitVisitor(driver, made["sessionId"], address)
    patience = {"script": int(PATIENT_S * 1000), "pageLoad": int(PATIENT_S * 1000)}
    ask("POST", f"{driver}/session/{visitor.session}/timeouts", patience)
    return visitor


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            ask("GET", f"{address}/status")
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)

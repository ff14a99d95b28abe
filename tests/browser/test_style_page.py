"""The living style page of `make dev`: every part of the kit in one place, and readable by axe's rules."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, SIZES, Reader
from tests.browser.visitor import Size
from tests.support.server import Site

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
NPM = (sys.executable, "web/scripts/node.py", "npm", "--prefix", "web")
STARTS_WITHIN_S = 60


@pytest.fixture(scope="module")
def development(site: Site) -> Generator[str]:
    """The address of the page as it is developed, in front of the site's server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    vite = subprocess.Popen(
        [*NPM, "run", "dev", "--", "--host", "127.0.0.1", "--port", str(port), "--strictPort"],
        cwd=ROOT,
        env={**os.environ, "BASEDMUSIC_DEV_SERVER": site.address},
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # npm and Vite below it end with it
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(vite.pid, signal.SIGTERM)
        vite.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, "Vite did not start"
            time.sleep(0.2)


@SIZES
async def test_the_style_page_reads_well(size: Size, visit: Visit, development: str):
    visitor = await visit(size, address=development, before=AXE)
    # Its address is in the development build only, which the server behind it does not know.
    await visitor.page.goto("/style")
    await visitor.page.get_by_role("heading", level=1).wait_for()
    reader = Reader(visitor)
    await reader.looks("the style page")
    assert reader.found == []

"""The page's addresses are known twice: to its router, and to the server, which answers each with its own head."""

import re
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import Route

from basedmusic.app.pages import routes
from basedmusic.app.pages.shell import SHELL_PATH

ROUTER = Path(__file__).parents[2] / "web/src/app/router.tsx"
NO_PAGES = {SHELL_PATH, "/sw.js", "/manifest.webmanifest", "/*"}
"""What a browser fetches without anybody going there, and whatever else there is."""


def test_router_and_server_know_the_same_pages(monkeypatch):
    monkeypatch.setattr(routes, "packaged_page", lambda: None)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    routes.mount(app)
    included = [route for route in [*app.routes, *routes.router.routes] if isinstance(route, Route)]
    servers = {re.sub(r"\{[^}]*\}", "*", route.path) for route in included} - NO_PAGES
    routers = {
        re.sub(r"\$\w+", "*", path) for path in re.findall(r'\bpath: "([^"]+)"', ROUTER.read_text())
    } - {"/style"}
    assert len(servers) > 5
    assert servers == routers

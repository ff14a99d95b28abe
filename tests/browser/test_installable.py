"""What makes the page an app of its own: a manifest, icons and a worker, each served so that none goes stale."""

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from tests.support.server import Site

from basedmusic.app.pages.shell import BuiltPage


def test_the_manifest_names_the_scene_and_pictures_that_are_there(site: Site):
    client = site.client()
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    assert answer.headers["cache-control"] == "no-cache"
    manifest = answer.json()
    assert manifest["name"] == manifest["short_name"] == site.settings.scene_name
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in manifest["icons"]:
        picture = image(site, icon["src"])
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        corner = picture.getpixel((0, 0))
        assert isinstance(corner, tuple) and corner[3] == (255 if icon["purpose"] == "maskable" else 0)
    for shortcut in manifest["shortcuts"]:
        page = client.get(shortcut["url"], headers={"Accept": "text/html"})
        assert page.status_code == 200, shortcut


def test_a_home_screen_finds_everything_from_any_page(site: Site):
    html = site.client(Accept="text/html").get("/").text
    assert '<link rel="manifest" href="/manifest.webmanifest"' in html
    (touch,) = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)"', html)
    assert image(site, touch).size == (180, 180)
    assert image(site, touch).getchannel("A").getextrema() == (255, 255)


def image(site: Site, path: str) -> Image.Image:
    answer = site.client().get(path)
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


def test_the_worker_is_always_asked_for_and_what_it_keeps_never(site: Site):
    client = site.client()
    for path in ("/sw.js", "/", "/shell"):
        asked = client.get(path, headers={"Accept": "text/html"}).headers["cache-control"]
        assert asked.removeprefix("private, ") == "no-cache"
    worker = client.get("/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    files = re.findall(r"/assets/[\w.-]+", worker.text)
    assert len(files) > 20
    for path in files:
        answer = client.get(path)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"], path


def test_the_kept_document_is_no_page_in_particular(site: Site):
    html = site.client().get("/shell").text
    assert f"<title>{site.settings.scene_name}</title>" in html and "noindex" in html
    assert "canonical" not in html and "<h1" not in html
    policy = site.client().get("/shell").headers["content-security-policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy


def test_the_worker_changes_with_what_the_server_puts_into_the_document(site: Site):
    page: BuiltPage = site.app.state.page
    here, elsewhere = (bytes(page.worker(scene).body) for scene in ("Rust Harbour", "Mill Lane"))
    assert here != elsewhere and b"__SHELL_STAMP__" not in here
    assert json.loads(bytes(page.manifest("Mill Lane").body))["name"] == "Mill Lane"


@pytest.mark.parametrize("name", ["sw.js", "manifest.webmanifest", "index.html"])
def test_a_checkout_without_a_page_says_so(site: Site, tmp_path: Path, name: str):
    before: BuiltPage = site.app.state.page
    site.app.state.page = BuiltPage(tmp_path)
    try:
        assert site.client().get(f"/{name}").status_code == 404
        assert site.client(Accept="text/html").get("/").status_code == 503
    finally:
        site.app.state.page = before

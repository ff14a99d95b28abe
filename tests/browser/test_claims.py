"""A page that nobody owns becomes somebody's: by a code on their site, by a mail there, by a moderator."""

import re
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE, Visitor
from tests.support.server import Person, Site, run_sql

from basedmusic.platform.fetch import Fetcher

pytestmark = pytest.mark.anyio


class Website:
    """A venue's own, on this machine."""

    def __init__(self) -> None:
        self.text = "<h1>The Boiler</h1>"
        website = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = website.text.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def website(site: Site) -> Generator[Website]:
    """With a fetcher that may reach this machine; in production nothing can ask for that."""
    usual = site.app.state.fetcher
    site.app.state.fetcher = Fetcher(loopback=True)
    website = Website()
    yield website
    website.server.shutdown()
    website.server.server_close()
    site.app.state.fetcher = usual


async def moderator(site: Site, name: str) -> Person:
    person = site.person(name)
    await run_sql(
        site.dsn,
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $1::uuid, 'moderator', kind FROM accounts.party WHERE kind = 'scene'""",
        person.id,
    )
    return person


def stub(by: Person, name: str, website: str, kind: str = "venue") -> dict[str, str]:
    body = {"kind": kind, "name": name, "city": "Rust Harbour", "website": website}
    answer = by.client.post("/profiles", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def claim(visitor: Visitor, page: dict[str, str]) -> None:
    await visitor.go(f"/{page['kind']}s/{page['slug']}")
    await visitor.standing(page["name"])
    await visitor.link("Claim it").click()
    await visitor.standing(f"Claim {page['name']}")
    await visitor.button("Show me how").click()
    await visitor.page.get_by_role("heading", name="Ask the moderators").wait_for()


def owns(person: Person, page: dict[str, str]) -> bool:
    profiles = person.client.get("/me").json()["profiles"]
    return any(one["id"] == page["id"] and one["role"] == "owner" for one in profiles)


async def test_a_code_on_the_own_site_by_keys_alone(visit: Visit, site: Site, website: Website):
    mara = site.person("Maraclaim")
    page = stub(await moderator(site, "Modasite"), "The Boiler", website.address)
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(mara)
    await visitor.go(f"/venues/{page['slug']}")
    await reader.looks("a page that nobody owns")
    await claim(visitor, page)
    await reader.looks("the ways to claim")
    visitor.expect_trouble("409.*look|status of 409")
    look = visitor.button("It is there, look now")
    await look.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.get_by_role("alert").filter(has_text="not on the page yet").wait_for()
    code = await visitor.page.get_by_label("Code", exact=True).input_value()
    website.text += f"<small>{code}</small>"
    await look.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.get_by_text("The Boiler is yours now").wait_for()
    await visitor.standing("The Boiler")
    await visitor.link("Claim it").wait_for(state="detached")
    assert owns(mara, page)
    assert reader.found == []


async def test_a_mail_at_the_own_domain(visit: Visit, site: Site):
    mara = site.person("Maramail")
    page = stub(await moderator(site, "Modamail"), "The Annex", "annex.example")
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(mara)
    await claim(visitor, page)
    visitor.expect_trouble("422.*mail|status of 422")
    await visitor.page.get_by_label("Address at annex.example").fill("mara@gmail.com")
    await visitor.button("Send the link").click()
    await visitor.page.get_by_text("Use an address at annex.example").wait_for()
    await visitor.page.get_by_label("Address at annex.example").fill("office@annex.example")
    await visitor.button("Send the link").click()
    await visitor.page.get_by_text("A link is on its way to office@annex.example").wait_for()
    (mail,) = await run_sql(
        site.dsn, "SELECT body FROM platform.mail WHERE recipient = 'office@annex.example'"
    )
    found = re.search(r"(/claim#\S+)", mail["body"])
    assert found
    # Somebody else who reads it gains nothing.
    stranger = await visit(PHONE)
    stranger.expect_trouble("404.*prove|status of 404")
    await stranger.sign_in_as(site.person("Ivomail"))
    await stranger.page.goto(site.address + found[1])
    await stranger.button("It is ours").click()
    await stranger.page.get_by_role("heading", name="This link is over").wait_for()
    await visitor.page.goto(site.address + found[1])
    await visitor.standing("Is this page yours?")
    assert "#" not in visitor.page.url
    await reader.looks("the link of a claim's mail")
    await visitor.button("It is ours").click()
    await visitor.page.get_by_text("The Annex is yours now").wait_for()
    assert owns(mara, page)
    assert reader.found == []


async def test_a_moderator_decides_by_words(visit: Visit, site: Site):
    mara, moda = site.person("Marawords"), await moderator(site, "Modawords")
    page = stub(moda, "Salt and Ivory", "", "artist")
    visitor = await visit(PHONE)
    await visitor.sign_in_as(mara)
    await claim(visitor, page)
    assert await visitor.button("It is there, look now").count() == 0
    await visitor.page.get_by_label("Your words").fill("We are the band, ask at the Boiler.")
    await visitor.button("Ask them").click()
    await visitor.page.get_by_text("The moderators have your words").wait_for()

    judge = await visit(PHONE, before=AXE)
    reader = Reader(judge)
    await judge.sign_in_as(moda)
    await judge.go("/claims")
    await judge.page.get_by_text("We are the band, ask at the Boiler.").wait_for()
    await reader.looks("claims to decide")
    await judge.button("Grant Salt and Ivory to Marawords").click()
    await judge.page.get_by_text("Salt and Ivory belongs to Marawords now").wait_for()
    await judge.page.get_by_role("heading", name="Nobody waits").wait_for()
    await reader.looks("no claims")
    assert owns(mara, page)
    assert reader.found == []


async def test_a_room_is_put_on_the_map_in_the_studio(visit: Visit, site: Site):
    mara = site.person("Mararoom")
    visitor = await visit(PHONE, before=AXE)
    reader = Reader(visitor)
    await visitor.sign_in_as(mara)
    await visitor.go("/studio?view=artists")
    await visitor.link("New venue").click()
    await visitor.standing("New venue")
    await reader.looks("new venue")
    await visitor.page.get_by_label("Name", exact=True).fill("Yard Nine")
    await visitor.page.get_by_label("City").fill("Rust Harbour")
    await visitor.page.get_by_label("About").fill("A yard with a roof.")
    await visitor.page.get_by_label("Website").fill("yard.example")
    await visitor.button("Make the page").click()
    await visitor.standing("Yard Nine")
    await visitor.page.get_by_text("A yard with a roof.").wait_for()
    await visitor.page.get_by_role("link", name="yard.example").wait_for()
    await reader.looks("a venue's page")
    assert reader.found == []

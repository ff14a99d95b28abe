"""Running the scene in the page: its first admin, people, a suspension and what they see, roles, jobs, the log."""

from collections.abc import Generator

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import DESKTOP, PHONE, Size, Visitor
from tests.support.databases import fresh_database
from tests.support.server import PASSWORD, Person, Site, run_sql, running_site

from basedmusic.app.admin.people import first_admin_token
from basedmusic.platform.postgres import EmbeddedPostgres

pytestmark = pytest.mark.anyio
REASON = "Sold tickets for shows that were never going to happen"
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


async def make_admin(site: Site) -> Person:
    """Straight into the database: the site of this folder is shared, and has admins already."""
    ada = site.person("Ada")
    await run_sql(
        site.dsn,
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $1::uuid, 'admin', kind FROM accounts.party WHERE kind = 'scene'""",
        ada.id,
    )
    return ada


@SIZES
async def test_somebody_is_found_suspended_and_let_in_again(size: Size, visit: Visit, site: Site):
    ada, tomek = await make_admin(site), site.person(f"Tomek{size[0]}")
    name = f"Tömek{size[0]}"
    assert tomek.client.patch("/me", json={"display_name": name}).is_success
    admin = await visit(size, before=AXE)
    reader = Reader(admin)
    await admin.sign_in_as(ada)
    await admin.go("/admin")
    await admin.standing("People")
    await admin.page.get_by_label("Search people").fill(name.lower().replace("ö", "o"))
    await admin.link(name).wait_for()
    await reader.looks("people")
    await admin.link(name).click()
    await admin.standing(name)
    await admin.button("Suspend").click()
    await reader.looks("a person, about to be suspended")
    await admin.page.get_by_label("Reason").fill(REASON)
    await admin.page.get_by_label("For", exact=True).select_option("open")
    await admin.button(f"Suspend {name}").click()
    await admin.page.get_by_text("until somebody lifts it", exact=False).wait_for()
    await admin.page.get_by_text("Nowhere right now.").wait_for()
    await reader.looks("a person, suspended")

    guest = await visit(size)
    guest.expect_trouble("403.*sessions|status of 403")
    await guest.go("/sign-in")
    await guest.page.get_by_label("Email").fill(tomek.email)
    await guest.page.get_by_label("Password").fill(PASSWORD)
    await guest.button("Sign in").click()
    await guest.page.get_by_role("alert").filter(has_text=REASON).wait_for()

    await admin.button("Lift the suspension").click()
    await admin.button("Suspend").wait_for()
    await guest.button("Sign in").click()
    await guest.page.get_by_role("alert").wait_for(state="detached")

    await admin.page.get_by_label("Role in the scene").select_option("moderator")
    await admin.page.get_by_text(f"{name}: Moderator").wait_for()
    await admin.page.get_by_text("Role in the scene changed").wait_for()
    await admin.link("Log").click()
    await admin.standing("Log")
    await admin.button("Check the log").click()
    await admin.page.get_by_text("The log is whole", exact=False).wait_for()
    await admin.page.get_by_label("What was done").select_option(label="Suspended")
    await admin.page.get_by_text(f"Reason: {REASON}").first.wait_for()
    await reader.looks("the log")
    assert reader.found == []


@SIZES
async def test_held_jobs_run_again_and_storage_is_told(size: Size, visit: Visit, site: Site):
    await run_sql(site.dsn, "DELETE FROM jobs.pgqueuer WHERE entrypoint LIKE 'test.%'")
    await run_sql(
        site.dsn,
        """INSERT INTO jobs.pgqueuer (priority, entrypoint, payload, status)
           SELECT 0, 'test.errand', '{"n":1}', 'failed' FROM generate_series(1, 3)""",
    )
    admin = await visit(size, before=AXE)
    reader = Reader(admin)
    await admin.sign_in_as(await make_admin(site))
    await admin.go("/admin/jobs")
    await admin.standing("Jobs")
    rows = admin.page.get_by_role("button", name="Run again: job", exact=False)
    await rows.first.wait_for()
    await reader.looks("jobs")
    await rows.first.click()
    await admin.page.get_by_text("runs again", exact=False).first.wait_for()
    await admin.page.get_by_role("button", name="Take out: job", exact=False).first.click()
    await admin.page.get_by_text("is taken out", exact=False).wait_for()
    await admin.button("Run all of test.errand again").click()
    await admin.page.get_by_text("1 job runs again").wait_for()
    await admin.page.get_by_text("No job is held.").wait_for()
    await admin.link("Storage").click()
    await admin.standing("Storage")
    await admin.page.get_by_text("free on the disk", exact=False).wait_for()
    await reader.looks("storage")
    assert reader.found == []
    await run_sql(site.dsn, "DELETE FROM jobs.pgqueuer WHERE entrypoint LIKE 'test.%'")


async def test_by_keys_alone_somebody_is_suspended_and_the_focus_comes_back(visit: Visit, site: Site):
    ada, ivo = await make_admin(site), site.person("Ivokeys")
    admin = await visit(PHONE)
    await admin.sign_in_as(ada)
    await admin.go(f"/admin/people/{ivo.id}")
    await admin.standing("Ivokeys")
    keys = admin.page.keyboard
    await admin.button("Suspend").focus()
    await keys.press("Enter")
    assert await focused(admin) == "TEXTAREA"
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Enter")  # not now
    assert await focused(admin) == "BUTTON"
    await keys.press("Enter")
    await keys.type("Enough")
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Enter")
    await admin.page.get_by_text("Ivokeys is suspended").wait_for()


async def focused(visitor: Visitor) -> str:
    return await visitor.page.evaluate("() => document.activeElement?.tagName")


async def test_a_listener_sees_nothing_of_it_and_a_moderator_a_part(visit: Visit, site: Site):
    await make_admin(site)
    listener = await visit(PHONE)
    listener.expect_trouble("404 .*/admin|status of 404")
    await listener.sign_in_as(site.person("Nobody"))
    for path in ("/admin", "/admin/jobs", "/admin/log"):
        await listener.go(path)
        await listener.standing("Nothing is here")
    lena = site.person("Lena")
    await run_sql(
        site.dsn,
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $1::uuid, 'moderator', kind FROM accounts.party WHERE kind = 'scene'""",
        lena.id,
    )
    moderator = await visit(PHONE)
    await moderator.sign_in_as(lena)
    await moderator.go("/admin")
    await moderator.standing("People")
    assert await moderator.link("Jobs").count() == 0
    assert "@" not in await moderator.page.locator("main").inner_text()


@pytest.fixture
def new_site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """A scene that nobody runs yet."""
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("new")) as site:
        yield site


async def test_the_printed_link_leads_through_signing_up_to_running_the_scene(visit: Visit, new_site: Site):
    somebody = await visit(PHONE)
    token = first_admin_token(new_site.app.state.secrets)
    await somebody.page.goto(f"{new_site.address}/first-admin#{token}")
    await somebody.standing("Become the first admin")
    assert "#" not in somebody.page.url
    await somebody.link("New here: make an account").click()
    await somebody.page.get_by_label("Your name").fill("Ada")
    await somebody.page.get_by_label("Email").fill("ada@example.org")
    await somebody.page.get_by_label("Password").fill(PASSWORD)
    await somebody.say_when_born()
    await somebody.button("Join").click()
    await somebody.button("Run this scene").click()
    await somebody.standing("People")

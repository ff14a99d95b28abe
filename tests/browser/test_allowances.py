"""A newcomer reads how many tracks go today before choosing files, on a phone."""

import asyncio
from pathlib import Path

import pytest
from tests.browser.conftest import Visit
from tests.browser.test_every_page import AXE, Reader
from tests.browser.visitor import PHONE
from tests.support.music import wav
from tests.support.server import Site

pytestmark = pytest.mark.anyio


async def test_a_newcomer_reads_how_many_more_go_and_when(visit: Visit, site: Site, tmp_path: Path):
    nia = site.person("Nia")
    await asyncio.to_thread(
        site.sql,
        """INSERT INTO accounts.counted (account_id, what, at)
           SELECT $1, 'uploads', now() - interval '2 hours' FROM generate_series(1, 18)""",
        nia.id,
    )
    visitor = await visit(PHONE, before=AXE)
    visitor.expect_trouble(r"429.*tracks|tracks.*429")
    reader = Reader(visitor)
    await visitor.sign_in_as(nia)
    await visitor.go("/studio")
    page = visitor.page
    await page.get_by_text("2 more tracks can be added within a day. More goes a day after").wait_for()
    await reader.looks("how many more")
    files = [tmp_path / f"Song {number}.wav" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(wav(1, seed=number))
    await visitor.choose(*files)
    await page.get_by_text("20 tracks within a day is the most for now", exact=False).wait_for()
    await page.get_by_role("alert").get_by_text("Uploading 20 times a day", exact=False).wait_for()
    await reader.looks("none more")
    assert reader.found == []

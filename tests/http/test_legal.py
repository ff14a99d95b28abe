"""The legal pages: for the app, and for readers without scripts."""

from html import escape

import pytest
from tests.support.server import Site

from basedmusic.app.doctor import _imprint, _mail  # pyright: ignore[reportPrivateUsage]  # of many findings
from basedmusic.app.legal.html import render
from basedmusic.app.legal.texts import LegalPage, Operator, write
from basedmusic.app.wiring import POLICIES
from basedmusic.platform.settings import read_settings

WHO = Operator("Harbour Sound", "Harbour Sound e. V. <x>", "Quay 1, Rust Harbour", "hello@example.org", 16)
NOBODY = Operator("Harbour Sound", "", "", "", 16)


@pytest.mark.parametrize("page", LegalPage)
def test_the_app_and_a_reader_without_scripts_get_the_same_words(site: Site, page: LegalPage):
    told = site.client().get(f"/api/v1/legal/{page}").json()
    html = site.client(Accept="text/html").get(f"/legal/{page}")
    assert html.status_code == 200 and f"<h1>{told['title']}</h1>" in html.text
    for section in told["sections"]:
        for words in section["paragraphs"]:
            assert escape(words) in html.text
    # The site of the tests says nothing of itself; names of settings are nothing for a visitor.
    assert "basedmusic doctor" in told["incomplete"] and "BASEDMUSIC_" not in html.text


def test_another_page_is_not_there(site: Site):
    assert site.client(Accept="text/html").get("/legal/cookies").status_code == 404
    assert site.client().get("/api/v1/legal/cookies").status_code == 422


@pytest.mark.parametrize("page", LegalPage)
def test_who_runs_the_scene_is_named_and_escaped(page: LegalPage):
    html = render(write(page, WHO, POLICIES))
    assert "<x>" not in html and "hello@example.org" in html
    assert "BASEDMUSIC_" not in html
    assert "not complete" in render(write(page, NOBODY, POLICIES)) and "not complete" not in html


def test_every_table_stands_on_the_privacy_page():
    document = write(LegalPage.PRIVACY, WHO, POLICIES)
    rows = [row for section in document.sections for row in section.rows]
    assert len(rows) == len(POLICIES) > 20
    assert len({row.what for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("settings", "ok", "mends"),
    [
        ({}, True, True),
        ({"BASEDMUSIC_PUBLIC_URL": "https://music.example.org"}, False, True),
        ({f"BASEDMUSIC_IMPRINT_{part}": "x" for part in ("NAME", "ADDRESS", "MAIL")}, True, False),
    ],
)
def test_the_doctor_asks_for_it_where_others_come(settings: dict[str, str], ok: bool, mends: bool):
    finding = _imprint(read_settings(settings))
    assert (finding.ok, bool(finding.mend)) == (ok, mends)


@pytest.mark.parametrize(
    ("settings", "ok", "mends"),
    [
        ({}, True, True),
        ({"BASEDMUSIC_PUBLIC_URL": "https://music.example.org"}, False, True),
        ({"BASEDMUSIC_SMTP_URL": "smtp://mail.example.org"}, True, False),
    ],
)
def test_the_doctor_asks_for_a_mail_server_where_others_come(settings: dict[str, str], ok: bool, mends: bool):
    finding = _mail(read_settings(settings))
    assert (finding.ok, bool(finding.mend)) == (ok, mends)

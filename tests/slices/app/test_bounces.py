"""`basedmusic bounce`, as a mail server pipes into it."""

import asyncio
from pathlib import Path

import pytest
from tests.support.server import run_sql
from tests.unit.platform.test_mail import notification

from basedmusic.app.commands import EX_TEMPFAIL, note_bounce
from basedmusic.platform.settings import Settings, read_settings

INSERT = """INSERT INTO platform.mail (kind, recipient, recipient_key, subject, body, html)
            VALUES ('hello', 'Mara@example.org', 'mara@example.org', 's', 't', 'h') RETURNING id"""


def sql(dsn: str, query: str):
    return asyncio.run(run_sql(dsn, query))


def settings_for(dsn: str, data: Path) -> Settings:
    return read_settings({"BASEDMUSIC_DATABASE_URL": dsn, "BASEDMUSIC_DATA": str(data)})


def returned(dsn: str) -> list[str]:
    return [row["code"] for row in sql(dsn, "SELECT code FROM platform.returned_mail")]


def test_a_mail_that_came_back_is_noted_and_nothing_else(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    settings = settings_for(dsn, tmp_path)
    mail_id = sql(dsn, INSERT)[0]["id"]
    for other in (b"hello", notification(), notification("delayed", "4.4.7", id=mail_id)):
        assert note_bounce(settings, other) == 0
        assert returned(dsn) == []
    assert note_bounce(settings, notification(id=mail_id)) == 0
    assert returned(dsn) == ["5.1.1"]
    assert "Noted (5.1.1)" in capsys.readouterr().out


def test_while_the_database_is_away_the_mail_server_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    settings = settings_for("postgresql://nobody@127.0.0.1:9/none", tmp_path)
    assert note_bounce(settings, notification()) == EX_TEMPFAIL
    assert "basedmusic:" in capsys.readouterr().err

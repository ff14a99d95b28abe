"""`basedmusic user …` and `basedmusic audit`: every verb, as it is typed, on a real database."""

import asyncio
import io
from pathlib import Path

import pytest
from tests.support.server import PASSWORD, run_sql

from basedmusic.app.cli import main

REASON = "Sold tickets for shows that were never going to happen"


def test_everything_the_page_does_can_be_typed_and_stands_in_the_log(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BASEDMUSIC_DATABASE_URL", dsn)
    monkeypatch.setenv("BASEDMUSIC_LOG_LEVEL", "warning")

    def typed(*words: str, said: str = "", fails: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        assert main([*words, "--data", str(tmp_path)]) == fails
        told = capsys.readouterr()
        return told.out + told.err

    def user(*words: str, said: str = "", fails: int = 0) -> str:
        return typed("user", *words, said=said, fails=fails)

    def sql(query: str) -> list[dict[str, object]]:
        return [dict(row) for row in asyncio.run(run_sql(dsn, query))]

    user("add", "ada@example.org", "Ada", "--admin", said=f"{PASSWORD}\n")
    user("add", "zoe@example.org", "Zoë", said=f"{PASSWORD}\n")
    assert user("list", "ZOE") == "zoe@example.org  Zoë\n"
    assert user("list", "nobody of this name") == "Nobody is found.\n"
    assert "ada@example.org  Ada  admin" in user("list")
    assert "keeps at least one admin" in user("role", "ada@example.org", "none", fails=1)
    assert "keeps at least one admin" in user("suspend", "ada@example.org", "--reason", "x", fails=1)
    user("role", "zoe@example.org", "moderator")
    assert "is no day" in user("suspend", "zoe@example.org", "--reason", REASON, "--until", "soon", fails=1)
    user("suspend", "zoe@example.org", "--reason", REASON, "--until", "2099-01-31")
    shown = user("show", "zoe@example.org")
    assert f"suspended until 2099-01-31 00:00 UTC: {REASON}" in shown
    assert "session   none" in shown and "account.suspended" in shown
    user("lift", "zoe@example.org")
    user("sessions", "zoe@example.org", "--end")
    assert user("sessions", "zoe@example.org") == "session   none\n"
    user("password", "zoe@example.org", said="five other words of mine\n")
    assert "Nobody has an account" in user("lift", "nobody@example.org", fails=1)
    rows = sql("SELECT act, hand FROM accounts.audit_entry ORDER BY seq")
    assert [row["act"] for row in rows] == [
        "scene.role_set",
        "account.added",
        "account.added",
        "scene.role_set",
        "account.suspended",
        "account.suspension_lifted",
        "account.sessions_ended",
        "account.password_set",
    ]
    assert {row["hand"] for row in rows} == {"shell"}

    assert typed("audit", "--verify").startswith("The log is whole: 8 entries, th")
    assert REASON in typed("audit")
    sql("ALTER TABLE accounts.audit_entry DISABLE TRIGGER USER")
    sql("UPDATE accounts.audit_entry SET hand = 'scene' WHERE seq = 5")
    assert typed("audit", "--verify", fails=1).startswith("The log is broken at entry 5: en")

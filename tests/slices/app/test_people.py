"""`basedmusic user …` and `basedmusic audit`: each verb as a process of its own, on a real database."""

from pathlib import Path

import pytest
from tests.slices.app.test_commands import basedmusic
from tests.support.server import PASSWORD

from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
REASON = "Sold tickets for shows that were never going to happen"


async def test_everything_the_page_does_can_be_typed_and_stands_in_the_log(
    database: Database, dsn: str, tmp_path: Path
):
    def user(*words: str, said: str = "", fails: int = 0) -> str:
        done = basedmusic("user", *words, dsn=dsn, data=tmp_path, said=said)
        assert (done.returncode, "Traceback" in done.stderr) == (fails, False), done.stderr
        return done.stdout + done.stderr

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
    rows = await database.pool.fetch("SELECT act, hand FROM accounts.audit_entry ORDER BY seq")
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

    whole = basedmusic("audit", "--verify", dsn=dsn, data=tmp_path)
    assert (whole.returncode, whole.stdout[:31]) == (0, "The log is whole: 8 entries, th")
    assert REASON in basedmusic("audit", dsn=dsn, data=tmp_path).stdout
    async with database.transaction() as tx:
        await tx.conn.execute("ALTER TABLE accounts.audit_entry DISABLE TRIGGER USER")
        await tx.conn.execute("UPDATE accounts.audit_entry SET hand = 'scene' WHERE seq = 5")
    broken = basedmusic("audit", "--verify", dsn=dsn, data=tmp_path)
    assert (broken.returncode, broken.stdout[:32]) == (1, "The log is broken at entry 5: en")

"""The audit log in the database: appended to, never changed, checked."""

import asyncpg
import pytest
from tests.support.people import sign_up

from basedmusic.accounts import AuditAct, BrokenLink, ChainHead, Hand, record, verify_chain
from basedmusic.accounts.privacy import TABLES
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio


async def write(database: Database, times: int = 1, **payload: str) -> None:
    async with database.transaction() as tx:
        for number in range(times):
            await record(
                tx,
                Hand.SHELL,
                AuditAct.JOB_RELEASED,
                subject_kind="job",
                subject_id=number,
                payload=payload,
            )


async def check(database: Database) -> ChainHead | BrokenLink:
    async with database.connection() as conn:
        return await verify_chain(conn)


async def tamper(database: Database, sql: str) -> None:
    """As the owner of the tables can, past the triggers."""
    async with database.transaction() as tx:
        await tx.conn.execute("ALTER TABLE accounts.audit_entry DISABLE TRIGGER USER")
        await tx.conn.execute(sql)
        await tx.conn.execute("ALTER TABLE accounts.audit_entry ENABLE TRIGGER USER")


async def test_a_log_holds_from_its_first_entry_on(database: Database):
    assert await check(database) == ChainHead(0, bytes(32))
    for entries in range(1, 8):
        await write(database, reason="é\0\ud800 words")
        async with database.connection() as conn:
            head = await verify_chain(conn, at_once=3)  # whole parts, and one that is not
        assert isinstance(head, ChainHead) and head.seq == entries


async def test_what_was_rolled_back_is_in_no_log(database: Database):
    with pytest.raises(RuntimeError):
        async with database.transaction() as tx:
            await record(tx, None, AuditAct.JOB_RELEASED, subject_kind="job", subject_id=1)
            raise RuntimeError
    assert await check(database) == ChainHead(0, bytes(32))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts.audit_entry SET act = 'job.cancelled' WHERE seq = 2",
        "UPDATE accounts.audit_entry SET payload = '{}' WHERE seq = 2",
        "UPDATE accounts.audit_entry SET hash = payload_hash WHERE seq = 2",
        "UPDATE accounts.audit_entry SET subject_id = NULL WHERE seq = 2",
        "UPDATE accounts.audit_entry SET subject_id = NULL, payload = NULL, salt = NULL WHERE seq = 2",
        "DELETE FROM accounts.audit_entry WHERE seq = 3",
        "TRUNCATE accounts.audit_entry",
    ],
)
async def test_the_database_refuses_to_change_or_remove_an_entry(database: Database, sql: str):
    await write(database, 3, reason="words")
    with pytest.raises(asyncpg.CheckViolationError):
        await database.pool.execute(sql)
    head = await check(database)
    assert isinstance(head, ChainHead) and head.seq == 3


@pytest.mark.parametrize(
    ("sql", "seq"),
    [
        ("UPDATE accounts.audit_entry SET act = 'job.cancelled' WHERE seq = 2", 2),
        ('UPDATE accounts.audit_entry SET payload = \'{"reason":"other"}\' WHERE seq = 2', 2),
        ("DELETE FROM accounts.audit_entry WHERE seq = 1", 1),
        ("DELETE FROM accounts.audit_entry WHERE seq = 3", 3),
        ("DELETE FROM accounts.audit_entry WHERE seq = 4", 4),
        ("DELETE FROM accounts.audit_entry", 1),
        ("UPDATE accounts.audit_head SET seq = 3", 3),
        ("UPDATE accounts.audit_head SET hash = decode(repeat('11', 32), 'hex')", 4),
        ("DELETE FROM accounts.audit_head", 1),
        (
            """WITH gone AS (DELETE FROM accounts.audit_entry WHERE seq = 4)
               UPDATE accounts.audit_entry SET seq = seq WHERE seq = 2""",
            4,
        ),
    ],
)
async def test_whoever_owns_the_database_is_found_out(database: Database, sql: str, seq: int):
    await write(database, 4, reason="words")
    await tamper(database, sql)
    found = await check(database)
    assert isinstance(found, BrokenLink), found
    assert found.seq == seq


async def test_erasing_a_person_takes_the_words_and_leaves_the_chain(database: Database):
    mara = await sign_up(database)
    async with database.transaction() as tx:
        await record(
            tx,
            Hand.SHELL,
            AuditAct.ACCOUNT_SUSPENDED,
            subject_kind="account",
            subject_id=mara.id,
            payload={"reason": "Mara sold what was not hers"},
        )
    await write(database, reason="about something else")
    before = await check(database)
    (forget,) = (one.forget for one in TABLES if one.table == "accounts.audit_entry")
    assert forget is not None
    await database.pool.execute(forget, mara.id)
    assert await check(database) == before
    rows = await database.pool.fetch("SELECT payload, salt FROM accounts.audit_entry ORDER BY seq")
    assert rows[0]["payload"] is None and rows[0]["salt"] is None
    assert rows[1]["payload"] is not None


async def test_an_export_names_no_moderator_but_oneself(database: Database):
    mara, mod = await sign_up(database), await sign_up(database, "mod@example.org", "Mod")
    async with database.transaction() as tx:
        await record(
            tx, mod.id, AuditAct.ACCOUNT_SUSPENDED, subject_kind="account", subject_id=mara.id, payload={}
        )
    (rows,) = (one.rows for one in TABLES if one.table == "accounts.audit_entry")
    assert rows is not None
    (about,) = await database.pool.fetch(rows, mara.id)
    assert (about["act"], about["subject_id"]) == ("account.suspended", str(mara.id))
    assert str(mod.id) not in repr(dict(about))
    (done,) = await database.pool.fetch(rows, mod.id)
    assert done["actor_id"] == mod.id

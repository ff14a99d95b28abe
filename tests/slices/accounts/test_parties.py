"""Parties and accounts on a real PostgreSQL: names, owners, and what two who come at once get."""

import asyncio
import re
from uuid import uuid4

import asyncpg
import pytest
from tests.support.people import found, give_role, sign_up, viewer_of

from basedmusic.accounts import (
    ANONYMOUS,
    Account,
    EmailTaken,
    Party,
    PartyKind,
    Role,
    Verb,
    list_profiles,
    rename_party,
    require_can,
)
from basedmusic.accounts.contracts import NotAMember
from basedmusic.accounts.privacy import TABLES
from basedmusic.kernel.errors import Invalid, NotFound, SignInRequired
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio


async def test_names_that_fold_alike_get_numbered_slugs_per_kind(database: Database):
    mara = await sign_up(database)
    names = ["Tide Tables", "tide tables!", "Tidé Täbles"]
    assert [(await found(database, mara, name)).slug for name in names] == [
        "tide-tables",
        "tide-tables-2",
        "tide-tables-3",
    ]
    assert (await found(database, mara, "Tide Tables", PartyKind.VENUE)).slug == "tide-tables"


async def test_twelve_of_one_name_at_once_get_twelve_slugs(database: Database):
    mara = await sign_up(database)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(found(database, mara, "Echo")) for _ in range(12)]
    slugs = {task.result().slug for task in tasks}
    assert slugs == {"echo", *(f"echo-{number}" for number in range(2, 13))}


async def test_a_hundred_and_first_namesake_gets_a_random_ending(database: Database):
    mara = await sign_up(database)
    await database.pool.execute(
        """INSERT INTO accounts.party (kind, name, slug)
           SELECT 'artist', 'Echo', 'echo' || CASE n WHEN 1 THEN '' ELSE '-' || n END
             FROM generate_series(1, 100) n"""
    )
    assert re.fullmatch("echo-[0-9a-f]{8}", (await found(database, mara, "Echo")).slug)


async def test_a_new_name_leaves_the_slug(database: Database):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    async with database.transaction() as tx:
        await rename_party(tx, party.id, "  Low   Water ")
    row = await database.pool.fetchrow("SELECT * FROM accounts.v_party WHERE id = $1", party.id)
    assert row is not None
    assert dict(row) == {
        "id": party.id,
        "kind": "artist",
        "name": "Low Water",
        "slug": "tide-tables",
        "frozen_at": None,
    }
    async with database.transaction() as tx:
        with pytest.raises(Invalid):
            await rename_party(tx, party.id, " ")
        with pytest.raises(NotFound):
            await rename_party(tx, PartyId(uuid4()), "Nobody")


async def test_members_may_and_others_may_not(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    async with database.connection() as conn:
        assert await require_can(conn, viewer_of(mara), party.id, Verb.MANAGE_OWNERS) is Role.OWNER
        with pytest.raises(NotAMember) as strange:
            await require_can(conn, viewer_of(ivo), party.id, Verb.SEE_MEMBERS)
        with pytest.raises(NotAMember) as missing:
            await require_can(conn, viewer_of(ivo), PartyId(ivo.id), Verb.SEE_MEMBERS)
        assert str(strange.value) == str(missing.value)
        with pytest.raises(SignInRequired):
            await require_can(conn, ANONYMOUS, party.id, Verb.SEE_MEMBERS)
        profiles = await list_profiles(conn, mara.id)
    assert [(one.party, one.role) for one in profiles] == [(party, Role.OWNER)]


async def test_an_address_in_other_letters_is_the_same_account(database: Database):
    await sign_up(database, "Mara@example.org")
    with pytest.raises(EmailTaken):
        await sign_up(database, "MARA@EXAMPLE.org")
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.party WHERE kind <> 'scene'") == 1


async def test_of_two_who_sign_up_with_one_address_at_once_one_gets_it(database: Database):
    answers = await asyncio.gather(*(sign_up(database) for _ in range(6)), return_exceptions=True)
    assert sum(isinstance(answer, Account) for answer in answers) == 1
    assert sum(isinstance(answer, EmailTaken) for answer in answers) == 5
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.party WHERE kind <> 'scene'") == 1


async def test_a_party_never_loses_its_last_owner(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    for statement in (
        "DELETE FROM accounts.membership WHERE party_id = $1",
        "UPDATE accounts.membership SET role = 'member' WHERE party_id = $1",
        "DELETE FROM accounts.account WHERE id IN (SELECT account_id FROM accounts.membership"
        " WHERE party_id = $1)",
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="last owner"):
            await database.pool.execute(statement, party.id)
    async with database.transaction() as tx:  # handing it on may go through a moment without an owner
        await tx.conn.execute("DELETE FROM accounts.membership WHERE party_id = $1", party.id)
        await tx.conn.execute(
            """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
               VALUES ($1, $2, 'owner', 'artist')""",
            party.id,
            ivo.id,
        )
    await database.pool.execute("DELETE FROM accounts.party WHERE id = $1", party.id)  # it all goes


async def leave_at_once(
    database: Database, party: Party, people: list[Account]
) -> list[BaseException | None]:
    """All delete their membership, then all commit; what each commit came to."""
    deleted = asyncio.Barrier(len(people))

    async def leave(account: Account) -> None:
        async with database.transaction() as tx:
            await tx.conn.execute(
                "DELETE FROM accounts.membership WHERE party_id = $1 AND account_id = $2",
                party.id,
                account.id,
            )
            await deleted.wait()

    return await asyncio.gather(*(leave(one) for one in people), return_exceptions=True)


async def test_two_last_owners_who_leave_at_once_leave_one_behind(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, Role.OWNER)
    outcomes = await leave_at_once(database, party, [mara, ivo])
    assert sorted(type(one).__name__ for one in outcomes) == ["CheckViolationError", "NoneType"]
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.membership") == 1


async def test_control_without_the_partys_lock_both_leave(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, Role.OWNER)
    source = await database.pool.fetchval("SELECT pg_get_functiondef('accounts.keep_an_owner'::regproc)")
    assert source is not None and "FOR NO KEY UPDATE" in source
    # Without the lock both counts run before either commit: the pause makes that certain.
    await database.pool.execute(
        source.replace(" FOR NO KEY UPDATE", "").replace("RETURN NULL", "PERFORM pg_sleep(0.2); RETURN NULL")
    )
    assert await leave_at_once(database, party, [mara, ivo]) == [None, None]
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.membership") == 0


async def test_the_database_refuses_an_account_that_is_no_person(database: Database):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await database.pool.execute(
            "INSERT INTO accounts.account (id, email, email_normalised, password_hash)"
            " VALUES ($1, 'x@example.org', 'x@example.org', 'x')",
            party.id,
        )


async def test_every_table_says_what_export_and_erasure_do(database: Database):
    tables = await database.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'accounts'")
    assert {f"accounts.{row['tablename']}" for row in tables} == {policy.table for policy in TABLES}

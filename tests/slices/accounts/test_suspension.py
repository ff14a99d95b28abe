"""Suspending: at once, told in words, lifted again; who may do it to whom; the scene keeps an admin."""

from collections.abc import AsyncGenerator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest
from tests.fakes.hasher import PlainHasher
from tests.support.people import sign_up
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import (
    Account,
    AccountSuspended,
    Hand,
    Role,
    SessionKind,
    end_sessions_of,
    lift_suspension,
    set_scene_role,
    suspend_account,
)
from basedmusic.accounts.contracts import (
    AccountMissing,
    LastAdmin,
    ModeratorsOnly,
    NotYourself,
    RankTooHigh,
    RefreshInvalid,
    WrongCredentials,
)
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.service import find_viewer_by_cookie, refresh_session, sign_in, start_session
from basedmusic.kernel.errors import AppError, Invalid
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
REASON = "Sold tickets for shows that were never going to happen"
PASSWORD = "four words of yours"


@pytest.fixture
async def passwords() -> AsyncGenerator[Passwords]:
    passwords = Passwords(PlainHasher())
    yield passwords
    passwords.close()


@pytest.fixture
async def mara(database: Database) -> Account:
    return await sign_up(database)


async def make(database: Database, name: str, role: Role | None) -> Account:
    account = await sign_up(database, f"{name.lower()}@example.org", name)
    async with database.transaction() as tx:
        await set_scene_role(tx, account.id, role)
    return account


async def suspend(
    database: Database, account: Account, by: AccountId | Hand = Hand.SHELL, until: datetime | None = None
) -> None:
    async with database.transaction() as tx:
        await suspend_account(tx, by, account.id, REASON, until, NOW)


async def test_it_ends_every_session_and_is_told_for_the_right_password_only(
    database: Database, passwords: Passwords, mara: Account
):
    async with database.transaction() as tx:
        cookie = await start_session(tx, mara.id, SessionKind.COOKIE, NOW)
        program = await start_session(tx, mara.id, SessionKind.BEARER, NOW)
    await suspend(database, mara, until=NOW + timedelta(days=10))
    async with database.transaction() as tx:
        assert (await find_viewer_by_cookie(tx.conn, cookie.secret, NOW)).account_id is None
        with pytest.raises(RefreshInvalid):
            await refresh_session(tx, program.secret, NOW)
    with pytest.raises(WrongCredentials):
        await sign_in(database, passwords, mara.email, "four other words", SessionKind.COOKIE, NOW)
    with pytest.raises(AccountSuspended, match=r"until 3 December 2026, 12:00 UTC.*never going to happen"):
        await sign_in(database, passwords, mara.email, PASSWORD, SessionKind.COOKIE, NOW)
    after = NOW + timedelta(days=10)
    assert await sign_in(database, passwords, mara.email, PASSWORD, SessionKind.COOKIE, after)


async def test_lifting_it_lets_them_in_again_and_twice_is_once(
    database: Database, passwords: Passwords, mara: Account
):
    await suspend(database, mara)
    for _ in range(2):
        async with database.transaction() as tx:
            await lift_suspension(tx, Hand.SHELL, mara.id)
    assert await sign_in(database, passwords, mara.email, PASSWORD, SessionKind.COOKIE, NOW)
    acts = await database.pool.fetch("SELECT act, hand, subject_id FROM accounts.audit_entry ORDER BY seq")
    assert [row["act"] for row in acts] == ["account.suspended", "account.suspension_lifted"]
    assert {(row["hand"], row["subject_id"]) for row in acts} == {("shell", str(mara.id))}


async def test_a_second_suspension_has_the_new_words_and_the_old_beginning(database: Database, mara: Account):
    await suspend(database, mara)
    async with database.transaction() as tx:
        later = await suspend_account(
            tx, Hand.SHELL, mara.id, " Again \n and again", NOW + timedelta(days=3), NOW + timedelta(days=1)
        )
    assert (later.since, later.reason) == (NOW, "Again and again")


async def test_one_that_is_over_is_swept(database: Database, mara: Account):
    await suspend(database, mara, until=NOW + timedelta(days=1))
    async with database.transaction() as tx:
        await sweep_accounts(tx.conn, NOW + timedelta(days=1))
    assert await database.pool.fetchval("SELECT suspended_at FROM accounts.account") is None


async def test_it_needs_a_reason_and_an_end_to_come(database: Database, mara: Account):
    for reason, until in ((" \n", None), ("x" * 1001, None), (REASON, NOW)):
        with pytest.raises(Invalid):
            async with database.transaction() as tx:
                await suspend_account(tx, Hand.SHELL, mara.id, reason, until, NOW)


@pytest.mark.parametrize(
    ("actor", "subject", "refusal"),
    [
        (None, None, ModeratorsOnly),
        (Role.MODERATOR, None, None),
        (Role.MODERATOR, Role.MODERATOR, RankTooHigh),
        (Role.MODERATOR, Role.ADMIN, RankTooHigh),
        (Role.ADMIN, None, None),
        (Role.ADMIN, Role.MODERATOR, None),
        (Role.ADMIN, Role.ADMIN, None),
    ],
)
async def test_who_may_do_it_to_whom(
    database: Database, actor: Role | None, subject: Role | None, refusal: type[AppError] | None
):
    lena, joost = await make(database, "Lena", actor), await make(database, "Joost", subject)
    for verb in (
        lambda tx: suspend_account(tx, lena.id, joost.id, REASON, None, NOW),
        lambda tx: lift_suspension(tx, lena.id, joost.id),
        lambda tx: end_sessions_of(tx, lena.id, joost.id),
    ):
        with pytest.raises(refusal) if refusal else nullcontext():
            async with database.transaction() as tx:
                await verb(tx)


async def test_nobody_suspends_themselves_and_nobody_the_last_admin(database: Database):
    ada = await make(database, "Ada", Role.ADMIN)
    with pytest.raises(NotYourself):
        await suspend(database, ada, by=ada.id)
    with pytest.raises(LastAdmin):
        await suspend(database, ada)
    with pytest.raises(LastAdmin):
        async with database.transaction() as tx:
            await set_scene_role(tx, ada.id, Role.MODERATOR)
    bas = await make(database, "Bas", Role.ADMIN)
    await suspend(database, bas, by=ada.id)
    with pytest.raises(LastAdmin):  # one who can't sign in does not count
        async with database.transaction() as tx:
            await set_scene_role(tx, ada.id, None)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM accounts.membership WHERE role = 'admin'",
        "UPDATE accounts.membership SET role = 'moderator' WHERE role = 'admin'",
        "UPDATE accounts.account SET suspended_at = now(), suspension_reason = 'x'",
    ],
)
async def test_the_database_keeps_the_last_admin_too(database: Database, sql: str):
    await make(database, "Ada", Role.ADMIN)
    with pytest.raises(asyncpg.CheckViolationError, match="last admin"):
        await database.pool.execute(sql)


async def test_nobody_there_is_nobody_suspended(database: Database):
    gone = AccountId(uuid4())
    for verb in (
        lambda tx: suspend_account(tx, Hand.SHELL, gone, REASON, None, NOW),
        lambda tx: lift_suspension(tx, Hand.SHELL, gone),
        lambda tx: set_scene_role(tx, gone, Role.ADMIN),
    ):
        with pytest.raises(AccountMissing):
            async with database.transaction() as tx:
                await verb(tx)


async def test_roles_of_the_scene_are_logged_with_what_they_were(database: Database):
    ada = await make(database, "Ada", Role.ADMIN)
    bas = await make(database, "Bas", None)
    async with database.transaction() as tx:
        await set_scene_role(tx, bas.id, Role.MODERATOR, by=ada.id)
        await set_scene_role(tx, bas.id, Role.MODERATOR, by=ada.id)
    rows = await database.pool.fetch(
        "SELECT act, actor_id, payload FROM accounts.audit_entry WHERE subject_id = $1", str(bas.id)
    )
    assert [tuple(row) for row in rows] == [("scene.role_set", ada.id, '{"before":null,"role":"moderator"}')]

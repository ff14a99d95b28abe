"""Suspending somebody who signs in, appending at once, two admins who go. Each shown with its guard off."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
import pytest
from tests.fakes.hasher import PlainHasher
from tests.support.people import sign_up
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import (
    Account,
    AccountSuspended,
    AuditAct,
    ChainHead,
    Hand,
    Role,
    SessionKind,
    record,
    set_scene_role,
    suspend_account,
    verify_chain,
)
from basedmusic.accounts.contracts import LastAdmin
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.service import refresh_session, start_session
from basedmusic.accounts.service.erasure import ask_for_erasure
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
SCENE_UNLOCKED = {"WHERE kind = 'scene' FOR NO KEY UPDATE": "WHERE kind = 'scene'"}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Verb = Callable[[Tx], Awaitable[object]]


async def race(database: Database, without: Mapping[str, str], *verbs: tuple[str, Verb]) -> list[object]:
    """All at once, each in a transaction of its own; before the statement named they wait for each other."""
    rendezvous = Rendezvous(len(verbs))

    async def run(meet_before: str, verb: Verb) -> object:
        async with database.transaction() as tx:
            return await verb(on(tx, Unguarded(tx.conn, without, meet_before, rendezvous)))

    return await asyncio.gather(*(run(*one) for one in verbs), return_exceptions=True)


class Meeting(Database):
    """Whose transactions wait for each other before a statement, with statements changed."""

    def __init__(
        self, database: Database, without: Mapping[str, str], meet_before: str, rendezvous: Rendezvous
    ) -> None:
        super().__init__(database.pool, database.facts)
        self._how = without, meet_before, rendezvous

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with super().transaction() as tx:
            yield on(tx, Unguarded(tx.conn, *self._how))


@pytest.fixture
def passwords() -> Generator[Passwords]:
    passwords = Passwords(PlainHasher())
    yield passwords
    passwords.close()


async def two_admins(database: Database) -> list[Account]:
    admins = [await sign_up(database, f"{name}@example.org", name) for name in ("ada", "bas")]
    async with database.transaction() as tx:
        for admin in admins:
            await set_scene_role(tx, admin.id, Role.ADMIN)
    return admins


@GUARDED
async def test_entries_appended_at_once_chain_one_after_another(database: Database, guarded: bool):
    async def append(tx: Tx) -> None:
        await record(tx, Hand.SHELL, AuditAct.JOB_RELEASED, subject_kind="job", subject_id=1)

    unlocked = {"FROM accounts.audit_head FOR UPDATE": "FROM accounts.audit_head"}
    verbs = [("UPDATE accounts.audit_head", append)] * 5
    outcomes = await race(database, {} if guarded else unlocked, *verbs)
    lost = [one for one in outcomes if isinstance(one, asyncpg.UniqueViolationError)]
    assert len(lost) == (0 if guarded else 4), outcomes
    async with database.connection() as conn:
        head = await verify_chain(conn)
    assert isinstance(head, ChainHead) and head.seq == 5 - len(lost)


@GUARDED
async def test_a_sign_in_at_the_moment_of_a_suspension_does_not_outlive_it(database: Database, guarded: bool):
    mara = await sign_up(database)

    async def suspend(tx: Tx) -> None:
        await suspend_account(tx, Hand.SHELL, mara.id, "Enough", None, NOW)

    async def come_in(tx: Tx) -> None:
        await start_session(tx, mara.id, SessionKind.COOKIE, NOW)

    unheld = {"FROM accounts.account WHERE id = $1 FOR NO KEY UPDATE": "FROM accounts.account WHERE id = $1"}
    coming = "INSERT INTO accounts.session"
    # The sign-in looks, the suspension commits, and the sign-in goes on.
    suspended = asyncio.Event()

    async def late(tx: Tx) -> None:
        class Waiting(Rendezvous):
            async def meet(self) -> None:
                try:
                    async with asyncio.timeout(0.4):
                        await suspended.wait()
                except TimeoutError:
                    pass  # the suspension waits for us

        await come_in(on(tx, Unguarded(tx.conn, {} if guarded else unheld, coming, Waiting(1))))

    async def run(verb: Verb) -> None:
        async with database.transaction() as tx:
            await verb(tx)

    looking = asyncio.create_task(run(late))
    await asyncio.sleep(0.1)
    await run(suspend)
    suspended.set()
    await asyncio.gather(looking, return_exceptions=True)
    sessions = await database.pool.fetchval("SELECT count(*) FROM accounts.session")
    assert sessions == (0 if guarded else 1)
    with pytest.raises(AccountSuspended):
        await run(come_in)


@GUARDED
async def test_a_refresh_at_the_moment_of_a_suspension_does_not_outlive_it(database: Database, guarded: bool):
    mara = await sign_up(database)
    async with database.transaction() as tx:
        granted = await start_session(tx, mara.id, SessionKind.BEARER, NOW)

    async def suspend(tx: Tx) -> None:
        await suspend_account(tx, Hand.SHELL, mara.id, "Enough", None, NOW)

    async def refresh(tx: Tx) -> object:
        return await refresh_session(tx, granted.secret, NOW)

    # The guard is that a suspension takes the session's row away, and with it every token there will be.
    kept = {"DELETE FROM accounts.session WHERE account_id = $1": "SELECT $1::uuid"}
    await race(
        database,
        {} if guarded else kept,
        ("INSERT INTO accounts.refresh_token", refresh),
        ("UPDATE accounts.account SET suspended_at", suspend),
    )
    living = "SELECT count(*) FROM accounts.refresh_token WHERE used_at IS NULL"
    assert await database.pool.fetchval(living) == (0 if guarded else 1)


@GUARDED
async def test_of_two_admins_who_step_down_at_once_one_stays_and_is_told_why(
    database: Database, guarded: bool
):
    admins = await two_admins(database)
    outcomes = await race(
        database,
        {} if guarded else SCENE_UNLOCKED,
        *(
            ("DELETE FROM accounts.membership", lambda tx, one=one: set_scene_role(tx, one.id, None))
            for one in admins
        ),
    )
    # Without the lock the database's own law refuses one of them at commit, in nobody's words.
    told = LastAdmin if guarded else asyncpg.CheckViolationError
    assert sum(isinstance(one, told) for one in outcomes) == 1, outcomes
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.membership WHERE role = 'admin'") == 1


async def leave(database: Database, passwords: Passwords, account: Account) -> None:
    letterhead = Letterhead("Rust Harbour", "http://127.0.0.1")
    await ask_for_erasure(database, passwords, account, "four words of yours", letterhead, NOW)


@GUARDED
async def test_of_two_admins_who_ask_to_be_erased_at_once_one_stays_and_is_told_why(
    database: Database, passwords: Passwords, guarded: bool
):
    admins, rendezvous = await two_admins(database), Rendezvous(2)
    meeting = Meeting(database, {} if guarded else SCENE_UNLOCKED, "INSERT INTO accounts.erasure", rendezvous)
    outcomes = await asyncio.gather(
        *(leave(meeting, passwords, admin) for admin in admins), return_exceptions=True
    )
    assert sum(isinstance(one, LastAdmin) for one in outcomes) == (1 if guarded else 0), outcomes
    left = await database.pool.fetchval("SELECT count(*) FROM accounts.v_present_admin")
    assert left == (1 if guarded else 0)


@GUARDED
async def test_an_admin_who_leaves_while_the_other_is_demoted_leaves_one_who_stays(
    database: Database, passwords: Passwords, guarded: bool
):
    (ada, bas), rendezvous = await two_admins(database), Rendezvous(2)
    without = {} if guarded else SCENE_UNLOCKED

    async def demote() -> None:
        async with database.transaction() as tx:
            conn = Unguarded(tx.conn, without, "DELETE FROM accounts.membership", rendezvous)
            await set_scene_role(on(tx, conn), bas.id, None)

    outcomes = await asyncio.gather(
        leave(Meeting(database, without, "INSERT INTO accounts.erasure", rendezvous), passwords, ada),
        demote(),
        return_exceptions=True,
    )
    # Without the lock neither is told; the database's own law may stop the one, depending on who commits first.
    assert sum(isinstance(one, LastAdmin) for one in outcomes) == (1 if guarded else 0), outcomes
    if guarded:
        assert await database.pool.fetchval("SELECT count(*) FROM accounts.v_present_admin") == 1

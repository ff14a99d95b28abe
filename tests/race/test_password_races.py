"""A password that changes while somebody uses the old one. Shown first with the guard off."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from tests.fakes.hasher import PlainHasher
from tests.support.unguarded import Unguarded, on

from basedmusic.accounts import Account, SessionKind, create_account
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.service import Grant, change_password, sign_in, start_session
from basedmusic.kernel.clock import utc_now
from basedmusic.kernel.errors import Conflict
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio

GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
OLD, NEW = "four words of yours", "five other words of yours"
UNCOMPARED = {"AND password_hash = $2": "AND $2::text IS NOT NULL"}


class Late(Database):
    """Begins its transactions when told to, with statements changed."""

    def __init__(self, database: Database, gate: asyncio.Event, without: Mapping[str, str]) -> None:
        super().__init__(database.pool, database.facts)
        self._gate = gate
        self._without = without

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        await self._gate.wait()
        async with super().transaction() as tx:
            yield on(tx, Unguarded(tx.conn, self._without))


@pytest.fixture
def hasher() -> PlainHasher:
    return PlainHasher()


@pytest.fixture
def passwords(hasher: PlainHasher) -> Generator[Passwords]:
    passwords = Passwords(hasher)
    yield passwords
    passwords.close()


@pytest.fixture
async def signed_in(database: Database) -> tuple[Account, UUID]:
    async with database.transaction() as tx:
        account = await create_account(
            tx, email="mara@example.org", password=OLD, display_name="Mara", hasher=PlainHasher()
        )
        return account, (await start_session(tx, account.id, SessionKind.COOKIE, utc_now())).session_id


async def count_sessions(database: Database) -> int:
    async with database.connection() as conn:
        return await conn.fetchval("SELECT count(*) FROM accounts.session") or 0


@GUARDED
async def test_a_sign_in_with_the_old_password_does_not_outlive_its_change(
    database: Database,
    hasher: PlainHasher,
    passwords: Passwords,
    signed_in: tuple[Account, UUID],
    guarded: bool,
):
    account, keep = signed_in
    gate = asyncio.Event()
    late = Late(database, gate, {} if guarded else UNCOMPARED)
    slow = asyncio.create_task(sign_in(late, passwords, account.email, OLD, SessionKind.COOKIE, utc_now()))
    while hasher.verified == 0:
        await asyncio.sleep(0.01)
    await change_password(database, passwords, account, current=OLD, new=NEW, keep=keep)
    gate.set()
    (outcome,) = await asyncio.gather(slow, return_exceptions=True)
    assert isinstance(outcome, Conflict if guarded else Grant), outcome
    assert await count_sessions(database) == (1 if guarded else 2)


@GUARDED
async def test_of_two_changes_at_once_one_is_told(
    database: Database,
    hasher: PlainHasher,
    passwords: Passwords,
    signed_in: tuple[Account, UUID],
    guarded: bool,
):
    account, keep = signed_in
    gate = asyncio.Event()
    late = Late(database, gate, {} if guarded else UNCOMPARED)
    slow = asyncio.create_task(
        change_password(late, passwords, account, current=OLD, new=NEW + "?", keep=keep)
    )
    while hasher.verified == 0:
        await asyncio.sleep(0.01)
    await change_password(database, passwords, account, current=OLD, new=NEW, keep=keep)
    gate.set()
    (outcome,) = await asyncio.gather(slow, return_exceptions=True)
    assert isinstance(outcome, Conflict if guarded else type(None)), outcome

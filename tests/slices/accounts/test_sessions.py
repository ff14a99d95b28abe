"""Sessions on a real PostgreSQL: rotation, reuse, and what expires. Refreshes at once are in tests/race."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from tests.fakes.hasher import PlainHasher

from basedmusic.accounts import Account, SessionKind, create_account
from basedmusic.accounts.contracts import RefreshInvalid, RefreshReused
from basedmusic.accounts.jobs import SWEEPS
from basedmusic.accounts.rules import REFRESH_GRACE
from basedmusic.accounts.service import (
    Grant,
    end_sessions,
    find_viewer_by_cookie,
    find_viewer_by_session,
    refresh_session,
    start_session,
)
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.kernel.clock import utc_now
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
async def account(database: Database) -> Account:
    async with database.transaction() as tx:
        return await create_account(
            tx,
            email="mara@example.org",
            password="four words of yours",
            display_name="Mara",
            hasher=PlainHasher(),
        )


async def start(database: Database, account: Account, kind: SessionKind = SessionKind.BEARER) -> Grant:
    async with database.transaction() as tx:
        return await start_session(tx, account.id, kind, NOW)


async def refresh(database: Database, secret: Secret, now: datetime = NOW) -> Grant | RefreshReused:
    async with database.transaction() as tx:
        return await refresh_session(tx, secret, now)


async def count(database: Database, table: str) -> int | None:
    return await database.pool.fetchval(f"SELECT count(*) FROM accounts.{table}")


async def test_each_refresh_token_works_once_and_brings_the_next(database: Database, account: Account):
    grant = await start(database, account)
    for _ in range(3):
        following = await refresh(database, grant.secret)
        assert isinstance(following, Grant)
        assert following.session_id == grant.session_id and following.secret != grant.secret
        grant = following


async def test_a_reused_token_ends_its_family_and_no_other(database: Database, account: Account):
    first, other = await start(database, account), await start(database, account)
    second = await refresh(database, first.secret)
    assert isinstance(second, Grant)
    assert isinstance(await refresh(database, first.secret, NOW + REFRESH_GRACE), RefreshReused)
    with pytest.raises(RefreshInvalid):
        await refresh(database, second.secret)
    assert isinstance(await refresh(database, other.secret), Grant)


async def test_a_retry_in_time_brings_the_one_that_lives(database: Database, account: Account):
    first = await start(database, account)
    lost = await refresh(database, first.secret)
    again = await refresh(database, first.secret, NOW + timedelta(seconds=9))
    assert isinstance(lost, Grant) and isinstance(again, Grant)
    assert isinstance(await refresh(database, again.secret, NOW + timedelta(seconds=9)), Grant)


@pytest.mark.parametrize("presented", ["the first", "the lost"])
async def test_a_retry_spares_no_thief(database: Database, account: Account, presented: str):
    first = await start(database, account)
    lost = await refresh(database, first.secret)
    kept = await refresh(database, first.secret)
    assert isinstance(lost, Grant) and isinstance(kept, Grant)
    if presented == "the first":  # its follower has been used: whoever has it had the answer
        assert isinstance(await refresh(database, kept.secret), Grant)
    stale = first if presented == "the first" else lost
    assert isinstance(await refresh(database, stale.secret), RefreshReused)
    assert await count(database, "session") == 0


async def test_unknown_and_expired_tokens_are_refused(database: Database, account: Account):
    grant = await start(database, account)
    with pytest.raises(RefreshInvalid):
        await refresh(database, new_secret())
    with pytest.raises(RefreshInvalid):
        await refresh(database, grant.secret, NOW + timedelta(days=30))
    assert isinstance(await refresh(database, grant.secret, NOW + timedelta(days=29)), Grant)


async def test_a_cookies_value_is_no_refresh_token(database: Database, account: Account):
    grant = await start(database, account, SessionKind.COOKIE)
    with pytest.raises(RefreshInvalid):
        await refresh(database, grant.secret)


async def test_refreshing_while_signing_out_everywhere_leaves_nobody_signed_in(
    database: Database, account: Account
):
    for _ in range(10):
        grant = await start(database, account)

        async def sign_out() -> None:
            async with database.transaction() as tx:
                await end_sessions(tx, account.id)

        outcomes = await asyncio.gather(refresh(database, grant.secret), sign_out(), return_exceptions=True)
        assert isinstance(outcomes[0], (Grant, RefreshInvalid)) and outcomes[1] is None
        assert (await count(database, "session"), await count(database, "refresh_token")) == (0, 0)


async def test_being_seen_is_noted_every_five_minutes_and_slides_the_end(
    database: Database, account: Account
):
    grant = await start(database, account, SessionKind.COOKIE)

    async def look(after: timedelta) -> tuple[datetime, datetime]:
        async with database.connection() as conn:
            viewer = await find_viewer_by_cookie(conn, grant.secret, NOW + after)
        assert viewer.account_id == account.id
        row = await database.pool.fetchrow("SELECT last_seen_at, expires_at FROM accounts.session")
        assert row is not None
        return row["last_seen_at"], row["expires_at"]

    day = timedelta(days=1)
    assert await look(timedelta(minutes=4)) == (NOW, NOW + 30 * day)
    five = timedelta(minutes=5)
    assert await look(five) == (NOW + five, NOW + five + 30 * day)
    for days in range(20, 365, 20):
        seen, expires = await look(days * day)
        assert (seen, expires) == (NOW + days * day, min(NOW + days * day + 30 * day, NOW + 365 * day))
    async with database.connection() as conn:
        assert (await find_viewer_by_cookie(conn, grant.secret, NOW + 365 * day)).account_id is None


async def test_a_session_id_is_no_way_into_a_cookie_session(database: Database, account: Account):
    grant = await start(database, account, SessionKind.COOKIE)
    async with database.connection() as conn:
        assert (await find_viewer_by_session(conn, grant.session_id, NOW)).account_id is None


async def test_the_sweep_takes_what_is_over_and_may_run_twice(database: Database, account: Account):
    await start(database, account)
    alive = await start(database, account)
    now = datetime.now(UTC)
    await database.pool.execute(
        "UPDATE accounts.session SET created_at = $1, expires_at = $2", now, now + timedelta(days=1)
    )
    await database.pool.execute("UPDATE accounts.refresh_token SET expires_at = $1", now + timedelta(days=1))
    await database.pool.execute(
        "UPDATE accounts.session SET expires_at = $1 WHERE id <> $2", now, alive.session_id
    )
    async with database.connection() as conn:
        assert await SWEEPS["sessions"](conn, utc_now()) == 1
        assert await SWEEPS["sessions"](conn, utc_now()) == 0
    assert (await count(database, "session"), await count(database, "refresh_token")) == (1, 1)


async def test_no_table_holds_a_secret(database: Database, account: Account):
    grants = [await start(database, account, kind) for kind in SessionKind]
    rows: list[asyncpg.Record] = []
    for table in ("account", "session", "refresh_token"):
        rows += await database.pool.fetch(f"SELECT to_jsonb(t)::text AS row FROM accounts.{table} t")
    stored = "".join(row["row"] for row in rows)
    for grant in grants:
        assert grant.secret.text not in stored and grant.secret.text.encode().hex() not in stored

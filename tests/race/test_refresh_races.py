"""Refreshes at once, and tokens that were stolen. Each rule is first shown with its guard off.

The rule. Of a family of refresh tokens, which is one sign-in, exactly one token lives; each works once. Within
REFRESH_GRACE of its use a token is taken for a retry whose answer was lost, if what was given in that answer has
not been used: that one dies, and the retry is given the living one. Every other use of a used token ends the
family: its tokens, and its access tokens with the session. Of a thief and an owner who both hold a token, one is
left with a dead one, and its next use ends the family, within the grace too.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from tests.support.people import sign_up
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import SessionKind
from basedmusic.accounts.contracts import RefreshInvalid, RefreshReused
from basedmusic.accounts.rules import REFRESH_GRACE
from basedmusic.accounts.service import Grant, find_viewer_by_session, refresh_session, start_session
from basedmusic.accounts.tokens import Secret
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + REFRESH_GRACE
UNLOCKED = {"AND expires_at > $2 FOR UPDATE": "AND expires_at > $2"}
UNSEEN = {"SELECT used_at FROM": "SELECT NULL::timestamptz FROM"}
"""A used token looks like a living one."""


@pytest.fixture
async def grant(database: Database) -> Grant:
    """Somebody signed in, with the first token of a family."""
    account = await sign_up(database)
    async with database.transaction() as tx:
        return await start_session(tx, account.id, SessionKind.BEARER, NOW)


async def refresh(
    database: Database,
    secret: Secret,
    now: datetime = NOW,
    *,
    without: Mapping[str, str] | None = None,
    rendezvous: Rendezvous | None = None,
) -> Grant | RefreshReused:
    async with database.transaction() as tx:
        conn = Unguarded(tx.conn, without, "SET used_at", rendezvous)
        return await refresh_session(on(tx, conn), secret, now)


async def refresh_at_once(database: Database, *secrets: Secret, now: datetime = NOW) -> list[object]:
    return await asyncio.gather(
        *(refresh(database, secret, now) for secret in secrets), return_exceptions=True
    )


async def race_without_lock(database: Database, secret: Secret) -> list[object]:
    """Two who both have found the token unused before either uses it."""
    meeting = Rendezvous(2, patience_s=20)
    return await asyncio.gather(
        *(refresh(database, secret, without=UNLOCKED, rendezvous=meeting) for _ in range(2)),
        return_exceptions=True,
    )


async def living(database: Database) -> list[bytes]:
    rows = await database.pool.fetch("SELECT token_hash FROM accounts.refresh_token WHERE used_at IS NULL")
    return [row["token_hash"] for row in rows]


async def is_signed_in(database: Database, grant: Grant, now: datetime = LATER) -> bool:
    async with database.connection() as conn:
        return (await find_viewer_by_session(conn, grant.session_id, now)).account_id is not None


async def drop_law(database: Database) -> None:
    """The database's own: one living token a family."""
    await database.pool.execute("DROP INDEX accounts.refresh_token_one_live")


def grants(outcomes: list[object]) -> list[Grant]:
    return [one for one in outcomes if isinstance(one, Grant)]


async def test_control_without_lock_and_law_two_tokens_live(database: Database, grant: Grant):
    await drop_law(database)
    outcomes = await race_without_lock(database, grant.secret)
    assert len(grants(outcomes)) == 2, outcomes
    assert len(await living(database)) == 2


async def test_control_without_lock_the_law_holds_but_one_is_told_in_nobodys_words(
    database: Database, grant: Grant
):
    outcomes = await race_without_lock(database, grant.secret)
    assert len(grants(outcomes)) == 1
    assert sum(isinstance(one, asyncpg.UniqueViolationError) for one in outcomes) == 1, outcomes
    assert len(await living(database)) == 1


@pytest.mark.parametrize("holders", [2, 5])
async def test_of_refreshes_of_one_token_at_once_exactly_one_is_given_a_token_that_lives(
    database: Database, grant: Grant, holders: int
):
    """Within the grace all are answered; the answers but one are dead already."""
    outcomes = await refresh_at_once(database, *[grant.secret] * holders)
    given = [one.secret.hash() for one in grants(outcomes)]
    assert len(given) == holders, outcomes
    (alive,) = await living(database)
    assert given.count(alive) == 1
    assert await is_signed_in(database, grant)


async def test_whoever_is_left_with_the_dead_one_ends_the_family_within_the_grace_too(
    database: Database, grant: Grant
):
    given = grants(await refresh_at_once(database, grant.secret, grant.secret))
    (alive,) = await living(database)
    (dead,) = [one for one in given if one.secret.hash() != alive]
    (kept,) = [one for one in given if one.secret.hash() == alive]
    outcomes = await refresh_at_once(database, dead.secret, kept.secret)
    # Whichever came first: the owner was given a token that has died since, or was told.
    assert any(isinstance(one, RefreshReused) for one in outcomes), outcomes
    assert await living(database) == []
    assert not await is_signed_in(database, grant)


@GUARDED
async def test_a_stolen_token_used_beside_its_owners_next_refresh_ends_the_family(
    database: Database, grant: Grant, guarded: bool
):
    """After the grace. Unguarded, a used token is as good as a living one: thief and owner are both let in."""
    owners = await refresh(database, grant.secret)
    assert isinstance(owners, Grant)
    if not guarded:
        await drop_law(database)
        for secret in (grant.secret, owners.secret):
            assert isinstance(await refresh(database, secret, LATER, without=UNSEEN), Grant)
        assert len(await living(database)) == 2
        assert await is_signed_in(database, grant)
        return
    thief, owner = await refresh_at_once(database, grant.secret, owners.secret, now=LATER)
    assert isinstance(thief, RefreshReused), thief
    assert isinstance(owner, (Grant, RefreshInvalid)), owner
    assert await living(database) == []
    assert not await is_signed_in(database, grant)
    if isinstance(owner, Grant):
        with pytest.raises(RefreshInvalid):
            await refresh(database, owner.secret, LATER)


async def test_of_thieves_at_once_one_ends_the_family_and_none_is_let_in(database: Database, grant: Grant):
    assert isinstance(await refresh(database, grant.secret), Grant)
    outcomes = await refresh_at_once(database, *[grant.secret] * 4, now=LATER)
    told = sorted(type(one).__name__ for one in outcomes)
    assert told == ["RefreshInvalid"] * 3 + ["RefreshReused"]
    assert not await is_signed_in(database, grant)


async def test_one_stolen_sign_in_does_not_end_the_others(database: Database, grant: Grant):
    async with database.transaction() as tx:
        other = await start_session(tx, grant.account_id, SessionKind.BEARER, NOW)
    assert isinstance(await refresh(database, grant.secret), Grant)
    stolen = NOW + timedelta(minutes=1)
    assert isinstance(await refresh(database, grant.secret, stolen), RefreshReused)
    assert not await is_signed_in(database, grant, stolen)
    assert isinstance(await refresh(database, other.secret, stolen), Grant)

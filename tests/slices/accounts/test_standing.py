"""What is counted for an account's standing: what was done, whatever became of it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.people import found, settle, sign_up, viewer_of
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import PartyKind
from basedmusic.accounts.contracts import LimitReached
from basedmusic.accounts.rules.standing import LIMITS, Limited, Room, Standing
from basedmusic.accounts.service import claims, list_room, take_room
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)


async def room(database: Database, account_id: AccountId, what: Limited, now: datetime = NOW) -> Room:
    async with database.connection() as conn:
        rooms = await list_room(conn, account_id, now)
    assert [one.what for one in rooms] == list(Limited)
    return next(one for one in rooms if one.what is what)


async def test_withdrawing_claims_makes_no_room_for_more(database: Database):
    mara, moda = await sign_up(database), await sign_up(database, "moda@example.org", "Moda")
    most = LIMITS[Limited.CLAIMS][Standing.NEW].most
    parties = [await found(database, moda, f"The {n}", PartyKind.VENUE) for n in range(most + 1)]
    for party in parties[:-1]:
        async with database.transaction() as tx:
            claim = await claims.begin_claim(tx, viewer_of(mara), party.id, NOW)
            await claims.withdraw_claim(tx, viewer_of(mara), claim.id)
    with pytest.raises(LimitReached, match=f"Claiming a page {most} times a day .* in 24 hours") as refused:
        async with database.transaction() as tx:
            await claims.begin_claim(tx, viewer_of(mara), parties[-1].id, NOW)
    assert refused.value.extra["retry_after_s"] == 86_400
    assert (await room(database, mara.id, Limited.CLAIMS)).left == 0
    # The control: somebody settled goes on, and so does the newcomer the day after.
    async with database.transaction() as tx:
        await claims.begin_claim(tx, viewer_of(mara), parties[-1].id, NOW + DAY)
    await settle(database, mara, NOW - timedelta(days=2))
    async with database.transaction() as tx:
        await claims.begin_claim(tx, viewer_of(mara), parties[0].id, NOW)


async def test_a_claim_that_is_under_way_is_none_the_more_for_being_asked_for_again(database: Database):
    mara, moda = await sign_up(database), await sign_up(database, "moda@example.org", "Moda")
    party = await found(database, moda, "The Ebb", PartyKind.VENUE)
    for _ in range(5):
        async with database.transaction() as tx:
            await claims.begin_claim(tx, viewer_of(mara), party.id, NOW)
    most = LIMITS[Limited.CLAIMS][Standing.NEW].most
    assert (await room(database, mara.id, Limited.CLAIMS)).left == most - 1


async def test_the_room_says_when_more_goes_and_the_sweep_keeps_what_counts(database: Database):
    mara = await sign_up(database)
    most = LIMITS[Limited.UPLOADS][Standing.NEW].most
    first = await room(database, mara.id, Limited.UPLOADS)
    assert (first.left, first.opens_at, first.standing) == (most, None, Standing.NEW)
    async with database.transaction() as tx:
        for number in range(most):
            await take_room(tx, mara.id, Limited.UPLOADS, NOW + timedelta(minutes=number))
        later = NOW + timedelta(minutes=most)
        await sweep_accounts(tx.conn, later)
        with pytest.raises(LimitReached):
            await take_room(tx, mara.id, Limited.UPLOADS, later)
    full = await room(database, mara.id, Limited.UPLOADS, later)
    assert (full.left, full.opens_at) == (0, NOW + DAY)
    async with database.transaction() as tx:
        await take_room(tx, mara.id, Limited.UPLOADS, NOW + DAY)  # one is a day old, so one goes
        with pytest.raises(LimitReached):
            await take_room(tx, mara.id, Limited.UPLOADS, NOW + DAY)
        await sweep_accounts(tx.conn, NOW + 3 * DAY)
        assert await tx.conn.fetchval("SELECT count(*) FROM accounts.counted") == 0

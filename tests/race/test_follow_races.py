"""Two follows of one account at once, with room for one. First shown with its guard off."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from tests.support.factories import make_artist, make_viewer
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import follow
from basedmusic.accounts.contracts import LimitReached
from basedmusic.accounts.rules.standing import LIMITS, Limited, Standing
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_of_two_follows_with_room_for_one_the_second_is_told_when_to_come_back(
    database: Database, guarded: bool
):
    most = LIMITS[Limited.FOLLOWS][Standing.NEW].most
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        bands = [await make_artist(tx, ivo, name) for name in ("Ebb", "Flow")]
        await tx.conn.execute(
            """INSERT INTO accounts.counted (account_id, what, at)
               SELECT $1, 'follows', $2 FROM generate_series(2, $3::integer)""",
            mara.account_id,
            NOW,
            most,
        )
    rendezvous = Rendezvous(2, 0.4 if guarded else 10)
    without = {} if guarded else {"FOR NO KEY UPDATE": ""}

    async def press(artist_id: UUID) -> None:
        async with database.transaction() as tx:
            conn = Unguarded(
                tx.conn, without, meet_before="INSERT INTO accounts.follow", rendezvous=rendezvous
            )
            await follow(on(tx, conn), mara, artist_id, clock=lambda: NOW)

    outcomes = await asyncio.gather(*(press(band.id) for band in bands), return_exceptions=True)
    assert [type(one) for one in outcomes if one] == ([LimitReached] if guarded else []), outcomes
    done = await database.pool.fetchval("SELECT count(*) FROM accounts.counted")
    assert done == (most if guarded else most + 1)

"""Races for a profile that nobody owns. Each is first shown with its guard off."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from tests.support.people import sign_up, viewer_of
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import PartyKind, Role, create_card
from basedmusic.accounts.contracts import AlreadyOwned, ClaimProof
from basedmusic.accounts.service import claims, set_scene_role
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNLOCKED = {
    "SELECT FROM accounts.party WHERE id = $1 FOR NO KEY UPDATE": "SELECT FROM accounts.party WHERE id = $1"
}


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_of_two_claims_proved_at_once_one_makes_an_owner_and_the_other_is_told(
    database: Database, guarded: bool
):
    moda = await sign_up(database, "moda@example.org", "Moda")
    people = [await sign_up(database, f"{name}@example.org", name) for name in ("mara", "ivo")]
    async with database.transaction() as tx:
        await set_scene_role(tx, moda.id, Role.MODERATOR)
        card = await create_card(
            tx, viewer_of(moda), PartyKind.VENUE, name="Boiler", city="Town", unclaimed_since=NOW
        )
        both = [await claims.begin_claim(tx, viewer_of(one), card.party.id, NOW) for one in people]
    rendezvous = Rendezvous(2)

    async def run(prove: Callable[[Tx], Awaitable[object]]) -> object:
        async with database.transaction() as tx:
            without = {} if guarded else UNLOCKED
            return await prove(
                on(
                    tx,
                    Unguarded(tx.conn, without, meet_before="UPDATE accounts.claim", rendezvous=rendezvous),
                )
            )

    outcomes = await asyncio.gather(
        *(run(lambda tx, one=one: claims.grant(tx, one, ClaimProof.SITE, NOW)) for one in both),
        return_exceptions=True,
    )
    owners = await database.pool.fetchval(
        "SELECT count(*) FROM accounts.membership WHERE party_id = $1 AND role = 'owner'", card.party.id
    )
    told = sum(isinstance(one, AlreadyOwned) for one in outcomes)
    assert (owners, told) == ((1, 1) if guarded else (2, 0)), outcomes

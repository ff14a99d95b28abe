"""Races in a profile's team. Each is first shown with its guard off."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import asyncpg
import pytest
from tests.support.people import found, give_role, sign_up, viewer_of
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import Account, Party, Role
from basedmusic.accounts.contracts import AlreadyAMember, InvitationMissing, LastOwner
from basedmusic.accounts.service import teams
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio
GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNLOCKED = {
    "SELECT FROM accounts.party WHERE id = $1 FOR NO KEY UPDATE": "SELECT FROM accounts.party WHERE id = $1"
}


async def race(
    database: Database, guarded: bool, meet_before: str, *verbs: Callable[[Tx], Awaitable[object]]
) -> list[object]:
    """All at once, each in a transaction of its own; results and errors."""
    rendezvous = Rendezvous(len(verbs))

    async def run(verb: Callable[[Tx], Awaitable[object]]) -> object:
        async with database.transaction() as tx:
            without = {} if guarded else UNLOCKED
            return await verb(
                on(tx, Unguarded(tx.conn, without, meet_before=meet_before, rendezvous=rendezvous))
            )

    return await asyncio.gather(*map(run, verbs), return_exceptions=True)


@pytest.fixture
async def duo(database: Database) -> tuple[Party, Account, Account]:
    """A profile and its two owners."""
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, Role.OWNER)
    return party, mara, ivo


@GUARDED
async def test_of_two_owners_who_leave_at_once_one_stays_and_is_told_why(
    database: Database, duo: tuple[Party, Account, Account], guarded: bool
):
    party, *owners = duo
    outcomes = await race(
        database,
        guarded,
        "DELETE FROM accounts.membership",
        *(lambda tx, one=one: teams.leave(tx, viewer_of(one), party.id) for one in owners),
    )
    # Without the lock the database's own law refuses one of them at commit, in nobody's words.
    told = LastOwner if guarded else asyncpg.CheckViolationError
    assert sum(isinstance(one, told) for one in outcomes) == 1, outcomes
    left = "SELECT count(*) FROM accounts.membership WHERE party_id = $1 AND role = 'owner'"
    assert await database.pool.fetchval(left, party.id) == 1


@GUARDED
async def test_of_two_links_that_one_person_opens_at_once_one_is_left(
    database: Database, duo: tuple[Party, Account, Account], guarded: bool
):
    party, mara, _ = duo
    joost = await sign_up(database, "joost@example.org", "Joost")
    async with database.transaction() as tx:
        made = [await teams.invite(tx, viewer_of(mara), party.id, Role.MEMBER, NOW) for _ in range(2)]
    outcomes = await race(
        database,
        guarded,
        "INSERT INTO accounts.membership",
        *(lambda tx, one=one: teams.accept_invitation(tx, viewer_of(joost), one.secret, NOW) for one in made),
    )
    told = AlreadyAMember if guarded else asyncpg.UniqueViolationError
    assert sum(isinstance(one, told) for one in outcomes) == 1, outcomes
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.invitation") == 1


async def test_of_five_people_with_one_link_one_comes_in(
    database: Database, duo: tuple[Party, Account, Account]
):
    party, mara, _ = duo
    people = [await sign_up(database, f"guest{n}@example.org", f"Guest {n}") for n in range(5)]
    async with database.transaction() as tx:
        secret = (await teams.invite(tx, viewer_of(mara), party.id, Role.MEMBER, NOW)).secret
    outcomes = await race(
        database,
        True,
        "DELETE FROM accounts.invitation",
        *(lambda tx, one=one: teams.accept_invitation(tx, viewer_of(one), secret, NOW) for one in people),
    )
    assert sum(isinstance(one, InvitationMissing) for one in outcomes) == 4, outcomes
    members = "SELECT count(*) FROM accounts.membership WHERE party_id = $1"
    assert await database.pool.fetchval(members, party.id) == 3

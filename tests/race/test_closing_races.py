"""A closed profile that is taken back in the moment in which it goes for good. First shown with the guard off."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.people import found, sign_up, viewer_of
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import ProfileCloser
from basedmusic.accounts.contracts import NotAMember
from basedmusic.accounts.service import closing
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DESK = Letterhead("Rust Harbour", "http://localhost")
UNLOCKED = {
    "SELECT FROM accounts.party WHERE id = $1 FOR NO KEY UPDATE": "SELECT FROM accounts.party WHERE id = $1"
}


@GUARDED
async def test_who_is_told_that_it_is_back_has_it_back(database: Database, guarded: bool):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    viewer = viewer_of(mara)
    async with database.transaction() as tx:
        await closing.close_profile(tx, viewer, party.id, "tide tables", DESK, NOW)
    closer = ProfileCloser(database, (), lambda: NOW + timedelta(days=15))
    rendezvous = Rendezvous(2)

    async def run(verb: Callable[[Tx], Awaitable[None]], meet_before: str) -> None:
        async with database.transaction() as tx:
            without = {} if guarded else UNLOCKED
            await verb(on(tx, Unguarded(tx.conn, without, meet_before=meet_before, rendezvous=rendezvous)))

    told, gone = await asyncio.gather(
        run(lambda tx: closing.reopen_profile(tx, viewer, party.id), "SET closed_at = NULL"),
        run(lambda tx: closer.delete(tx, party.id), "DELETE FROM accounts.party"),
        return_exceptions=True,
    )
    assert gone is None
    is_there = await database.pool.fetchval("SELECT true FROM accounts.party WHERE id = $1", party.id)
    if guarded:
        assert told is None if is_there else isinstance(told, NotAMember)
    else:
        assert (told, is_there) == (None, None)

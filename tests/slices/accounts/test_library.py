"""How much one person can keep."""

from uuid import uuid4

import pytest
from tests.support.factories import make_viewer

from basedmusic.accounts import SavedKind, save, unsave
from basedmusic.accounts.contracts import LibraryFull
from basedmusic.platform.db import Connection, Database

pytestmark = pytest.mark.anyio


async def count(conn: Connection) -> int:
    return await conn.fetchval("SELECT count(*) FROM accounts.saved") or 0


async def test_a_full_library_says_so_and_keeps_what_it_has(database: Database):
    tracks = [uuid4() for _ in range(3)]
    async with database.transaction() as tx:
        account = (await make_viewer(tx)).account_id
        assert account is not None
        for track in tracks[:2]:
            await save(tx, account, SavedKind.TRACK, track, most=2)
    with pytest.raises(LibraryFull, match="2 tracks"):
        async with database.transaction() as tx:
            await save(tx, account, SavedKind.TRACK, tracks[2], most=2)
    async with database.transaction() as tx:
        assert await count(tx.conn) == 2
        await save(tx, account, SavedKind.TRACK, tracks[0], most=2)  # there already: no addition
        await save(tx, account, SavedKind.RELEASE, tracks[0], most=2)  # other things have room of their own
        await unsave(tx, account, SavedKind.TRACK, tracks[0])
        await save(tx, account, SavedKind.TRACK, tracks[2], most=2)
        assert await count(tx.conn) == 3

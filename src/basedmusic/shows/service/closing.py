"""What shows do when a profile that its owners closed goes for good."""

from uuid import UUID

from basedmusic.accounts.contracts import Contents
from basedmusic.platform.db import Connection, Tx
from basedmusic.shows.store import shows as store


class ShowContents:
    """The profile's own shows and rooms go with its row; shows of others in its rooms stay."""

    async def count(self, conn: Connection, party_id: UUID) -> Contents:
        return Contents(shows=await store.count_shows(conn, party_id))

    async def delete(self, tx: Tx, party_id: UUID) -> None:
        await store.leave_rooms(tx.conn, party_id)

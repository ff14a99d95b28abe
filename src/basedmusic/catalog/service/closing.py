"""What catalog does with the music of a profile that its owners closed."""

from uuid import UUID

from basedmusic.accounts import HiddenKind, SavedKind, forget_hidden, forget_saved
from basedmusic.accounts.contracts import Contents
from basedmusic.catalog.service.media import forget_tracks
from basedmusic.catalog.store import closing as store
from basedmusic.platform.db import Connection, Tx


class ArtistContents:
    """An artist's tracks and releases. Of a venue or an organiser there is nothing."""

    async def count(self, conn: Connection, party_id: UUID) -> Contents:
        return Contents(*await store.count_works(conn, party_id))

    async def delete(self, tx: Tx, party_id: UUID) -> None:
        """Tracks by the road of every deleted one, whose bytes are told of; then releases, and what it says."""
        await forget_tracks(tx, await store.delete_tracks(tx.conn, party_id))
        releases = await store.delete_releases(tx.conn, party_id)
        await forget_saved(tx, SavedKind.RELEASE, releases)
        await forget_hidden(tx, HiddenKind.RELEASE, releases)
        await store.delete_artist(tx.conn, party_id)

"""What a person chose about themselves, and choosing otherwise."""

from basedmusic.accounts.contracts.preferences import Preferences
from basedmusic.accounts.store import preferences as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def get_preferences(conn: Connection, account_id: AccountId) -> Preferences:
    return await store.find_preferences(conn, account_id) or Preferences()


async def set_followable(tx: Tx, account_id: AccountId, followable: bool) -> None:
    """Who follows the person already goes on doing so."""
    await lock_library(tx.conn, account_id)
    await store.set_followable(tx.conn, account_id, followable)

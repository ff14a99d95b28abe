"""What a person chose about themselves; no row is the choice of nothing."""

from basedmusic.accounts.contracts.preferences import Preferences
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def find_preferences(conn: Connection, account_id: AccountId) -> Preferences | None:
    row = await conn.fetchrow(
        "SELECT followable, history_paused_at FROM accounts.preference WHERE account_id = $1", account_id
    )
    return Preferences(**row) if row else None


async def set_followable(conn: Connection, account_id: AccountId, followable: bool) -> None:
    await conn.execute(
        """INSERT INTO accounts.preference (account_id, followable) VALUES ($1, $2)
           ON CONFLICT (account_id) DO UPDATE SET followable = excluded.followable""",
        account_id,
        followable,
    )

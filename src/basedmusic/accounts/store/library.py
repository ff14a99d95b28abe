"""What people keep of the slices above."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.accounts.contracts import SavedKind
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def lock_library(conn: Connection, account_id: AccountId) -> None:
    """One person's additions happen one after another, so that they can be counted. Others do not wait."""
    await conn.execute("SELECT FROM accounts.account WHERE id = $1 FOR NO KEY UPDATE", account_id)


async def insert_saved(conn: Connection, account_id: AccountId, kind: SavedKind, subject_id: UUID) -> None:
    """What is saved already stays as it is, with its time."""
    await conn.execute(
        """INSERT INTO accounts.saved (account_id, kind, subject_id) VALUES ($1, $2, $3)
           ON CONFLICT DO NOTHING""",
        account_id,
        kind.value,
        subject_id,
    )


async def has_more_saved_than(conn: Connection, account_id: AccountId, kind: SavedKind, most: int) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.saved WHERE account_id = $1 AND kind = $2 OFFSET $3)",
        account_id,
        kind.value,
        most,
    )
    return bool(found)


async def delete_saved(conn: Connection, account_id: AccountId, kind: SavedKind, subject_id: UUID) -> None:
    await conn.execute(
        "DELETE FROM accounts.saved WHERE account_id = $1 AND kind = $2 AND subject_id = $3",
        account_id,
        kind.value,
        subject_id,
    )


async def delete_subjects(conn: Connection, kind: SavedKind, subject_ids: Sequence[UUID]) -> None:
    """From everybody's library."""
    await conn.execute(
        "DELETE FROM accounts.saved WHERE kind = $1 AND subject_id = ANY ($2::uuid[])",
        kind.value,
        list(subject_ids),
    )

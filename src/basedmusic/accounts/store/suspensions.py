"""Who may not sign in, and the scene's admins who can."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Suspension
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Record

_SUSPENSION = "SELECT suspended_at, suspended_until, suspension_reason FROM accounts.account WHERE id = $1"


async def lock_scene(conn: Connection) -> None:
    """Changes of who runs the scene happen one after another; taken before a role is looked at."""
    await conn.execute("SELECT FROM accounts.party WHERE kind = 'scene' FOR NO KEY UPDATE")


async def find_suspension(conn: Connection, account_id: AccountId) -> Suspension | None:
    """Also one that is over."""
    row = await conn.fetchrow(_SUSPENSION, account_id)
    return _suspension(row) if row else None


async def hold_suspension(conn: Connection, account_id: AccountId) -> Suspension | None:
    """As `find_suspension`; and it stays so until the transaction ends."""
    row = await conn.fetchrow(_SUSPENSION + " FOR NO KEY UPDATE", account_id)
    return _suspension(row) if row else None


async def find_suspending_case(conn: Connection, account_id: AccountId) -> UUID | None:
    return await conn.fetchval("SELECT suspended_by_case FROM accounts.account WHERE id = $1", account_id)


async def update_suspension(
    conn: Connection, account_id: AccountId, suspension: Suspension | None, case_id: UUID | None = None
) -> bool:
    """Whether there is such an account."""
    done = await conn.execute(
        """UPDATE accounts.account
              SET suspended_at = $2, suspended_until = $3, suspension_reason = $4, suspended_by_case = $5
            WHERE id = $1""",
        account_id,
        suspension.since if suspension else None,
        suspension.until if suspension else None,
        suspension.reason if suspension else None,
        case_id,
    )
    return done == "UPDATE 1"


async def clear_expired(conn: Connection, now: datetime) -> None:
    await conn.execute(
        """UPDATE accounts.account
              SET suspended_at = NULL, suspended_until = NULL, suspension_reason = NULL, suspended_by_case = NULL
            WHERE id IN (SELECT id FROM accounts.account WHERE suspended_until <= $1
                          ORDER BY id LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)""",
        now,
    )


async def has_other_admin(conn: Connection, account_id: AccountId) -> bool:
    """Somebody else who is an admin, can sign in, and is not on their way out."""
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.v_present_admin WHERE account_id <> $1)", account_id
    )
    return bool(found)


def _suspension(row: Record) -> Suspension | None:
    if row["suspended_at"] is None:
        return None
    return Suspension(row["suspended_at"], row["suspended_until"], row["suspension_reason"])

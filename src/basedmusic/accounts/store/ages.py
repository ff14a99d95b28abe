"""Who is not of age, and until when."""

from datetime import date

from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def set_adult_from(conn: Connection, account_id: AccountId, adult_from: date) -> None:
    await conn.execute("UPDATE accounts.account SET adult_from = $2 WHERE id = $1", account_id, adult_from)


async def find_adult_from(conn: Connection, account_id: AccountId) -> date | None:
    return await conn.fetchval("SELECT adult_from FROM accounts.account WHERE id = $1", account_id)


async def clear_grown_up(conn: Connection, today: date, account_id: AccountId | None = None) -> None:
    """One, or some of all, who are of age by now; those that others hold are left for the next time."""
    await conn.execute(
        """UPDATE accounts.account SET adult_from = NULL
            WHERE id IN (SELECT id FROM accounts.account
                          WHERE adult_from <= $1 AND ($2::uuid IS NULL OR id = $2)
                          ORDER BY id LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)""",
        today,
        account_id,
    )


async def is_minors_address(conn: Connection, email_normalised: str, today: date) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.account WHERE email_normalised = $1 AND adult_from > $2",
        email_normalised,
        today,
    )
    return found is not None

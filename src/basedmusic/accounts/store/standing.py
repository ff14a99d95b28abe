"""What an account's standing is made of, and how much it did lately."""

from datetime import datetime

from basedmusic.accounts.rules.standing import Limited, Record
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection

_LATELY = {
    Limited.REPORTS: "SELECT created_at AS at FROM accounts.report WHERE reporter_id = $1",
    Limited.FOLLOWS: "SELECT at FROM accounts.counted WHERE account_id = $1 AND what = 'follows'",
    Limited.INVITATIONS: "SELECT at FROM accounts.invited WHERE account_id = $1",
    Limited.UPLOADS: "SELECT at FROM accounts.counted WHERE account_id = $1 AND what = 'uploads'",
    Limited.CLAIMS: "SELECT at FROM accounts.counted WHERE account_id = $1 AND what = 'claims'",
}


async def find_record(conn: Connection, account_id: AccountId) -> Record:
    row = await conn.fetchrow(
        """SELECT a.created_at, a.email_verified_at IS NOT NULL AS verified,
                  (SELECT max(coalesce(c.first_decided_at, c.decided_at)) FROM accounts.moderation_case c
                     JOIN accounts.v_behind b ON b.party_id = c.party_id AND b.account_id = $1
                    WHERE coalesce(c.first_decision, c.decision) IN ('take_down', 'suspend')
                      AND c.decision <> 'restore'
                      AND NOT EXISTS (SELECT FROM accounts.v_behind o
                                       WHERE o.party_id = c.party_id AND o.account_id <> $1)) AS restricted_at
             FROM accounts.account a WHERE a.id = $1""",
        account_id,
    )
    assert row is not None
    return Record(row["created_at"], row["verified"], row["restricted_at"])


async def find_lately(
    conn: Connection, account_id: AccountId, what: Limited, since: datetime, most: int
) -> tuple[int, datetime | None]:
    """How often since then, counted up to `most`; and when the first of the last `most` was."""
    row = await conn.fetchrow(
        f"""SELECT count(*) AS number, min(at) AS first
              FROM (SELECT at FROM ({_LATELY[what]}) done WHERE at > $2 ORDER BY at DESC LIMIT $3) latest""",  # noqa: S608
        account_id,
        since,
        most,
    )
    assert row is not None
    return row["number"], row["first"]


async def insert_counted(conn: Connection, account_id: AccountId, what: Limited, at: datetime) -> None:
    await conn.execute(
        "INSERT INTO accounts.counted (account_id, what, at) VALUES ($1, $2, $3)", account_id, what.value, at
    )


async def delete_old_counted(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM accounts.counted WHERE at <= $1", before)

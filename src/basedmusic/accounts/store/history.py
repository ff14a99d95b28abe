"""What was heard. A play that is reported again changes nothing; a gap keeps what it covers out of sight."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts.history import Play, Span
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection


async def is_paused(conn: Connection, account_id: AccountId) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.preference WHERE account_id = $1 AND history_paused_at IS NOT NULL",
        account_id,
    )
    return found is not None


async def find_latest(conn: Connection, account_id: AccountId) -> datetime | None:
    return await conn.fetchval(
        """SELECT heard_at FROM accounts.heard WHERE account_id = $1 AND gap_id IS NULL
            ORDER BY heard_at DESC, play_id DESC LIMIT 1""",
        account_id,
    )


async def insert_heard(conn: Connection, account_id: AccountId, plays: Sequence[Play]) -> int:
    """Those that are new and were not heard in a pause; what a deletion covers lies in it. How many can be seen."""
    rows = await conn.fetch(
        """INSERT INTO accounts.heard (account_id, play_id, track_id, heard_at, gap_id)
           SELECT $1, p.play_id, p.track_id, p.heard_at,
                  (SELECT g.id FROM accounts.heard_gap g
                    WHERE g.account_id = $1 AND NOT isempty(g.heard) AND g.kind = 'deleted'
                      AND g.heard @> p.heard_at
                    ORDER BY g.made_at DESC LIMIT 1)
             FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) AS p (play_id, track_id, heard_at)
            WHERE NOT EXISTS (SELECT FROM accounts.heard_gap g
                               WHERE g.account_id = $1 AND NOT isempty(g.heard) AND g.kind = 'paused'
                                 AND g.heard @> p.heard_at)
           ON CONFLICT (account_id, play_id) DO NOTHING
           RETURNING gap_id""",
        account_id,
        [play.id for play in plays],
        [play.track_id for play in plays],
        [play.heard_at for play in plays],
    )
    return sum(row["gap_id"] is None for row in rows)


async def delete_oldest(conn: Connection, account_id: AccountId, most: int) -> None:
    """All but the last `most`."""
    await conn.execute(
        """DELETE FROM accounts.heard h
            USING (SELECT heard_at, play_id FROM accounts.heard WHERE account_id = $1 AND gap_id IS NULL
                    ORDER BY heard_at DESC, play_id DESC OFFSET $2 LIMIT 1) AS first_out
            WHERE h.account_id = $1 AND h.gap_id IS NULL
              AND (h.heard_at, h.play_id) <= (first_out.heard_at, first_out.play_id)""",
        account_id,
        most,
    )


async def has_more_open_gaps_than(conn: Connection, account_id: AccountId, most: int) -> bool:
    """Of those that can still be undone."""
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.heard_gap WHERE account_id = $1 AND NOT wiped OFFSET $2)",
        account_id,
        most,
    )
    return bool(found)


async def insert_gap(
    conn: Connection, account_id: AccountId, gap_id: UUID, kind: str, span: Span | None, now: datetime
) -> bool:
    """False when it is there already. Without a span it covers nothing by itself."""
    done = await conn.execute(
        """INSERT INTO accounts.heard_gap (account_id, id, kind, heard, made_at, wiped)
           VALUES ($1, $2, $3, CASE WHEN $4::timestamptz IS NULL THEN 'empty'::tstzrange
                                    ELSE tstzrange($4, $5, '[)') END, $6, $3 = 'paused')
           ON CONFLICT DO NOTHING""",
        account_id,
        gap_id,
        kind,
        span.start if span else None,
        span.end if span else None,
        now,
    )
    return done == "INSERT 0 1"


async def move_entry_into_gap(conn: Connection, account_id: AccountId, gap_id: UUID, play_id: UUID) -> bool:
    done = await conn.execute(
        """UPDATE accounts.heard SET gap_id = $2
            WHERE account_id = $1 AND play_id = $3 AND gap_id IS NULL""",
        account_id,
        gap_id,
        play_id,
    )
    return done == "UPDATE 1"


async def move_span_into_gap(conn: Connection, account_id: AccountId, gap_id: UUID, span: Span) -> int:
    done = await conn.execute(
        """UPDATE accounts.heard SET gap_id = $2
            WHERE account_id = $1 AND gap_id IS NULL AND heard_at >= $3 AND heard_at < $4""",
        account_id,
        gap_id,
        span.start,
        span.end,
    )
    return int(done.rpartition(" ")[2])


async def close_gap(conn: Connection, account_id: AccountId, gap_id: UUID) -> bool:
    """What lay in a deletion is seen again. False when it was wiped, or is none."""
    found = await conn.fetchval(
        """SELECT true FROM accounts.heard_gap
            WHERE account_id = $1 AND id = $2 AND kind = 'deleted' AND NOT wiped""",
        account_id,
        gap_id,
    )
    if found is None:
        return False
    await conn.execute(
        "UPDATE accounts.heard SET gap_id = NULL WHERE account_id = $1 AND gap_id = $2", account_id, gap_id
    )
    await conn.execute("DELETE FROM accounts.heard_gap WHERE account_id = $1 AND id = $2", account_id, gap_id)
    return True


async def wipe_gaps(conn: Connection, made_before: datetime) -> int:
    """Which track it was is forgotten; that there was a play is not, so that it can't be reported anew."""
    rows = await conn.fetch(
        """UPDATE accounts.heard_gap SET wiped = true
            WHERE (account_id, id) IN (SELECT account_id, id FROM accounts.heard_gap
                                        WHERE NOT wiped AND made_at < $1
                                        ORDER BY made_at LIMIT 500 FOR UPDATE SKIP LOCKED)
           RETURNING account_id, id""",
        made_before,
    )
    await conn.execute(
        """UPDATE accounts.heard h SET track_id = NULL
             FROM unnest($1::uuid[], $2::uuid[]) AS g (account_id, id)
            WHERE h.account_id = g.account_id AND h.gap_id = g.id""",
        [row["account_id"] for row in rows],
        [row["id"] for row in rows],
    )
    return len(rows)


async def delete_gaps(conn: Connection, made_before: datetime) -> None:
    """With what lies in them, which nobody can report any more."""
    await conn.execute(
        """DELETE FROM accounts.heard_gap
            WHERE (account_id, id) IN (SELECT account_id, id FROM accounts.heard_gap
                                        WHERE made_at < $1 ORDER BY made_at LIMIT 500)""",
        made_before,
    )


async def delete_tracks(conn: Connection, track_ids: Sequence[UUID]) -> None:
    """From everybody's history."""
    await conn.execute("DELETE FROM accounts.heard WHERE track_id = ANY ($1::uuid[])", list(track_ids))


async def start_pause(conn: Connection, account_id: AccountId, now: datetime) -> None:
    """One that holds already keeps its beginning."""
    await conn.execute(
        """INSERT INTO accounts.preference AS p (account_id, history_paused_at) VALUES ($1, $2)
           ON CONFLICT (account_id) DO UPDATE
               SET history_paused_at = coalesce(p.history_paused_at, excluded.history_paused_at)""",
        account_id,
        now,
    )


async def end_pause(conn: Connection, account_id: AccountId) -> datetime | None:
    """When it had begun; None when there was none."""
    return await conn.fetchval(
        """UPDATE accounts.preference p SET history_paused_at = NULL
             FROM (SELECT account_id, history_paused_at FROM accounts.preference
                    WHERE account_id = $1 FOR UPDATE) AS before
            WHERE p.account_id = before.account_id AND before.history_paused_at IS NOT NULL
           RETURNING before.history_paused_at""",
        account_id,
    )

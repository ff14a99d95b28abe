"""What must be so of places, whatever happened, as SQL that finds where it is not. For tests, and for a scene."""

from collections.abc import Mapping
from datetime import datetime

from basedmusic.platform.db import Connection

# `$1`, where it matters, is the time; each finds the rows that break it.
INVARIANTS: Mapping[str, str] = {
    "no pool has given more than it has": """
        SELECT p.id, p.size, count(*) AS given FROM shows.pool p
          JOIN shows.rsvp r ON r.show_id = p.show_id AND (p.place = 0 OR p.id = r.pool_id)
          CROSS JOIN generate_series(1, r.size)
         WHERE p.size IS NOT NULL
           AND (r.state = 'going' OR (r.state IN ('held', 'offered') AND r.until > $1))
         GROUP BY p.id, p.size HAVING count(*) > p.size""",
    "a pool has as many slots as it says": """
        SELECT p.id, p.size FROM shows.pool p
         WHERE coalesce(p.size, 0) <> (SELECT count(*) FROM shows.slot s WHERE s.pool_id = p.id)""",
    "no party is split": """
        SELECT r.id, r.size, p.id AS pool_id FROM shows.rsvp r
          JOIN shows.pool p ON p.show_id = r.show_id AND (p.place = 0 OR p.id = r.pool_id)
         WHERE p.size IS NOT NULL
           AND (r.state = 'going' OR (r.state IN ('held', 'offered') AND r.until > $1))
           AND r.size <> (SELECT count(*) FROM shows.slot s WHERE s.rsvp_id = r.id AND s.pool_id = p.id
                                                              AND s.free_at > $1)""",
    "nobody without a place keeps one": """
        SELECT s.pool_id, s.n, r.state FROM shows.slot s JOIN shows.rsvp r ON r.id = s.rsvp_id
         WHERE s.free_at > $1 AND r.state NOT IN ('going', 'held', 'offered')""",
    "a place is of the show and of the type": """
        SELECT s.pool_id, s.n FROM shows.slot s JOIN shows.pool p ON p.id = s.pool_id
          JOIN shows.rsvp r ON r.id = s.rsvp_id
         WHERE s.free_at > $1
           AND (r.show_id <> p.show_id OR (p.place > 0 AND r.pool_id IS DISTINCT FROM p.id))""",
    "a place is promised as long as the answer says": """
        SELECT s.pool_id, s.n, s.free_at, r.until FROM shows.slot s JOIN shows.rsvp r ON r.id = s.rsvp_id
         WHERE s.free_at > $1 AND s.free_at <> coalesce(r.until, 'infinity')""",
    "nobody brings more than they may": """
        SELECT r.id, r.size, s.party_max FROM shows.rsvp r JOIN shows.show s ON s.id = r.show_id
         WHERE r.state IN ('going', 'held', 'offered', 'waiting') AND r.size > s.party_max""",
    "nobody waits for what is free": """
        SELECT r.id, r.size FROM shows.rsvp r JOIN shows.show s ON s.id = r.show_id
         WHERE r.state = 'waiting' AND $1::timestamptz + interval '5 minutes'
                                      <= s.starts_at - make_interval(mins => s.offers_stop_minutes)
           AND NOT EXISTS (
               SELECT FROM shows.pool p
                WHERE p.show_id = r.show_id AND p.size IS NOT NULL AND (p.place = 0 OR p.id = r.pool_id)
                  AND r.size > (SELECT count(*) FROM shows.slot f WHERE f.pool_id = p.id AND f.free_at <= $1))""",
}


async def find_broken(conn: Connection, now: datetime) -> dict[str, list[str]]:
    """Names of what does not hold, with rows that show it. Empty is good."""
    found = {
        name: await conn.fetch(query + " LIMIT 5", *([now] if "$1" in query else []))
        for name, query in INVARIANTS.items()
    }
    return {name: [str(dict(row)) for row in rows] for name, rows in found.items() if rows}

"""Places given at one hot show: slots beside an advisory lock and a count, and beside a row lock and a count.

Each strategy gives half as many places as there are tries, to as many sessions at once as a few web processes have;
ours with its answer's row, its checks at commit and all indexes, the others as bare as can be. Durable commits.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import asyncpg

from basedmusic.app.schema import all_migrations
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection
from basedmusic.platform.migrations import apply_migrations
from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.shows.contracts import RsvpId, RsvpState, ShowId
from basedmusic.shows.store.places import take_slots
from basedmusic.shows.store.rsvps import begin_rsvp
from benchmarks.results import Result, compare, table
from benchmarks.stage import Stage

TRIES, PLACES, SESSIONS, ROUNDS = 1_200, 600, 48, 5
GOAL = 1 / 4
NOW = datetime(2026, 12, 1, tzinfo=UTC)
Try = Callable[[Connection, UUID, UUID], Awaitable[bool]]

_PEER_TABLE = """CREATE TABLE public.peer_event (id uuid PRIMARY KEY, capacity integer NOT NULL);
CREATE TABLE public.peer_ticket (id uuid PRIMARY KEY DEFAULT uuidv7(), event_id uuid NOT NULL
    REFERENCES public.peer_event (id), account_id uuid NOT NULL, UNIQUE (event_id, account_id))"""


async def by_slots(conn: Connection, show_id: UUID, account_id: UUID) -> bool:
    """As `service.places` does without the show's lock: the answer, the slot, or neither."""
    transaction = conn.transaction()
    await transaction.start()
    rsvp_id = await begin_rsvp(
        conn,
        ShowId(show_id),
        AccountId(account_id),
        RsvpState.GOING,
        1,
        None,
        None,
        NOW,
    )
    taken = rsvp_id is not None and await take_slots(
        conn, ShowId(show_id), None, 1, RsvpId(rsvp_id), None, NOW, waiting=False
    )
    await (transaction.commit() if taken else transaction.rollback())
    return taken


async def by_advisory_lock(conn: Connection, event_id: UUID, account_id: UUID) -> bool:
    return await _by_count(
        conn, "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", event_id, account_id
    )


async def by_row_lock(conn: Connection, event_id: UUID, account_id: UUID) -> bool:
    return await _by_count(
        conn, "SELECT id FROM public.peer_event WHERE id = $1 FOR NO KEY UPDATE", event_id, account_id
    )


async def _by_count(conn: Connection, lock: str, event_id: UUID, account_id: UUID) -> bool:
    async with conn.transaction():
        await conn.execute(lock, event_id if "FOR" in lock else str(event_id))
        left = await conn.fetchval(
            """SELECT e.capacity - (SELECT count(*) FROM public.peer_ticket t WHERE t.event_id = e.id)
                 FROM public.peer_event e WHERE e.id = $1""",
            event_id,
        )
        assert left is not None
        if left <= 0:
            return False
        await conn.execute(
            "INSERT INTO public.peer_ticket (event_id, account_id) VALUES ($1, $2)", event_id, account_id
        )
    return True


async def make_show(pool: asyncpg.Pool) -> UUID:
    return await pool.fetchval(
        """WITH owner AS (INSERT INTO accounts.party (kind, name, slug)
                          VALUES ('artist', 'Peer', 'a-' || gen_random_uuid()) RETURNING id),
                made AS (INSERT INTO shows.show (owner_id, venue_answer, place_name, title, zone, starts_wall,
                             starts_fold, starts_at, over_at, evening, tz_version, state, published_at)
                         SELECT id, 'none', 'The Ebb', 'Hot', 'UTC', '2199-12-05 20:00', 0,
                                '2199-12-05 20:00+00', '2199-12-06 02:00+00', '2199-12-05', '2026a',
                                'published', now() FROM owner RETURNING id),
                pool AS (INSERT INTO shows.pool (show_id, size, place)
                         SELECT id, $1, 0 FROM made RETURNING id, show_id),
                slots AS (INSERT INTO shows.slot (pool_id, n) SELECT id, n FROM pool, generate_series(1, $1) n)
           SELECT id FROM made""",
        PLACES,
    )


async def make_event(pool: asyncpg.Pool) -> UUID:
    event_id = uuid4()
    await pool.execute("INSERT INTO public.peer_event VALUES ($1, $2)", event_id, PLACES)
    return event_id


async def grants_per_second(pool: asyncpg.Pool, event_id: UUID, people: list[UUID], attempt: Try) -> float:
    granted, waiting = 0, iter(people)

    async def session() -> None:
        nonlocal granted
        async with pool.acquire() as conn:
            for account_id in waiting:
                given = await attempt(conn, event_id, account_id)
                granted += given

    started = time.perf_counter()
    await asyncio.gather(*(session() for _ in range(SESSIONS)))
    took = time.perf_counter() - started
    assert granted == PLACES, f"{granted} of {PLACES}"
    return granted / took


async def measure(dsn: str) -> dict[str, list[float]]:
    pool = await asyncpg.create_pool(dsn, min_size=SESSIONS, max_size=SESSIONS)
    await pool.execute(_PEER_TABLE)
    people = [
        row["id"]
        for row in await pool.fetch(
            """WITH made AS (INSERT INTO accounts.party (kind, name, slug)
                             SELECT 'person', 'Crowd', 'c-' || n FROM generate_series(1, $1::integer) n
                             RETURNING id, slug)
               INSERT INTO accounts.account (id, email, email_normalised, password_hash)
               SELECT id, slug || '@example.org', slug || '@example.org', 'x' FROM made RETURNING id""",
            TRIES,
        )
    ]
    ways = {
        "slots": (make_show, by_slots),
        "advisory lock and count": (make_event, by_advisory_lock),
        "row lock and count": (make_event, by_row_lock),
    }
    figures: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):  # the first warms up
        for name, (make, attempt) in ways.items():
            figure = await grants_per_second(pool, await make(pool), people, attempt)
            if turn:
                figures[name].append(figure)
    await pool.close()
    return figures


def run(stage: Stage | None = None) -> list[Result]:
    """Milliseconds per place given, since less is better in the table."""
    with TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "data")
        server.start()
        try:
            asyncio.run(apply_migrations(server.dsn(), all_migrations()))
            figures = asyncio.run(measure(server.dsn()))
        finally:
            server.release()
    for name, rates in figures.items():
        print(f"{name}: {median(rates):,.0f} grants/s ({min(rates):,.0f} to {max(rates):,.0f})")
    costs = {name: [1000 / rate for rate in rates] for name, rates in figures.items()}
    return [
        compare("a place at a hot show", costs["slots"], costs[peer], unit="ms", peer_name=peer, goal=GOAL)
        for peer in ("advisory lock and count", "row lock and count")
    ]


if __name__ == "__main__":
    print(table(run()))

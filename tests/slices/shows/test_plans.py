"""How PostgreSQL reaches shows and places in a big scene: by which index, never how fast."""

from collections.abc import AsyncGenerator
from uuid import UUID

import pytest
from tests.support.explaining import Explaining
from tests.support.factories import make_artist, make_viewer
from tests.support.shows import NOW, Stage, make_people

from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database
from basedmusic.shows.store import places, rsvps, shows

pytestmark = pytest.mark.anyio
SHOWS = 20_000
PAGE = PageRequest(20)
PLANS = 7
"""From the sixth on, a statement's plan may be one for all arguments."""


@pytest.fixture
async def quiet(database: Database) -> UUID:
    """An artist with two shows in a scene of very many, half of them over."""
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        busy, quiet = await make_artist(tx, viewer), await make_artist(tx, viewer, "Quiet")
        await tx.conn.execute(
            """INSERT INTO shows.show (owner_id, venue_answer, place_name, title, zone, starts_wall, starts_fold,
                   starts_at, over_at, evening, tz_version, state, published_at)
               SELECT CASE WHEN n % 10000 = 0 THEN $1::uuid ELSE $2 END, 'none', 'The Ebb', 's' || n, 'UTC',
                      at AT TIME ZONE 'UTC', 0, at, at + interval '6 h', (at AT TIME ZONE 'UTC')::date, '2026a',
                      'published', now()
                 FROM generate_series(1, $3::integer) n,
                      LATERAL (SELECT $4::timestamptz + (n - $3 / 2) * interval '20 min' AS at) t""",
            quiet.id,
            busy.id,
            SHOWS,
            NOW,
        )
        await tx.conn.execute(
            """INSERT INTO shows.billing (party_id, starts_at, show_id)
               SELECT owner_id, starts_at, id FROM shows.show"""
        )
        await tx.conn.execute(
            """INSERT INTO shows.rsvp (show_id, account_id, state, said_at, turn)
               SELECT id, $1, 'waiting', now(), nextval('shows.turn') FROM shows.show LIMIT 5000""",
            viewer.account_id,
        )
    async with database.connection() as conn:
        await conn.execute("VACUUM ANALYZE shows.show, shows.billing, shows.rsvp")
    return quiet.id


@pytest.fixture
async def explaining(database: Database, quiet: UUID) -> AsyncGenerator[Explaining]:
    async with database.connection() as conn:
        yield Explaining(conn)


async def test_what_is_on_stops_at_the_page(explaining: Explaining):
    for _ in range(PLANS):
        await shows.list_coming(explaining.connection, None, NOW, None, PAGE)
        assert "show_coming" in explaining.indexes()
        assert explaining.rows_read("show") <= 200  # from two days ago on, since some last that long


async def test_one_evening_is_one_walk(explaining: Explaining):
    for _ in range(PLANS):
        await shows.list_coming(explaining.connection, None, NOW, NOW.date(), PAGE)
        assert "show" not in explaining.walked_whole()
        assert explaining.rows_read("show") <= 200


async def test_a_page_of_a_profile_is_one_walk(explaining: Explaining, quiet: UUID):
    for _ in range(PLANS):
        await shows.list_of_party(explaining.connection, None, quiet, NOW, PAGE)
        assert "billing_pkey" in explaining.indexes()
        assert explaining.rows_read("show") + explaining.rows_read("billing") <= 10


async def test_the_sweep_walks_those_who_wait(explaining: Explaining):
    await rsvps.list_unsettled(explaining.connection, NOW, 100)
    assert "show" not in explaining.walked_whole()


async def test_a_place_is_taken_without_reading_the_others(database: Database):
    """Of a scene with a hundred thousand, by indexes: a join would read them all for one."""
    stage = await Stage.make(database, 100_000)
    (who,) = await make_people(database, 1)
    await stage.go(who)
    await database.pool.execute("ANALYZE shows.slot, shows.pool")
    rsvp = await stage.look(who)
    assert rsvp is not None
    async with database.connection() as conn:
        explaining = Explaining(conn)
        await explaining.fetch(places._TAKE, stage.show.id, None, 1, NOW, rsvp.id, None)
        assert "slot" not in explaining.walked_whole()
        assert explaining.rows_read("slot") <= 10


async def test_control_a_list_without_its_index_is_seen(database: Database, quiet: UUID):
    async with database.transaction() as tx:
        await tx.conn.execute("DROP INDEX shows.show_coming, shows.show_of_evening")
        explaining = Explaining(tx.conn)
        await shows.list_coming(explaining.connection, None, NOW, None, PAGE)
        assert "show" in explaining.walked_whole() or explaining.rows_read("show") > 200

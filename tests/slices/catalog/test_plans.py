"""How PostgreSQL reaches the rows of a list in a big scene: by which index, never how fast."""

import asyncio
from collections.abc import Generator
from typing import NamedTuple, cast
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from tests.support.databases import fresh_database
from tests.support.explaining import Explaining
from tests.support.factories import make_artist, make_viewer

from basedmusic.accounts import PartyKind, Viewer
from basedmusic.accounts.store import following
from basedmusic.catalog.store import artists, releases, tracks
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database, Tx, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.postgres import EmbeddedPostgres

pytestmark = pytest.mark.anyio
TRACKS = 50_000
RELEASES = 5_000
ARTISTS = 5_000
OTHERS = [
    "ambient",
    "blues",
    "classical",
    "electronic",
    "folk",
    "funk",
    "house",
    "indie",
    "jazz",
    "pop",
    "rock",
    "soul",
]
PAGE = PageRequest(20)
SMALL = {"genre"}
"""Tables that have a few rows in any scene, which PostgreSQL may well read whole."""
PLANS = 7
"""From the sixth on, a statement's plan may be one for all arguments."""

MARKED = """SELECT bool_and(relallvisible >= relpages) FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'catalog'::regnamespace"""
"""Whether an index alone tells what there is of a row."""


class BigScene(NamedTuple):
    """A database to copy, and somebody with an artist and no tracks in it.

    Of its genres dub is half of everything, metal one old track, and punk what was played long ago: as many as
    a planner expects of a genre, all behind everything newer.
    """

    name: str
    quiet: Viewer


@pytest.fixture(scope="module")
def big_scene(postgres: EmbeddedPostgres) -> Generator[BigScene]:
    with fresh_database(postgres) as dsn:
        yield BigScene(urlsplit(dsn).path.lstrip("/"), asyncio.run(_make_big(dsn)))


async def _make_big(dsn: str) -> Viewer:
    pool = await open_pool(dsn)
    try:
        async with Database(pool, FactRegistry()).transaction() as tx:
            busy, quiet = await make_viewer(tx), await make_viewer(tx)
            artist = await make_artist(tx, busy)
            await make_artist(tx, quiet, "Quiet")
            await _fill(tx, artist.id)
        # Again while another's snapshot, a starting process's even, keeps rows from being marked as seen by all.
        for _ in range(20):
            await pool.execute("VACUUM ANALYZE")
            if await pool.fetchval(MARKED):
                break
            await asyncio.sleep(0.5)
    finally:
        await pool.close()
    return quiet


@pytest.fixture
def dsn(postgres: EmbeddedPostgres, big_scene: BigScene) -> Generator[str]:
    with fresh_database(postgres, big_scene.name) as dsn:
        yield dsn


@pytest.fixture
def quiet(big_scene: BigScene) -> Viewer:
    return big_scene.quiet


async def _fill(tx: Tx, artist_id: object) -> None:
    await tx.conn.execute(
        """INSERT INTO catalog.release (artist_id, title, kind, publication, published_at)
           SELECT $1, 'r' || n, 'album', 'published', now() - n * interval '10 min'
             FROM generate_series(0, $2::integer - 1) n""",
        artist_id,
        RELEASES,
    )
    await tx.conn.execute(
        """INSERT INTO catalog.track (artist_id, release_id, position, title, media_status, publication,
               published_at, source_key, playback_key, source_sha256, source_bytes, container, content_type,
               codec, sample_rate, channels, samples, duration_ms)
           SELECT $1, r.id, n % 10 + 1, 't' || n, 'playable', 'published', now() - n * interval '1 min', 's' || n,
                  's' || n, sha256('x'), 1, 'wav', 'audio/wav', 'pcm', 48000, 2, 48000, 1000
             FROM generate_series(0, $2::integer - 1) n JOIN catalog.release r ON r.title = 'r' || n / 10""",
        artist_id,
        TRACKS,
    )
    await tx.conn.execute(
        """INSERT INTO catalog.track_genre (track_id, genre)
           SELECT id, CASE WHEN n = 15000 THEN 'metal' WHEN n > 45000 THEN 'punk' WHEN n % 2 = 0 THEN 'dub'
                           ELSE ($1::text[])[1 + n / 2 % cardinality($1)] END
             FROM (SELECT id, substr(title, 2)::integer AS n FROM catalog.track) numbered""",
        OTHERS,
    )
    await tx.conn.execute(
        """WITH made AS (INSERT INTO accounts.party (kind, name, slug)
                         SELECT 'artist', 'a' || n, 'a' || n FROM generate_series(1, $1::integer) n
                         RETURNING id, name),
                playing AS (INSERT INTO catalog.artist (id, city) SELECT id, 'Rust Harbour' FROM made)
           INSERT INTO catalog.artist_genre (artist_id, genre)
           SELECT id, CASE WHEN n = 3000 THEN 'metal' WHEN n % 2 = 0 THEN 'dub'
                           ELSE ($2::text[])[1 + n / 2 % cardinality($2)] END
             FROM (SELECT id, substr(name, 2)::integer AS n FROM made) numbered""",
        ARTISTS,
        OTHERS,
    )


@pytest.fixture
async def explaining(database: Database):
    async with database.connection() as conn:
        yield Explaining(conn)


async def test_own_tracks_are_reached_from_the_memberships(explaining: Explaining, quiet: Viewer):
    account = cast("AccountId", quiet.account_id)
    for _ in range(PLANS):
        await tracks.list_own_tracks(explaining.connection, account, PAGE)
        assert "track_by_artist" in explaining.indexes()
        assert explaining.rows_read() == 0


async def test_one_artists_own_tracks_stop_at_the_page(
    explaining: Explaining, database: Database, quiet: Viewer
):
    """Of somebody with two artists, one of them busy: each list costs what that artist has, or a page."""
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        owned = await tx.conn.fetchval(
            "SELECT party_id FROM accounts.membership WHERE account_id = $1", account
        )
        busy = await tx.conn.fetchval("SELECT artist_id FROM catalog.track LIMIT 1")
        await tx.conn.execute(
            """INSERT INTO accounts.membership (account_id, party_id, party_kind, role)
               VALUES ($1, $2, 'artist', 'member')""",
            account,
            busy,
        )
    for artist_id, rows in ((owned, 0), (busy, PAGE.limit + 1)) * PLANS:
        await tracks.list_own_tracks(
            explaining.connection, account, PAGE, published=True, artist_id=artist_id
        )
        assert "track_by_artist" in explaining.indexes()
        assert "track" not in explaining.walked_whole()
        # Found by one index, and told of by another.
        assert explaining.rows_read() <= 2 * rows


async def test_the_latest_stop_at_the_page(explaining: Explaining):
    for _ in range(PLANS):
        await tracks.list_latest_tracks(explaining.connection, None, PAGE)
        assert "track_latest" in explaining.indexes()
        assert explaining.rows_read() <= 30


async def test_a_genres_lists_cost_a_page_whether_it_is_rare_common_or_long_ago(explaining: Explaining):
    conn = explaining.connection
    for genre in ("metal", "dub", "punk") * PLANS:
        await tracks.list_genre_tracks(conn, None, genre, PAGE)
        assert "track_genre_listed" in explaining.indexes()
        assert explaining.walked_whole() <= SMALL
        assert explaining.rows_read() <= 30
        await artists.list_genre_artists(conn, None, genre, PAGE)
        assert explaining.walked_whole() <= SMALL
        assert explaining.rows_read("artist") <= 10 * PAGE.limit, genre


async def test_a_genres_releases_are_found_by_indexes(explaining: Explaining):
    """One of which all lies long ago costs a walk through what is newer, by index and once per page."""
    for genre, most in (("metal", 1), ("dub", 30), ("punk", RELEASES)) * PLANS:
        await releases.list_genre_releases(explaining.connection, None, genre, PAGE)
        assert explaining.walked_whole() <= SMALL, genre
        assert explaining.rows_read("release") <= most, genre


async def test_genres_are_counted_in_their_indexes(explaining: Explaining):
    for _ in range(PLANS):
        await artists.list_genres(explaining.connection, None)
        assert {"track_genre_listed", "artist_by_genre"} <= explaining.indexes()
        assert explaining.walked_whole() <= SMALL


async def test_a_big_library_costs_a_page(explaining: Explaining, database: Database, quiet: Viewer):
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        for kind, table in (("track", "track"), ("release", "release")):
            await tx.conn.execute(
                f"INSERT INTO accounts.saved (account_id, kind, subject_id) SELECT $1, $2, id FROM catalog.{table}",
                account,
                kind,
            )
        await tx.conn.execute(
            "INSERT INTO accounts.follow (account_id, party_id) SELECT $1, id FROM catalog.artist", account
        )
    async with database.connection() as conn:
        await conn.execute("ANALYZE accounts.saved, accounts.follow")
    for _ in range(PLANS):
        await tracks.list_saved_tracks(explaining.connection, account, PAGE)
        assert "saved_latest" in explaining.indexes()
        assert explaining.rows_read() <= 30
        await releases.list_saved_releases(explaining.connection, account, PAGE)
        assert "saved_latest" in explaining.indexes()
        assert explaining.rows_read("release") <= 30
        await tracks.list_latest_tracks(explaining.connection, account, PAGE)
        assert explaining.rows_read() + explaining.rows_read("saved") <= 60


async def test_following_thousands_costs_a_page(explaining: Explaining, database: Database, quiet: Viewer):
    """All of them, and the few of one kind behind all the others."""
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        await tx.conn.execute(
            """INSERT INTO accounts.party (kind, name, slug)
               SELECT CASE WHEN n <= 30 THEN 'venue' ELSE 'person' END, 'p' || n, 'p' || n
                 FROM generate_series(1, 40000) n"""
        )
        await tx.conn.execute(
            """INSERT INTO accounts.follow (account_id, party_id, followed_at)
               SELECT $1, id, created_at - CASE kind WHEN 'venue' THEN interval '1 year' ELSE '0' END
                 FROM accounts.party WHERE kind IN ('artist', 'venue')""",
            account,
        )
    async with database.connection() as conn:
        await conn.execute("ANALYZE accounts.party, accounts.follow")
    for kind, index in ((None, "follow_latest"), (PartyKind.VENUE, "follow_latest_of_kind")) * PLANS:
        await following.list_following(explaining.connection, account, kind, PAGE)
        assert index in explaining.indexes()
        assert not explaining.walked_whole() & {"party", "follow"}
        assert explaining.rows_read("follow") + explaining.rows_read("party") <= 60


async def test_a_long_history_costs_a_page(explaining: Explaining, database: Database, quiet: Viewer):
    """As does what was judged, the first page and one far behind it."""
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        await tx.conn.execute(
            """INSERT INTO accounts.heard (account_id, play_id, track_id, heard_at)
               SELECT $1, gen_random_uuid(), id, published_at FROM catalog.track""",
            account,
        )
        await tx.conn.execute(
            """INSERT INTO accounts.taste_track (account_id, track_id, kept, judged_at)
               SELECT $1, id, true, published_at FROM catalog.track""",
            account,
        )
    async with database.connection() as conn:
        await conn.execute("ANALYZE accounts.heard, accounts.taste_track")
        long_ago = await conn.fetchval("SELECT min(published_at) + interval '1 h' FROM catalog.track")
    behind = PageRequest(PAGE.limit, (long_ago, UUID(int=0)))
    for page in (PAGE, behind) * PLANS:
        await tracks.list_heard_tracks(explaining.connection, account, page)
        assert "heard_latest" in explaining.indexes()
        assert explaining.rows_read() + explaining.rows_read("heard") <= 60
        await tracks.list_judged_tracks(explaining.connection, account, page)
        assert "taste_track_latest" in explaining.indexes()
        assert explaining.rows_read() + explaining.rows_read("taste_track") <= 60


async def test_clips_are_chosen_among_the_latest(explaining: Explaining, database: Database, quiet: Viewer):
    """Of every genre and of all: however many tracks there are, and however many were judged and muted."""
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        await tx.conn.execute("UPDATE catalog.track SET waveform = $1 WHERE title LIKE 't1%'", bytes(200))
        await tx.conn.execute(
            """INSERT INTO accounts.taste_track (account_id, track_id, kept)
               SELECT $1, id, true FROM catalog.track WHERE title LIKE 't2%'""",
            account,
        )
        await tx.conn.execute(
            "INSERT INTO accounts.mute (account_id, party_id) SELECT $1, id FROM catalog.artist LIMIT 500",
            account,
        )
    async with database.connection() as conn:
        await conn.execute("ANALYZE catalog.track, accounts.taste_track, accounts.mute")
        genres = await conn.fetchval("SELECT count(*) FROM catalog.genre")
    assert genres is not None
    for _ in range(PLANS):
        await tracks.list_clip_candidates(explaining.connection, account)
        assert "track" not in explaining.walked_whole()
        assert explaining.rows_read() + explaining.rows_read("track_genre") <= 10 * tracks.CANDIDATES * (
            genres + 1
        )


async def test_new_lists_stop_at_the_page_with_many_muted(
    explaining: Explaining, database: Database, quiet: Viewer
):
    account = cast("AccountId", quiet.account_id)
    async with database.transaction() as tx:
        await tx.conn.execute(
            """INSERT INTO accounts.mute (account_id, party_id)
               SELECT $1, id FROM catalog.artist ORDER BY id DESC OFFSET 100 LIMIT 1000""",
            account,
        )
    async with database.connection() as conn:
        await conn.execute("ANALYZE accounts.mute")
    for _ in range(PLANS):
        await tracks.list_latest_tracks(explaining.connection, account, PAGE)
        assert "track_latest" in explaining.indexes()
        assert explaining.rows_read() <= 30
        await releases.list_latest_releases(explaining.connection, account, PAGE)
        assert explaining.rows_read("release") <= 30
        await artists.list_artists(explaining.connection, account, PAGE)
        assert explaining.rows_read("artist") <= 30
        assert not explaining.walked_whole() & {"artist", "track", "release", "party"}


async def test_control_a_list_without_its_index_is_seen(database: Database):
    async with database.transaction() as tx:
        await tx.conn.execute("DROP INDEX catalog.track_genre_listed, catalog.track_by_genre")
        explaining = Explaining(tx.conn)
        await artists.list_genres(explaining.connection, None)
        assert "track_genre" in explaining.walked_whole()

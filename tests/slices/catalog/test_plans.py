"""How PostgreSQL reaches the rows of a list in a big scene: by which index, never how fast."""

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest
from tests.support.factories import make_artist, make_viewer

from basedmusic.accounts import Viewer
from basedmusic.catalog.store import tracks
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Database

pytestmark = pytest.mark.anyio
TRACKS = 20_000


class Explaining:
    """A connection that tells how it would fetch, and fetches nothing."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.plan: dict[str, Any] = {}

    async def fetch(self, query: str, *arguments: Any) -> list[Any]:
        (row,) = await self._conn.fetch("EXPLAIN (ANALYZE, FORMAT JSON) " + query, *arguments)
        self.plan = json.loads(row[0])[0]["Plan"]
        return []

    def nodes(self) -> Iterator[dict[str, Any]]:
        waiting = [self.plan]
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", [])
            yield node

    def indexes(self) -> set[str]:
        return {node["Index Name"] for node in self.nodes() if "Index Name" in node}

    def rows_read(self) -> int:
        """Of the table of tracks, those filtered out included."""
        return sum(
            round(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
            for node in self.nodes()
            if node.get("Relation Name") == "track"
        )


@pytest.fixture
async def quiet(database: Database) -> Viewer:
    """Somebody with an artist and no tracks, in a scene of many."""
    async with database.transaction() as tx:
        busy, quiet = await make_viewer(tx), await make_viewer(tx)
        artist = await make_artist(tx, busy)
        await make_artist(tx, quiet, "Quiet")
        await tx.conn.execute(
            """INSERT INTO catalog.track (artist_id, title, media_status, publication, published_at, source_key,
                   playback_key, source_sha256, source_bytes, container, content_type, codec, sample_rate,
                   channels, samples, duration_ms)
               SELECT $1, 't' || n, 'playable', 'published', now() - n * interval '1 min', 's' || n, 's' || n,
                      sha256('x'), 1, 'wav', 'audio/wav', 'pcm', 48000, 2, 48000, 1000
                 FROM generate_series(1, $2::integer) n""",
            artist.id,
            TRACKS,
        )
        await tx.conn.execute(
            "INSERT INTO catalog.track_genre SELECT id, CASE WHEN title = 't15000' THEN 'metal' ELSE 'dub' END "
            "FROM catalog.track"
        )
        return quiet


@pytest.fixture
async def explaining(database: Database, quiet: Viewer):
    async with database.connection() as conn:
        await conn.execute("ANALYZE catalog.track, catalog.track_genre")
        yield Explaining(conn)


def sent_through(explaining: Explaining) -> Connection:
    return cast("Connection", explaining)


async def test_own_tracks_are_reached_from_the_memberships(explaining: Explaining, quiet: Viewer):
    account = cast("AccountId", quiet.account_id)
    for _ in range(7):  # from the sixth on, the plan may be one for all
        await tracks.list_own_tracks(sent_through(explaining), account, PageRequest(20))
        assert "track_by_artist" in explaining.indexes()
        assert explaining.rows_read() == 0


async def test_a_rare_genre_is_entered_by_its_index(explaining: Explaining):
    for _ in range(7):
        await tracks.list_latest_tracks(sent_through(explaining), None, "metal", PageRequest(20))
        assert "track_by_genre" in explaining.indexes()
        assert explaining.rows_read() == 1


async def test_the_latest_and_a_common_genre_stop_at_the_page(explaining: Explaining):
    for genre in (None, "dub"):
        await tracks.list_latest_tracks(sent_through(explaining), None, genre, PageRequest(20))
        assert "track_latest" in explaining.indexes()
        assert explaining.rows_read() <= 30

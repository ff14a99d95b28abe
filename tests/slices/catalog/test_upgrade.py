"""Scenes that had music before a migration came."""

import asyncpg
import pytest
from tests.support.server import run_sql

from basedmusic.app.schema import all_migrations
from basedmusic.platform.migrations import apply_migrations
from basedmusic.platform.postgres import EmbeddedPostgres

pytestmark = pytest.mark.anyio
GENRE_LISTS = 21


async def test_what_was_published_before_is_listed_by_genre(postgres: EmbeddedPostgres):
    await run_sql(postgres.dsn(), "CREATE DATABASE an_older_scene")
    dsn = postgres.dsn("an_older_scene")
    everything = all_migrations()
    await apply_migrations(dsn, [one for one in everything if one.number != GENRE_LISTS])
    conn = await asyncpg.connect(dsn)
    await conn.execute(
        """INSERT INTO accounts.party (kind, name, slug) VALUES ('artist', 'Ebb', 'ebb');
           INSERT INTO catalog.artist (id, city)
               SELECT id, 'Rust Harbour' FROM accounts.party WHERE kind = 'artist';
           INSERT INTO catalog.track (artist_id, title, media_status, publication, published_at, deleted_at,
                  source_key, playback_key, source_sha256, source_bytes, container, content_type, codec,
                  sample_rate, channels, samples, duration_ms)
           SELECT id, title, 'playable', publication, published_at, deleted_at, title, title, sha256('x'), 1,
                  'wav', 'audio/wav', 'pcm', 48000, 2, 48000, 1000
             FROM catalog.artist,
                  (VALUES ('out', 'published', now(), NULL), ('draft', 'draft', NULL, NULL),
                          ('deleted', 'published', now(), now()))
                  AS t (title, publication, published_at, deleted_at);
           INSERT INTO catalog.track_genre (track_id, genre) SELECT id, 'dub' FROM catalog.track"""
    )
    assert await apply_migrations(dsn, everything) == ["0021_genre_lists.sql"]
    listed = await conn.fetch(
        """SELECT t.title FROM catalog.track t JOIN catalog.track_genre l ON l.track_id = t.id
            WHERE l.listed_at = t.published_at AND l.listed_at IS NOT NULL"""
    )
    hidden = await conn.fetchval("SELECT count(*) FROM catalog.track_genre WHERE listed_at IS NULL")
    await conn.close()
    assert ([row["title"] for row in listed], hidden) == (["out"], 2)
    await run_sql(postgres.dsn(), "DROP DATABASE an_older_scene")

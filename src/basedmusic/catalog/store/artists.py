"""Artists and genres."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.catalog.contracts import Artist, CountedGenre, Genre
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

_SELECT = """
SELECT a.id, p.slug, p.name, a.city, o.claimable, a.created_at,
       ARRAY(SELECT g.slug FROM catalog.artist_genre ag JOIN catalog.genre g ON g.slug = ag.genre
              WHERE ag.artist_id = a.id ORDER BY g.name) AS genre_slugs,
       ARRAY(SELECT g.name FROM catalog.artist_genre ag JOIN catalog.genre g ON g.slug = ag.genre
              WHERE ag.artist_id = a.id ORDER BY g.name) AS genre_names,
       EXISTS (SELECT FROM accounts.v_draft_viewer m
                WHERE m.party_id = a.id AND m.account_id = $1) AS can_edit,
       CASE WHEN text.shown THEN a.bio ELSE '' END AS bio,
       CASE WHEN text.shown THEN o.website END AS website,
       CASE WHEN text.shown THEN o.links ELSE '{}' END AS links,
       f.followed_at
  FROM catalog.artist a
  JOIN accounts.v_party p ON p.id = a.id
  JOIN accounts.v_profile o ON o.id = a.id
  LEFT JOIN accounts.v_follow f ON f.party_id = a.id AND f.account_id = $1
 CROSS JOIN LATERAL (SELECT NOT EXISTS (SELECT FROM accounts.v_text_hidden x WHERE x.party_id = a.id)
                         OR EXISTS (SELECT FROM accounts.v_membership m
                                     WHERE m.party_id = a.id AND m.account_id = $1) AS shown) AS text
"""
# Once for a statement, and a filter only: an order from an index is kept. A blocked one is not found at all; one
# that the viewer hid is left out of lists; one that is muted of those that nobody asked for.
_OPEN = " a.id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)"
_LISTED = " a.id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)"
_UNASKED = " a.id NOT IN (SELECT q.party_id FROM accounts.v_quiet q WHERE q.account_id = $1)"


async def insert_artist(conn: Connection, artist_id: PartyId, city: str, bio: str) -> None:
    await conn.execute("INSERT INTO catalog.artist (id, city, bio) VALUES ($1, $2, $3)", artist_id, city, bio)


async def update_artist(conn: Connection, artist_id: PartyId, city: str | None, bio: str | None) -> None:
    await conn.execute(
        "UPDATE catalog.artist SET city = coalesce($2, city), bio = coalesce($3, bio) WHERE id = $1",
        artist_id,
        city,
        bio,
    )


async def find_artist(conn: Connection, viewer: AccountId | None, artist_id: UUID) -> Artist | None:
    row = await conn.fetchrow(_SELECT + " WHERE a.id = $2 AND" + _OPEN, viewer, artist_id)
    return _artist(row) if row else None


async def find_artist_by_slug(conn: Connection, viewer: AccountId | None, slug: str) -> Artist | None:
    row = await conn.fetchrow(_SELECT + " WHERE p.kind = 'artist' AND p.slug = $2 AND" + _OPEN, viewer, slug)
    return _artist(row) if row else None


async def list_artists(conn: Connection, viewer: AccountId | None, page: PageRequest) -> list[Artist]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT + " WHERE ($2::uuid IS NULL OR a.id < $2) AND" + _UNASKED + " ORDER BY a.id DESC LIMIT $3",
        viewer,
        after,
        page.limit + 1,
    )
    return [_artist(row) for row in rows]


async def list_genre_artists(
    conn: Connection, viewer: AccountId | None, genre: str, page: PageRequest
) -> list[Artist]:
    """Those who go by one genre, as `list_artists`."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT
        + """ JOIN catalog.artist_genre l ON l.artist_id = a.id AND l.genre = $2
              WHERE ($3::uuid IS NULL OR l.artist_id < $3) AND"""
        + _LISTED
        + " ORDER BY l.artist_id DESC LIMIT $4",
        viewer,
        genre,
        after,
        page.limit + 1,
    )
    return [_artist(row) for row in rows]


async def replace_artist_genres(conn: Connection, artist_id: PartyId, genres: Sequence[str]) -> None:
    await conn.execute("DELETE FROM catalog.artist_genre WHERE artist_id = $1", artist_id)
    await conn.execute(
        "INSERT INTO catalog.artist_genre (artist_id, genre) SELECT $1, unnest($2::text[])",
        artist_id,
        list(genres),
    )


async def list_genres(conn: Connection, viewer: AccountId | None) -> list[CountedGenre]:
    """By name, counting what `list_genre_tracks` and `list_genre_artists` have for this viewer."""
    tracks, artists = await _count_hidden(conn, viewer)
    counted = await _count_genres(conn)
    return [
        CountedGenre(
            one.slug,
            one.name,
            one.track_count - tracks.get(one.slug, 0),
            one.artist_count - artists.get(one.slug, 0),
        )
        for one in counted
    ]


async def _count_hidden(conn: Connection, viewer: AccountId | None) -> tuple[dict[str, int], dict[str, int]]:
    """Listed tracks, and artists, that the viewer is not shown, by genre: counted from what is hidden or closed,
    which is little, and not from all there is."""
    tracks = await conn.fetch(
        """SELECT l.genre, count(*) AS number
             FROM catalog.track_genre l
            WHERE l.listed_at IS NOT NULL AND l.track_id = ANY (ARRAY(
                  SELECT t.id FROM accounts.v_hidden h JOIN catalog.track t ON t.artist_id = h.party_id
                   WHERE h.account_id = $1 AND t.deleted_at IS NULL
                  UNION
                  SELECT t.id FROM accounts.v_closed h JOIN catalog.track t ON t.artist_id = h.party_id
                   WHERE t.deleted_at IS NULL
                  UNION
                  SELECT h.subject_id FROM accounts.v_hidden_subject h
                   WHERE h.account_id = $1 AND h.kind = 'track'
                  UNION
                  SELECT t.id FROM accounts.v_hidden_subject h JOIN catalog.track t ON t.release_id = h.subject_id
                   WHERE h.account_id = $1 AND h.kind = 'release' AND t.deleted_at IS NULL))
            GROUP BY l.genre""",
        viewer,
    )
    artists = await conn.fetch(
        """SELECT l.genre, count(*) AS number
             FROM catalog.artist_genre l
            WHERE l.artist_id = ANY (ARRAY(SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1
                                           UNION SELECT h.party_id FROM accounts.v_closed h))
            GROUP BY l.genre""",
        viewer,
    )
    return {row["genre"]: row["number"] for row in tracks}, {row["genre"]: row["number"] for row in artists}


async def _count_genres(conn: Connection) -> list[CountedGenre]:
    rows = await conn.fetch(
        """SELECT g.slug, g.name,
                  (SELECT count(*) FROM catalog.track_genre l
                    WHERE l.genre = g.slug AND l.listed_at IS NOT NULL) AS track_count,
                  (SELECT count(*) FROM catalog.artist_genre l WHERE l.genre = g.slug) AS artist_count
             FROM catalog.genre g ORDER BY g.name"""
    )
    return [CountedGenre(**row) for row in rows]


async def find_genre(conn: Connection, slug: str) -> Genre | None:
    row = await conn.fetchrow("SELECT slug, name FROM catalog.genre WHERE slug = $1", slug)
    return Genre(**row) if row else None


async def find_unknown_genres(conn: Connection, genres: Sequence[str]) -> list[str]:
    rows = await conn.fetch(
        "SELECT g FROM unnest($1::text[]) AS g WHERE NOT EXISTS (SELECT FROM catalog.genre WHERE slug = g)",
        list(genres),
    )
    return [row["g"] for row in rows]


def genres_of(row: Record) -> tuple[Genre, ...]:
    return tuple(map(Genre, row["genre_slugs"], row["genre_names"]))


def _artist(row: Record) -> Artist:
    return Artist(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        city=row["city"],
        bio=row["bio"],
        genres=genres_of(row),
        website=row["website"],
        links=tuple(row["links"]),
        claimable=row["claimable"],
        created_at=row["created_at"],
        can_edit=row["can_edit"],
        followed_at=row["followed_at"],
    )

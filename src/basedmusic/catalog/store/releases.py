"""Releases."""

from datetime import date
from uuid import UUID

from basedmusic.catalog.contracts import ArtistRef, Cover, Publication, Release, ReleaseId, ReleaseKind
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

# A release's cover is that of the first track the viewer may see: bands put the same picture into every file.
_SELECT = """
WITH visible AS (
    SELECT r.*, EXISTS (SELECT FROM accounts.v_draft_viewer m
                         WHERE m.party_id = r.artist_id AND m.account_id = $1) AS can_edit
      FROM catalog.release r
)
SELECT v.id, v.artist_id, v.title, v.kind, v.released_on, v.publication, v.published_at, v.created_at,
       v.can_edit, s.saved_at, p.slug AS artist_slug, p.name AS artist_name, c.cover_key, c.cover_colour,
       (SELECT count(*) FROM catalog.track t
         WHERE t.release_id = v.id AND t.deleted_at IS NULL
           AND t.id NOT IN (SELECT h.subject_id FROM accounts.v_hidden_subject h
                             WHERE h.account_id = $1 AND h.kind = 'track')
           AND (v.can_edit OR t.publication IN ('published', 'unlisted'))) AS track_count
  FROM visible v
  JOIN accounts.v_party p ON p.id = v.artist_id
  LEFT JOIN accounts.v_saved s ON s.subject_id = v.id AND s.kind = 'release' AND s.account_id = $1
  LEFT JOIN LATERAL (SELECT t.cover_key, t.cover_colour FROM catalog.track t
                      WHERE t.release_id = v.id AND t.deleted_at IS NULL AND t.cover_key IS NOT NULL
                        AND (v.can_edit OR t.publication IN ('published', 'unlisted'))
                      ORDER BY t.position LIMIT 1) c ON true
"""
# As with tracks: who is blocked is not found, what the viewer hid is not listed, who is muted not unasked.
_OPEN = " AND v.artist_id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)"
_NOT_HIDDEN = """ AND v.id NOT IN (SELECT h.subject_id FROM accounts.v_hidden_subject h
                                    WHERE h.account_id = $1 AND h.kind = 'release')"""
_NOT_OF_HIDDEN = (
    " AND v.artist_id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)"
)
_SHOWN = _NOT_OF_HIDDEN + _NOT_HIDDEN
_NOT_OF_QUIET = " AND v.artist_id NOT IN (SELECT q.party_id FROM accounts.v_quiet q WHERE q.account_id = $1)"
_UNASKED = _NOT_OF_QUIET + _NOT_HIDDEN
_VISIBLE = "(v.publication IN ('published', 'unlisted') OR v.can_edit)"


async def insert_release(
    conn: Connection, artist_id: PartyId, title: str, kind: ReleaseKind, released_on: date | None
) -> ReleaseId:
    release_id: UUID | None = await conn.fetchval(
        """INSERT INTO catalog.release (artist_id, title, kind, released_on)
           VALUES ($1, $2, $3, $4) RETURNING id""",
        artist_id,
        title,
        kind,
        released_on,
    )
    assert release_id is not None
    return ReleaseId(release_id)


async def update_release(
    conn: Connection,
    release_id: ReleaseId,
    title: str | None,
    kind: ReleaseKind | None,
) -> None:
    await conn.execute(
        "UPDATE catalog.release SET title = coalesce($2, title), kind = coalesce($3, kind) WHERE id = $1",
        release_id,
        title,
        kind,
    )


async def set_release_day(conn: Connection, release_id: ReleaseId, day: date | None) -> None:
    await conn.execute("UPDATE catalog.release SET released_on = $2 WHERE id = $1", release_id, day)


async def publish_release(conn: Connection, release_id: ReleaseId) -> None:
    await conn.execute(
        """UPDATE catalog.release
              SET publication = 'published', published_at = now(),
                  released_on = coalesce(released_on, (now() AT TIME ZONE 'UTC')::date)
            WHERE id = $1 AND publication <> 'published'""",
        release_id,
    )


async def lock_release(conn: Connection, release_id: UUID) -> None:
    """Whoever puts tracks on it or takes them off does so alone. Lock order: release before track."""
    await conn.execute("SELECT FROM catalog.release WHERE id = $1 FOR UPDATE", release_id)


async def find_release(conn: Connection, viewer: AccountId | None, release_id: UUID) -> Release | None:
    row = await conn.fetchrow(_SELECT + f" WHERE v.id = $2 AND {_VISIBLE}" + _OPEN, viewer, release_id)
    return _release(row) if row else None


async def list_latest_releases(
    conn: Connection, viewer: AccountId | None, page: PageRequest
) -> list[Release]:
    """Published ones, latest first, one more than asked for. The key is (published_at, id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + f""" WHERE v.publication = 'published' {_UNASKED}
                AND ($2::timestamptz IS NULL OR (v.published_at, v.id) < ($2, $3::uuid))
              ORDER BY v.published_at DESC, v.id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [_release(row) for row in rows]


async def list_genre_releases(
    conn: Connection, viewer: AccountId | None, genre: str, page: PageRequest
) -> list[Release]:
    """Published ones with a published track of the genre, as `list_latest_releases`."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + f""" WHERE v.publication = 'published' {_SHOWN}
                AND EXISTS (SELECT FROM catalog.track t JOIN catalog.track_genre l ON l.track_id = t.id
                             WHERE t.release_id = v.id AND t.deleted_at IS NULL
                               AND l.genre = $2 AND l.listed_at IS NOT NULL)
                AND ($3::timestamptz IS NULL OR (v.published_at, v.id) < ($3, $4::uuid))
              ORDER BY v.published_at DESC, v.id DESC LIMIT $5""",
        viewer,
        genre,
        at,
        last,
        page.limit + 1,
    )
    return [_release(row) for row in rows]


async def list_artist_releases(
    conn: Connection, viewer: AccountId | None, artist_id: UUID, page: PageRequest
) -> list[Release]:
    """What the viewer may see of one artist, newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    listed = "(v.publication = 'published' OR v.can_edit)"
    rows = await conn.fetch(
        _SELECT
        + f""" WHERE v.artist_id = $2 AND {listed} {_OPEN} {_NOT_HIDDEN} AND ($3::uuid IS NULL OR v.id < $3)
               ORDER BY v.id DESC LIMIT $4""",
        viewer,
        artist_id,
        after,
        page.limit + 1,
    )
    return [_release(row) for row in rows]


async def list_saved_releases(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Release]:
    """What the viewer saved and may see, last saved first. The key is (saved_at, id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + f""" WHERE s.saved_at IS NOT NULL AND {_VISIBLE} {_SHOWN}
                 AND ($2::timestamptz IS NULL OR (s.saved_at, s.subject_id) < ($2, $3::uuid))
               ORDER BY s.saved_at DESC, s.subject_id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [_release(row) for row in rows]


async def list_hidden_releases(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Release]:
    """What the viewer hid and may see, newest release first. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT  # noqa: S608 - no value stands in it
        + " WHERE "
        + _VISIBLE
        + _OPEN
        + """ AND v.id = ANY (ARRAY(SELECT h.subject_id FROM accounts.v_hidden_subject h
                                        WHERE h.account_id = $1 AND h.kind = 'release'
                                          AND ($2::uuid IS NULL OR h.subject_id < $2)))
               ORDER BY v.id DESC LIMIT $3""",
        viewer,
        after,
        page.limit + 1,
    )
    return [_release(row) for row in rows]


def _release(row: Record) -> Release:
    return Release(
        id=row["id"],
        artist=ArtistRef(row["artist_id"], row["artist_slug"], row["artist_name"]),
        title=row["title"],
        kind=ReleaseKind(row["kind"]),
        released_on=row["released_on"],
        publication=Publication(row["publication"]),
        published_at=row["published_at"],
        cover=Cover(row["cover_key"], row["cover_colour"]) if row["cover_key"] else None,
        track_count=row["track_count"],
        created_at=row["created_at"],
        can_edit=row["can_edit"],
        saved_at=row["saved_at"],
    )

"""Tracks as people see and edit them."""

from collections.abc import Sequence
from uuid import UUID

from basedmusic.catalog.contracts import (
    ArtistRef,
    Cover,
    Failure,
    Heard,
    Judged,
    Loudness,
    MediaStatus,
    NewTrack,
    Publication,
    ReleaseId,
    ReleaseRef,
    Source,
    Track,
    TrackId,
)
from basedmusic.catalog.store.artists import genres_of
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

# `can_edit` of a row is also the permission to see drafts: a track's own, and that of the release it lies on.
_ROWS = """
SELECT t.*, p.slug AS artist_slug, p.name AS artist_name, r.id AS shown_release_id, r.title AS release_title,
       ARRAY(SELECT g.slug FROM catalog.track_genre tg JOIN catalog.genre g ON g.slug = tg.genre
              WHERE tg.track_id = t.id ORDER BY g.name) AS genre_slugs,
       ARRAY(SELECT g.name FROM catalog.track_genre tg JOIN catalog.genre g ON g.slug = tg.genre
              WHERE tg.track_id = t.id ORDER BY g.name) AS genre_names,
       m.party_id IS NOT NULL AS can_edit, s.saved_at
  FROM catalog.track t
  JOIN accounts.v_party p ON p.id = t.artist_id
  LEFT JOIN accounts.v_draft_viewer m ON m.party_id = t.artist_id AND m.account_id = $1
  LEFT JOIN accounts.v_saved s ON s.subject_id = t.id AND s.kind = 'track' AND s.account_id = $1
  LEFT JOIN catalog.release r ON r.id = t.release_id
        AND (r.publication IN ('published', 'unlisted') OR m.party_id IS NOT NULL)
"""
_THERE = " WHERE t.deleted_at IS NULL"
_SELECT = _ROWS + _THERE
# Each is looked up once for a statement and only filters, so that an order from an index is kept. Who is blocked
# is not found anywhere. What the viewer hid is left out: single tracks and releases also where their artist's or
# release's own page lists them, artists wherever the scene is listed. Who is muted does not come up unasked.
_OPEN = " AND t.artist_id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)"
_NOT_HIDDEN = """ AND t.id NOT IN (SELECT h.subject_id FROM accounts.v_hidden_subject h
                                    WHERE h.account_id = $1 AND h.kind = 'track')"""
_NOT_ON_HIDDEN = """ AND (t.release_id IS NULL
                          OR t.release_id NOT IN (SELECT h.subject_id FROM accounts.v_hidden_subject h
                                                   WHERE h.account_id = $1 AND h.kind = 'release'))"""
_NOT_OF_HIDDEN = (
    " AND t.artist_id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)"
)
_SHOWN = _NOT_OF_HIDDEN + _NOT_HIDDEN + _NOT_ON_HIDDEN
_NOT_OF_QUIET = " AND t.artist_id NOT IN (SELECT q.party_id FROM accounts.v_quiet q WHERE q.account_id = $1)"
_UNASKED = _NOT_OF_QUIET + _NOT_HIDDEN + _NOT_ON_HIDDEN
_BY_LINK = " AND (t.publication IN ('published', 'unlisted') OR m.party_id IS NOT NULL)"
CANDIDATES = 24
"""For clips: of each genre, and of all."""
_LISTED = " AND (t.publication = 'published' OR m.party_id IS NOT NULL)"


async def insert_track(conn: Connection, track: NewTrack) -> TrackId:
    """At the end of its release, if it has one. The caller holds the release's row."""
    source = track.source
    track_id: UUID | None = await conn.fetchval(
        """INSERT INTO catalog.track
               (artist_id, release_id, position, title, media_status, publication, published_at,
                source_key, playback_key, source_sha256, source_bytes, container, content_type,
                codec, sample_rate, channels, samples, duration_ms)
           VALUES ($1, $2::uuid,
                   CASE WHEN $2::uuid IS NOT NULL THEN
                       (SELECT coalesce(max(position), 0) + 1 FROM catalog.track
                         WHERE release_id = $2 AND deleted_at IS NULL) END,
                   $3, 'playable', CASE WHEN $4 THEN 'published' ELSE 'draft' END,
                   CASE WHEN $4 THEN now() END, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                   $15)
           RETURNING id""",
        track.artist_id,
        track.release_id,
        track.title,
        track.publish,
        source.key,
        source.playback_key,
        source.sha256,
        source.bytes,
        source.container,
        source.content_type,
        source.codec,
        source.sample_rate,
        source.channels,
        source.samples,
        source.duration_ms,
    )
    assert track_id is not None
    return TrackId(track_id)


async def find_track(conn: Connection, viewer: AccountId | None, track_id: UUID) -> Track | None:
    row = await conn.fetchrow(_SELECT + _BY_LINK + _OPEN + " AND t.id = $2", viewer, track_id)
    return _track(row) if row else None


async def list_tracks_by_id(conn: Connection, viewer: AccountId | None, ids: Sequence[UUID]) -> list[Track]:
    """Those of them that the viewer may see, in no order."""
    rows = await conn.fetch(_SELECT + _BY_LINK + _OPEN + " AND t.id = ANY ($2::uuid[])", viewer, list(ids))
    return [_track(row) for row in rows]


async def lock_track(conn: Connection, track_id: UUID) -> None:
    """Changes to one track wait for each other here. Lock order: release before track."""
    await conn.execute("SELECT FROM catalog.track WHERE id = $1 FOR UPDATE", track_id)


async def list_latest_tracks(conn: Connection, viewer: AccountId | None, page: PageRequest) -> list[Track]:
    """Published ones, latest first, one more than asked for. The key is (published_at, id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + _UNASKED
        + """ AND t.publication = 'published'
              AND ($2::timestamptz IS NULL OR (t.published_at, t.id) < ($2, $3::uuid))
              ORDER BY t.published_at DESC, t.id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def list_genre_tracks(
    conn: Connection, viewer: AccountId | None, genre: str, page: PageRequest
) -> list[Track]:
    """Published ones of one genre, as `list_latest_tracks`."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _ROWS
        + " JOIN catalog.track_genre l ON l.track_id = t.id AND l.genre = $2"
        + _THERE
        + _SHOWN
        + """ AND l.listed_at IS NOT NULL
              AND ($3::timestamptz IS NULL OR (l.listed_at, l.track_id) < ($3, $4::uuid))
              ORDER BY l.listed_at DESC, l.track_id DESC LIMIT $5""",
        viewer,
        genre,
        at,
        last,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def list_own_tracks(
    conn: Connection,
    viewer: AccountId,
    page: PageRequest,
    *,
    published: bool | None = None,
    artist_id: UUID | None = None,
) -> list[Track]:
    """Everything of the artists the viewer is a member of, or of one of them, newest first; or only what is out,
    or only what is not. The key is (id).

    From the memberships down, so that it costs what the viewer's artists have, not what the scene has. An
    equality in place of BETWEEN would let PostgreSQL walk all tracks by id in the hope of meeting one of theirs.
    """
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT  # noqa: S608 - no value stands in it
        + """ AND t.id = ANY (ARRAY(
                  SELECT newest.id FROM accounts.v_draft_viewer own
                  CROSS JOIN LATERAL (SELECT o.id FROM catalog.track o
                                       WHERE o.artist_id BETWEEN own.party_id AND own.party_id
                                         AND o.deleted_at IS NULL AND ($2::uuid IS NULL OR o.id < $2)
                                         AND ($4::boolean IS NULL OR (o.publication = 'published') = $4)
                                       ORDER BY o.artist_id, o.id DESC LIMIT $3) newest
                   WHERE own.account_id = $1 AND ($5::uuid IS NULL OR own.party_id = $5)))
              ORDER BY t.id DESC LIMIT $3""",
        viewer,
        after,
        page.limit + 1,
        published,
        artist_id,
    )
    return [_track(row) for row in rows]


async def list_artist_tracks(
    conn: Connection, viewer: AccountId | None, artist_id: UUID, page: PageRequest
) -> list[Track]:
    """What the viewer may see of one artist, newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT
        + _LISTED
        + _OPEN
        + _NOT_HIDDEN
        + _NOT_ON_HIDDEN
        + " AND t.artist_id = $2 AND ($3::uuid IS NULL OR t.id < $3) ORDER BY t.id DESC LIMIT $4",
        viewer,
        artist_id,
        after,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def list_release_tracks(
    conn: Connection, viewer: AccountId | None, release_id: UUID, page: PageRequest
) -> list[Track]:
    """What the viewer may see of one release, in its order. The key is (position)."""
    after = page.after[0] if page.after else 0
    rows = await conn.fetch(
        _SELECT
        + _BY_LINK
        + _OPEN
        + _NOT_HIDDEN
        + " AND t.release_id = $2 AND t.position > $3 ORDER BY t.position LIMIT $4",
        viewer,
        release_id,
        after,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def list_saved_tracks(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Track]:
    """What the viewer saved and may see, last saved first. The key is (saved_at, id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + _BY_LINK
        + _SHOWN
        + """ AND s.saved_at IS NOT NULL
              AND ($2::timestamptz IS NULL OR (s.saved_at, s.subject_id) < ($2, $3::uuid))
              ORDER BY s.saved_at DESC, s.subject_id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def list_heard_tracks(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Heard]:
    """What the viewer heard and may see, last heard first. The key is (heard_at, play_id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _ROWS.replace("SELECT t.*", "SELECT h.play_id, h.heard_at, t.*", 1)
        + " JOIN accounts.v_heard h ON h.track_id = t.id AND h.account_id = $1"
        + _THERE
        + _BY_LINK
        + _OPEN
        + """ AND ($2::timestamptz IS NULL OR (h.heard_at, h.play_id) < ($2, $3::uuid))
              ORDER BY h.heard_at DESC, h.play_id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [Heard(row["play_id"], row["heard_at"], _track(row)) for row in rows]


async def list_clip_candidates(conn: Connection, viewer: AccountId) -> list[tuple[Track, str]]:
    """Published tracks of others that the viewer has not judged, with the artist's city, latest first.

    The latest of each genre and of all, so that a genre that was played long ago has its turn, too.
    """
    rows = await conn.fetch(
        _ROWS.replace("SELECT t.*", "SELECT a.city, t.*", 1)  # noqa: S608 - no value stands in it
        + " JOIN catalog.artist a ON a.id = t.artist_id"
        + _THERE
        + """ AND t.publication = 'published' AND t.waveform IS NOT NULL AND m.party_id IS NULL
              AND t.id = ANY (ARRAY(
                  SELECT newest.track_id FROM catalog.genre g
                  CROSS JOIN LATERAL (SELECT l.track_id FROM catalog.track_genre l
                                       WHERE l.genre = g.slug AND l.listed_at IS NOT NULL
                                       ORDER BY l.listed_at DESC, l.track_id DESC LIMIT $2) newest
                  UNION
                  (SELECT o.id FROM catalog.track o WHERE o.publication = 'published' AND o.deleted_at IS NULL
                    ORDER BY o.published_at DESC, o.id DESC LIMIT $2)))
              AND t.id NOT IN (SELECT j.track_id FROM accounts.v_taste_track j WHERE j.account_id = $1)"""
        + _UNASKED
        + " ORDER BY t.published_at DESC, t.id DESC",
        viewer,
        CANDIDATES,
    )
    return [(_track(row), row["city"]) for row in rows]


async def list_judged_tracks(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Judged]:
    """What the viewer kept or passed and may see, last judged first. The key is (judged_at, id)."""
    at, last = page.after or (None, None)
    rows = await conn.fetch(
        _ROWS.replace("SELECT t.*", "SELECT j.kept, j.judged_at, t.*", 1)
        + " JOIN accounts.v_taste_track j ON j.track_id = t.id AND j.account_id = $1"
        + _THERE
        + _BY_LINK
        + _OPEN
        + """ AND ($2::timestamptz IS NULL OR (j.judged_at, j.track_id) < ($2, $3::uuid))
              ORDER BY j.judged_at DESC, j.track_id DESC LIMIT $4""",
        viewer,
        at,
        last,
        page.limit + 1,
    )
    return [Judged(_track(row), row["kept"], row["judged_at"]) for row in rows]


async def filter_seen(conn: Connection, viewer: AccountId, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of them that the viewer may see."""
    rows = await conn.fetch(
        """SELECT t.id FROM catalog.track t
             LEFT JOIN accounts.v_draft_viewer m ON m.party_id = t.artist_id AND m.account_id = $1"""  # noqa: S608
        + _THERE
        + _BY_LINK
        + _OPEN
        + " AND t.id = ANY ($2::uuid[])",
        viewer,
        list(ids),
    )
    return frozenset(row["id"] for row in rows)


async def list_hidden_tracks(conn: Connection, viewer: AccountId, page: PageRequest) -> list[Track]:
    """What the viewer hid and may see, newest track first. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT  # noqa: S608 - no value stands in it
        + _BY_LINK
        + _OPEN
        + """ AND t.id = ANY (ARRAY(SELECT h.subject_id FROM accounts.v_hidden_subject h
                                     WHERE h.account_id = $1 AND h.kind = 'track'
                                       AND ($2::uuid IS NULL OR h.subject_id < $2)))
              ORDER BY t.id DESC LIMIT $3""",
        viewer,
        after,
        page.limit + 1,
    )
    return [_track(row) for row in rows]


async def set_publication(conn: Connection, track_id: UUID, publication: Publication) -> None:
    await conn.execute(
        """UPDATE catalog.track
              SET publication = $2, published_at = CASE WHEN $2 = 'published' THEN now() END
            WHERE id = $1""",
        track_id,
        publication,
    )


async def publish_release_tracks(conn: Connection, release_id: ReleaseId) -> list[TrackId]:
    """Publish all playable tracks of a release; those that were not published before."""
    rows = await conn.fetch(
        """UPDATE catalog.track SET publication = 'published', published_at = now()
            WHERE release_id = $1 AND deleted_at IS NULL AND media_status = 'playable'
              AND publication <> 'published' AND taken_down_at IS NULL
           RETURNING id""",
        release_id,
    )
    return [row["id"] for row in rows]


async def set_title(conn: Connection, track_id: UUID, title: str) -> None:
    await conn.execute("UPDATE catalog.track SET title = $2 WHERE id = $1", track_id, title)


async def place_on_release(conn: Connection, track_id: UUID, release_id: ReleaseId | None) -> None:
    """At the end of the release, or off any. The caller holds the release's row."""
    await conn.execute(
        """UPDATE catalog.track
              SET release_id = $2::uuid,
                  position = CASE WHEN $2::uuid IS NOT NULL THEN
                      (SELECT coalesce(max(position), 0) + 1 FROM catalog.track
                        WHERE release_id = $2 AND deleted_at IS NULL AND id <> $1) END
            WHERE id = $1""",
        track_id,
        release_id,
    )


async def find_release_of(conn: Connection, track_id: UUID) -> ReleaseId | None:
    """The release that a track, deleted or not, lies on, whoever may see it."""
    return await conn.fetchval("SELECT release_id FROM catalog.track WHERE id = $1", track_id)


async def last_position(conn: Connection, release_id: ReleaseId) -> int:
    """0 for a release without tracks."""
    last = await conn.fetchval(
        "SELECT max(position) FROM catalog.track WHERE release_id = $1 AND deleted_at IS NULL", release_id
    )
    return last or 0


async def list_release_track_ids(conn: Connection, release_id: ReleaseId) -> list[UUID]:
    """In the release's order, whoever may see them."""
    rows = await conn.fetch(
        "SELECT id FROM catalog.track WHERE release_id = $1 AND deleted_at IS NULL ORDER BY position",
        release_id,
    )
    return [row["id"] for row in rows]


async def close_gaps(conn: Connection, release_id: ReleaseId) -> None:
    """Positions from 1 on, in the order they had. The caller holds the release's row."""
    await place_in_order(conn, release_id, await list_release_track_ids(conn, release_id))


async def place_in_order(conn: Connection, release_id: ReleaseId, track_ids: Sequence[UUID]) -> None:
    """Positions from 1 on for all tracks of a release. The caller holds the release's row.

    Those that change are lifted off and put back: a unique index is checked row by row.
    """
    rows = await conn.fetch(
        """UPDATE catalog.track t SET release_id = NULL, position = NULL
             FROM unnest($2::uuid[]) WITH ORDINALITY AS w (id, position)
            WHERE w.id = t.id AND t.release_id = $1 AND t.deleted_at IS NULL AND w.position <> t.position
           RETURNING t.id, w.position""",
        release_id,
        list(track_ids),
    )
    await conn.execute(
        """UPDATE catalog.track t SET release_id = $1, position = w.position
             FROM unnest($2::uuid[], $3::smallint[]) AS w (id, position) WHERE w.id = t.id""",
        release_id,
        [row["id"] for row in rows],
        [row["position"] for row in rows],
    )


async def replace_track_genres(conn: Connection, track_id: UUID, genres: Sequence[str]) -> None:
    await conn.execute("DELETE FROM catalog.track_genre WHERE track_id = $1", track_id)
    await conn.execute(
        "INSERT INTO catalog.track_genre (track_id, genre) SELECT $1, unnest($2::text[])",
        track_id,
        list(genres),
    )


async def mark_deleted(conn: Connection, track_id: UUID) -> None:
    await conn.execute("UPDATE catalog.track SET deleted_at = now() WHERE id = $1", track_id)


async def restore_deleted(
    conn: Connection, viewer: AccountId, track_id: UUID, release_id: ReleaseId | None
) -> bool:
    """Undo a deletion by one of the artist's members. At the end of its release, where its place is taken.

    The caller holds the row of `release_id`; False also when the track lies elsewhere by now.
    """
    done = await conn.execute(
        """UPDATE catalog.track t
              SET deleted_at = NULL,
                  position = CASE WHEN EXISTS (SELECT FROM catalog.track o
                                                WHERE o.release_id = t.release_id AND o.position = t.position
                                                  AND o.deleted_at IS NULL)
                             THEN (SELECT max(position) + 1 FROM catalog.track o
                                    WHERE o.release_id = t.release_id AND o.deleted_at IS NULL)
                             ELSE t.position END
            WHERE t.id = $2 AND t.deleted_at IS NOT NULL AND t.release_id IS NOT DISTINCT FROM $3
              AND EXISTS (SELECT FROM accounts.v_draft_viewer m
                           WHERE m.party_id = t.artist_id AND m.account_id = $1)""",
        viewer,
        track_id,
        release_id,
    )
    return done == "UPDATE 1"


def _track(row: Record) -> Track:
    return Track(
        id=row["id"],
        artist=ArtistRef(row["artist_id"], row["artist_slug"], row["artist_name"]),
        release=_release(row),
        position=row["position"] if row["shown_release_id"] else None,
        title=row["title"],
        genres=genres_of(row),
        publication=Publication(row["publication"]),
        published_at=row["published_at"],
        created_at=row["created_at"],
        media_status=MediaStatus(row["media_status"]),
        failure=Failure(row["failure_code"], row["failure_message"]) if row["failure_code"] else None,
        source=_source(row) if row["source_key"] else None,
        loudness=_loudness(row) if "loudness" in row["steps_done"] else None,
        waveform=row["waveform"],
        cover=Cover(row["cover_key"], row["cover_colour"]) if row["cover_key"] else None,
        steps_done=tuple(row["steps_done"]),
        can_edit=row["can_edit"],
        saved_at=row["saved_at"],
    )


def _release(row: Record) -> ReleaseRef | None:
    shown = row["shown_release_id"]
    return ReleaseRef(shown, row["release_title"]) if shown else None


def _source(row: Record) -> Source:
    return Source(
        key=row["source_key"],
        playback_key=row["playback_key"],
        sha256=row["source_sha256"],
        bytes=row["source_bytes"],
        container=row["container"],
        content_type=row["content_type"],
        codec=row["codec"],
        sample_rate=row["sample_rate"],
        channels=row["channels"],
        samples=row["samples"],
        duration_ms=row["duration_ms"],
    )


def _loudness(row: Record) -> Loudness:
    return Loudness(
        integrated_lufs=_hundredths(row["integrated_lufs"]),
        range_lu=_hundredths(row["loudness_range_lu"]),
        true_peak_dbtp=_hundredths(row["true_peak_dbtp"]),
    )


def _hundredths(value: float | None) -> float | None:
    """`real` keeps seven digits, of which a measurement means four."""
    return None if value is None else round(value, 2)

"""Reported tracks, releases and artists: as they are, taken down, and restored."""

from uuid import UUID

from basedmusic.accounts.contracts import Evidence, SubjectKind
from basedmusic.catalog.contracts import Publication
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection

_EVIDENCE = {
    SubjectKind.TRACK: """
        SELECT x.artist_id AS party_id, x.title, p.name AS artist, r.title AS release, x.publication,
               encode(x.source_sha256, 'hex') AS sound_sha256, x.cover_key AS cover, x.published_at::text
          FROM catalog.track x JOIN accounts.v_party p ON p.id = x.artist_id
          LEFT JOIN catalog.release r ON r.id = x.release_id
         WHERE x.id = $1 AND x.deleted_at IS NULL
           AND (x.publication IN ('published', 'unlisted')
                OR EXISTS (SELECT FROM accounts.v_draft_viewer m
                            WHERE m.party_id = x.artist_id AND m.account_id = $2))""",
    SubjectKind.RELEASE: """
        SELECT x.artist_id AS party_id, x.title, p.name AS artist, x.kind, x.publication, x.published_at::text,
               (SELECT string_agg(t.title, E'\\n' ORDER BY t.position) FROM catalog.track t
                 WHERE t.release_id = x.id AND t.deleted_at IS NULL AND t.publication = 'published') AS tracks,
               (SELECT string_agg(DISTINCT t.cover_key, ' ') FROM catalog.track t
                 WHERE t.release_id = x.id AND t.deleted_at IS NULL AND t.publication = 'published') AS covers
          FROM catalog.release x JOIN accounts.v_party p ON p.id = x.artist_id
         WHERE x.id = $1
           AND (x.publication IN ('published', 'unlisted')
                OR EXISTS (SELECT FROM accounts.v_draft_viewer m
                            WHERE m.party_id = x.artist_id AND m.account_id = $2))""",
    SubjectKind.ARTIST: """
        SELECT a.id AS party_id, p.name AS title, p.slug AS address, a.city, a.bio AS about
          FROM catalog.artist a JOIN accounts.v_party p ON p.id = a.id
         WHERE a.id = $1 AND ($2::uuid IS NULL OR true)""",
}


async def find_evidence(
    conn: Connection, viewer: AccountId | None, kind: SubjectKind, subject_id: UUID
) -> Evidence | None:
    row = await conn.fetchrow(_EVIDENCE[kind], subject_id, viewer)
    if row is None:
        return None
    details = {name: str(value) for name, value in row.items() if value and name != "party_id"}
    return Evidence(row["title"], row["party_id"], details)


async def take_down_track(conn: Connection, track_id: UUID) -> bool:
    """Whether it was there and not taken down before."""
    done = await conn.execute(
        """UPDATE catalog.track
              SET taken_down_at = now(), taken_down_from = publication, taken_down_published_at = published_at,
                  publication = 'draft', published_at = NULL
            WHERE id = $1 AND taken_down_at IS NULL""",
        track_id,
    )
    return done == "UPDATE 1"


async def restore_track(conn: Connection, track_id: UUID) -> Publication | None:
    """As what, if it was taken down, and no other decision stands against it or its release."""
    publication = await conn.fetchval(
        """UPDATE catalog.track
              SET publication = taken_down_from, taken_down_at = NULL, taken_down_from = NULL,
                  published_at = CASE WHEN taken_down_from = 'published'
                                      THEN coalesce(taken_down_published_at, now()) END,
                  taken_down_published_at = NULL
            WHERE id = $1 AND taken_down_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM accounts.v_taken_down d
                               WHERE (d.kind, d.subject_id) IN (('track', track.id), ('release', track.release_id)))
           RETURNING publication""",
        track_id,
    )
    return Publication(publication) if publication else None


async def take_down_release(conn: Connection, release_id: UUID) -> list[UUID]:
    """With its tracks; those that were not taken down before."""
    await conn.execute(
        """UPDATE catalog.release
              SET taken_down_at = now(), taken_down_from = publication, taken_down_published_at = published_at,
                  publication = 'draft', published_at = NULL
            WHERE id = $1 AND taken_down_at IS NULL""",
        release_id,
    )
    rows = await conn.fetch(
        """UPDATE catalog.track
              SET taken_down_at = now(), taken_down_from = publication, taken_down_published_at = published_at,
                  publication = 'draft', published_at = NULL
            WHERE release_id = $1 AND taken_down_at IS NULL RETURNING id""",
        release_id,
    )
    return [row["id"] for row in rows]


async def restore_release(conn: Connection, release_id: UUID) -> list[UUID]:
    """With the tracks that went in the same moment, if no other decision stands; those published again."""
    rows = await conn.fetch(
        """UPDATE catalog.track t
              SET publication = t.taken_down_from, taken_down_at = NULL, taken_down_from = NULL,
                  published_at = CASE WHEN t.taken_down_from = 'published'
                                      THEN coalesce(t.taken_down_published_at, now()) END,
                  taken_down_published_at = NULL
             FROM catalog.release r
            WHERE r.id = $1 AND t.release_id = r.id AND t.taken_down_at = r.taken_down_at
              AND NOT EXISTS (SELECT FROM accounts.v_taken_down d
                               WHERE (d.kind, d.subject_id) IN (('track', t.id), ('release', r.id)))
           RETURNING t.id, t.publication""",
        release_id,
    )
    await conn.execute(
        """UPDATE catalog.release
              SET publication = taken_down_from, taken_down_at = NULL, taken_down_from = NULL,
                  published_at = CASE WHEN taken_down_from = 'published'
                                      THEN coalesce(taken_down_published_at, now()) END,
                  taken_down_published_at = NULL
            WHERE id = $1 AND taken_down_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM accounts.v_taken_down d
                               WHERE d.kind = 'release' AND d.subject_id = release.id)""",
        release_id,
    )
    return [row["id"] for row in rows if row["publication"] == "published"]


async def is_track_taken_down(conn: Connection, track_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM catalog.track WHERE id = $1 AND taken_down_at IS NOT NULL", track_id
    )
    return found is not None


async def is_release_taken_down(conn: Connection, release_id: UUID) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM catalog.release WHERE id = $1 AND taken_down_at IS NOT NULL", release_id
    )
    return found is not None

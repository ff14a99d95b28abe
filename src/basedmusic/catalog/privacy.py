"""What export and erasure do with each of this slice's tables.

An account's erasure never takes a band's music: an artist belongs to its members together.
"""

from basedmusic.kernel.privacy import Erasure, TablePolicy

# Whoever owns an artist takes its pages along; its other members take what is theirs alone.
_OF_OWNED = " JOIN accounts.v_membership m ON m.account_id = $1 AND m.role = 'owner' AND m.party_id = "

TABLES = (
    TablePolicy(
        "catalog.artist",
        export="city, words about themselves and since when, of the artists you own",
        erase="stays: it is the band's, and plays on; an owner may close the artist first",
        how=Erasure.KEPT,
        rows="SELECT a.id, a.city, a.bio, a.created_at FROM catalog.artist a" + _OF_OWNED + "a.id",
    ),
    TablePolicy(
        "catalog.artist_genre",
        export="the genres of the artists you own",
        erase="stays with the artist",
        how=Erasure.KEPT,
        rows="SELECT g.artist_id, g.genre FROM catalog.artist_genre g" + _OF_OWNED + "g.artist_id",
    ),
    TablePolicy(
        "catalog.release",
        export="the releases of the artists you own",
        erase="stays with the artist",
        how=Erasure.KEPT,
        rows="""SELECT r.id, r.artist_id, r.title, r.kind, r.released_on, r.publication, r.published_at,
                       r.created_at, r.taken_down_at, r.taken_down_from, r.taken_down_published_at
                  FROM catalog.release r"""
        + _OF_OWNED
        + "r.artist_id",
    ),
    TablePolicy(
        "catalog.track",
        export="the tracks of the artists you own, those deleted within the time for undo too",
        erase="stays with the artist, and its files with it; seven days after somebody deleted it both go",
        how=Erasure.KEPT,
        rows="""SELECT t.id, t.artist_id, t.release_id, t.position, t.title, t.publication, t.published_at,
                       t.media_status, t.failure_code, t.failure_message,
                       encode(t.source_sha256, 'hex') AS source_sha256, t.source_bytes, t.container,
                       t.content_type, t.codec, t.sample_rate, t.channels, t.samples, t.duration_ms,
                       t.integrated_lufs, t.loudness_range_lu, t.true_peak_dbtp, t.cover_colour,
                       t.created_at, t.deleted_at, t.taken_down_at, t.taken_down_from,
                       t.taken_down_published_at
                  FROM catalog.track t"""
        + _OF_OWNED
        + "t.artist_id",
        withheld=("source_key", "playback_key", "waveform", "cover_key", "steps_done"),
    ),
    TablePolicy(
        "catalog.track_genre",
        export="the genres of those tracks",
        erase="stays with the track",
        how=Erasure.KEPT,
        rows="""SELECT g.track_id, g.genre, g.listed_at
                  FROM catalog.track_genre g JOIN catalog.track t ON t.id = g.track_id"""
        + _OF_OWNED
        + "t.artist_id",
    ),
    TablePolicy(
        "catalog.announced",
        export="nothing: which tracks and releases were told of by mail, and when",
        erase="stays: it says nothing about anybody",
        how=Erasure.KEPT,
    ),
    TablePolicy(
        "catalog.genre",
        export="nothing: it says nothing about anybody",
        erase="stays: it says nothing about anybody",
        how=Erasure.KEPT,
    ),
)

"""What export and erasure do with each of this slice's tables.

An account's erasure never takes a band's music: an artist belongs to its members together.
"""

from basedmusic.kernel.privacy import TablePolicy

TABLES = (
    TablePolicy(
        "catalog.artist",
        export="city, words about themselves and since when, of the artists the person owns",
        erase="stays while the artist has other members; deleted when its last owner closes it",
    ),
    TablePolicy(
        "catalog.artist_genre",
        export="the genres of the artists the person owns",
        erase="goes with the artist",
    ),
    TablePolicy(
        "catalog.release",
        export="the releases of the artists the person owns",
        erase="goes with the artist",
    ),
    TablePolicy(
        "catalog.track",
        export="the tracks of the artists the person owns, with the files as they were uploaded",
        erase="goes with the artist; seven days after a person deleted it, its files too",
    ),
    TablePolicy(
        "catalog.track_genre",
        export="the genres of those tracks",
        erase="goes with the track",
    ),
    TablePolicy("catalog.genre", export=None, erase="stays: it says nothing about anybody"),
)

"""What export and erasure do with each of this slice's tables."""

from basedmusic.kernel.privacy import Erasure, TablePolicy

TABLES = (
    TablePolicy(
        "ingest.upload",
        export="which files you sent, under which names, and when; and the files, for artists you own",
        erase="you and the file's name on your machine are taken out of the row; the row goes with its track",
        how=Erasure.FORGOTTEN,
        rows="""SELECT track_id, account_id, filename, auto_title, received_at FROM ingest.upload
                 WHERE account_id = $1""",
        forget="UPDATE ingest.upload SET account_id = NULL, filename = '', auto_title = NULL WHERE account_id = $1",
        files="""SELECT s.source_key AS key, u.filename AS name
                   FROM ingest.upload u
                   JOIN catalog.v_source s ON s.id = u.track_id
                   JOIN catalog.v_track t ON t.id = u.track_id
                   JOIN accounts.v_membership m ON m.party_id = t.artist_id AND m.account_id = $1
                                               AND m.role = 'owner'
                  WHERE u.account_id = $1 AND s.source_key IS NOT NULL
                  ORDER BY u.received_at, u.track_id""",
    ),
    TablePolicy(
        "ingest.step",
        export="nothing: it says how far the work on a file is, nothing about a person",
        erase="goes with its track",
        how=Erasure.KEPT,
    ),
)

"""What export and erasure do with each of this slice's tables."""

from basedmusic.kernel.privacy import TablePolicy

TABLES = (
    TablePolicy(
        "ingest.upload",
        export="which files the person sent, under which names, and when",
        erase="the account is taken out of the row at once; the row goes with its track",
    ),
    TablePolicy("ingest.step", export=None, erase="goes with its track; it says nothing about a person"),
)

"""What export and erasure do with each of the platform's tables."""

from basedmusic.kernel.privacy import Erasure, Key, TablePolicy

_QUEUE = (
    "deleted as jobs are done, their log after seven days; holds ids, and for seconds the address of whoever"
    " forgot a password"
)
_NOTHING = "nothing: it says nothing about anybody"

TABLES = (
    TablePolicy("platform.blob_tally", export=_NOTHING, erase="stays: counts only", how=Erasure.KEPT),
    TablePolicy(
        "platform.migration", export=_NOTHING, erase="stays: it says nothing about anybody", how=Erasure.KEPT
    ),
    TablePolicy(
        "platform.idempotency",
        export="nothing: answers that were given already, kept for a day under a hash that names nobody",
        erase="deleted within 24 hours: answers kept for a retry, such as a sign-up's with its email address",
        how=Erasure.SWEPT,
    ),
    TablePolicy(
        "platform.mail",
        export="what mail was sent to your confirmed address: what about, when, and what became of it",
        erase="every mail to your address is deleted; anybody's is after 30 days",
        how=Erasure.FORGOTTEN,
        key=Key.ADDRESSES,
        rows="""SELECT id, kind, recipient, subject, state, good_until, created_at, finished_at
                  FROM platform.mail WHERE recipient_key = ANY($1::text[])""",
        withheld=("recipient_key", "body", "html", "proves_address", "unsubscribe_url"),
        forget="DELETE FROM platform.mail WHERE recipient_key = ANY($1::text[])",
    ),
    TablePolicy(
        "platform.returned_mail",
        export="whether mail to your confirmed address came back, and when",
        erase="deleted; it holds a hash of the address, a code and a time",
        how=Erasure.FORGOTTEN,
        key=Key.ADDRESSES,
        rows="""SELECT a AS recipient, r.code, r.returned_at
                  FROM platform.returned_mail r
                  JOIN unnest($1::text[]) a ON r.recipient_hash = sha256(convert_to(a, 'UTF8'))""",
        withheld=("recipient_hash",),
        forget="""DELETE FROM platform.returned_mail
                   WHERE recipient_hash IN (SELECT sha256(convert_to(a, 'UTF8')) FROM unnest($1::text[]) a)""",
    ),
    TablePolicy("jobs.pgqueuer", export="nothing: ids of work to do", erase=_QUEUE, how=Erasure.SWEPT),
    TablePolicy("jobs.pgqueuer_log", export="nothing: ids of work done", erase=_QUEUE, how=Erasure.SWEPT),
    TablePolicy(
        "jobs.pgqueuer_schedules",
        export=_NOTHING,
        erase="stays: it says nothing about anybody",
        how=Erasure.KEPT,
    ),
    TablePolicy("jobs.pgqueuer_statistics", export=_NOTHING, erase="stays: counts only", how=Erasure.KEPT),
)

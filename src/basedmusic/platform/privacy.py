"""What export and erasure do with each of the platform's tables."""

from basedmusic.kernel.privacy import TablePolicy

_QUEUE = "deleted as jobs are done; holds ids, never what a person wrote"

TABLES = (
    TablePolicy("platform.migration", export=None, erase="stays: it says nothing about anybody"),
    TablePolicy(
        "platform.idempotency",
        export=None,
        erase="deleted within 24 hours: answers kept for a retry, such as a sign-up's with its email address",
    ),
    TablePolicy(
        "platform.mail",
        export="what mail was sent to the person's address: what about, when, and what became of it",
        erase="every mail to the person's address is deleted; anybody's is after 30 days",
    ),
    TablePolicy(
        "platform.returned_mail",
        export="whether mail to the person's address came back, and when",
        erase="deleted; it holds a hash of the address, a code and a time",
    ),
    TablePolicy("jobs.pgqueuer", export=None, erase=_QUEUE),
    TablePolicy("jobs.pgqueuer_log", export=None, erase=_QUEUE),
    TablePolicy("jobs.pgqueuer_schedules", export=None, erase="stays: it says nothing about anybody"),
    TablePolicy("jobs.pgqueuer_statistics", export=None, erase="stays: counts only"),
)

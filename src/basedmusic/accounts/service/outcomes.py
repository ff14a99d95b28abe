"""Telling those who reported what became of it, in batches that are jobs."""

from dataclasses import dataclass
from uuid import UUID

from basedmusic.accounts.contracts import Decision
from basedmusic.accounts.rules.moderation import outcome
from basedmusic.accounts.service.guests import GuestDesk, is_silenced
from basedmusic.accounts.store import reports as store
from basedmusic.platform.db import Database
from basedmusic.platform.mail import Mail, compose, send_mail
from basedmusic.platform.queue import Job

BATCH = 100


@dataclass(frozen=True, slots=True)
class TellReporters:
    """Of those behind `after`."""

    case_id: UUID
    decision: Decision
    after: UUID | None = None


TELL_REPORTERS = Job("accounts.tell_reporters", TellReporters)


@dataclass(frozen=True, slots=True)
class ReporterMailer:
    """What the worker calls for each TELL_REPORTERS job."""

    database: Database
    desk: GuestDesk
    batch: int = BATCH

    async def run(self, job: TellReporters) -> None:
        """One batch, and the job for the next, in one transaction."""
        async with self.database.transaction() as tx:
            reporters = await store.list_reporters(tx.conn, job.case_id, job.after, self.batch)
            for one in reporters:
                if one.by_guest and await is_silenced(tx.conn, self.desk, one.address):
                    continue
                text, html = compose(self.desk.letterhead.scene_name, outcome(one.reference, job.decision))
                subject = f"About your report {one.reference}"
                await send_mail(tx, Mail(one.address, subject, text, html, "report_decided"))
            if len(reporters) == self.batch:
                await tx.enqueue(
                    TELL_REPORTERS, TellReporters(job.case_id, job.decision, reporters[-1].report_id)
                )

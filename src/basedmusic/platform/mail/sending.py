"""The worker's side: one job, one mail, at least once."""

import asyncio
from uuid import UUID

import structlog

from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.db import Database
from basedmusic.platform.mail.contracts import KeptMail, MailState, SendMail
from basedmusic.platform.mail.outbox import find_waiting, finish_mail, note_return
from basedmusic.platform.mail.smtp import TIMEOUT_S, MailReturned, SmtpServer, deliver, write_message
from basedmusic.platform.metrics import MAILS
from basedmusic.platform.settings import Settings

log = structlog.get_logger()


class MailSender:
    """Sends by the server of the settings, or leaves the mail in the local outbox where none is set."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock = utc_now, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._database = database
        self._server = SmtpServer.parse(settings.smtp_url) if settings.smtp_url else None
        self._sender = settings.mail_sender
        self._scene_name = settings.scene_name
        self._clock = clock
        self._timeout_s = timeout_s

    async def run(self, job: SendMail) -> None:
        """Raises MailDeferred, upon which the queue tries again.

        Between the server's yes and our note of it a crash sends a mail twice: better than never.
        """
        async with self._database.connection() as conn:
            found = await find_waiting(conn, job.mail_id, self._clock())
        if found is None:
            return
        mail, state = found
        if state is not MailState.WAITING:
            await self._finish(mail.id, state)
        elif self._server is None:
            await self._finish(mail.id, MailState.KEPT)
        else:
            await self._send(self._server, mail)

    async def _send(self, server: SmtpServer, mail: KeptMail) -> None:
        message = write_message(mail, self._sender, self._scene_name)
        try:
            await asyncio.to_thread(deliver, server, message, self._sender, mail.to, self._timeout_s)
        except MailReturned as returned:
            log.info("mail_returned", mail=str(mail.id), code=returned.code)
            async with self._database.transaction() as tx:
                await note_return(tx.conn, mail.to, returned.code, self._clock())
                await finish_mail(tx.conn, mail.id, MailState.RETURNED, self._clock())
            MAILS.labels(MailState.RETURNED).inc()
            return
        await self._finish(mail.id, MailState.SENT)

    async def _finish(self, mail_id: UUID, state: MailState) -> None:
        async with self._database.connection() as conn:
            await finish_mail(conn, mail_id, state, self._clock())
        MAILS.labels(state).inc()

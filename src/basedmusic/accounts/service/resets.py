"""A forgotten password: asked for by whoever knows an address, chosen anew by whoever reads its mail."""

from dataclasses import dataclass
from datetime import datetime

from basedmusic.accounts import mails, rules
from basedmusic.accounts.contracts import Link, LinkMissing, LinkPurpose
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.rules.emails import RESET_LIFE
from basedmusic.accounts.service.mail_links import (
    end_pending_changes,
    get_link,
    issue_link,
    revoke_links,
    use_link,
)
from basedmusic.accounts.store import emails as store
from basedmusic.accounts.store import parties, sessions
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import Invalid
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Letterhead, accept_address, send_mail
from basedmusic.platform.queue import Job


@dataclass(frozen=True, slots=True)
class ForgottenPassword:
    email: str

    def __repr__(self) -> str:
        return "ForgottenPassword(…)"


MAIL_RESET = Job("accounts.mail_reset", ForgottenPassword)


async def request_reset(tx: Tx, email: str) -> None:
    """Raises Invalid for no address at all.

    All that depends on whether there is such an account is done by a job, so that neither the answer nor the
    time it takes tells.
    """
    await tx.enqueue(MAIL_RESET, ForgottenPassword(rules.normalise_email(rules.clean_email(email))))


class ResetMailer:
    """The job's side. An address without an account gets no mail, however kind one would be: anybody could make
    the scene write to strangers. The page says where else to look instead."""

    def __init__(self, database: Database, letterhead: Letterhead, clock: Clock = utc_now) -> None:
        self._database = database
        self._letterhead = letterhead
        self._clock = clock

    async def run(self, job: ForgottenPassword) -> None:
        now = self._clock()
        async with self._database.transaction() as tx:
            found = await store.find_by_address(tx.conn, job.email)
            if found is None:
                return
            await revoke_links(tx, LinkPurpose.RESET_PASSWORD, account_id=found.account_id)
            secret = await issue_link(
                tx, LinkPurpose.RESET_PASSWORD, account_id=found.account_id, life=RESET_LIFE, now=now
            )
            await send_mail(
                tx, mails.reset_mail(self._letterhead, found.email, found.name, secret, now + RESET_LIFE)
            )


async def reset_password(
    database: Database,
    passwords: Passwords,
    letterhead: Letterhead,
    presented: Secret,
    new: str,
    now: datetime,
) -> None:
    """The new password, everybody signed out, and a change of address that is under way ended.

    Keys of programs stay: whoever only forgot a password should not have to visit each of their programs. They
    are listed, and the page says so. Raises LinkMissing, Invalid (the link holds on), Busy. It opens its own
    transaction, after the password is hashed.
    """
    async with database.connection() as conn:
        link = await get_link(conn, LinkPurpose.RESET_PASSWORD, presented, now)
        assert link.account_id is not None
        account = await parties.find_account(conn, link.account_id)
    if account is None:
        raise LinkMissing
    hashed = await passwords.hash(rules.check_new_password(new, account.email))
    async with database.transaction() as tx:
        await _put_password(
            tx, await use_link(tx, LinkPurpose.RESET_PASSWORD, presented, now), hashed, letterhead, now
        )


async def _put_password(tx: Tx, link: Link, hashed: str, letterhead: Letterhead, now: datetime) -> None:
    assert link.account_id is not None
    held = await store.hold_account(tx.conn, link.account_id)
    if held is None:
        raise Invalid
    await store.set_password_hash(tx.conn, held.account_id, hashed)
    await store.mark_verified(tx.conn, held.account_id, now)  # whoever has the link reads that mail
    await accept_address(tx, held.email, now)
    await end_pending_changes(tx, held.account_id)
    await sessions.delete_sessions(tx.conn, held.account_id)
    await send_mail(tx, mails.password_changed_mail(letterhead, held.email, held.name))

"""Leaving for good: asked for with the password, taken back for fourteen days, then done in one transaction.

Between the two the account signs in nowhere. What the person leaves to others stays: a band's music is the
band's, its tags and covers too; a profile that they alone own goes to who is in it longest, or waits for a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import (
    ERASE_ACCOUNT,
    Account,
    EraseAccount,
    LastAdmin,
    LeftBehind,
    LinkPurpose,
    Role,
    WrongCredentials,
    WrongPassword,
)
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.rules.erasure import ERASURE_DELAY
from basedmusic.accounts.service.exports import forget_archive
from basedmusic.accounts.service.mail_links import issue_link, revoke_links, use_link
from basedmusic.accounts.store import erasure as store
from basedmusic.accounts.store import exports, parties, profiles, sessions, suspensions, teams
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import Conflict, NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.privacy import TablePolicy
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.mail import Letterhead, Mail, compose, send_mail

log = structlog.get_logger()


async def list_left_behind(conn: Connection, account_id: AccountId) -> list[LeftBehind]:
    """What a person is told before they ask: profiles that they alone own, and who gets them."""
    return await store.list_left_behind(conn, account_id, beside_leaving=True)


async def ask_for_erasure(
    database: Database,
    passwords: Passwords,
    account: Account,
    password: str,
    letterhead: Letterhead,
    now: datetime,
) -> datetime:
    """When it is done. Signed out everywhere from now on; a mail says how to take it back.

    Raises WrongPassword, LastAdmin, Busy, Conflict (the password was changed meanwhile). Opens its own
    transaction, after the password is checked.
    """
    async with database.connection() as conn:
        seen = await parties.find_credentials_of(conn, account.id)
    if seen is None:
        raise NotFound
    if not (await passwords.verify(rules.normalise_password(password), seen.password_hash)).right:
        raise WrongPassword(field="password")
    due_at = now + ERASURE_DELAY
    async with database.transaction() as tx:
        await suspensions.lock_scene(tx.conn)
        await store.hold_account(tx.conn, account.id)
        if not await parties.hold_credentials(tx.conn, seen):
            raise Conflict("The password was changed meanwhile")
        if await store.is_last_admin(tx.conn, account.id):
            raise LastAdmin
        await store.insert_erasure(tx.conn, account.id, now, due_at)
        await sessions.delete_sessions(tx.conn, account.id)
        # Whoever accepted one meanwhile could shut out who comes back.
        await teams.delete_invitations_by(tx.conn, account.id)
        secret = await issue_link(
            tx, LinkPurpose.KEEP_ACCOUNT, account_id=account.id, life=ERASURE_DELAY, now=now
        )
        await send_mail(tx, _farewell(account, letterhead, secret, due_at))
    return due_at


async def keep_account_by_password(
    database: Database, passwords: Passwords, email: str, password: str
) -> None:
    """Take it back. Raises as `sign_in`; nothing happens to an account that isn't leaving."""
    address = rules.normalise_email(rules.clean_email(email))
    async with database.connection() as conn:
        found = await parties.find_credentials(conn, address)
    verdict = await passwords.verify(rules.normalise_password(password), found and found.password_hash)
    if found is None or not verdict.right:
        raise WrongCredentials
    async with database.transaction() as tx:
        await _keep(tx, found.account_id)


async def keep_account_by_link(tx: Tx, presented: Secret, now: datetime) -> None:
    """Take it back. Raises LinkMissing."""
    link = await use_link(tx, LinkPurpose.KEEP_ACCOUNT, presented, now)
    if link.account_id is not None:
        await _keep(tx, link.account_id)


async def enqueue_due_erasures(tx: Tx, clock: Clock = utc_now) -> None:
    """A job for each account whose time has come."""
    for account_id in await store.list_due(tx.conn, clock()):
        await tx.enqueue(ERASE_ACCOUNT, EraseAccount(account_id), dedupe_key=f"erase:{account_id}")


@dataclass(frozen=True, slots=True)
class Eraser:
    """What the worker calls for each ERASE_ACCOUNT job."""

    database: Database
    blobs: Blobs
    policies: Sequence[TablePolicy]
    clock: Clock = utc_now

    async def run(self, job: EraseAccount) -> None:
        """Archives first, which only their rows know of; then all rows, in one transaction. Killed anywhere it
        runs again, to the end; once done it finds nothing to do."""
        async with self.database.connection() as conn:
            if not self._is_due(await store.find_due(conn, job.account_id)):
                return
            archives = await exports.list_exports_of(conn, job.account_id)
        for export_id in archives:
            await forget_archive(self.blobs, export_id)
        async with self.database.transaction() as tx:
            await self._erase(tx, job.account_id)
        log.info("account_erased", account=str(job.account_id))

    async def _erase(self, tx: Tx, account_id: AccountId) -> None:
        await store.lock_owned(tx.conn, account_id)
        await store.hold_account(tx.conn, account_id)
        if not self._is_due(await store.find_due(tx.conn, account_id)):
            return  # taken back in this moment
        for left in await store.list_left_behind(tx.conn, account_id, beside_leaving=False):
            if left.heir is not None:
                await teams.update_role(tx.conn, left.party.id, left.heir, Role.OWNER)
            else:
                await profiles.mark_stub(tx.conn, left.party.id, self.clock())
        addresses = await exports.find_addresses(tx.conn, account_id, proven=False)
        await store.forget(tx.conn, self.policies, account_id, addresses)

    def _is_due(self, due_at: datetime | None) -> bool:
        return due_at is not None and due_at <= self.clock()


async def _keep(tx: Tx, account_id: AccountId) -> None:
    await store.hold_account(tx.conn, account_id)
    if await store.delete_erasure(tx.conn, account_id):
        await revoke_links(tx, LinkPurpose.KEEP_ACCOUNT, account_id=account_id)
        log.info("account_kept", account=str(account_id))


def _farewell(account: Account, letterhead: Letterhead, secret: Secret, due_at: datetime) -> Mail:
    text, html = compose(
        letterhead.scene_name,
        [
            f"You asked us to erase your account and everything that is kept about you. We do that on"
            f" {due_at:%-d %B %Y}. Until then nothing is lost, and nobody is signed in to it.",
            "If it was not you, or if you changed your mind, one press takes it back.",
        ],
        greeting=f"Hello {account.display_name},",
        action=("Keep my account", letterhead.link("/keep-account", secret.text)),
        footer=f"You get this because the erasure of your account at {letterhead.scene_name} was asked for,"
        " with its password.",
    )
    subject = f"Your account at {letterhead.scene_name} will be erased"
    return Mail(account.email, subject, text, html, "erasure_asked", due_at)

"""Changing the password of an account."""

import asyncio
from uuid import UUID

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import Account, AccountMissing, Actor, AuditAct, WrongPassword
from basedmusic.accounts.passwords import Hasher, Passwords, argon2id
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.mail_links import end_pending_changes
from basedmusic.accounts.store import parties, sessions
from basedmusic.kernel.errors import Conflict, NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Mail, send_mail


async def change_password(
    database: Database,
    passwords: Passwords,
    account: Account,
    *,
    current: str,
    new: str,
    keep: UUID,
    notice: Mail | None = None,
) -> None:
    """And sign out everywhere but in the session `keep`; `notice` goes out with it. Links to another address or
    password hold no more.

    Raises WrongPassword, Invalid (the new one), Busy, Conflict (changed by somebody else meanwhile). Like
    `sign_in` it opens its own transaction, after the passwords are checked.
    """
    chosen = rules.check_new_password(new, account.email, field="new")
    async with database.connection() as conn:
        seen = await parties.find_credentials_of(conn, account.id)
    if seen is None:
        raise NotFound
    verdict = await passwords.verify(rules.normalise_password(current), seen.password_hash)
    if not verdict.right:
        raise WrongPassword(field="current")
    hashed = await passwords.hash(chosen)
    async with database.transaction() as tx:
        if not await parties.replace_password_hash(tx.conn, seen, hashed):
            raise Conflict("The password was changed meanwhile")
        await end_pending_changes(tx, account.id)
        await sessions.delete_other_sessions(tx.conn, account.id, keep)
        if notice is not None:
            await send_mail(tx, notice)


async def set_password(
    tx: Tx, actor: Actor, account_id: AccountId, password: str, hasher: Hasher | None = None
) -> None:
    """Whatever it was, sign out everywhere and end links to another address or password.

    For commands, since it holds `tx` while the password is hashed. Raises AccountMissing, Invalid.
    """
    account = await parties.find_account(tx.conn, account_id)
    seen = await parties.find_credentials_of(tx.conn, account_id)
    if account is None or seen is None:
        raise AccountMissing
    chosen = rules.check_new_password(password, account.email, field="password")
    hashed = await asyncio.to_thread((hasher or argon2id()).hash, chosen)
    if not await parties.replace_password_hash(tx.conn, seen, hashed):
        raise Conflict("The password was changed meanwhile")
    await end_pending_changes(tx, account_id)
    await sessions.delete_sessions(tx.conn, account_id)
    await record(tx, actor, AuditAct.PASSWORD_SET, subject_kind="account", subject_id=account_id)

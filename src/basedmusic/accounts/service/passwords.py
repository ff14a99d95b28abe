"""Changing the password of an account."""

from uuid import UUID

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import Account, WrongPassword
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.store import parties, sessions
from basedmusic.kernel.errors import Conflict, NotFound
from basedmusic.platform.db import Database
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
    """And sign out everywhere but in the session `keep`; `notice` goes out with it.

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
        await sessions.delete_other_sessions(tx.conn, account.id, keep)
        if notice is not None:
            await send_mail(tx, notice)

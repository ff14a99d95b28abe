"""An account's address: confirmed, changed, taken back.

What proves an address is a link sent to it. A new one replaces the old only once it is confirmed; the old one is
told, and for TAKE_BACK_LIFE whoever reads its mail has the last word.
"""

from datetime import datetime

from basedmusic.accounts import mails, rules
from basedmusic.accounts.contracts import (
    Account,
    AddressState,
    EmailTaken,
    LinkMissing,
    LinkPurpose,
    WrongPassword,
)
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.rules.emails import CHANGE_LIFE, RESET_LIFE, TAKE_BACK_LIFE, VERIFY_LIFE
from basedmusic.accounts.service.mail_links import end_pending_changes, issue_link, revoke_links, use_link
from basedmusic.accounts.store import emails as store
from basedmusic.accounts.store import keys, parties, sessions
from basedmusic.accounts.store import mail_links as links
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import Conflict, NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.mail import Letterhead, accept_address, find_return, send_mail


async def ask_to_verify(tx: Tx, letterhead: Letterhead, account: Account, now: datetime) -> None:
    """A mail with a link to `account`'s address. Links of earlier mails hold no more."""
    await revoke_links(tx, LinkPurpose.VERIFY_EMAIL, account_id=account.id)
    secret = await issue_link(
        tx,
        LinkPurpose.VERIFY_EMAIL,
        account_id=account.id,
        address=account.email,
        life=VERIFY_LIFE,
        now=now,
    )
    await send_mail(
        tx, mails.verify_mail(letterhead, account.email, account.display_name, secret, now + VERIFY_LIFE)
    )


async def confirm_email(tx: Tx, letterhead: Letterhead, presented: Secret, now: datetime) -> str:
    """The address that is confirmed now: the account's own, or the one it was to be changed to.

    Raises LinkMissing, EmailTaken.
    """
    try:
        link = await use_link(tx, LinkPurpose.VERIFY_EMAIL, presented, now)
    except LinkMissing:
        return await _change(tx, letterhead, presented, now)
    assert link.account_id is not None
    held = await store.hold_account(tx.conn, link.account_id)
    if held is None or not _same(held.email, link.address):
        raise LinkMissing
    await store.mark_verified(tx.conn, held.account_id, now)
    await accept_address(tx, held.email, now)
    return held.email


async def ask_to_change(
    database: Database,
    passwords: Passwords,
    letterhead: Letterhead,
    account: Account,
    *,
    email: str,
    password: str,
    now: datetime,
) -> str:
    """A mail with a link to the new address, which is returned in its normal form; the old one is told.

    Raises WrongPassword, Invalid, EmailTaken, Busy, Conflict. It opens its own transaction, after the password
    is checked. That an address is taken is said, as signing up says it.
    """
    address = rules.clean_email(email)
    if _same(address, account.email):
        raise Conflict("This is your address already")
    async with database.connection() as conn:
        seen = await parties.find_credentials_of(conn, account.id)
    if seen is None:
        raise NotFound
    if not (await passwords.verify(rules.normalise_password(password), seen.password_hash)).right:
        raise WrongPassword(field="password")
    async with database.transaction() as tx:
        if not await parties.hold_credentials(tx.conn, seen):
            raise Conflict("The password was changed meanwhile")
        if await store.find_by_address(tx.conn, rules.normalise_email(address)) or await store.is_reserved(
            tx.conn, address, account.id, now
        ):
            raise EmailTaken(field="email")
        await revoke_links(tx, LinkPurpose.CHANGE_EMAIL, account_id=account.id)
        secret = await issue_link(
            tx, LinkPurpose.CHANGE_EMAIL, account_id=account.id, address=address, life=CHANGE_LIFE, now=now
        )
        mail = mails.change_mail(letterhead, address, account.display_name, secret, now + CHANGE_LIFE)
        await send_mail(tx, mail)
        await send_mail(tx, mails.change_asked_mail(letterhead, account.email, account.display_name, address))
    return address


async def stop_change(tx: Tx, account_id: AccountId) -> None:
    """The new address is not waited for any more."""
    await revoke_links(tx, LinkPurpose.CHANGE_EMAIL, account_id=account_id)


async def take_email_back(tx: Tx, presented: Secret, now: datetime) -> Secret:
    """The old address is the account's again, and whoever else was in it is out.

    All sessions and keys end, and later addresses lose their own way back, or a thief who changed it twice would
    take it back in turn. The secret is a link's to choose a new password with. Raises LinkMissing, EmailTaken.
    """
    link = await use_link(tx, LinkPurpose.TAKE_EMAIL_BACK, presented, now)
    assert link.account_id is not None
    assert link.address is not None
    held = await store.hold_account(tx.conn, link.account_id)
    if held is None:
        raise LinkMissing
    await _put_address(tx, held.account_id, link.address, now)
    await links.delete_later_links(
        tx.conn, LinkPurpose.TAKE_EMAIL_BACK, held.account_id, since=link.created_at
    )
    await revoke_links(tx, LinkPurpose.VERIFY_EMAIL, account_id=held.account_id)
    await end_pending_changes(tx, held.account_id)
    await sessions.delete_sessions(tx.conn, held.account_id)
    await keys.delete_keys(tx.conn, held.account_id)
    return await issue_link(
        tx, LinkPurpose.RESET_PASSWORD, account_id=held.account_id, life=RESET_LIFE, now=now
    )


async def get_address_state(conn: Connection, account: Account, now: datetime) -> AddressState:
    pending = await links.find_latest(conn, LinkPurpose.CHANGE_EMAIL, account.id, now)
    return AddressState(
        pending.address if pending else None, await find_return(conn, account.email) is not None
    )


async def _change(tx: Tx, letterhead: Letterhead, presented: Secret, now: datetime) -> str:
    link = await use_link(tx, LinkPurpose.CHANGE_EMAIL, presented, now)
    assert link.account_id is not None
    assert link.address is not None
    held = await store.hold_account(tx.conn, link.account_id)
    if held is None:
        raise LinkMissing
    await _put_address(tx, held.account_id, link.address, now)
    for purpose in (LinkPurpose.CHANGE_EMAIL, LinkPurpose.VERIFY_EMAIL, LinkPurpose.RESET_PASSWORD):
        await revoke_links(tx, purpose, account_id=held.account_id)
    secret = await issue_link(
        tx,
        LinkPurpose.TAKE_EMAIL_BACK,
        account_id=held.account_id,
        address=held.email,
        life=TAKE_BACK_LIFE,
        now=now,
    )
    await send_mail(tx, mails.changed_mail(letterhead, held.email, held.name, link.address, secret))
    return link.address


async def _put_address(tx: Tx, account_id: AccountId, address: str, now: datetime) -> None:
    """It was shown to be read, so it is confirmed. Raises EmailTaken."""
    taken = not await store.update_email(tx.conn, account_id, address, rules.normalise_email(address), now)
    if taken or await store.is_reserved(tx.conn, address, account_id, now):
        raise EmailTaken(field="email")
    await accept_address(tx, address, now)


def _same(one: str, other: str | None) -> bool:
    return other is not None and rules.normalise_email(one) == rules.normalise_email(other)

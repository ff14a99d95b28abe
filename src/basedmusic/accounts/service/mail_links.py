"""Secret links for mails: one purpose, one use, an end; only a hash of each is stored.

The secret goes into a link after the # (`Letterhead.link`), and comes back in the body of a POST. Looking at a
link is no use of it, since mail programs and their guards open links by themselves.
"""

from datetime import datetime, timedelta
from uuid import UUID

from basedmusic.accounts.contracts import Link, LinkMissing, LinkPurpose
from basedmusic.accounts.store import exports
from basedmusic.accounts.store import mail_links as store
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def issue_link(
    tx: Tx,
    purpose: LinkPurpose,
    *,
    account_id: AccountId | None = None,
    address: str | None = None,
    subject_id: UUID | None = None,
    life: timedelta,
    now: datetime,
) -> Secret:
    """A link about an account, an address, or both. Earlier ones hold as well until `revoke_links`."""
    secret = new_secret()
    await store.insert_link(
        tx.conn,
        purpose,
        secret.hash(),
        account_id=account_id,
        address=address,
        subject_id=subject_id,
        now=now,
        expires_at=now + life,
    )
    return secret


async def get_link(conn: Connection, purpose: LinkPurpose, presented: Secret, now: datetime) -> Link:
    """What the link is about; it stays. Raises LinkMissing."""
    return _there(await store.find_link(conn, purpose, presented.hash(), now))


async def use_link(tx: Tx, purpose: LinkPurpose, presented: Secret, now: datetime) -> Link:
    """What the link is about; nobody can use it again. Raises LinkMissing.

    The account it is about is held first: whoever changes the account ends its links after holding it.
    """
    await store.hold_account_of(tx.conn, purpose, presented.hash(), now)
    return _there(await store.use_link(tx.conn, purpose, presented.hash(), now))


async def revoke_links(
    tx: Tx,
    purpose: LinkPurpose,
    *,
    account_id: AccountId | None = None,
    address: str | None = None,
    subject_id: UUID | None = None,
) -> None:
    """All open ones of this purpose that match whatever is given."""
    await store.delete_links(tx.conn, purpose, account_id=account_id, address=address, subject_id=subject_id)


async def end_pending_changes(tx: Tx, account_id: AccountId) -> None:
    """With a new password: what somebody who knew the old one has begun comes to nothing, and links to
    archives of the account's data end."""
    for purpose in (LinkPurpose.CHANGE_EMAIL, LinkPurpose.RESET_PASSWORD):
        await revoke_links(tx, purpose, account_id=account_id)
    await exports.expire_exports(tx.conn, account_id)


def _there(link: Link | None) -> Link:
    if link is None:
        raise LinkMissing
    return link

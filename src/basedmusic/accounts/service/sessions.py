"""Signing in, staying signed in, and ending it.

A session ends by losing its row, which every authenticated request looks for: signing out everywhere
holds from the next request on, for cookies and for bearer tokens alike.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import (
    ANONYMOUS,
    AccountLeaving,
    RefreshInvalid,
    RefreshReused,
    Session,
    SessionKind,
    SessionMissing,
    SignedInViewer,
    Viewer,
    Whereabouts,
    WrongCredentials,
)
from basedmusic.accounts.mails import new_sign_in_mail
from basedmusic.accounts.passwords import Passwords
from basedmusic.accounts.service.suspensions import hold_unsuspended
from basedmusic.accounts.store import erasure, parties, sessions
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.kernel.errors import Conflict
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.mail import Letterhead, send_mail

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Grant:
    """What the holder of a session is given: the cookie's value, or the refresh token."""

    account_id: AccountId
    session_id: UUID
    secret: Secret


async def sign_in(
    database: Database,
    passwords: Passwords,
    email: str,
    password: str,
    kind: SessionKind,
    now: datetime,
    whereabouts: Whereabouts | None = None,
    letterhead: Letterhead | None = None,
) -> Grant:
    """A new session for the right password.

    With a letterhead, a confirmed address is told of a device or a place that was not there before.

    Raises WrongCredentials, Invalid (no address at all), Busy, Conflict (the password was changed meanwhile),
    and AccountSuspended and AccountLeaving, only for the right password.

    An unknown address costs the same password check as a known one. It opens its own transaction, after
    that check: with a connection held meanwhile, a few people signing in would stop everyone else.
    """
    address = rules.normalise_email(rules.clean_email(email))
    async with database.connection() as conn:
        found = await parties.find_credentials(conn, address)
    verdict = await passwords.verify(rules.normalise_password(password), found and found.password_hash)
    if found is None or not verdict.right:
        raise WrongCredentials
    async with database.transaction() as tx:
        # Or whoever signed in with the old password in that moment would outlive its change.
        if not await parties.hold_credentials(tx.conn, found):
            raise Conflict("The password was changed in this moment; sign in again")
        if verdict.new_hash is not None:
            await parties.replace_password_hash(tx.conn, found, verdict.new_hash)
        grant = await start_session(tx, found.account_id, kind, now, whereabouts)
        seen = whereabouts or Whereabouts()
        if await sessions.note_device(tx.conn, found.account_id, seen, now) and letterhead is not None:
            account = await parties.find_account(tx.conn, found.account_id)
            if account is not None and account.email_verified_at is not None:
                await send_mail(tx, new_sign_in_mail(letterhead, account, seen, now))
        return grant


async def start_session(
    tx: Tx, account_id: AccountId, kind: SessionKind, now: datetime, whereabouts: Whereabouts | None = None
) -> Grant:
    """Signed in from now on, without asking for a password. Raises AccountSuspended, AccountLeaving."""
    await hold_unsuspended(tx, account_id, now)
    secret = new_secret()
    expires_at = rules.session_expiry(now, now)
    token_hash = secret.hash() if kind is SessionKind.COOKIE else None
    session_id = await sessions.insert_session(
        tx.conn, account_id, kind, token_hash, now, expires_at, whereabouts or Whereabouts()
    )
    # Looked at last: the new row refers to the account, so that it waits for an erasure asked for just now.
    leaving = await erasure.find_due(tx.conn, account_id)
    if leaving is not None:
        raise AccountLeaving(due_at=leaving.isoformat())
    if kind is SessionKind.BEARER:
        await sessions.insert_refresh_token(tx.conn, secret.hash(), session_id, now, expires_at)
    return Grant(account_id, session_id, secret)


async def refresh_session(tx: Tx, presented: Secret, now: datetime) -> Grant | RefreshReused:
    """The next refresh token of a family, for its last one. Raises RefreshInvalid for an unknown one.

    Exactly one token of a family lives. One that was used before ends its family (RFC 9700 §4.14.2), with one
    exception: within REFRESH_GRACE it is taken for a retry whose answer was lost, if the token given in that
    answer has not been used. Then that one dies and the retry gets the living one. A thief gains nothing by
    it: of two holders one is left with a dead token, and its next use ends the family. So a client sends one
    refresh at a time. RefreshReused is returned and not raised because the end of the family must be committed.
    """
    token = presented.hash()
    family = await sessions.find_family(tx.conn, token, now)
    session = await sessions.lock_session(tx.conn, family, now) if family else None
    if session is None:
        raise RefreshInvalid
    used_at = await sessions.find_use(tx.conn, token)
    if used_at is None:
        await sessions.use_refresh_token(tx.conn, token, now)
    elif not (rules.is_retry(used_at, now) and await sessions.supersede_follower(tx.conn, token, now)):
        await sessions.delete_session(tx.conn, session.id)
        log.warning("refresh_token_reused", session=str(session.id), account=str(session.account_id))
        return RefreshReused()
    following = new_secret()
    expires_at = rules.session_expiry(session.created_at, now)
    await sessions.insert_refresh_token(tx.conn, following.hash(), session.id, now, expires_at, follows=token)
    await sessions.touch_session(tx.conn, session.id, now, expires_at)
    return Grant(session.account_id, session.id, following)


async def find_viewer_by_cookie(conn: Connection, presented: Secret, now: datetime) -> Viewer:
    """Whose cookie this is; anonymous if nobody's any more."""
    return await _viewer(conn, await sessions.find_cookie_session(conn, presented.hash(), now), now)


async def find_viewer_by_session(conn: Connection, session_id: UUID, now: datetime) -> Viewer:
    """Whose bearer session this is; anonymous if it is over."""
    return await _viewer(conn, await sessions.find_bearer_session(conn, session_id, now), now)


async def end_session(tx: Tx, session_id: UUID) -> None:
    await sessions.delete_session(tx.conn, session_id)


async def end_sessions(tx: Tx, account_id: AccountId) -> None:
    """Sign out everywhere."""
    await sessions.delete_sessions(tx.conn, account_id)


async def list_sessions(
    conn: Connection, account_id: AccountId, now: datetime, page: PageRequest
) -> Page[Session]:
    """Where the account is signed in, newest first."""
    rows = await sessions.list_sessions(conn, account_id, now, page)
    return page.page(rows, lambda session: (session.id,))


async def end_own_session(tx: Tx, account_id: AccountId, session_id: UUID) -> None:
    """Raises SessionMissing, also for another's."""
    if not await sessions.delete_own_session(tx.conn, account_id, session_id):
        raise SessionMissing


async def _viewer(conn: Connection, session: Session | None, now: datetime) -> Viewer:
    if session is None:
        return ANONYMOUS
    if rules.is_touch_due(session.last_seen_at, now):
        await sessions.touch_session(conn, session.id, now, rules.session_expiry(session.created_at, now))
    return SignedInViewer(session.account_id, session.id)

"""Keys of programs: made, shown once, used, taken back.

A key is 256 random bits, an app password 160, so a table of their SHA-256 tells nothing and needs no slow hash,
which would cost every request of a program what a sign-in costs.
"""

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.accounts import mails, rules
from basedmusic.accounts.contracts import (
    AccountLeaving,
    Key,
    KeyInvalid,
    KeyKind,
    KeyMissing,
    Scope,
    SignedInViewer,
    TooManyKeys,
)
from basedmusic.accounts.rules.keys import KEY_SEEN_EVERY, MAX_KEY_NAME, MAX_KEYS, check_expiry, check_scopes
from basedmusic.accounts.service.suspensions import require_unsuspended
from basedmusic.accounts.store import emails, erasure
from basedmusic.accounts.store import keys as store
from basedmusic.accounts.tokens import Secret, new_secret
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.mail import Letterhead, send_mail

KEY_PREFIX = "bm_"
"""By which a key is known from a token, here and by whoever looks for leaked ones."""
_APP_PASSWORD_BYTES = 20


@dataclass(frozen=True, slots=True)
class NewKey:
    key: Key
    secret: Secret
    """Nowhere else, and never again."""


async def make_key(
    tx: Tx,
    letterhead: Letterhead,
    account_id: AccountId,
    kind: KeyKind,
    name: str,
    scopes: Collection[Scope],
    expires_at: datetime | None,
    now: datetime,
) -> NewKey:
    """The person is told by mail: a key outlives the session it was made in. Raises Invalid, TooManyKeys."""
    named = clean_line(name, "name", MAX_KEY_NAME)
    allowed, until = check_scopes(kind, scopes), check_expiry(expires_at, now)
    held = await emails.hold_account(tx.conn, account_id)
    if held is None:
        raise NotFound
    if await store.has_as_many_keys(tx.conn, account_id, MAX_KEYS):
        raise TooManyKeys
    secret = _new_app_password() if kind is KeyKind.APP_PASSWORD else Secret(KEY_PREFIX + new_secret().text)
    key = await store.insert_key(tx.conn, account_id, kind, named, allowed, secret.hash(), now, until)
    await send_mail(tx, mails.key_made_mail(letterhead, held.email, held.name, key))
    return NewKey(key, secret)


async def find_key(conn: Connection, presented: Secret, now: datetime) -> Key:
    """The API key, its use noted. Raises KeyInvalid, AccountSuspended."""
    return await _used(conn, await store.find_key(conn, KeyKind.API_KEY, presented.hash(), now), now)


async def verify_app_password(conn: Connection, email: str, password: str, now: datetime) -> SignedInViewer:
    """Who signs in by an old protocol. Raises KeyInvalid, alike for a wrong address and a wrong password.

    For protocols that send the password itself (over TLS). One that sends a hash of it with a salt, as Subsonic's
    `t` and `s`, would need it in clear here; its clients have to be told to send `p`, or an OpenSubsonic API key.
    """
    spelled = password.replace(" ", "").replace("-", "").lower()
    key = await store.find_key(conn, KeyKind.APP_PASSWORD, Secret(spelled).hash(), now)
    owner = await emails.find_by_address(conn, rules.normalise_email(email.strip()))
    if key is None or owner is None or owner.account_id != key.account_id:
        raise KeyInvalid
    await _used(conn, key, now)
    return SignedInViewer(key.account_id, None)


async def list_keys(conn: Connection, account_id: AccountId, page: PageRequest) -> Page[Key]:
    """Newest first; those that are over too, so that it is seen why a program is refused."""
    return page.page(await store.list_keys(conn, account_id, page), lambda key: (key.id,))


async def take_key_back(tx: Tx, account_id: AccountId, key_id: UUID) -> None:
    """Raises KeyMissing, also for another's."""
    if not await store.delete_key(tx.conn, account_id, key_id):
        raise KeyMissing


async def _used(conn: Connection, key: Key | None, now: datetime) -> Key:
    if key is None:
        raise KeyInvalid
    await require_unsuspended(conn, key.account_id, now)
    leaving = await erasure.find_due(conn, key.account_id)
    if leaving is not None:
        raise AccountLeaving(due_at=leaving.isoformat())
    if key.last_used_at is None or now - key.last_used_at >= KEY_SEEN_EVERY:
        await store.touch_key(conn, key.id, now)
    return key


def _new_app_password() -> Secret:
    """32 letters and digits that can be typed on a television: no case, and no 0, 1, 8, 9 (RFC 4648 §6)."""
    return Secret(base64.b32encode(secrets.token_bytes(_APP_PASSWORD_BYTES)).decode().lower())

"""Parties, accounts, and who may act for whom."""

import asyncio
import secrets
from datetime import datetime

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import (
    MAX_PARTY_NAME,
    Account,
    EmailTaken,
    NewAccount,
    Party,
    PartyKind,
    Profile,
    Role,
    SlugsTaken,
)
from basedmusic.accounts.passwords import Hasher, argon2id
from basedmusic.accounts.service.ages import begin_as_minor
from basedmusic.accounts.store import emails, profiles
from basedmusic.accounts.store import parties as store
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.text import clean_line
from basedmusic.platform.db import Connection, Tx

SLUG_TRIES = 20
"""Each lost one means that somebody took the very slug in the same moment."""


async def create_party(tx: Tx, kind: PartyKind, name: str, *, owner: AccountId) -> Party:
    """A new party whose first owner is `owner`; its slug comes from the name. Raises Invalid, SlugsTaken."""
    party = await _insert_party(tx.conn, kind, clean_line(name, "name", MAX_PARTY_NAME))
    await store.insert_membership(tx.conn, party.id, owner, Role.OWNER)
    return party


async def create_unowned_party(tx: Tx, kind: PartyKind, name: str, now: datetime) -> Party:
    """A profile that nobody owns yet. Who may is for the caller to ask. Raises Invalid, SlugsTaken."""
    party = await _insert_party(tx.conn, kind, clean_line(name, "name", MAX_PARTY_NAME))
    await profiles.mark_stub(tx.conn, party.id, now)
    return party


async def rename_party(tx: Tx, party_id: PartyId, name: str) -> None:
    """Its slug stays, since links to it are out there. Raises Invalid, NotFound."""
    if not await store.update_party_name(tx.conn, party_id, clean_line(name, "name", MAX_PARTY_NAME)):
        raise NotFound


async def create_account(
    tx: Tx,
    *,
    email: str,
    password: str,
    display_name: str,
    hasher: Hasher | None = None,
    clock: Clock = utc_now,
) -> Account:
    """A person who can sign in; for commands, since it holds `tx` while the password is hashed.

    Their age is for whoever gives the command to know.

    Raises Invalid, EmailTaken, SlugsTaken.
    """
    new = rules.check_new_account(email, password, display_name)
    hashed = await asyncio.to_thread((hasher or argon2id()).hash, new.password)
    return await add_account(tx, new, hashed, clock())


async def add_account(tx: Tx, new: NewAccount, password_hash: str, now: datetime) -> Account:
    """A person who can sign in; the hash comes from `Passwords.hash`. Raises EmailTaken, SlugsTaken.

    An address that somebody may still take back is taken.
    """
    party = await _insert_party(tx.conn, PartyKind.PERSON, new.display_name)
    account = await store.insert_account(tx.conn, party.id, new, password_hash)
    if account is None or await emails.is_reserved(tx.conn, account.email, account.id, now):
        raise EmailTaken(field="email")
    if new.adult_from is not None:
        await begin_as_minor(tx, account.id, new.adult_from, now)
    return account


async def get_account(conn: Connection, account_id: AccountId) -> Account:
    """Raises NotFound."""
    account = await store.find_account(conn, account_id)
    if account is None:
        raise NotFound
    return account


async def rename_account(tx: Tx, account_id: AccountId, display_name: str) -> None:
    """Raises Invalid, NotFound."""
    name = clean_line(display_name, "display_name", rules.MAX_DISPLAY_NAME)
    if not await store.update_party_name(tx.conn, PartyId(account_id), name):
        raise NotFound


async def list_profiles(conn: Connection, account_id: AccountId) -> list[Profile]:
    """The parties that the account acts for, by name."""
    return await store.list_profiles(conn, account_id)


async def _insert_party(conn: Connection, kind: PartyKind, name: str) -> Party:
    slug = rules.slug_for(name, kind)
    for _ in range(SLUG_TRIES):
        taken = await store.find_taken_slugs(conn, kind, rules.numbered_slugs(slug))
        party = await store.insert_party(
            conn, kind, name, rules.decide_slug(slug, taken, secrets.token_hex(4))
        )
        if party is not None:
            return party
    raise SlugsTaken(field="name")

"""The audit log: recording an act, and checking that nothing recorded was changed."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from basedmusic.accounts.contracts import Actor, AuditAct, BrokenLink, ChainHead, Hand, Plain
from basedmusic.accounts.rules import audit as rules
from basedmusic.accounts.store import audit as store
from basedmusic.platform.db import Connection, Tx

CHECKED_AT_ONCE = 1000
"""Entries: some 600 kB."""


async def record(
    tx: Tx,
    actor: Actor | None,
    act: AuditAct,
    *,
    subject_kind: str,
    subject_id: UUID | int | str | None,
    payload: Mapping[str, Plain] | None = None,
) -> None:
    """Append to the log, in the transaction that does it: both happen or neither.

    None is the scene by itself. Whatever a person wrote or is called belongs into `payload`, which erasing
    them deletes. Call it last: from here to the end of the transaction, others who record wait.
    """
    head, now = await store.lock_head(tx.conn)
    subject = subject_kind, None if subject_id is None else str(subject_id)
    salt = secrets.token_bytes(rules.SALT_BYTES)
    entry = rules.next_entry(head, now, act.value, actor or Hand.SCENE, subject, payload or {}, salt)
    await store.append(tx.conn, entry)


async def verify_chain(conn: Connection, at_once: int = CHECKED_AT_ONCE) -> ChainHead | BrokenLink:
    """The head of the whole chain, found in order; or the first link that is not. Reads every entry, in parts."""
    found = rules.BEGINNING
    while True:
        entries = await store.list_entries_from(conn, found.seq, at_once)
        outcome = rules.find_break(found, entries)
        if isinstance(outcome, BrokenLink):
            return outcome
        found = outcome
        if len(entries) == at_once:
            continue
        # Head and entry are committed together, so what the head names is there to be read from now on.
        head = await store.find_head(conn)
        if head == found:
            return found
        broken = rules.find_end(found, head, await store.list_entries_from(conn, found.seq, 1))
        if broken:
            return broken

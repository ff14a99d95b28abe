"""How entries of the audit log hang together. Pure.

    payload_hash = sha256(salt ‖ payload)
    hash         = sha256(previous hash ‖ seq ‖ sha256(what stands in the open) ‖ payload_hash)

`seq` is eight bytes, big end first, and every other part 32, so that no two entries read alike. The salt keeps a
payload that was deleted from being guessed from its hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from basedmusic.accounts.contracts import Actor, AuditEntry, BrokenLink, ChainHead, Hand, Plain

SALT_BYTES = 32
BEGINNING = ChainHead(0, bytes(32))


def canonical(value: object) -> str:
    """JSON that is the same for equal values, in ASCII: a text column takes no NUL and no half of a pair."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def hash_payload(salt: bytes, payload: str) -> bytes:
    return hashlib.sha256(salt + payload.encode()).digest()


def hash_entry(previous: bytes, entry: AuditEntry) -> bytes:
    """What `entry.hash` should be, after an entry whose hash is `previous`."""
    in_the_open = canonical(
        [
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.act,
            entry.hand,
            str(entry.actor_id) if entry.actor_id else None,
            entry.subject_kind,
            entry.subject_id,
        ]
    )
    parts = (
        previous,
        entry.seq.to_bytes(8, "big"),
        hashlib.sha256(in_the_open.encode()).digest(),
        entry.payload_hash,
    )
    return hashlib.sha256(b"".join(parts)).digest()


def next_entry(
    head: ChainHead,
    at: datetime,
    act: str,
    actor: Actor,
    subject: tuple[str, str | None],
    payload: Mapping[str, Plain],
    salt: bytes,
) -> AuditEntry:
    """The entry that follows `head`, hashes and all. `subject` is a kind and an id."""
    written = canonical(dict(payload))
    bare = AuditEntry(
        seq=head.seq + 1,
        at=at,
        act=act,
        hand=actor.value if isinstance(actor, Hand) else "account",
        actor_id=None if isinstance(actor, Hand) else actor,
        subject_kind=subject[0],
        subject_id=subject[1],
        salt=salt,
        payload=written,
        payload_hash=hash_payload(salt, written),
        hash=b"",
    )
    return replace(bare, hash=hash_entry(head.hash, bare))


def find_break(after: ChainHead, entries: Iterable[AuditEntry]) -> ChainHead | BrokenLink:
    """The head after `entries`, which follow `after`; or the first that is not what was written."""
    head = after
    for entry in entries:
        why = _what_is_wrong(head, entry)
        if why:
            return BrokenLink(min(head.seq + 1, entry.seq), why)
        head = ChainHead(entry.seq, entry.hash)
    return head


def _what_is_wrong(head: ChainHead, entry: AuditEntry) -> str:
    if entry.seq != head.seq + 1:
        return f"entry {head.seq + 1} is missing"
    if entry.payload is not None and entry.salt is not None:
        if hash_payload(entry.salt, entry.payload) != entry.payload_hash:
            return f"the details of entry {entry.seq} were changed"
    elif entry.payload is not None or entry.salt is not None:
        return f"the details of entry {entry.seq} were half removed"
    if hash_entry(head.hash, entry) != entry.hash:
        return f"entry {entry.seq}, or the order up to it, was changed"
    return ""


def find_end(found: ChainHead, head: ChainHead, following: Sequence[AuditEntry]) -> BrokenLink | None:
    """What is wrong where the entries end at `found` and the head says otherwise; None if more came meanwhile."""
    if following and head.seq > found.seq:
        return None
    if head.seq > found.seq:
        return BrokenLink(found.seq + 1, f"entry {found.seq + 1} is missing")
    return BrokenLink(max(head.seq, 1), "the end of the log was changed")

"""The table of mails: putting one in, what became of it, and addresses from which mail came back."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.connection import Connection, Record
from basedmusic.platform.db import Tx
from basedmusic.platform.mail.contracts import SEND_MAIL, KeptMail, Mail, MailState, Return, SendMail

KEEP_SENT = timedelta(days=30)
"""As long as a mail may still come back and be known by its id."""
KEEP_READABLE = timedelta(days=7)
"""What was not sent has its text, and links in it: the local outbox, and what is withheld."""

_MAIL = (
    "SELECT id, kind, recipient, subject, body, html, state, created_at, unsubscribe_url FROM platform.mail"
)


async def send_mail(tx: Tx, mail: Mail) -> UUID:
    """On its way if and when `tx` commits. Never fails for the address's sake; the worker finds that out."""
    mail_id = await tx.conn.fetchval(
        """INSERT INTO platform.mail
               (kind, recipient, recipient_key, subject, body, html, good_until, proves_address,
                unsubscribe_url)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        mail.kind,
        mail.to,
        address_key(mail.to),
        mail.subject,
        mail.text,
        mail.html,
        mail.good_until,
        mail.proves_address,
        mail.unsubscribe_url,
    )
    assert mail_id is not None
    await tx.enqueue(SEND_MAIL, SendMail(mail_id))
    return mail_id


async def find_waiting(conn: Connection, mail_id: UUID, now: datetime) -> tuple[KeptMail, MailState] | None:
    """A mail not finished yet, and what it is: WAITING, or EXPIRED or WITHHELD by now."""
    row = await conn.fetchrow(
        _MAIL.replace(
            "unsubscribe_url FROM", "unsubscribe_url, recipient_key, good_until, proves_address FROM"
        )
        + " WHERE id = $1 AND state = 'waiting'",
        mail_id,
    )
    if row is None:
        return None
    if row["good_until"] is not None and row["good_until"] <= now:
        return _kept(row), MailState.EXPIRED
    if not row["proves_address"] and await find_return(conn, row["recipient"]):
        return _kept(row), MailState.WITHHELD
    return _kept(row), MailState.WAITING


async def finish_mail(conn: Connection, mail_id: UUID, state: MailState, now: datetime) -> None:
    """Text stays only of what somebody will still read or send."""
    await conn.execute(
        """UPDATE platform.mail SET state = $2, finished_at = $3,
                  body = CASE WHEN $4 THEN body ELSE '' END, html = CASE WHEN $4 THEN html ELSE '' END,
                  unsubscribe_url = CASE WHEN $4 THEN unsubscribe_url END
            WHERE id = $1 AND state = 'waiting'""",
        mail_id,
        state.value,
        now,
        state in (MailState.KEPT, MailState.WITHHELD),
    )


async def list_mails(conn: Connection, page: PageRequest) -> list[KeptMail]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _MAIL + " WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2", after, page.limit + 1
    )
    return [_kept(row) for row in rows]


async def find_mail(conn: Connection, mail_id: UUID) -> KeptMail | None:
    row = await conn.fetchrow(_MAIL + " WHERE id = $1", mail_id)
    return _kept(row) if row else None


async def note_return(conn: Connection, address: str, code: str, now: datetime) -> None:
    """Nothing but proofs goes to `address` until `accept_address`."""
    await conn.execute(
        """INSERT INTO platform.returned_mail (recipient_hash, code, returned_at) VALUES ($1, $2, $3)
           ON CONFLICT (recipient_hash) DO NOTHING""",
        _hash(address),
        code,
        now,
    )


async def find_return(conn: Connection, address: str) -> Return | None:
    row = await conn.fetchrow(
        "SELECT code, returned_at FROM platform.returned_mail WHERE recipient_hash = $1", _hash(address)
    )
    return Return(row["code"], row["returned_at"]) if row else None


async def accept_address(tx: Tx, address: str, now: datetime) -> None:
    """It was shown to take mail: what was withheld goes out, if it is still of use."""
    await tx.conn.execute("DELETE FROM platform.returned_mail WHERE recipient_hash = $1", _hash(address))
    rows = await tx.conn.fetch(
        """UPDATE platform.mail SET state = 'waiting', finished_at = NULL
            WHERE recipient_key = $1 AND state = 'withheld' AND (good_until IS NULL OR good_until > $2)
           RETURNING id""",
        address_key(address),
        now,
    )
    for row in rows:
        await tx.enqueue(SEND_MAIL, SendMail(row["id"]))


async def forget_mail(conn: Connection, address: str) -> None:
    """Every mail to `address`, and that it came back, if it did."""
    await conn.execute("DELETE FROM platform.mail WHERE recipient_key = $1", address_key(address))
    await conn.execute("DELETE FROM platform.returned_mail WHERE recipient_hash = $1", _hash(address))


async def sweep_mail(conn: Connection, clock: Clock = utc_now) -> None:
    now = clock()
    await conn.execute(
        """DELETE FROM platform.mail
            WHERE finished_at < $1 OR (finished_at < $2 AND state IN ('kept', 'withheld'))""",
        now - KEEP_SENT,
        now - KEEP_READABLE,
    )


def address_key(address: str) -> str:
    """What makes two spellings one address: RFC 5321 leaves the case of a local part to its host, which in
    practice never tells it apart."""
    return address.casefold()


def _hash(address: str) -> bytes:
    return hashlib.sha256(address_key(address).encode()).digest()


def _kept(row: Record) -> KeptMail:
    return KeptMail(
        row["id"],
        row["kind"],
        row["recipient"],
        row["subject"],
        row["body"],
        row["html"],
        MailState(row["state"]),
        row["created_at"],
        row["unsubscribe_url"],
    )

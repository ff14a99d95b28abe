"""Mail that came back: a delivery status notification (RFC 3464), as the mail server hands it to a pipe.

Anybody can write to the address that bounces go to, and must not be able to silence somebody's mail: a bounce
counts only when it brings back the Message-ID of a mail of ours, which nobody but its recipient has seen.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

from basedmusic.platform.connection import Connection
from basedmusic.platform.db import Tx
from basedmusic.platform.mail.outbox import find_mail, note_return

MAX_BYTES = 10 << 20
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a notification says of the mail it brings back."""

    mail_id: UUID
    code: str
    permanent: bool


def read_bounce(notification: bytes) -> Bounce | None:
    """None where it is no delivery status notification, or not of a mail with an id like ours."""
    message = message_from_bytes(notification[:MAX_BYTES], policy=policy.compat32)
    mail_id, failed = None, None
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            failed = failed or _worst(part)
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            mail_id = mail_id or _returned_id(part)
    if mail_id is None or failed is None:
        return None
    return Bounce(mail_id, failed[1], failed[0] == "failed" and failed[1].startswith("5"))


async def find_bounce(conn: Connection, bounce: Bounce) -> str | None:
    """The address that the bounced mail went to; None if it is no mail of ours, or one long ago."""
    mail = await find_mail(conn, bounce.mail_id)
    return mail.to if mail else None


async def take_bounce(tx: Tx, bounce: Bounce, now: datetime) -> bool:
    """Nothing but proofs goes to that address from now on. Whether it was a permanent one of a mail of ours."""
    address = await find_bounce(tx.conn, bounce)
    if address is None or not bounce.permanent:
        return False
    await note_return(tx.conn, address, bounce.code, now)
    return True


def _worst(part: Message) -> tuple[str, str] | None:
    """Action and Status of the recipient that failed; each of our mails has one recipient, but a list it was
    forwarded to may have many."""
    blocks = part.get_payload()
    groups = [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
    told = [
        (str(group.get("Action", "")).strip().lower(), status[1])
        for group in groups
        if (status := _STATUS.match(str(group.get("Status", ""))))
    ]
    return next((one for one in told if one[0] == "failed"), told[0] if told else None)


def _returned_id(part: Message) -> UUID | None:
    payload = part.get_payload()
    if isinstance(
        payload, list
    ):  # a whole mail, read already: written out anew, odd headers of it would be refused
        line = str(payload[0].get("Message-ID", "")) if payload and isinstance(payload[0], Message) else ""
    else:
        headers = str(payload).split("\n\n", 1)[0]
        line = next((line for line in headers.splitlines() if line.lower().startswith("message-id:")), "")
    found = _MESSAGE_ID.search(line)
    return UUID(found[1]) if found else None

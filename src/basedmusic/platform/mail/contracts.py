"""A mail, and what can become of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.platform.queue.outbox import Job


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    """The mail server took it; what is secret in it is forgotten here."""
    KEPT = "kept"
    """No mail server is set: it is read in the local outbox."""
    RETURNED = "returned"
    """The address does not take mail."""
    WITHHELD = "withheld"
    """An earlier mail to the address came back; this one goes when the address is confirmed anew."""
    EXPIRED = "expired"
    """It could not be sent while it was of use."""


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    subject: str
    text: str
    html: str
    kind: str
    """What it is about, such as `verify_email`: lower case and underscores."""
    good_until: datetime | None = None
    """When it stops being of use, such as the end of the link in it."""
    unsubscribe_url: str | None = None
    """Where one press in a mail program ends such mails (RFC 8058), for what somebody subscribed to."""
    proves_address: bool = False
    """Whether it goes also to an address from which mail came back: it asks to confirm that very address."""

    def __repr__(self) -> str:
        return f"Mail({self.kind!r}, …)"  # its links are secrets, and its address is somebody's


@dataclass(frozen=True, slots=True)
class KeptMail:
    """As it is stored; without its text once it has been sent."""

    id: UUID
    kind: str
    to: str
    subject: str
    text: str
    html: str
    state: MailState
    created_at: datetime
    unsubscribe_url: str | None = None

    def __repr__(self) -> str:
        return f"KeptMail({self.id}, {self.kind!r}, {self.state}, …)"


@dataclass(frozen=True, slots=True)
class Return:
    """Mail to an address came back."""

    code: str
    """RFC 3463's, such as 5.1.1, or RFC 5321's, such as 550."""
    returned_at: datetime


@dataclass(frozen=True, slots=True)
class SendMail:
    mail_id: UUID


SEND_MAIL = Job("platform.send_mail", SendMail, max_attempts=40, concurrency=2)
"""Tried for some three hours; then it waits for the operator."""

"""Handing a mail to the mail server (RFC 5321, RFC 6409), with the standard library; it blocks, so on a thread.

`smtps://` is TLS from the first byte. `smtp://` turns it on by STARTTLS and refuses to go on without, except to
this very machine. `smtp+plain://` is for a network of one's own, and takes no password.
"""

import re
import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, parseaddr
from urllib.parse import unquote, urlsplit

from basedmusic.platform.mail.contracts import KeptMail
from basedmusic.platform.settings import is_loopback

TIMEOUT_S = 20.0
"""For each step of the conversation."""
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
_ENHANCED = re.compile(rb"^\s*(5\.\d{1,3}\.\d{1,3})\b")
_GONE = re.compile(r"5\.(1\.\d+|2\.1|4\.4)$")
"""RFC 3463: the mailbox or its domain is not there or does not take mail. Not 5.2.2, full; nor 5.7, policy, which
is about us."""


class MailDeferred(Exception):
    """Not now; the message says what the server answered, and nothing of the mail."""


class MailReturned(Exception):
    """Never to this address."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the mail server does not know the address ({code})")
        self.code = code


@dataclass(frozen=True, slots=True)
class SmtpServer:
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    is_here: bool = False
    """On this very machine, where what listens often has no certificate that anyone signed."""

    def __repr__(self) -> str:
        return f"SmtpServer({self.scheme}://{self.host}:{self.port})"

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Of a URL that `platform.settings` has looked at."""
        parts = urlsplit(url)
        host = parts.hostname or "localhost"
        return cls(
            parts.scheme,
            host,
            parts.port or PORTS[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            is_loopback(host),
        )


def deliver(
    server: SmtpServer, message: EmailMessage, sender: str, recipient: str, timeout_s: float = TIMEOUT_S
) -> None:
    """Taken over by the server when this returns. Raises MailDeferred, MailReturned."""
    try:
        with _connected(server, timeout_s) as smtp:
            smtp.send_message(message, parseaddr(sender)[1], [recipient])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        raise decide_refusal(code, said) from None
    except smtplib.SMTPResponseException as answer:
        raise MailDeferred(f"the mail server answered {answer.smtp_code}") from None
    except smtplib.SMTPNotSupportedError as missing:
        raise MailDeferred(f"the mail server can't do what this needs: {missing}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailDeferred(f"the mail server can't be reached: {type(error).__name__}") from None


def decide_refusal(code: int, said: bytes) -> MailDeferred | MailReturned:
    """What a server's answer to a recipient means.

    An enhanced code (RFC 3463) tells a mailbox that is gone from a server that does not want us. Without one,
    550 and 553 are about the mailbox (RFC 5321 §4.2.3).
    """
    enhanced = _ENHANCED.match(said)
    if enhanced is not None:
        status = enhanced[1].decode()
        return MailReturned(status) if _GONE.match(status) else MailDeferred(f"the mail server says {status}")
    if code in (550, 551, 553):
        return MailReturned(str(code))
    return MailDeferred(f"the mail server answered {code}")


def write_message(mail: KeptMail, sender: str, scene_name: str) -> EmailMessage:
    """The mail as it travels. Its Message-ID is the same at every try, so that a mailbox may tell a second copy
    from a second mail, and is how a bounce is known to be of ours."""
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["From"] = formataddr((name or scene_name, address))
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = formatdate(mail.created_at.timestamp())
    message["Message-ID"] = f"<{mail.id}@{address.rpartition('@')[2]}>"
    if mail.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


@contextmanager
def _connected(server: SmtpServer, timeout_s: float) -> Generator[smtplib.SMTP]:
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=timeout_s, context=ssl.create_default_context()
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout_s)
    with smtp:
        if server.scheme == "smtp" and not server.is_here:
            smtp.starttls(context=ssl.create_default_context())  # raises where it is not offered
        if server.user:
            try:
                smtp.login(server.user, server.password)
            except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected):  # some hang up instead
                raise MailDeferred("the mail server did not take the user and the password") from None
        yield smtp

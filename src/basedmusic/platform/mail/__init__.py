"""Mail: written in the transaction of what it tells of, sent by the worker, kept here where no server is set.

`send_mail` is all that a verb needs; `compose` gives every mail one look.
"""

from basedmusic.platform.mail.bounces import Bounce, find_bounce, read_bounce, take_bounce
from basedmusic.platform.mail.composing import Letterhead, compose
from basedmusic.platform.mail.contracts import SEND_MAIL, KeptMail, Mail, MailState, Return
from basedmusic.platform.mail.outbox import (
    accept_address,
    find_mail,
    find_return,
    forget_mail,
    list_mails,
    send_mail,
    sweep_mail,
)

__all__ = [
    "SEND_MAIL",
    "Bounce",
    "KeptMail",
    "Letterhead",
    "Mail",
    "MailState",
    "Return",
    "accept_address",
    "compose",
    "find_bounce",
    "find_mail",
    "find_return",
    "forget_mail",
    "list_mails",
    "read_bounce",
    "send_mail",
    "sweep_mail",
    "take_bounce",
]

"""Mail without a server: how it looks, what a refusal means, what a bounce says."""

from datetime import UTC, datetime
from email import message_from_string
from html.parser import HTMLParser
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basedmusic.platform.mail import Bounce, KeptMail, Letterhead, Mail, MailState, compose, read_bounce
from basedmusic.platform.mail.smtp import (
    MailDeferred,
    MailReturned,
    SmtpServer,
    decide_refusal,
    write_message,
)
from basedmusic.platform.settings import SettingInvalid, read_settings

ID = UUID("0190a0a0-0000-7000-8000-000000000000")
LINK = "https://music.example.org/verify#" + "x" * 60


class Words(HTMLParser):
    """What a reader of the HTML sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str | None] = []
        self.elements: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_text_and_html_say_the_same_and_have_the_link_whole():
    text, html = compose(
        "Rust Harbour",
        ["One thing.", "Another."],
        greeting="Hello Mara,",
        action=("Confirm", LINK),
        footer="Bye.",
    )
    words = Words(html)
    for part in ("Rust Harbour", "Hello Mara,", "One thing.", "Another.", "Confirm", LINK, "Bye."):
        assert part in text and part in "".join(words.said)
    assert LINK in text.splitlines() and words.links == [LINK]
    assert "img" not in words.elements and "script" not in words.elements


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.text(max_size=40))
def test_nothing_a_person_is_called_becomes_markup(name: str, scene: str):
    _, plain = compose("x", ["y"])
    _, html = compose(scene, [f"{name} says hello"])
    assert Words(html).elements == Words(plain).elements


@given(st.lists(st.text(st.characters(categories=["L", "Zs"]), max_size=400), max_size=4))
def test_no_line_of_text_is_longer_than_its_longest_word(paragraphs: list[str]):
    text, _ = compose("Rust Harbour", paragraphs)
    longest = max((len(word) for part in paragraphs for word in part.split()), default=0)
    assert all(len(line) <= max(72, longest) for line in text.splitlines())


def test_a_secret_stands_after_the_hash():
    letterhead = Letterhead("Rust Harbour", "https://music.example.org")
    assert letterhead.link("/verify", "a b") == "https://music.example.org/verify#a%20b"
    assert letterhead.link("/settings") == "https://music.example.org/settings"


def test_a_message_has_what_machines_read():
    mail = KeptMail(
        ID,
        "x",
        "mara@example.org",
        "A\nB",
        "t",
        "<p>h</p>",
        MailState.WAITING,
        datetime(2026, 5, 1, tzinfo=UTC),
    )
    message = write_message(mail, "scene@music.example.org", "Rust Harbour")
    again = message_from_string(message.as_string())
    assert again["From"] == "Rust Harbour <scene@music.example.org>"
    assert (again["To"], again["Subject"]) == ("mara@example.org", "A B")
    assert again["Message-ID"] == f"<{ID}@music.example.org>"
    assert again["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in again.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    ("code", "said", "returned"),
    [
        (550, b"5.1.1 No such user", True),
        (550, b"5.2.1 Mailbox disabled", True),
        (550, b"5.1.10 Null MX", True),
        (550, b"No such user here", True),
        (553, b"mailbox name not allowed", True),
        (550, b"5.7.1 Relaying denied", False),
        (550, b"5.7.26 SPF", False),
        (552, b"5.2.2 Mailbox full", False),
        (554, b"go away", False),
        (450, b"4.2.1 try again", False),
        (451, b"", False),
    ],
)
def test_only_an_address_that_is_gone_returns_mail(code: int, said: bytes, returned: bool):
    assert isinstance(decide_refusal(code, said), MailReturned if returned else MailDeferred)


NOTIFICATION = """\
From: MAILER-DAEMON@mx.example.net
To: scene@music.example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; mara@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user
--b
Content-Type: {kind}

From: scene@music.example.org
To: mara@example.org
Message-ID: <{id}@music.example.org>
Subject: Confirm

Body.
--b--
"""


def notification(
    action: str = "failed", status: str = "5.1.1", kind: str = "message/rfc822", id: object = ID
) -> bytes:
    return NOTIFICATION.format(action=action, status=status, kind=kind, id=id).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_is_read(kind: str):
    assert read_bounce(notification(kind=kind)) == Bounce(ID, "5.1.1", True)
    assert read_bounce(notification(kind=kind).replace(b"\n", b"\r\n")) == Bounce(ID, "5.1.1", True)


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.7"), ("failed", "4.4.7"), ("relayed", "2.0.0")]
)
def test_what_may_still_arrive_is_no_end(action: str, status: str):
    bounce = read_bounce(notification(action, status))
    assert bounce is not None and not bounce.permanent


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"hello",
        b"\xff\x00" * 50,
        notification(id="not-ours"),
        notification().replace(b"message/delivery-status", b"text/plain"),
        notification().replace(b"Status:", b"Nothing:"),
    ],
)
def test_what_is_no_notification_says_nothing(other: bytes):
    assert read_bounce(other) is None


@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 900))
def test_no_input_breaks_the_reader(noise: bytes, start: int, end: int):
    whole = notification()
    read_bounce(whole[:start] + noise + whole[end:])


def test_no_secret_is_shown():
    server = SmtpServer.parse("smtps://mara:s%40fe@mail.example.org")
    assert (server.password, server.port) == ("s@fe", 465)
    assert "s@fe" not in repr(server)
    assert "word" not in repr(Mail("a@example.org", "subject", "word", "word", "kind"))


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp+plain://a:hidden@b",
        "smtp://a:hidden@b:x",
    ],
)
def test_an_address_of_no_mail_server_is_refused_without_its_password(url: str):
    with pytest.raises(SettingInvalid) as refused:
        read_settings({"BASEDMUSIC_SMTP_URL": url})
    assert "hidden" not in str(refused.value)


def test_mail_comes_from_the_scene_unless_told_otherwise():
    settings = read_settings({"BASEDMUSIC_PUBLIC_URL": "https://music.example.org"})
    assert settings.mail_sender == "scene@music.example.org"
    with pytest.raises(SettingInvalid, match="MAIL_FROM"):
        read_settings({"BASEDMUSIC_MAIL_FROM": "nobody"})

"""Mail through the queue to a real mail server on loopback: sent, tried again, returned, withheld, kept."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from tests.support.mailbox import Mailbox, mailbox, make_certificate

from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database
from basedmusic.platform.mail import (
    SEND_MAIL,
    Bounce,
    KeptMail,
    Mail,
    MailState,
    accept_address,
    compose,
    find_return,
    forget_mail,
    list_mails,
    send_mail,
    sweep_mail,
    take_bounce,
)
from basedmusic.platform.mail.contracts import SendMail
from basedmusic.platform.mail.sending import MailSender
from basedmusic.platform.mail.smtp import MailDeferred, SmtpServer, deliver, write_message
from basedmusic.platform.queue.worker import Worker
from basedmusic.platform.settings import Settings, read_settings

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TO = "Mara@example.org"


def settings_for(box: Mailbox | None) -> Settings:
    url = {"BASEDMUSIC_SMTP_URL": f"smtp+plain://127.0.0.1:{box.port}"} if box else {}
    return read_settings({"BASEDMUSIC_SCENE_NAME": "Rust Harbour", **url})


async def write(database: Database, to: str = TO, **more: object) -> UUID:
    text, html = compose("Rust Harbour", ["The secret is tide."])
    async with database.transaction() as tx:
        return await send_mail(tx, Mail(to, "Hello", text, html, "hello", **more))  # type: ignore[arg-type]


async def row(database: Database, mail_id: UUID) -> asyncpg.Record:
    found = await database.pool.fetchrow("SELECT * FROM platform.mail WHERE id = $1", mail_id)
    assert found is not None
    return found


async def run(database: Database, box: Mailbox | None, mail_id: UUID) -> asyncpg.Record:
    """As the worker does once; what became of the mail."""
    await MailSender(database, settings_for(box), lambda: NOW, timeout_s=5).run(SendMail(mail_id))
    return await row(database, mail_id)


@asynccontextmanager
async def working(database: Database, settings: Settings) -> AsyncGenerator[None]:
    worker = Worker(database.pool)
    worker.register(SEND_MAIL, MailSender(database, settings).run)
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        await asyncio.wait_for(task, 10)


async def until_sent(database: Database, mail_id: UUID) -> None:
    async with asyncio.timeout(15):
        while (await row(database, mail_id))["state"] != "sent":
            await asyncio.sleep(0.05)


async def test_a_mail_goes_out_when_its_transaction_commits_and_only_then(database: Database):
    with mailbox() as box:
        async with working(database, settings_for(box)):
            with pytest.raises(ZeroDivisionError):
                async with database.transaction() as tx:
                    await send_mail(tx, Mail("lost@example.org", "Lost", "t", "h", "hello"))
                    raise ZeroDivisionError
            await until_sent(database, await write(database))
    assert box.envelopes == [("scene@127.0.0.1", [TO])]
    assert box.arrived[0]["Subject"] == "Hello"


async def test_a_server_that_is_busy_is_tried_again_until_it_takes_the_mail(database: Database):
    with mailbox() as box:
        box.data_answer = "451 4.3.0 later"
        async with working(database, settings_for(box)):
            mail_id = await write(database)
            async with asyncio.timeout(10):
                while not await database.pool.fetchval("SELECT attempts FROM jobs.pgqueuer"):
                    await asyncio.sleep(0.05)
            assert (await row(database, mail_id))["state"] == "waiting"
            box.data_answer = "250 OK"
            await until_sent(database, mail_id)
    assert len(box.arrived) == 1


async def test_once_sent_its_text_is_forgotten_and_it_is_not_sent_again(database: Database):
    with mailbox() as box:
        mail_id = await write(database)
        await run(database, box, mail_id)
        sent = await run(database, box, mail_id)
    assert len(box.arrived) == 1
    assert (sent["state"], sent["body"], sent["html"], sent["finished_at"]) == ("sent", "", "", NOW)


async def test_without_a_server_it_stays_to_be_read(database: Database):
    mail_id = await write(database)
    assert (await run(database, None, mail_id))["state"] == "kept"
    async with database.connection() as conn:
        (mail,) = await list_mails(conn, PageRequest(limit=10))
    assert "The secret is tide." in mail.text and mail.state is MailState.KEPT


async def test_a_server_away_or_unwilling_says_so_without_the_address(database: Database):
    mail_id = await write(database)
    with mailbox() as box:
        box.refusals[TO] = f"550 5.7.1 we do not relay to {TO}"
        with pytest.raises(MailDeferred) as unwilling:
            await run(database, box, mail_id)
    with pytest.raises(MailDeferred) as away:
        await run(database, box, mail_id)
    assert "5.7.1" in str(unwilling.value) and "reached" in str(away.value)
    assert TO not in str(unwilling.value) + str(away.value)
    assert (await row(database, mail_id))["state"] == "waiting"


async def test_an_address_that_is_gone_gets_nothing_more_until_it_is_confirmed_anew(database: Database):
    with mailbox() as box:
        box.refusals[TO] = "550 5.1.1 no such user"
        assert (await run(database, box, await write(database)))["state"] == "returned"
        withheld, dead = await write(database, TO.lower()), await write(database, good_until=NOW)
        assert (await run(database, box, withheld))["state"] == "withheld"
        assert (await run(database, box, dead))["state"] == "expired"
        assert box.arrived == []
        box.refusals.clear()
        assert (await run(database, box, await write(database, proves_address=True)))["state"] == "sent"
        async with database.transaction() as tx:
            found = await find_return(tx.conn, TO)
            assert found is not None and found.code == "5.1.1"
            await accept_address(tx, TO, NOW)
            assert await find_return(tx.conn, TO) is None
        assert (await run(database, box, withheld))["state"] == "sent"
    assert "The secret is tide." in str(box.arrived[-1])


async def test_a_bounce_counts_only_of_a_mail_of_ours(database: Database):
    mail_id = await write(database)
    async with database.transaction() as tx:
        forged = Bounce(UUID("0190a0a0-0000-7000-8000-000000000000"), "5.1.1", True)
        assert not await take_bounce(tx, forged, NOW)
        assert not await take_bounce(tx, Bounce(mail_id, "4.4.7", False), NOW)
        assert await find_return(tx.conn, TO) is None
        assert await take_bounce(tx, Bounce(mail_id, "5.1.1", True), NOW)
        assert await find_return(tx.conn, TO) is not None


async def test_mail_is_forgotten_by_address_and_by_age(database: Database):
    old, kept, other = await write(database), await write(database), await write(database, "b@example.org")
    with mailbox() as box:
        await run(database, box, old)
        await run(database, None, kept)
        async with database.connection() as conn:
            await sweep_mail(conn, lambda: NOW + timedelta(days=8))
            assert {mail.id for mail in await list_mails(conn, PageRequest())} == {old, other}
            await sweep_mail(conn, lambda: NOW + timedelta(days=31))
            assert {mail.id for mail in await list_mails(conn, PageRequest())} == {other}
            await forget_mail(conn, "B@example.org")
            assert await list_mails(conn, PageRequest()) == []


def a_mail() -> KeptMail:
    nobody = UUID("0190a0a0-0000-7000-8000-000000000000")
    return KeptMail(nobody, "hello", TO, "Hello", "text", "<p>html</p>", MailState.WAITING, NOW)


def hand_over(server: SmtpServer) -> None:
    deliver(server, write_message(a_mail(), "scene@example.org", "S"), "scene@example.org", TO, 5)


def test_starttls_and_password_with_a_certificate_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    files = make_certificate(tmp_path)
    with mailbox(starttls=files, password="s@fe") as box:
        away = SmtpServer("smtp", "127.0.0.1", box.port, "mara", "s@fe")
        with pytest.raises(MailDeferred, match="SSLCertVerificationError"):
            hand_over(away)
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        hand_over(away)
        with pytest.raises(MailDeferred, match="did not take the user"):
            hand_over(SmtpServer("smtp", "127.0.0.1", box.port, "mara", "wrong"))
    assert (box.encrypted, box.users) == ([True], ["mara", "mara"])


def test_a_password_never_goes_to_a_server_elsewhere_that_offers_no_tls():
    with mailbox(password="s@fe") as box:
        with pytest.raises(MailDeferred, match="can't do what this needs"):
            hand_over(SmtpServer("smtp", "127.0.0.1", box.port, "mara", "s@fe", is_here=False))
        hand_over(SmtpServer.parse(f"smtp://mara:s%40fe@127.0.0.1:{box.port}"))
    assert box.users == ["mara"]

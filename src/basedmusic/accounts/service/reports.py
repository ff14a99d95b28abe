"""Reporting, and seeing what became of it. What a thing looked like is kept with the report, by its own slice."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from basedmusic.accounts.contracts import (
    Evidence,
    LinkPurpose,
    OwnReport,
    Reason,
    ReportedAlready,
    ReportSubjects,
    SignedInViewer,
    SubjectKind,
    SubjectMissing,
    Viewer,
)
from basedmusic.accounts.rules import clean_email
from basedmusic.accounts.rules.moderation import (
    KEEP_EVIDENCE,
    REFERENCE_LETTERS,
    REPORTS_PER_CONTACT,
    clean_words,
)
from basedmusic.accounts.rules.standing import Limited
from basedmusic.accounts.service.guests import GuestDesk, is_silenced
from basedmusic.accounts.service.mail_links import get_link, issue_link
from basedmusic.accounts.service.standing import require_room
from basedmusic.accounts.store import reports as store
from basedmusic.accounts.store.library import lock_library
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.mail import Letterhead, Mail, compose, send_mail

LINK_LIFE = KEEP_EVIDENCE + timedelta(days=30)


async def report(
    tx: Tx,
    viewer: Viewer,
    subjects: ReportSubjects,
    desk: GuestDesk,
    *,
    kind: SubjectKind,
    subject_id: UUID,
    reason: Reason,
    words: str,
    contact: str | None,
    now: datetime,
) -> OwnReport:
    """A new report, in the open case about its subject.

    Raises SubjectMissing, ReportedAlready, Invalid, LimitReached.

    A guest's `contact` gets a link to what became of it; without one they only have the reference. It is
    forgotten where it wants no mail, gets mail about this case already, or was given too often within a day. The
    answer is the same: that an address reported something is nobody's business.
    """
    words = clean_words(words, "words", needed=reason is Reason.OTHER)
    address = clean_email(contact) if contact and viewer.account_id is None else None
    if address and await _is_enough(tx.conn, desk, address, now):
        address = None
    if viewer.account_id is not None:
        await lock_library(tx.conn, viewer.account_id)
        await require_room(tx.conn, viewer.account_id, Limited.REPORTS, now)
    evidence = await subjects[kind].collect(tx.conn, viewer, kind, subject_id)
    if evidence is None:
        raise SubjectMissing
    case_id = await store.hold_open_case(tx.conn, kind, subject_id, evidence, now)
    reference = new_reference()
    if address and await store.has_report_of(tx.conn, case_id, address):
        address = None
    report_id = await store.insert_report(
        tx.conn, case_id, reference, viewer.account_id, address, reason, words, evidence, now
    )
    if report_id is None:
        raise ReportedAlready
    if address:
        await _thank_guest(tx, desk.letterhead, address, report_id, reference, now)
    made = await store.find_report(tx.conn, report_id)
    assert made is not None
    return made


async def list_own_reports(conn: Connection, viewer: SignedInViewer, page: PageRequest) -> Page[OwnReport]:
    """Newest first."""
    rows = await store.list_own_reports(conn, viewer.account_id, page)
    return page.page(rows, lambda one: (one.id,))


async def get_report_by_link(conn: Connection, presented: Secret, now: datetime) -> OwnReport:
    """Raises LinkMissing, NotFound (so long ago that nothing is kept)."""
    link = await get_link(conn, LinkPurpose.SEE_REPORT, presented, now)
    found = await store.find_report(conn, link.subject_id) if link.subject_id else None
    if found is None:
        raise NotFound
    return found


def new_reference() -> str:
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


async def _thank_guest(
    tx: Tx,
    letterhead: Letterhead,
    address: str,
    report_id: UUID,
    reference: str,
    now: datetime,
) -> None:
    """Without a word that the sender chose, also in the title of something of theirs: any address can be given."""
    secret = await issue_link(
        tx, LinkPurpose.SEE_REPORT, address=address, subject_id=report_id, life=LINK_LIFE, now=now
    )
    text, html = compose(
        letterhead.scene_name,
        [
            f"Something was reported with this address. The number of the report is {reference}.",
            "A moderator is going to look at it. You get a mail with the decision, and can look here meanwhile.",
            "If you did not report anything, somebody gave your address; you need do nothing.",
        ],
        action=("See what became of it", letterhead.link("/report", secret.text)),
    )
    await send_mail(tx, Mail(address, f"Your report {reference}", text, html, "report_received"))


async def _is_enough(conn: Connection, desk: GuestDesk, address: str, now: datetime) -> bool:
    return await is_silenced(conn, desk, address) or await store.has_many_reports(
        conn, address, now - timedelta(days=1), REPORTS_PER_CONTACT
    )


class ProfileSubject:
    """Reports of venues, organisers and persons. Artists tell more, and are catalog's."""

    kinds = frozenset({SubjectKind.VENUE, SubjectKind.ORGANISER, SubjectKind.PERSON})

    async def collect(
        self, conn: Connection, viewer: Viewer, kind: SubjectKind, subject_id: UUID
    ) -> Evidence | None:
        """Also of whom the viewer blocked, or who blocked the viewer: whoever is hunted must be able to say so."""
        details = await store.find_profile_evidence(conn, kind, subject_id)
        return Evidence(details["name"], PartyId(subject_id), details) if details else None

    async def take_down(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None:
        await hide_text(tx, subject_id)

    async def restore(self, tx: Tx, kind: SubjectKind, subject_id: UUID) -> None:
        await show_text(tx, subject_id)


async def hide_text(tx: Tx, party_id: UUID) -> None:
    """What a profile tells about itself is from now on shown to those who run it only."""
    await store.hide_text(tx.conn, party_id)


async def show_text(tx: Tx, party_id: UUID) -> None:
    await store.show_text(tx.conn, party_id)

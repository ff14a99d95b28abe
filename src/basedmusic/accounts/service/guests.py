"""Mail for people without an account: asked for, confirmed by a link, ended by one press.

Whoever asks gets the same answer for every address. Nothing is kept of one that was never confirmed but the link
that was sent to it, which ends by itself; of one that wants no mail at all, a keyed hash.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.accounts import rules
from basedmusic.accounts.contracts import Guest, GuestData, LinkMissing, LinkPurpose, Party, Unsubscribing
from basedmusic.accounts.rules.guests import (
    CONFIRM_LIFE,
    CONFIRMATIONS_OPEN,
    DATA_LINK_LIFE,
    MAX_GUEST_FOLLOWS,
)
from basedmusic.accounts.service.ages import may_strangers_write
from basedmusic.accounts.service.mail_links import get_link, issue_link, revoke_links, use_link
from basedmusic.accounts.store import guests as store
from basedmusic.accounts.store import reports
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Connection, Tx
from basedmusic.platform.mail import Letterhead, Mail, compose, forget_mail, send_mail

GUESTS = "guests"
"""The purpose of the key that signs the links at the end of mails, and hashes addresses that want none."""


@dataclass(frozen=True, slots=True)
class GuestDesk:
    """What mail to guests is written with."""

    letterhead: Letterhead
    key: bytes

    def token(self, guest_id: UUID, party_id: UUID) -> str:
        """Of the link that ends these mails: it needs no row, and holds as long as the mails come."""
        about = f"{guest_id.hex}{party_id.hex}"
        return about + hmac.digest(self.key, about.encode(), hashlib.sha256)[:16].hex()

    def read(self, token: str) -> Unsubscribing:
        """Raises LinkMissing."""
        try:
            guest_id, party_id = UUID(token[:32]), UUID(token[32:64])
        except ValueError:
            raise LinkMissing from None
        if not hmac.compare_digest(token.encode(), self.token(guest_id, party_id).encode()):
            raise LinkMissing
        return Unsubscribing(guest_id, PartyId(party_id))

    def address_hash(self, address: str) -> bytes:
        return hmac.digest(self.key, rules.normalise_email(address).encode(), hashlib.sha256)


async def ask_for_mail(tx: Tx, desk: GuestDesk, party_id: UUID, email: str, now: datetime) -> None:
    """A mail that asks whether they really want it, unless the address wants none. Raises Invalid, NotFound."""
    address = rules.clean_email(email)
    party = await store.find_party(tx.conn, party_id)
    if party is None:
        raise NotFound
    if await _is_enough(tx.conn, desk, LinkPurpose.GUEST_CONFIRM, address, now):
        return
    if not await may_strangers_write(tx.conn, address, now):
        return  # the subject holds words of a stranger
    secret = await issue_link(
        tx, LinkPurpose.GUEST_CONFIRM, address=address, subject_id=party.id, life=CONFIRM_LIFE, now=now
    )
    scene = desk.letterhead.scene_name
    text, html = compose(
        scene,
        [
            f"Somebody, hopefully you, asked us to write to you when {party.name} put something out.",
            "If it was not you, do nothing: we forget this address in two days.",
        ],
        action=("Yes, write to me", desk.letterhead.link("/guest", secret.text)),
        footer=f"You get this once, because your address was entered on the page of {party.name} at {scene}.",
    )
    subject = f"Mail when {party.name} put something out?"
    await send_mail(tx, Mail(address, subject, text, html, "guest_confirm", now + CONFIRM_LIFE))


async def confirm_mail(tx: Tx, presented: Secret, now: datetime) -> Party:
    """They read the address's mail and want more of it. Raises LinkMissing."""
    link = await use_link(tx, LinkPurpose.GUEST_CONFIRM, presented, now)
    party = await store.find_party(tx.conn, link.subject_id) if link.subject_id else None
    if party is None or link.address is None:
        raise LinkMissing
    guest_id = await store.put_guest(tx.conn, link.address, rules.normalise_email(link.address), now)
    await store.put_follow(tx.conn, guest_id, party.id, now, MAX_GUEST_FOLLOWS)
    return party


async def unsubscribe(tx: Tx, desk: GuestDesk, token: str, now: datetime, *, everything: bool) -> None:
    """No more mail about that profile; with `everything`, none from this scene, ever. Raises LinkMissing."""
    about = desk.read(token)
    guest = await store.find_guest(tx.conn, about.guest_id)
    if guest is None:
        return  # all of it was ended before
    if everything:
        await store.silence(tx.conn, desk.address_hash(guest.address), now)
        await _forget(tx, guest.address)
    else:
        await store.delete_follow(tx.conn, guest.id, about.party_id)


async def ask_for_guest_data(tx: Tx, desk: GuestDesk, email: str, now: datetime) -> None:
    """A link to what is kept about the address, unless it wants no mail. Raises Invalid."""
    address = rules.clean_email(email)
    if await _is_enough(tx.conn, desk, LinkPurpose.GUEST_DATA, address, now):
        return
    secret = await issue_link(tx, LinkPurpose.GUEST_DATA, address=address, life=DATA_LINK_LIFE, now=now)
    scene = desk.letterhead.scene_name
    text, html = compose(
        scene,
        ["This link shows what we keep about your address, and erases it if you like. It holds for an hour."],
        action=("Show what is kept", desk.letterhead.link("/guest-data", secret.text)),
        footer=f"You get this because somebody asked {scene} what it keeps about this address.",
    )
    subject = f"What {scene} keeps about you"
    await send_mail(tx, Mail(address, subject, text, html, "guest_data", now + DATA_LINK_LIFE))


async def get_guest_data(conn: Connection, presented: Secret, now: datetime) -> GuestData:
    """All that is kept about the address of the link. Raises LinkMissing."""
    link = await get_link(conn, LinkPurpose.GUEST_DATA, presented, now)
    address = link.address or ""
    names = await store.list_followed_names(conn, rules.normalise_email(address))
    return GuestData(address, tuple(names), tuple(await reports.list_references(conn, address)))


async def erase_guest(tx: Tx, presented: Secret, now: datetime) -> None:
    """Address, what it follows, its links and mails; of its reports, whose they were. Raises LinkMissing."""
    link = await use_link(tx, LinkPurpose.GUEST_DATA, presented, now)
    if link.address is not None:
        await _forget(tx, link.address)


async def list_guest_followers(
    conn: Connection, party_id: PartyId, after: UUID | None, limit: int
) -> list[Guest]:
    """Who wants to be told, in the order of their ids, behind `after`."""
    return await store.list_followers(conn, party_id, after, limit)


async def write_to_guest(
    tx: Tx, desk: GuestDesk, guest: Guest, party_id: PartyId, *, subject: str, words: str, path: str
) -> None:
    """One mail, with the way to end them, unless the address wants none."""
    if await is_silenced(tx.conn, desk, guest.address):
        return
    token, letterhead = desk.token(guest.id, party_id), desk.letterhead
    text, html = compose(
        letterhead.scene_name,
        [words],
        action=("Listen", letterhead.link(path)),
        footer=f"You asked for this. To end it: {letterhead.link('/unsubscribe', token)}",
    )
    one_press = f"{letterhead.address}/api/v1/guests/unsubscribe/{token}"
    await send_mail(tx, Mail(guest.address, subject, text, html, "guest_news", unsubscribe_url=one_press))


async def is_silenced(conn: Connection, desk: GuestDesk, address: str) -> bool:
    """Whether the address wants no mail as a guest's, whoever enters it."""
    return await store.is_silenced(conn, desk.address_hash(address))


async def _forget(tx: Tx, address: str) -> None:
    await store.delete_guest(tx.conn, rules.normalise_email(address))
    await reports.forget_contact(tx.conn, address)
    for purpose in (LinkPurpose.GUEST_CONFIRM, LinkPurpose.GUEST_DATA, LinkPurpose.SEE_REPORT):
        await revoke_links(tx, purpose, address=address)
    await forget_mail(tx.conn, address)


async def _is_enough(
    conn: Connection, desk: GuestDesk, purpose: LinkPurpose, address: str, now: datetime
) -> bool:
    return await is_silenced(conn, desk, address) or await store.has_open_links(
        conn, purpose, address, now, CONFIRMATIONS_OPEN
    )

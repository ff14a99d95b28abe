"""Claims: from "this is us" to an owner.

A profile that nobody owns is proved to be somebody's automatically: by a code on its own website, or by a mail to
an address there. What can't be proved, and any claim on a profile that has an owner, is a moderator's to decide.
Whoever grants holds the profile's row first, so that of two claims proved at once the second finds an owner.
"""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    AlreadyAMember,
    AlreadyOwned,
    AuditAct,
    Claim,
    ClaimDecision,
    ClaimMissing,
    ClaimProof,
    ClaimSettled,
    ClaimStatus,
    ForeignAddress,
    LinkMissing,
    LinkPurpose,
    ModeratorsClaim,
    NotProved,
    NoWebsite,
    OwnCase,
    ProfileFrozen,
    Role,
    SignedInViewer,
    TooManyClaims,
    Viewer,
)
from basedmusic.accounts.rules import clean_email
from basedmusic.accounts.rules.claims import (
    CLAIM_LIFE,
    CLAIM_MAIL_LIFE,
    MAX_CLAIMS,
    MAX_WORDS,
    has_code,
    is_at,
    new_code,
)
from basedmusic.accounts.rules.permissions import can_moderate
from basedmusic.accounts.rules.standing import Limited
from basedmusic.accounts.service.audit import record
from basedmusic.accounts.service.mail_links import get_link, issue_link, revoke_links, use_link
from basedmusic.accounts.service.permissions import require_moderator
from basedmusic.accounts.service.profile_mails import claim_mail, decision_mail
from basedmusic.accounts.service.profiles import get_profile
from basedmusic.accounts.service.standing import take_room
from basedmusic.accounts.store import claims as store
from basedmusic.accounts.store import library, parties, permissions, profiles, teams
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import Page, PageRequest
from basedmusic.kernel.text import clean_text
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.fetch import Fetcher
from basedmusic.platform.mail import Letterhead, send_mail


async def begin_claim(tx: Tx, viewer: SignedInViewer, party_id: UUID, now: datetime) -> Claim:
    """The viewer's claim on the profile; the one that is under way, if there is one.

    Raises ProfileMissing, AlreadyAMember, TooManyClaims, LimitReached.
    """
    # A block keeps nobody from claiming what is theirs.
    profile = await get_profile(tx.conn, Viewer(None, None), party_id)
    if await teams.find_member(tx.conn, profile.party.id, viewer.account_id):
        raise AlreadyAMember
    # One person's claims begin one after another, so that they can be counted.
    await library.lock_library(tx.conn, viewer.account_id)
    await store.delete_over(tx.conn, party_id, viewer.account_id, now)
    under_way = await store.find_claim_under_way(tx.conn, viewer.account_id, party_id, now)
    if under_way is not None:
        return under_way
    if await store.has_as_many_claims(tx.conn, viewer.account_id, now, MAX_CLAIMS):
        raise TooManyClaims
    await take_room(tx, viewer.account_id, Limited.CLAIMS, now)
    claim_id = await store.insert_claim(
        tx.conn, profile.party.id, viewer.account_id, new_code(), now, now + CLAIM_LIFE
    )
    assert claim_id is not None
    return await get_claim(tx.conn, viewer, claim_id, now)


async def get_claim(conn: Connection, viewer: SignedInViewer, claim_id: UUID, now: datetime) -> Claim:
    """One of the viewer's. Raises ClaimMissing."""
    claim = await store.find_own_claim(conn, viewer.account_id, claim_id, now)
    if claim is None:
        raise ClaimMissing
    return claim


async def list_claims(
    conn: Connection, viewer: SignedInViewer, now: datetime, page: PageRequest
) -> Page[Claim]:
    """The viewer's, newest first."""
    rows = await store.list_own_claims(conn, viewer.account_id, now, page)
    return page.page(rows, lambda claim: (claim.id,))


async def withdraw_claim(tx: Tx, viewer: SignedInViewer, claim_id: UUID) -> None:
    """Raises ClaimMissing."""
    if not await store.delete_claim(tx.conn, viewer.account_id, claim_id):
        raise ClaimMissing


async def prove_by_site(
    database: Database, fetcher: Fetcher, viewer: SignedInViewer, claim_id: UUID, now: datetime
) -> Claim:
    """Look for the code on the profile's website, between two transactions. The claimant owns the profile then.

    Raises ClaimMissing, NoWebsite, NotProved, FetchFailed, and as `grant`.
    """
    async with database.connection() as conn:
        claim = await get_claim(conn, viewer, claim_id, now)
        await _require_no_moderator(conn, viewer)
    website = claim.profile.places.website
    _require_open(claim)
    if website is None:
        raise NoWebsite
    page = await fetcher.text(website)
    if not has_code(page.text, claim.code):
        raise NotProved
    async with database.transaction() as tx:
        await grant(tx, claim, ClaimProof.SITE, now)
        return await get_claim(tx.conn, viewer, claim_id, now)


async def send_claim_mail(
    tx: Tx, viewer: SignedInViewer, claim_id: UUID, address: str, letterhead: Letterhead, now: datetime
) -> Claim:
    """A link to an address at the profile's own domain, for the claimant to open. One at a time holds.

    Raises ClaimMissing, ClaimSettled, AlreadyOwned, NoWebsite, ForeignAddress, Invalid.
    """
    claim = await get_claim(tx.conn, viewer, claim_id, now)
    await _require_no_moderator(tx.conn, viewer)
    _require_open(claim)
    if claim.mail_domain is None:
        raise NoWebsite("No address can prove this claim, since the profile has no domain of its own")
    address = clean_email(address)
    if not is_at(address, claim.mail_domain):
        raise ForeignAddress(f"Use an address at {claim.mail_domain}", field="email")
    await revoke_links(tx, LinkPurpose.CLAIM_PROFILE, subject_id=claim.id)
    secret = await issue_link(
        tx,
        LinkPurpose.CLAIM_PROFILE,
        account_id=viewer.account_id,
        address=address,
        subject_id=claim.id,
        life=CLAIM_MAIL_LIFE,
        now=now,
    )
    name = claim.profile.party.name
    await send_mail(tx, claim_mail(letterhead, address, name, secret, now + CLAIM_MAIL_LIFE))
    return claim


async def prove_by_mail(tx: Tx, viewer: SignedInViewer, presented: Secret, now: datetime) -> Claim:
    """Use a mail's link. It works for whoever asked for it only: the receiver might press it for a stranger.

    Raises LinkMissing, ForeignAddress where the profile has another website by now, and as `grant`.
    """
    link = await get_link(tx.conn, LinkPurpose.CLAIM_PROFILE, presented, now)
    if link.account_id != viewer.account_id or link.subject_id is None or link.address is None:
        raise LinkMissing
    claim = await get_claim(tx.conn, viewer, link.subject_id, now)
    await _require_no_moderator(tx.conn, viewer)
    await teams.lock_team(tx.conn, claim.profile.party.id)
    await use_link(tx, LinkPurpose.CLAIM_PROFILE, presented, now)
    claim = await get_claim(tx.conn, viewer, link.subject_id, now)
    _require_open(claim)
    if claim.mail_domain is None or not is_at(link.address, claim.mail_domain):
        raise ForeignAddress
    await grant(tx, claim, ClaimProof.MAIL, now)
    return await get_claim(tx.conn, viewer, claim.id, now)


async def grant(tx: Tx, claim: Claim, proof: ClaimProof, now: datetime) -> None:
    """Make the claimant the owner of a profile that nobody owns.

    Raises AlreadyOwned, ProfileFrozen; ClaimSettled where it was decided or taken back meanwhile.
    """
    party_id = claim.profile.party.id
    await teams.lock_team(tx.conn, party_id)
    if await permissions.is_frozen(tx.conn, party_id):
        raise ProfileFrozen
    if await store.has_owner(tx.conn, party_id):
        raise AlreadyOwned
    await _settle_and_join(tx, claim, proof, now)


async def ask_moderators(tx: Tx, viewer: SignedInViewer, claim_id: UUID, words: str, now: datetime) -> Claim:
    """Put the claim before the moderators, in the claimant's words. Raises ClaimMissing, ClaimSettled, Invalid."""
    claim = await get_claim(tx.conn, viewer, claim_id, now)
    words = clean_text(words, "words", MAX_WORDS)
    if not words:
        raise Invalid("Say in a few words how the moderators can tell that this is you", field="words")
    if not await store.ask_moderators(tx.conn, claim.id, words, now, now + CLAIM_LIFE):
        raise ClaimSettled
    return await get_claim(tx.conn, viewer, claim_id, now)


async def list_waiting_claims(
    conn: Connection, viewer: Viewer, now: datetime, page: PageRequest
) -> Page[Claim]:
    """What this moderator may decide, the longest waiting first. Raises ModeratorsOnly."""
    moderator = await require_moderator(conn, viewer)
    rows = await store.list_waiting_claims(conn, moderator, now, page)
    return page.page(rows, lambda row: (row[1], row[0].id)).map(lambda row: row[0])


async def decide_claim(
    tx: Tx,
    viewer: Viewer,
    claim_id: UUID,
    decision: ClaimDecision,
    answer: str,
    letterhead: Letterhead,
    now: datetime,
) -> Claim:
    """As it stood when it was decided; the claimant is told. One that is granted ends a dispute over the profile.

    Raises ModeratorsOnly, ClaimMissing, OwnCase, ClaimSettled, Invalid.
    """
    moderator = await require_moderator(tx.conn, viewer)
    answer = clean_text(answer, "answer", MAX_WORDS)
    claim = await store.find_waiting_claim(tx.conn, claim_id, now)
    if claim is None:
        raise ClaimMissing
    party_id = claim.profile.party.id
    await teams.lock_team(tx.conn, party_id)
    if claim.account_id == moderator or await teams.find_member(tx.conn, party_id, moderator):
        raise OwnCase("This claim is your own or on a profile of yours; another moderator has to decide it")
    if decision is ClaimDecision.REFUSED:
        if not await store.settle_claim(
            tx.conn, claim_id, ClaimStatus.REFUSED, now, answer=answer, by=moderator
        ):
            raise ClaimSettled
    else:
        if decision is ClaimDecision.REPLACED:
            await store.delete_members(tx.conn, party_id)
        await _settle_and_join(tx, claim, ClaimProof.MODERATOR, now, answer=answer, by=moderator)
        await teams.set_frozen(tx.conn, party_id, None)
    await _tell(tx, claim, decision, answer, letterhead)
    decided = {"claimant": str(claim.account_id), "decision": decision.value}
    await record(
        tx, moderator, AuditAct.CLAIM_DECIDED, subject_kind="profile", subject_id=party_id, payload=decided
    )
    return claim


async def _tell(tx: Tx, claim: Claim, decision: ClaimDecision, answer: str, letterhead: Letterhead) -> None:
    account = await parties.find_account(tx.conn, claim.account_id)
    if account is not None:
        party = claim.profile.party
        path, granted = f"/{party.kind.value}s/{party.slug}", decision is not ClaimDecision.REFUSED
        await send_mail(tx, decision_mail(letterhead, account.email, party.name, path, granted, answer))


async def _settle_and_join(
    tx: Tx, claim: Claim, proof: ClaimProof, now: datetime, *, answer: str = "", by: AccountId | None = None
) -> None:
    """Under the team's lock."""
    party_id = claim.profile.party.id
    settled = await store.settle_claim(
        tx.conn, claim.id, ClaimStatus.GRANTED, now, proof=proof, answer=answer, by=by
    )
    if not settled:
        raise ClaimSettled
    await _make_owner(tx.conn, party_id, claim.account_id)
    await profiles.mark_stub(tx.conn, party_id, None)


async def _make_owner(conn: Connection, party_id: PartyId, account_id: AccountId) -> None:
    """Of a stranger, or of somebody who was left in the team when its owner went."""
    if await teams.find_member(conn, party_id, account_id):
        await teams.update_role(conn, party_id, account_id, Role.OWNER)
    else:
        await parties.insert_membership(conn, party_id, account_id, Role.OWNER)


async def _require_no_moderator(conn: Connection, viewer: SignedInViewer) -> None:
    """Whoever may write a website onto a page that nobody owns proves nothing by it."""
    if can_moderate(await permissions.find_scene_role(conn, viewer.account_id)):
        raise ModeratorsClaim


def _require_open(claim: Claim) -> None:
    if claim.status not in (ClaimStatus.OPEN, ClaimStatus.WAITING):
        raise ClaimSettled
    if not claim.profile.claimable:
        raise AlreadyOwned

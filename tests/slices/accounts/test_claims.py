"""Claims on a real PostgreSQL: what makes somebody an owner, and what does not."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.support.people import found, give_role, settle, sign_up, viewer_of
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import Account, PartyKind, Role, create_card, list_profiles, set_places
from basedmusic.accounts.contracts import (
    AlreadyAMember,
    AlreadyOwned,
    Card,
    Claim,
    ClaimDecision,
    ClaimMissing,
    ClaimProof,
    ClaimSettled,
    ClaimStatus,
    ForeignAddress,
    LinkMissing,
    ModeratorsClaim,
    ModeratorsOnly,
    NotProved,
    NoWebsite,
    OwnCase,
    ProfileFrozen,
    ProfileMissing,
    TooManyClaims,
)
from basedmusic.accounts.rules.claims import CLAIM_KEPT, CLAIM_LIFE, CLAIM_MAIL_LIFE, MAX_CLAIMS
from basedmusic.accounts.service import claims, set_scene_role, teams
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database
from basedmusic.platform.fetch import Fetched, Fetcher
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = PageRequest(limit=100)
PAPER = Letterhead("Rust Harbour", "https://scene.example")


class Pages(Fetcher):
    """The open internet, as a test has it."""

    def __init__(self, **pages: str) -> None:
        super().__init__()
        self.pages = pages
        self.asked: list[str] = []

    async def text(self, address: str) -> Fetched:
        self.asked.append(address)
        return Fetched(address, self.pages.get("all", ""))


async def moderator(database: Database) -> Account:
    moda = await sign_up(database, "moda@example.org", "Moda")
    async with database.transaction() as tx:
        await set_scene_role(tx, moda.id, Role.MODERATOR)
    return moda


async def stub(database: Database, moda: Account, website: str = "boiler.example") -> Card:
    async with database.transaction() as tx:
        return await create_card(
            tx,
            viewer_of(moda),
            PartyKind.VENUE,
            name="Boiler",
            city="Rust Harbour",
            website=website,
            unclaimed_since=NOW,
        )


async def claimed(database: Database, who: Account, card: Card, now: datetime = NOW) -> Claim:
    async with database.transaction() as tx:
        return await claims.begin_claim(tx, viewer_of(who), card.party.id, now)


async def waiting(database: Database, who: Account, card: Card) -> Claim:
    claim = await claimed(database, who, card)
    async with database.transaction() as tx:
        return await claims.ask_moderators(tx, viewer_of(who), claim.id, "I sweep the floor", NOW)


async def owned_by(database: Database, who: Account) -> list[str]:
    async with database.connection() as conn:
        profiles = await list_profiles(conn, who.id)
    return [one.party.name for one in profiles if one.role is Role.OWNER]


async def test_the_code_on_the_site_makes_an_owner(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    card = await stub(database, moda)
    claim = await claimed(database, mara, card)
    assert (claim.status, claim.mail_domain) == (ClaimStatus.OPEN, "boiler.example")
    assert (await claimed(database, mara, card)).id == claim.id  # again is the same
    pages = Pages()
    with pytest.raises(NotProved):
        await claims.prove_by_site(database, pages, viewer_of(mara), claim.id, NOW)
    assert await owned_by(database, mara) == []
    pages.pages["all"] = f"<footer>{claim.code}</footer>"
    proved = await claims.prove_by_site(database, pages, viewer_of(mara), claim.id, NOW)
    assert (proved.status, proved.proof) == (ClaimStatus.GRANTED, ClaimProof.SITE)
    assert pages.asked == ["https://boiler.example/"] * 2
    assert await owned_by(database, mara) == ["Boiler"]
    row = await database.pool.fetchrow(
        "SELECT claimable FROM accounts.v_profile WHERE id = $1", card.party.id
    )
    assert row and row["claimable"] is False
    with pytest.raises(ClaimSettled):
        await claims.prove_by_site(database, pages, viewer_of(mara), claim.id, NOW)


async def test_who_may_write_onto_a_stub_proves_nothing_by_what_stands_there(database: Database):
    moda = await moderator(database)
    card = await stub(database, moda)
    claim = await claimed(database, moda, card)
    pages = Pages(all=claim.code)
    with pytest.raises(ModeratorsClaim):
        await claims.prove_by_site(database, pages, viewer_of(moda), claim.id, NOW)
    with pytest.raises(ModeratorsClaim):
        async with database.transaction() as tx:
            await claims.send_claim_mail(tx, viewer_of(moda), claim.id, "me@boiler.example", PAPER, NOW)
    assert await owned_by(database, moda) == []


async def test_anothers_code_proves_nothing_for_me(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    ivo = await sign_up(database, "ivo@example.org", "Ivo")
    card = await stub(database, moda)
    hers, his = await claimed(database, mara, card), await claimed(database, ivo, card)
    pages = Pages(all=hers.code)
    with pytest.raises(NotProved):
        await claims.prove_by_site(database, pages, viewer_of(ivo), his.id, NOW)
    with pytest.raises(ClaimMissing):
        await claims.prove_by_site(database, pages, viewer_of(ivo), hers.id, NOW)
    await claims.prove_by_site(database, pages, viewer_of(mara), hers.id, NOW)
    pages.pages["all"] = his.code
    with pytest.raises(AlreadyOwned):
        await claims.prove_by_site(database, pages, viewer_of(ivo), his.id, NOW)
    assert await owned_by(database, ivo) == []


@pytest.mark.parametrize("when", ["over", "taken back", "frozen", "without a website"])
async def test_what_can_not_be_proved_any_more(database: Database, when: str):
    moda, mara = await moderator(database), await sign_up(database)
    card = await stub(database, moda, "" if when == "without a website" else "boiler.example")
    claim = await claimed(database, mara, card)
    now, expected = NOW, ClaimMissing
    async with database.transaction() as tx:
        if when == "over":
            now = NOW + CLAIM_LIFE
        elif when == "taken back":
            await claims.withdraw_claim(tx, viewer_of(mara), claim.id)
        elif when == "frozen":
            await teams.freeze_profile(tx, viewer_of(moda), card.party.id, NOW)
            expected = ProfileFrozen
        else:
            await tx.conn.execute("UPDATE accounts.party SET website = NULL WHERE id = $1", card.party.id)
            expected = NoWebsite
    with pytest.raises(expected):
        await claims.prove_by_site(database, Pages(all=claim.code), viewer_of(mara), claim.id, now)
    assert await owned_by(database, mara) == []


async def test_a_moderator_decides_by_the_claimants_words(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    ivo = await sign_up(database, "ivo@example.org", "Ivo")
    card = await stub(database, moda)
    with pytest.raises(Invalid):
        async with database.transaction() as tx:
            claim = await claims.begin_claim(tx, viewer_of(mara), card.party.id, NOW)
            await claims.ask_moderators(tx, viewer_of(mara), claim.id, "  ", NOW)
    hers, his = await waiting(database, mara, card), await waiting(database, ivo, card)
    async with database.connection() as conn:
        with pytest.raises(ModeratorsOnly):
            await claims.list_waiting_claims(conn, viewer_of(mara), NOW, ALL)
        listed = await claims.list_waiting_claims(conn, viewer_of(moda), NOW, ALL)
    assert [(one.claimant, one.words) for one in listed.items] == [
        ("Mara", "I sweep the floor"),
        ("Ivo", "I sweep the floor"),
    ]
    async with database.transaction() as tx:
        with pytest.raises(ModeratorsOnly):
            await claims.decide_claim(tx, viewer_of(mara), hers.id, ClaimDecision.GRANTED, "", PAPER, NOW)
        await claims.decide_claim(
            tx, viewer_of(moda), his.id, ClaimDecision.REFUSED, "Show us the keys", PAPER, NOW
        )
        await claims.decide_claim(tx, viewer_of(moda), hers.id, ClaimDecision.GRANTED, "", PAPER, NOW)
    async with database.connection() as conn:
        refused = await claims.get_claim(conn, viewer_of(ivo), his.id, NOW)
        assert (refused.status, refused.answer) == (ClaimStatus.REFUSED, "Show us the keys")
        assert not (await claims.list_waiting_claims(conn, viewer_of(moda), NOW, ALL)).items
    assert (await owned_by(database, mara), await owned_by(database, ivo)) == (["Boiler"], [])
    async with database.transaction() as tx:
        with pytest.raises(ClaimMissing):
            await claims.decide_claim(tx, viewer_of(moda), his.id, ClaimDecision.GRANTED, "", PAPER, NOW)


@pytest.mark.parametrize("decision", ClaimDecision)
async def test_a_claim_on_what_somebody_owns_is_a_moderators_alone(
    database: Database, decision: ClaimDecision
):
    moda, mara = await moderator(database), await sign_up(database)
    ivo, lena = [await sign_up(database, f"{name}@example.org", name.title()) for name in ("ivo", "lena")]
    party = await found(database, ivo, "Tides")
    await give_role(database, party, lena, Role.MEMBER)
    async with database.transaction() as tx:
        with pytest.raises(AlreadyAMember):
            await claims.begin_claim(tx, viewer_of(lena), party.id, NOW)
        claim = await claims.begin_claim(tx, viewer_of(mara), party.id, NOW)
        assert claim.mail_domain is None
    with pytest.raises(AlreadyOwned):
        await claims.prove_by_site(database, Pages(all=claim.code), viewer_of(mara), claim.id, NOW)
    async with database.transaction() as tx:
        await claims.ask_moderators(tx, viewer_of(mara), claim.id, "They took our name", NOW)
        await teams.freeze_profile(tx, viewer_of(moda), party.id, NOW)
    async with database.transaction() as tx:
        await claims.decide_claim(tx, viewer_of(moda), claim.id, decision, "", PAPER, NOW)
    rows = await database.pool.fetch(
        """SELECT p.name, m.role FROM accounts.membership m JOIN accounts.party p ON p.id = m.account_id
            WHERE m.party_id = $1 ORDER BY p.name""",
        party.id,
    )
    assert [tuple(row) for row in rows] == {
        ClaimDecision.GRANTED: [("Ivo", "owner"), ("Lena", "member"), ("Mara", "owner")],
        ClaimDecision.REPLACED: [("Mara", "owner")],
        ClaimDecision.REFUSED: [("Ivo", "owner"), ("Lena", "member")],
    }[decision]
    frozen = await database.pool.fetchval("SELECT frozen_at FROM accounts.party WHERE id = $1", party.id)
    assert (frozen is not None) is (decision is ClaimDecision.REFUSED)  # the moderator ends that one by hand


@pytest.mark.parametrize("decision", ClaimDecision)
async def test_no_moderator_decides_what_is_their_own(database: Database, decision: ClaimDecision):
    """Neither their claim on others' profile nor a claim on a profile of theirs; another moderator does."""
    moda, mara = await moderator(database), await sign_up(database)
    other = await sign_up(database, "other@example.org", "Other")
    async with database.transaction() as tx:
        await set_scene_role(tx, other.id, Role.MODERATOR)
    theirs, mine = await found(database, mara, "Tides"), await found(database, moda, "Ebb")
    async with database.transaction() as tx:
        hers = await claims.begin_claim(tx, viewer_of(moda), theirs.id, NOW)
        on_hers = await claims.begin_claim(tx, viewer_of(mara), mine.id, NOW)
        for who, claim in ((moda, hers), (mara, on_hers)):
            await claims.ask_moderators(tx, viewer_of(who), claim.id, "us", NOW)
    for claim in (hers, on_hers):
        with pytest.raises(OwnCase):
            async with database.transaction() as tx:
                await claims.decide_claim(tx, viewer_of(moda), claim.id, decision, "", PAPER, NOW)
    assert (await owned_by(database, moda), await owned_by(database, mara)) == (["Ebb"], ["Tides"])
    async with database.connection() as conn:
        assert not (await claims.list_waiting_claims(conn, viewer_of(moda), NOW, ALL)).items
        left = await claims.list_waiting_claims(conn, viewer_of(other), NOW, ALL)
    assert {one.id for one in left.items} == {hers.id, on_hers.id}
    async with database.transaction() as tx:
        await claims.decide_claim(tx, viewer_of(other), hers.id, decision, "", PAPER, NOW)


async def test_claims_are_bounded_and_end(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    await settle(database, mara, NOW - timedelta(days=2))
    cards = [await stub(database, moda) for _ in range(MAX_CLAIMS + 1)]
    for card in cards[:-1]:
        await claimed(database, mara, card)
    with pytest.raises(TooManyClaims):
        await claimed(database, mara, cards[-1])
    later = NOW + CLAIM_LIFE
    again = await claimed(database, mara, cards[0], later)  # one that is over makes room, and another code
    await claimed(database, mara, cards[-1], later)
    async with database.connection() as conn:
        listed = await claims.list_claims(conn, viewer_of(mara), later, ALL)
        assert len(listed.items) == 2 and again.id in {one.id for one in listed.items}
        await sweep_accounts(conn, NOW + CLAIM_LIFE + CLAIM_KEPT)
    assert await database.pool.fetchval("SELECT count(*) FROM accounts.claim") == 2


async def test_nobody_claims_a_person_or_the_scene(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    scene = await database.pool.fetchval("SELECT id FROM accounts.party WHERE kind = 'scene'")
    async with database.transaction() as tx:
        for party_id in (ivo.id, scene):
            with pytest.raises(ProfileMissing):
                await claims.begin_claim(tx, viewer_of(mara), party_id, NOW)


async def test_the_longest_waiting_come_first_page_by_page(database: Database):
    moda = await moderator(database)
    card = await stub(database, moda)
    people = [await sign_up(database, f"p{n}@example.org", f"P{n}") for n in range(4)]
    for n, who in reversed(list(enumerate(people))):
        claim = await claimed(database, who, card)
        async with database.transaction() as tx:
            await claims.ask_moderators(tx, viewer_of(who), claim.id, "us", NOW + timedelta(minutes=n))
    names: list[str] = []
    page = PageRequest(limit=3)
    async with database.connection() as conn:
        first = await claims.list_waiting_claims(conn, viewer_of(moda), NOW, page)

        rest = PageRequest.parse(3, first.next, datetime.fromisoformat, UUID)
        second = await claims.list_waiting_claims(conn, viewer_of(moda), NOW, rest)
    names = [one.claimant for one in (*first.items, *second.items)]
    assert names == ["P0", "P1", "P2", "P3"]


async def mailed(database: Database, who: Account, claim: Claim, address: str, now: datetime = NOW) -> Secret:
    """The secret of the link that was sent there."""
    async with database.transaction() as tx:
        await claims.send_claim_mail(tx, viewer_of(who), claim.id, address, PAPER, now)
    body = await database.pool.fetchval(
        "SELECT body FROM platform.mail WHERE kind = 'claim_profile' AND recipient = $1 ORDER BY id DESC",
        address,
    )
    found = re.search(r"/claim#(\S+)", body or "")
    assert found, body
    return Secret(found[1])


async def test_a_mail_at_the_own_domain_makes_an_owner_of_who_asked_for_it(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    ivo = await sign_up(database, "ivo@example.org", "Ivo")
    card = await stub(database, moda)
    claim = await claimed(database, mara, card)
    for foreign in ("info@gmail.com", "info@notboiler.example", "info@boiler.example.evil.example"):
        with pytest.raises(ForeignAddress):
            await mailed(database, mara, claim, foreign)
    first = await mailed(database, mara, claim, "info@boiler.example")
    secret = await mailed(database, mara, claim, "office@mail.boiler.example")
    async with database.transaction() as tx:
        with pytest.raises(LinkMissing):  # the earlier one holds no more
            await claims.prove_by_mail(tx, viewer_of(mara), first, NOW)
        with pytest.raises(LinkMissing):  # whoever reads the mail did not ask for it
            await claims.prove_by_mail(tx, viewer_of(ivo), secret, NOW)
        with pytest.raises(LinkMissing):
            await claims.prove_by_mail(tx, viewer_of(mara), secret, NOW + CLAIM_MAIL_LIFE)
    async with database.transaction() as tx:
        proved = await claims.prove_by_mail(tx, viewer_of(mara), secret, NOW)
    assert (proved.status, proved.proof) == (ClaimStatus.GRANTED, ClaimProof.MAIL)
    assert await owned_by(database, mara) == ["Boiler"]
    async with database.transaction() as tx:
        with pytest.raises(LinkMissing):
            await claims.prove_by_mail(tx, viewer_of(mara), secret, NOW)


async def test_a_link_proves_nothing_once_the_website_is_another(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    card = await stub(database, moda)
    secret = await mailed(database, mara, await claimed(database, mara, card), "info@boiler.example")
    async with database.transaction() as tx:
        await set_places(tx, card.party.id, website="https://elsewhere.example", links=None)
        with pytest.raises(ForeignAddress):
            await claims.prove_by_mail(tx, viewer_of(mara), secret, NOW)
    assert await owned_by(database, mara) == []


async def test_what_the_moderators_decide_is_told_and_recorded(database: Database):
    moda, mara = await moderator(database), await sign_up(database)
    claim = await waiting(database, mara, await stub(database, moda))
    async with database.transaction() as tx:
        await claims.decide_claim(tx, viewer_of(moda), claim.id, ClaimDecision.GRANTED, "Welcome", PAPER, NOW)
    mail = await database.pool.fetchrow("SELECT * FROM platform.mail WHERE kind = 'claim_decided'")
    assert mail and mail["recipient"] == "mara@example.org"
    assert "Welcome" in mail["body"] and "https://scene.example/venues/boiler" in mail["body"]
    act = await database.pool.fetchrow("SELECT * FROM accounts.audit_entry ORDER BY seq DESC LIMIT 1")
    assert act and act["act"] == "profile.claim_decided" and act["actor_id"] == moda.id

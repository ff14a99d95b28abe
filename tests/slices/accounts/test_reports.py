"""Reports, cases, decisions and appeals, with the real subjects of catalog and accounts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer
from tests.support.jobs import run_queued
from tests.support.people import sign_up, viewer_of
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import (
    TELL_REPORTERS,
    GuestDesk,
    PartyKind,
    ReporterMailer,
    Role,
    SignedInViewer,
    Viewer,
    create_card,
    get_card,
    get_places,
    set_scene_role,
)
from basedmusic.accounts.contracts import (
    AppealedAlready,
    AppealElsewhere,
    CaseDecided,
    CaseMissing,
    CaseState,
    CaseTaken,
    Decision,
    DecisionUnfit,
    Hand,
    LimitReached,
    LinkMissing,
    ModeratorsOnly,
    OwnCase,
    OwnReport,
    Reason,
    ReportedAlready,
    SubjectKind,
    SubjectMissing,
)
from basedmusic.accounts.service import moderation, reports, safety
from basedmusic.accounts.service.moderation import Verdict
from basedmusic.accounts.service.suspensions import suspend_account
from basedmusic.accounts.tokens import Secret
from basedmusic.app.wiring import REPORT_SUBJECTS
from basedmusic.catalog import MusicSubject, Track, create_release, get_artist, get_track
from basedmusic.catalog import service as catalog
from basedmusic.catalog.contracts import ReleaseKind, TakenDown, TrackMissing
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Letterhead, list_mails

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DESK = GuestDesk(Letterhead("Rust Harbour", "http://127.0.0.1"), b"k" * 32)
PAGE = PageRequest(100)
TAKE_DOWN = Verdict(Decision.TAKE_DOWN, Reason.NOT_THEIRS, "It is Ivo's song.")


class Town:
    def __init__(
        self, owner: SignedInViewer, reporter: SignedInViewer, mods: list[SignedInViewer], track: Track
    ):
        self.owner, self.reporter, self.mods, self.track = owner, reporter, mods, track


@pytest.fixture
async def town(database: Database) -> Town:
    owner, reporter = (
        viewer_of(await sign_up(database)),
        viewer_of(await sign_up(database, "ivo@example.org", "Ivo")),
    )
    async with database.transaction() as tx:
        mods = [await make_viewer(tx, "Mod"), await make_viewer(tx, "Other mod")]
        for mod in mods:
            await set_scene_role(tx, mod.account_id, Role.MODERATOR)
        artist = await make_artist(tx, owner)
        return Town(owner, reporter, mods, await make_track(tx, owner, artist, publish=True))


async def report(
    database: Database,
    viewer: Viewer,
    subject_id: UUID,
    kind: SubjectKind = SubjectKind.TRACK,
    *,
    words: str = "I know this one.",
    contact: str | None = None,
    now: datetime = NOW,
) -> OwnReport:
    async with database.transaction() as tx:
        return await reports.report(
            tx,
            viewer,
            REPORT_SUBJECTS,
            DESK,
            kind=kind,
            subject_id=subject_id,
            reason=Reason.NOT_THEIRS,
            words=words,
            contact=contact,
            now=now,
        )


async def the_case(database: Database, mod: SignedInViewer, state: CaseState = CaseState.OPEN) -> UUID:
    async with database.connection() as conn:
        (case,) = (await moderation.list_cases(conn, mod, state, PAGE)).items
    return case.id


async def decide(tx: Tx, mod: SignedInViewer, case_id: UUID, verdict: Verdict = TAKE_DOWN) -> None:
    await moderation.decide_case(tx, mod, REPORT_SUBJECTS, DESK.letterhead, case_id, verdict, NOW)


async def mails(database: Database) -> dict[str, str]:
    """By kind and address, what stands in them, once the jobs have run."""
    await run_queued(database, {TELL_REPORTERS: ReporterMailer(database, DESK).run})
    async with database.connection() as conn:
        return {f"{one.kind} {one.to}": one.text for one in await list_mails(conn, PAGE)}


async def test_many_reports_are_one_case_and_its_evidence_outlives_the_thing(database: Database, town: Town):
    made = await report(database, town.reporter, town.track.id)
    guest = await report(database, NOBODY, town.track.id, contact="Guest@Example.org")
    with pytest.raises(ReportedAlready):
        await report(database, town.reporter, town.track.id)
    for nothing in (uuid4(), town.owner.account_id):
        with pytest.raises(SubjectMissing):
            await report(database, town.reporter, nothing)
    assert made.reference != guest.reference and made.state is CaseState.OPEN
    async with database.transaction() as tx:
        await catalog.edit_track(tx, town.owner, town.track.id, title="Nothing to see")
        await catalog.delete_track(tx, town.owner, town.track.id)
        await tx.conn.execute("DELETE FROM catalog.track")
    mod = town.mods[0]
    async with database.connection() as conn:
        file = await moderation.get_case(conn, mod, await the_case(database, mod))
    assert (file.case.reports, file.case.title) == (2, "Low water")
    evidence = file.reports[0].evidence
    assert town.track.source and evidence["sound_sha256"] == town.track.source.sha256.hex()
    assert (evidence["title"], evidence["artist"]) == ("Low water", "Tide Tables")
    assert [one.by_guest for one in file.reports] == [False, True]
    assert "ivo" not in repr(file).lower() and "guest@" not in repr(file).lower()


async def test_a_guest_sees_by_the_mails_link_what_became_of_it(database: Database, town: Town):
    await report(database, NOBODY, town.track.id, contact="guest@example.org")
    link = (await mails(database))["report_received guest@example.org"]
    secret = Secret(link.split("/report#")[1].split()[0])
    async with database.connection() as conn:
        assert (await reports.get_report_by_link(conn, secret, NOW)).state is CaseState.OPEN
        with pytest.raises(LinkMissing):
            await reports.get_report_by_link(conn, Secret("x"), NOW)
    async with database.transaction() as tx:
        await decide(tx, town.mods[0], await the_case(database, town.mods[0]))
    async with database.connection() as conn:
        assert (await reports.get_report_by_link(conn, secret, NOW)).decision is Decision.TAKE_DOWN


async def test_a_mail_to_any_address_holds_no_word_of_whoever_entered_it(database: Database, town: Town):
    async with database.transaction() as tx:
        await catalog.edit_track(tx, town.owner, town.track.id, title="Buy at evil.example")
    await report(database, NOBODY, town.track.id, words="evil.example", contact="guest@example.org")
    await report(database, town.reporter, town.track.id)
    mod = town.mods[0]
    async with database.transaction() as tx:
        await decide(tx, mod, await the_case(database, mod))
    assert await mails(database)
    async with database.connection() as conn:
        sent = [one for one in await list_mails(conn, PAGE) if one.kind.startswith("report_")]
    assert sorted(one.to for one in sent) == ["guest@example.org", "guest@example.org", "ivo@example.org"]
    assert not any("evil.example" in one.subject + one.text + one.html for one in sent)


async def test_an_address_is_written_to_once_a_case_and_that_it_was_given_before_is_not_told(
    database: Database, town: Town
):
    first = await report(database, NOBODY, town.track.id, contact="guest@example.org")
    second = await report(database, NOBODY, town.track.id, contact="Guest@Example.org")
    assert first.reference != second.reference
    async with database.transaction() as tx:
        await decide(tx, town.mods[0], await the_case(database, town.mods[0]))
    assert await mails(database)
    async with database.connection() as conn:
        sent = [one.kind for one in await list_mails(conn, PAGE) if one.to.lower() == "guest@example.org"]
    assert sorted(sent) == ["report_decided", "report_received"]


async def test_an_address_hears_of_five_reports_a_day(database: Database, town: Town):
    async with database.transaction() as tx:
        artist = await get_artist(tx.conn, town.owner, town.track.artist.id)
        tracks = [await make_track(tx, town.owner, artist, f"t{n}", publish=True) for n in range(7)]
    for track in tracks[:6]:
        await report(database, NOBODY, track.id, contact="guest@example.org")
    held = "SELECT count(*) FROM accounts.report WHERE contact = 'guest@example.org'"
    assert await database.pool.fetchval(held) == 5
    await report(
        database, NOBODY, tracks[6].id, contact="guest@example.org", now=NOW + timedelta(days=1, seconds=1)
    )
    assert await database.pool.fetchval(held) == 6


async def test_all_who_reported_are_told_once_however_many(database: Database, town: Town):
    for number in range(5):
        await report(database, NOBODY, town.track.id, contact=f"guest{number}@example.org")
    async with database.transaction() as tx:
        await decide(tx, town.mods[0], await the_case(database, town.mods[0]))
    await run_queued(database, {TELL_REPORTERS: ReporterMailer(database, DESK, batch=2).run})
    async with database.connection() as conn:
        told = [one.to for one in await list_mails(conn, PAGE) if one.kind == "report_decided"]
    assert sorted(told) == [f"guest{number}@example.org" for number in range(5)]


async def test_an_address_that_wants_no_mail_gets_none(database: Database, town: Town):
    async def silence(address: str) -> None:
        await database.pool.execute(
            "INSERT INTO accounts.silenced_address (address_hash, since) VALUES ($1, $2)",
            DESK.address_hash(address),
            NOW,
        )

    await silence("quiet@example.org")
    await report(database, NOBODY, town.track.id, contact="Quiet@example.org")
    await report(database, NOBODY, town.track.id, contact="later@example.org")
    await silence("later@example.org")
    async with database.transaction() as tx:
        await decide(tx, town.mods[0], await the_case(database, town.mods[0]))
    assert set(await mails(database)) == {
        "report_received later@example.org",
        "statement_of_reasons mara@example.org",
    }


async def test_what_is_taken_down_is_gone_for_others_and_cannot_be_published_and_both_sides_are_told(
    database: Database, town: Town
):
    await report(database, town.reporter, town.track.id)
    mod = town.mods[0]
    case_id = await the_case(database, mod)
    async with database.transaction() as tx:
        await moderation.claim_case(tx, mod, case_id, NOW)
        await decide(tx, mod, case_id)
    async with database.transaction() as tx:
        with pytest.raises(TrackMissing):
            await get_track(tx.conn, NOBODY, town.track.id)
        assert (await get_track(tx.conn, town.owner, town.track.id)).title == "Low water"
        with pytest.raises(TakenDown):
            await catalog.publish_track(tx, town.owner, town.track.id)
    told = await mails(database)
    assert "It is Ivo's song." in told["statement_of_reasons mara@example.org"]
    assert "took it down" in told["report_decided ivo@example.org"]
    assert "ivo@" not in told["statement_of_reasons mara@example.org"]
    acts = await database.pool.fetch("SELECT act FROM accounts.audit_entry ORDER BY seq")
    assert [row["act"] for row in acts][-2:] == ["case.claimed", "case.decided"]


async def test_an_appeal_goes_once_and_to_another_moderator_who_may_restore(database: Database, town: Town):
    await report(database, town.reporter, town.track.id)
    first, second = town.mods
    case_id = await the_case(database, first)
    with pytest.raises(CaseMissing):
        async with database.transaction() as tx:
            await moderation.appeal(tx, town.owner, case_id, "Not decided yet", NOW)
    async with database.transaction() as tx:
        await decide(tx, first, case_id)
    async with database.connection() as conn:
        (about,) = (await moderation.list_decisions_about(conn, town.owner, PAGE)).items
        assert list((await moderation.list_decisions_about(conn, town.reporter, PAGE)).items) == []
    assert about.facts == "It is Ivo's song."
    with pytest.raises(CaseMissing):
        async with database.transaction() as tx:
            await moderation.appeal(tx, town.reporter, case_id, "Not about me", NOW)
    async with database.transaction() as tx:
        await moderation.appeal(tx, town.owner, case_id, "It is ours since 2019.", NOW)
    restore = Verdict(Decision.RESTORE, Reason.NOT_THEIRS, "The demo of 2019 is there.")
    with pytest.raises(AppealElsewhere):
        async with database.transaction() as tx:
            await decide(tx, first, case_id, restore)
    with pytest.raises(AppealElsewhere):  # nor keep it from the others
        async with database.transaction() as tx:
            await moderation.claim_case(tx, first, case_id, NOW)
    with pytest.raises(DecisionUnfit):
        async with database.transaction() as tx:
            await decide(tx, second, case_id, TAKE_DOWN)
    async with database.transaction() as tx:
        await decide(tx, second, case_id, restore)
        assert (await get_track(tx.conn, NOBODY, town.track.id)).title == "Low water"
    with pytest.raises(AppealedAlready):
        async with database.transaction() as tx:
            await moderation.appeal(tx, town.owner, case_id, "Again", NOW)


async def test_nobody_moderates_their_own(database: Database, town: Town):
    reporting, member = town.mods
    await report(database, reporting, town.track.id)
    await database.pool.execute(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           VALUES ($1, $2, 'door', 'artist')""",
        town.track.artist.id,
        member.account_id,
    )
    case_id = await database.pool.fetchval("SELECT id FROM accounts.moderation_case")
    assert case_id is not None
    for mod in town.mods:
        async with database.connection() as conn:
            assert list((await moderation.list_cases(conn, mod, CaseState.OPEN, PAGE)).items) == []
            with pytest.raises(OwnCase):
                await moderation.get_case(conn, mod, case_id)
        with pytest.raises(OwnCase):
            async with database.transaction() as tx:
                await decide(tx, mod, case_id)
    for stranger in (town.reporter, town.owner):
        with pytest.raises(ModeratorsOnly):
            async with database.transaction() as tx:
                await decide(tx, stranger, case_id)


async def test_a_claimed_case_is_anothers_until_given_back(database: Database, town: Town):
    await report(database, town.reporter, town.track.id)
    first, second = town.mods
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await moderation.claim_case(tx, first, case_id, NOW)
        await moderation.claim_case(tx, first, case_id, NOW)
    for act in (moderation.claim_case, moderation.release_case):
        with pytest.raises(CaseTaken, match="Mod has"):
            async with database.transaction() as tx:
                await act(tx, second, case_id, NOW)
    async with database.transaction() as tx:
        await moderation.release_case(tx, first, case_id, NOW)
        await moderation.claim_case(tx, second, case_id, NOW)
        await decide(tx, second, case_id, Verdict(Decision.NO_ACTION, Reason.OTHER, "Nothing in it."))
    with pytest.raises(CaseDecided):
        async with database.transaction() as tx:
            await moderation.claim_case(tx, first, case_id, NOW)
    # Nothing came of it, so whoever was reported learns nothing of it.
    assert set(await mails(database)) == {"report_decided ivo@example.org"}


@pytest.mark.parametrize(
    "end",
    [
        "DELETE FROM accounts.membership WHERE account_id = $1 AND party_kind = 'scene'",
        "UPDATE accounts.account SET suspended_at = now(), suspension_reason = 'x' WHERE id = $1",
    ],
    ids=["demoted", "suspended"],
)
async def test_a_claim_ends_with_the_moderator_who_made_it(database: Database, town: Town, end: str):
    await report(database, town.reporter, town.track.id)
    first, second = town.mods
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await moderation.claim_case(tx, first, case_id, NOW)
    assert await the_case(database, second, CaseState.CLAIMED) == case_id
    await database.pool.execute(end, first.account_id)
    assert await the_case(database, second) == case_id
    async with database.connection() as conn:
        assert list((await moderation.list_cases(conn, second, CaseState.CLAIMED, PAGE)).items) == []
    async with database.transaction() as tx:
        case = await moderation.claim_case(tx, second, case_id, NOW)
        assert (case.claimed_by, case.state) == (second.account_id, CaseState.CLAIMED)
        await decide(tx, second, case_id)


async def test_an_admin_may_give_back_anybodys_claim(database: Database, town: Town):
    await report(database, town.reporter, town.track.id)
    first, admin = town.mods
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await set_scene_role(tx, admin.account_id, Role.ADMIN)
        await moderation.claim_case(tx, first, case_id, NOW)
    with pytest.raises(CaseTaken):
        async with database.transaction() as tx:
            await moderation.claim_case(tx, admin, case_id, NOW)
    async with database.transaction() as tx:
        await moderation.release_case(tx, admin, case_id, NOW)
    assert await the_case(database, admin) == case_id


async def test_an_artists_text_is_hidden_and_a_person_is_suspended(database: Database, town: Town):
    async with database.transaction() as tx:
        await catalog.edit_artist(
            tx,
            town.owner,
            town.track.artist.id,
            bio="Words that should not be",
            website="bad.example",
            links=["worse.example"],
        )
    await report(database, town.reporter, town.track.artist.id, SubjectKind.ARTIST)
    mod = town.mods[0]
    async with database.transaction() as tx:
        await decide(tx, mod, await the_case(database, mod))
        assert (await get_artist(tx.conn, NOBODY, town.track.artist.id)).bio == ""
        assert (await get_artist(tx.conn, town.owner, town.track.artist.id)).bio == "Words that should not be"
        for viewer, places in (
            (NOBODY, (None, ())),
            (town.owner, ("https://bad.example/", ("https://worse.example/",))),
        ):
            seen = await get_artist(tx.conn, viewer, town.track.artist.id)
            told = await get_places(tx.conn, viewer, town.track.artist.id)
            assert (seen.website, seen.links) == places == (told.website, told.links)
    await report(database, town.reporter, town.owner.account_id, SubjectKind.PERSON)
    person = await the_case(database, mod)
    with pytest.raises(DecisionUnfit):
        async with database.transaction() as tx:
            await decide(tx, mod, person)
    async with database.transaction() as tx:
        await decide(
            tx, mod, person, Verdict(Decision.SUSPEND, Reason.HARASSMENT, "Threats in three mails.", 7)
        )
    suspended = await database.pool.fetchval(
        "SELECT suspended_at IS NOT NULL FROM accounts.account WHERE id = $1", town.owner.account_id
    )
    assert suspended is True


async def test_an_appeal_lifts_the_suspension_of_whom_the_case_suspended(database: Database, town: Town):
    """Not of whoever runs the profile by then, who may be suspended for something else."""
    profile = town.track.artist.id
    await report(database, town.reporter, profile, SubjectKind.ARTIST)
    first, second = town.mods
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await decide(tx, first, case_id, Verdict(Decision.SUSPEND, Reason.SPAM, "Two hundred adverts."))
        await moderation.appeal(tx, town.owner, case_id, "It was not me.", NOW)
        await tx.conn.execute(
            "UPDATE accounts.membership SET account_id = $2 WHERE party_id = $1",
            profile,
            town.reporter.account_id,
        )
        await suspend_account(tx, Hand.SHELL, town.reporter.account_id, "Something else", None, NOW)
    await database.pool.execute("UPDATE accounts.report SET reporter_id = NULL")
    async with database.transaction() as tx:
        await decide(tx, second, case_id, Verdict(Decision.RESTORE, Reason.SPAM, "It was another."))
    suspended = await database.pool.fetch("SELECT id FROM accounts.account WHERE suspended_at IS NOT NULL")
    assert [row["id"] for row in suspended] == [town.reporter.account_id]


@pytest.mark.parametrize("since", [True, False], ids=["suspended anew", "control"])
async def test_an_appeal_ends_what_its_case_did_and_nothing_done_since(
    database: Database, town: Town, since: bool
):
    await report(database, town.reporter, town.track.artist.id, SubjectKind.ARTIST)
    first, second = town.mods
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await decide(tx, first, case_id, Verdict(Decision.SUSPEND, Reason.SPAM, "Two hundred adverts."))
        await moderation.appeal(tx, town.owner, case_id, "It was not me.", NOW)
        if since:
            await suspend_account(tx, Hand.SHELL, town.owner.account_id, "Threats, later", None, NOW)
    async with database.transaction() as tx:
        await decide(tx, second, case_id, Verdict(Decision.RESTORE, Reason.SPAM, "It was another."))
    left = await database.pool.fetch(
        "SELECT suspension_reason FROM accounts.account WHERE suspended_at IS NOT NULL"
    )
    assert [row["suspension_reason"] for row in left] == (["Threats, later"] if since else [])


async def test_what_another_decision_took_down_stays_down(database: Database, town: Town):
    first, second = town.mods
    cases: list[UUID] = []
    for reporter, kind, subject in (
        (town.reporter, SubjectKind.TRACK, town.track.id),
        (town.owner, SubjectKind.TRACK, town.track.id),  # whom alone it is shown to by then
        (town.reporter, SubjectKind.ARTIST, town.track.artist.id),
        (NOBODY, SubjectKind.ARTIST, town.track.artist.id),
    ):
        await report(database, reporter, subject, kind)
        cases.append(await the_case(database, first))
        async with database.transaction() as tx:
            await decide(tx, first, cases[-1])
    restore = Verdict(Decision.RESTORE, Reason.NOT_THEIRS, "The demo of 2019 is there.")
    hidden = "SELECT text_hidden_at IS NOT NULL FROM accounts.party WHERE id = $1"
    for number in (0, 2):
        async with database.transaction() as tx:
            await moderation.appeal(tx, town.owner, cases[number], "It is ours.", NOW)
            await decide(tx, second, cases[number], restore)
    assert await database.pool.fetchval(hidden, town.track.artist.id)
    async with database.connection() as conn:
        with pytest.raises(TrackMissing):
            await get_track(conn, NOBODY, town.track.id)
    for number in (1, 3):
        async with database.transaction() as tx:
            await moderation.appeal(tx, town.owner, cases[number], "It is ours.", NOW)
            await decide(tx, second, cases[number], restore)
    assert not await database.pool.fetchval(hidden, town.track.artist.id)
    async with database.connection() as conn:
        assert (await get_track(conn, NOBODY, town.track.id)).title == "Low water"


async def test_what_is_reported_while_an_appeal_waits_is_a_case_of_its_own(database: Database, town: Town):
    first, second = town.mods
    await report(database, town.reporter, town.track.id)
    case_id = await the_case(database, first)
    async with database.transaction() as tx:
        await decide(tx, first, case_id, Verdict(Decision.WARN, Reason.SPAM, "Adverts."))
        await moderation.appeal(tx, town.owner, case_id, "It is music.", NOW)
    await report(database, NOBODY, town.track.id)
    async with database.connection() as conn:
        waiting = (await moderation.list_cases(conn, second, CaseState.OPEN, PAGE)).items
    (anew,) = [one.id for one in waiting if one.id != case_id]
    async with database.transaction() as tx:
        await decide(tx, first, anew)
        with pytest.raises(TrackMissing):
            await get_track(tx.conn, NOBODY, town.track.id)


@pytest.mark.parametrize("kind", [SubjectKind.TRACK, SubjectKind.RELEASE])
async def test_what_is_restored_stands_where_it_stood(database: Database, town: Town, kind: SubjectKind):
    """Not on top of what is new, as if it had come out again."""
    out = datetime(2026, 3, 1, 12, tzinfo=UTC)
    subject, track_id = MusicSubject(), town.track.id
    async with database.transaction() as tx:
        release = await create_release(tx, town.owner, town.track.artist.id, title="Ebb", kind=ReleaseKind.EP)
        await tx.conn.execute(
            "UPDATE catalog.track SET release_id = $2, position = 1, published_at = $3 WHERE id = $1",
            track_id,
            release.id,
            out,
        )
        await tx.conn.execute(
            "UPDATE catalog.release SET publication = 'published', published_at = $2 WHERE id = $1",
            release.id,
            out,
        )
        subject_id = track_id if kind is SubjectKind.TRACK else release.id
        await subject.take_down(tx, kind, subject_id)
        assert (
            await tx.conn.fetchval("SELECT published_at FROM catalog.track WHERE id = $1", track_id) is None
        )
        await subject.restore(tx, kind, subject_id)
        for table in ("track", "release"):
            rows = await tx.conn.fetch(
                f"SELECT publication, published_at, taken_down_published_at AS kept FROM catalog.{table}"
            )
            assert [tuple(row) for row in rows if row["publication"] == "published"] == [
                ("published", out, None)
            ]


async def test_a_venues_hidden_text_takes_its_website_along(database: Database, town: Town):
    async with database.transaction() as tx:
        venue = await create_card(
            tx, town.owner, PartyKind.VENUE, name="Boiler", city="Rust Harbour", website="bad.example"
        )
        await tx.conn.execute(
            "UPDATE accounts.party SET text_hidden_at = now() WHERE id = $1", venue.party.id
        )
        for viewer, website in ((NOBODY, None), (town.owner, "https://bad.example/")):
            card = await get_card(tx.conn, viewer, PartyKind.VENUE, venue.party.id)
            assert card.places.website == website


async def test_a_block_keeps_nobody_from_reporting(database: Database, town: Town):
    async with database.transaction() as tx:
        await safety.block(tx, town.owner, town.reporter.account_id)
        await safety.block(tx, town.reporter, town.owner.account_id)
    await report(database, town.reporter, town.track.id)
    await report(database, town.reporter, town.owner.account_id, SubjectKind.PERSON)


async def test_a_new_account_reports_five_times_a_day(database: Database, town: Town):
    async with database.transaction() as tx:
        artist = await get_artist(tx.conn, town.owner, town.track.artist.id)
        tracks = [await make_track(tx, town.owner, artist, f"t{n}", publish=True) for n in range(6)]
    for track in tracks[:5]:
        await report(database, town.reporter, track.id)
    with pytest.raises(LimitReached, match="come back in 24 hours") as refused:
        await report(database, town.reporter, tracks[5].id)
    assert refused.value.extra["retry_after_s"] == 86_400
    await report(database, town.reporter, tracks[5].id, now=NOW + timedelta(days=1))
    with pytest.raises(Invalid):
        await report(database, NOBODY, tracks[0].id, words="x" * 2001)


async def test_evidence_goes_half_a_year_after_the_decision(database: Database, town: Town):
    await report(database, town.reporter, town.track.id)
    mod = town.mods[0]
    async with database.transaction() as tx:
        await decide(tx, mod, await the_case(database, mod))
    for days, left in ((182, 1), (184, 0)):
        async with database.connection() as conn:
            await sweep_accounts(conn, NOW + timedelta(days=days))
        assert await database.pool.fetchval("SELECT count(*) FROM accounts.report") == left

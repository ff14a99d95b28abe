"""Two moderators at one case. First shown with the guard off."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from tests.support.factories import make_artist, make_track, make_viewer
from tests.support.unguarded import Rendezvous, Unguarded, on

from basedmusic.accounts import GuestDesk, Role, SignedInViewer, set_scene_role
from basedmusic.accounts.contracts import CaseDecided, Decision, Reason, SubjectKind
from basedmusic.accounts.service import moderation, reports
from basedmusic.app.wiring import REPORT_SUBJECTS
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DESK = GuestDesk(Letterhead("Rust Harbour", "http://127.0.0.1"), b"k" * 32)
TAKE_DOWN = moderation.Verdict(Decision.TAKE_DOWN, Reason.NOT_THEIRS, "It is Ivo's song.")
UNLOCKED = {" FOR UPDATE": "", " FOR NO KEY UPDATE": ""}


@pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(database: Database, guarded: bool):
    async with database.transaction() as tx:
        owner, reporter, *mods = [await make_viewer(tx, name) for name in ("Mara", "Ivo", "Mod", "Other mod")]
        for mod in mods:
            await set_scene_role(tx, mod.account_id, Role.MODERATOR)
        track = await make_track(tx, owner, await make_artist(tx, owner), publish=True)
        case_id = await _report(tx, reporter, track.id)
    # Without the guard nothing holds anybody back, so both come, however busy the machine is.
    rendezvous = Rendezvous(2, 0.4 if guarded else 10)

    async def decide(mod: SignedInViewer) -> None:
        async with database.transaction() as tx:
            conn = Unguarded(
                tx.conn,
                {} if guarded else UNLOCKED,
                meet_before="SET state = 'decided'",
                rendezvous=rendezvous,
            )
            await moderation.decide_case(
                on(tx, conn), mod, REPORT_SUBJECTS, DESK.letterhead, case_id, TAKE_DOWN, NOW
            )

    outcomes = await asyncio.gather(*map(decide, mods), return_exceptions=True)
    assert sum(isinstance(one, CaseDecided) for one in outcomes) == (1 if guarded else 0), outcomes
    decided = await database.pool.fetchval("SELECT count(*) FROM accounts.case_act WHERE act = 'decided'")
    assert decided == (1 if guarded else 2)


async def test_an_appeal_in_the_moment_of_another_report_are_two_cases(database: Database):
    async with database.transaction() as tx:
        owner, reporter, other, mod = [await make_viewer(tx, name) for name in ("Mara", "Ivo", "Lena", "Mod")]
        await set_scene_role(tx, mod.account_id, Role.MODERATOR)
        track = await make_track(tx, owner, await make_artist(tx, owner), publish=True)
        case_id = await _report(tx, reporter, track.id)
    warned = moderation.Verdict(Decision.WARN, Reason.NOT_THEIRS, "It is Ivo's song.")
    async with database.transaction() as tx:
        await moderation.decide_case(tx, mod, REPORT_SUBJECTS, DESK.letterhead, case_id, warned, NOW)
    rendezvous = Rendezvous(2, 10)

    async def appeal() -> None:
        async with database.transaction() as tx:
            conn = Unguarded(tx.conn, meet_before="SET state = 'open', appealed_at", rendezvous=rendezvous)
            await moderation.appeal(on(tx, conn), owner, case_id, "It is ours.", NOW)

    async def again() -> None:
        async with database.transaction() as tx:
            await _report(tx, other, track.id)
        await rendezvous.meet()

    appealed, reported = await asyncio.gather(appeal(), again(), return_exceptions=True)
    assert (appealed, reported) == (None, None)
    rows = await database.pool.fetch(
        "SELECT appealed_at IS NOT NULL AS appealed FROM accounts.moderation_case WHERE state = 'open' ORDER BY id"
    )
    assert [row["appealed"] for row in rows] == [True, False]


async def _report(tx: Tx, reporter: SignedInViewer, track_id: UUID) -> UUID:
    """The case about it."""
    await reports.report(
        tx,
        reporter,
        REPORT_SUBJECTS,
        DESK,
        kind=SubjectKind.TRACK,
        subject_id=track_id,
        reason=Reason.NOT_THEIRS,
        words="",
        contact=None,
        now=NOW,
    )
    case_id = await tx.conn.fetchval("SELECT id FROM accounts.moderation_case WHERE state <> 'decided'")
    assert case_id is not None
    return case_id

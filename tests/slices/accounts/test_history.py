"""Listening histories on a real PostgreSQL: what is kept once, what deletions and pauses keep out, and for whom."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.support.factories import make_viewer
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import Play, Span, delete_heard, forget_heard, undo_deletion
from basedmusic.accounts.contracts import DeletionOver, HistoryEntryMissing, TooManyDeletions
from basedmusic.accounts.jobs import SWEEPS
from basedmusic.accounts.rules import history as rules
from basedmusic.accounts.service import pause_history, record_heard, resume_history
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVER = Span(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
HOUR = timedelta(hours=1)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as open_tx:
        yield open_tx


@pytest.fixture
async def mara(tx: Tx) -> AccountId:
    return (await make_viewer(tx)).account_id


def heard(*ago: timedelta) -> list[Play]:
    return [Play(uuid4(), uuid4(), NOW - one) for one in ago]


async def history(tx: Tx, account: AccountId) -> list[UUID]:
    rows = await tx.conn.fetch(
        "SELECT play_id FROM accounts.v_heard WHERE account_id = $1 ORDER BY heard_at DESC", account
    )
    return [row["play_id"] for row in rows]


async def test_a_report_that_is_sent_again_counts_once(tx: Tx, mara: AccountId):
    plays = heard(HOUR, 2 * HOUR)
    assert await record_heard(tx, mara, plays, NOW) == 2
    assert await record_heard(tx, mara, [*plays, *plays], NOW + HOUR) == 0
    assert await history(tx, mara) == [play.id for play in plays]


async def test_an_id_that_another_account_used_is_no_matter(tx: Tx, mara: AccountId):
    ivo = (await make_viewer(tx, "Ivo")).account_id
    plays = heard(HOUR)
    for account in (mara, ivo):
        assert await record_heard(tx, account, plays, NOW) == 1
    await delete_heard(tx, ivo, uuid4(), EVER, NOW)
    assert await history(tx, ivo) == []
    assert await history(tx, mara) == [plays[0].id]


async def test_one_entry_goes_and_comes_back(tx: Tx, mara: AccountId):
    first, second = plays = heard(HOUR, 2 * HOUR)
    await record_heard(tx, mara, plays, NOW)
    deletion = uuid4()
    for count in (1, 0):  # the second is a retry
        assert await delete_heard(tx, mara, deletion, first.id, NOW) == count
    assert await history(tx, mara) == [second.id]
    assert await record_heard(tx, mara, plays, NOW) == 0  # reported again, it stays out
    await undo_deletion(tx, mara, deletion)
    assert await history(tx, mara) == [first.id, second.id]
    with pytest.raises(DeletionOver):
        await undo_deletion(tx, mara, deletion)


async def test_what_is_not_ones_own_can_be_neither_deleted_nor_brought_back(tx: Tx, mara: AccountId):
    ivo = (await make_viewer(tx, "Ivo")).account_id
    plays, deletion = heard(HOUR), uuid4()
    await record_heard(tx, mara, plays, NOW)
    with pytest.raises(HistoryEntryMissing):
        async with tx.conn.transaction():
            await delete_heard(tx, ivo, uuid4(), plays[0].id, NOW)
    await delete_heard(tx, mara, deletion, plays[0].id, NOW)
    with pytest.raises(DeletionOver):
        await undo_deletion(tx, ivo, deletion)
    assert await history(tx, mara) == []


async def test_a_day_goes_with_what_a_device_tells_of_it_later(tx: Tx, mara: AccountId):
    day = Span(NOW - timedelta(days=1), NOW)
    before, on_it, late = heard(timedelta(days=2), 3 * HOUR, 2 * HOUR)
    await record_heard(tx, mara, [before, on_it], NOW)
    deletion = uuid4()
    assert await delete_heard(tx, mara, deletion, day, NOW) == 1
    assert await record_heard(tx, mara, [late], NOW + HOUR) == 0
    assert await history(tx, mara) == [before.id]
    await undo_deletion(tx, mara, deletion)
    assert await history(tx, mara) == [late.id, on_it.id, before.id]


async def test_after_everything_was_deleted_the_history_goes_on(tx: Tx, mara: AccountId):
    await record_heard(tx, mara, heard(HOUR, 2 * HOUR), NOW)
    assert await delete_heard(tx, mara, uuid4(), EVER, NOW) == 2
    later = [Play(uuid4(), uuid4(), NOW + HOUR)]
    assert await record_heard(tx, mara, later, NOW + HOUR) == 1
    assert await history(tx, mara) == [later[0].id]


async def test_an_hour_later_it_is_wiped_and_a_month_later_forgotten(tx: Tx, mara: AccountId):
    plays, deletion = heard(HOUR, 2 * HOUR), uuid4()
    await record_heard(tx, mara, plays, NOW)
    await delete_heard(tx, mara, deletion, EVER, NOW)
    assert await SWEEPS["history"](tx.conn, NOW + rules.UNDO_LIFE) == 0
    assert await SWEEPS["history"](tx.conn, NOW + rules.UNDO_LIFE + timedelta(seconds=1)) == 1
    assert await tx.conn.fetchval("SELECT count(track_id) FROM accounts.heard") == 0
    with pytest.raises(DeletionOver):
        await undo_deletion(tx, mara, deletion)
    assert await record_heard(tx, mara, plays, NOW + timedelta(days=20)) == 0
    await sweep_accounts(tx.conn, NOW + rules.GAP_LIFE + timedelta(seconds=1))
    for table in ("heard", "heard_gap"):
        assert await tx.conn.fetchval(f"SELECT count(*) FROM accounts.{table}") == 0


async def test_what_is_heard_in_a_pause_stays_out_however_late_it_is_told(tx: Tx, mara: AccountId):
    before, meanwhile = heard(3 * HOUR, HOUR)
    await record_heard(tx, mara, [before], NOW - 3 * HOUR)
    await pause_history(tx, mara, NOW - 2 * HOUR)
    await pause_history(tx, mara, NOW - HOUR / 2)  # again: it began when it began
    assert await record_heard(tx, mara, [meanwhile], NOW - HOUR) == 0
    assert await tx.conn.fetchval("SELECT count(*) FROM accounts.heard") == 1
    for _ in range(2):
        await resume_history(tx, mara, NOW)
    after = Play(uuid4(), uuid4(), NOW + HOUR)
    assert await record_heard(tx, mara, [meanwhile, after], NOW + HOUR) == 1
    assert await history(tx, mara) == [after.id, before.id]


async def test_the_oldest_go_with_the_first_play_of_a_month(tx: Tx, mara: AccountId):
    plays = heard(*(HOUR * n for n in range(1, 6)))
    await record_heard(tx, mara, plays, NOW, most=3)  # the first of its month: cut at once
    assert await history(tx, mara) == [play.id for play in plays[:3]]
    more = heard(timedelta(minutes=1), timedelta(minutes=2))
    await record_heard(tx, mara, more, NOW, most=3)
    assert len(await history(tx, mara)) == 5
    december = NOW + timedelta(days=20)
    last = Play(uuid4(), uuid4(), december)
    await record_heard(tx, mara, [last], december, most=3)
    assert await history(tx, mara) == [last.id, more[0].id, more[1].id]


async def test_a_purged_track_leaves_every_history(tx: Tx, mara: AccountId):
    first, second = plays = heard(HOUR, 2 * HOUR)
    await record_heard(tx, mara, plays, NOW)
    await forget_heard(tx, [first.track_id])
    assert await history(tx, mara) == [second.id]


async def test_too_many_single_deletions_are_refused_until_some_are_over(
    tx: Tx, mara: AccountId, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rules, "MAX_GAPS", 2)
    plays = heard(HOUR, 2 * HOUR, 3 * HOUR)
    await record_heard(tx, mara, plays, NOW)
    for play in plays[:2]:
        await delete_heard(tx, mara, uuid4(), play.id, NOW)
    with pytest.raises(TooManyDeletions):
        async with tx.conn.transaction():
            await delete_heard(tx, mara, uuid4(), plays[2].id, NOW)
    await sweep_accounts(tx.conn, NOW + 2 * HOUR)
    assert await delete_heard(tx, mara, uuid4(), plays[2].id, NOW + 2 * HOUR) == 1

"""Whom one may follow, how much, and who is listed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.factories import make_artist, make_viewer
from tests.support.people import found, give_role, sign_up, viewer_of
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import PartyKind, Role, SignedInViewer, follow, unfollow
from basedmusic.accounts.contracts import LibraryFull, LimitReached, OwnParty, PartyMissing
from basedmusic.accounts.rules.standing import LIMITS, Limited, Standing
from basedmusic.accounts.service import following, safety, teams
from basedmusic.accounts.service.preferences import change_preferences
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Database

pytestmark = pytest.mark.anyio
PAGE = PageRequest(100)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW = LIMITS[Limited.FOLLOWS][Standing.NEW]


async def names(conn: Connection, viewer: SignedInViewer, kind: PartyKind | None = None) -> list[str]:
    return [one.party.name for one in (await following.list_following(conn, viewer, kind, PAGE)).items]


async def test_who_follows_too_many_is_told(database: Database):
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        ebb, flow = await make_artist(tx, viewer, "Ebb"), await make_artist(tx, viewer, "Flow")
        for _ in range(2):
            await follow(tx, viewer, ebb.id, most=1)
        with pytest.raises(LibraryFull, match="unfollow one"):
            await follow(tx, viewer, flow.id, most=1)


async def test_nobody_follows_themselves_the_scene_nobody_or_who_did_not_allow_it(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    scene = await database.pool.fetchval("SELECT id FROM accounts.party WHERE kind = 'scene'")
    async with database.transaction() as tx:
        for party_id, refusal in (
            (mara.id, OwnParty),
            (scene, PartyMissing),
            (uuid4(), PartyMissing),
            (ivo.id, PartyMissing),
        ):
            with pytest.raises(refusal):
                await follow(tx, viewer_of(mara), party_id)
        await change_preferences(tx, ivo.id, NOW, followable=True)
        await follow(tx, viewer_of(mara), ivo.id)
        assert await names(tx.conn, viewer_of(mara), PartyKind.PERSON) == ["Ivo"]


async def test_who_is_about_to_leave_is_neither_followed_nor_listed(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    late = await sign_up(database, "late@example.org", "Late")
    async with database.transaction() as tx:
        await change_preferences(tx, ivo.id, NOW, followable=True)
        await follow(tx, viewer_of(mara), ivo.id)
        leaving = "INSERT INTO accounts.erasure (account_id, asked_at, due_at) VALUES ($1, $2, $3)"
        await tx.conn.execute(leaving, ivo.id, NOW, NOW + timedelta(days=14))
        assert await names(tx.conn, viewer_of(mara)) == []
        with pytest.raises(PartyMissing):
            await follow(tx, viewer_of(late), ivo.id)
        await tx.conn.execute("DELETE FROM accounts.erasure")
        assert await names(tx.conn, viewer_of(mara)) == ["Ivo"]


async def test_who_is_hidden_is_out_of_the_list_and_still_followed(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    room = await found(database, ivo, "The Annex", PartyKind.VENUE)
    async with database.transaction() as tx:
        await follow(tx, viewer_of(mara), room.id)
        await safety.hide_profile(tx, viewer_of(mara), room.id)
        assert await names(tx.conn, viewer_of(mara)) == []
        assert await tx.conn.fetchval("SELECT party_kind FROM accounts.follow") == "venue"


async def test_a_team_says_whom_of_it_one_may_follow_and_does(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    band = await found(database, mara, "Tide Tables")
    await give_role(database, band, ivo, Role.DOOR)

    async def told(conn: Connection, viewer: SignedInViewer) -> dict[str | None, tuple[bool, bool]]:
        members = (await teams.list_members(conn, viewer, band.id, PAGE)).items
        return {one.name: (one.followable, one.following) for one in members}

    async with database.transaction() as tx:
        assert await told(tx.conn, viewer_of(mara)) == {"Mara": (False, False), "Ivo": (False, False)}
        for one in (mara, ivo):
            await change_preferences(tx, one.id, NOW, followable=True)
        assert await told(tx.conn, viewer_of(mara)) == {"Mara": (False, False), "Ivo": (True, False)}
        await follow(tx, viewer_of(mara), ivo.id)
        assert await told(tx.conn, viewer_of(mara)) == {"Mara": (False, False), "Ivo": (True, True)}
        assert await told(tx.conn, viewer_of(ivo)) == {"Mara": (True, False), "Ivo": (False, False)}
        await change_preferences(tx, ivo.id, NOW, followable=False)
        assert (await told(tx.conn, viewer_of(mara)))["Ivo"] == (False, True)
        await safety.block(tx, viewer_of(ivo), mara.id)
        await change_preferences(tx, ivo.id, NOW, followable=True)
        assert (await told(tx.conn, viewer_of(mara)))["Ivo"] == (False, False)


async def test_what_counts_is_swept_after_it_does(database: Database):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    room = await found(database, ivo, "The Annex", PartyKind.VENUE)
    async with database.transaction() as tx:
        for _ in range(NEW.most):
            await follow(tx, viewer_of(mara), room.id, clock=lambda: NOW)
            await unfollow(tx, viewer_of(mara), room.id)
        await sweep_accounts(tx.conn, NOW)
        with pytest.raises(LimitReached):
            await follow(tx, viewer_of(mara), room.id, clock=lambda: NOW)
        await follow(tx, viewer_of(mara), room.id, clock=lambda: NOW + NEW.per)
        await sweep_accounts(tx.conn, NOW + timedelta(days=2))
        assert await tx.conn.fetchval("SELECT count(*) FROM accounts.counted") == 0


PRESS = st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 40))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(PRESS, max_size=12))
async def test_law_the_count_never_shrinks_by_unfollowing(
    database: Database, presses: list[tuple[int, bool, int]]
):
    """Whatever the presses: as many acts are kept as there were turns from not following to following."""
    acts, kept, now = 0, set[int](), NOW
    async with database.transaction() as tx:
        viewer, owner = await make_viewer(tx), await make_viewer(tx)
        parties = [await make_artist(tx, owner, f"Band {n}") for n in range(3)]
        for which, on, minutes in presses:
            now += timedelta(minutes=minutes)
            if on:
                acts += which not in kept
                kept.add(which)
                await follow(tx, viewer, parties[which].id, clock=lambda at=now: at)
            else:
                kept.discard(which)
                await unfollow(tx, viewer, parties[which].id)
            for table, number in (("counted", acts), ("follow", len(kept))):
                counted = f"SELECT count(*) FROM accounts.{table} WHERE account_id = $1"
                assert await tx.conn.fetchval(counted, viewer.account_id) == number

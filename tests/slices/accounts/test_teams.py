"""Teams on a real PostgreSQL: who may make whom what, and what stays when somebody goes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.support.people import found, give_role, sign_up, viewer_of

from basedmusic.accounts import Account, Party, Role
from basedmusic.accounts.contracts import (
    AlreadyAMember,
    InvitationMissing,
    LastOwner,
    MemberMissing,
    ModeratorsOnly,
    NotAMember,
    ProfileFrozen,
    RoleTooLow,
    TooManyInvitations,
)
from basedmusic.accounts.rules.teams import INVITATION_LIFE, MAX_INVITATIONS
from basedmusic.accounts.service import set_scene_role, teams
from basedmusic.accounts.tokens import Secret
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = PageRequest(limit=100)


async def people(database: Database, *names: str) -> list[Account]:
    return [await sign_up(database, f"{name.lower()}@example.org", name) for name in names]


async def band(database: Database) -> tuple[Party, Account, Account, Account]:
    """An owner, a manager and a member."""
    mara, ivo, lena = await people(database, "Mara", "Ivo", "Lena")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, Role.MANAGER)
    await give_role(database, party, lena, Role.MEMBER)
    return party, mara, ivo, lena


async def roles(database: Database, viewer: Account, party: Party) -> dict[str, Role]:
    async with database.connection() as conn:
        page = await teams.list_members(conn, viewer_of(viewer), party.id, ALL)
    return {member.name: member.role for member in page.items}


async def invited(database: Database, by: Account, party: Party, role: Role = Role.MEMBER) -> Secret:
    async with database.transaction() as tx:
        return (await teams.invite(tx, viewer_of(by), party.id, role, NOW)).secret


async def test_a_link_brings_one_person_in(database: Database):
    party, mara, ivo, _ = await band(database)
    joost, kim = await people(database, "Joost", "Kim")
    secret = await invited(database, ivo, party, Role.BOOKER)
    async with database.connection() as conn:
        offer = await teams.get_offer(conn, secret, NOW)
    assert (offer.party, offer.role, offer.invited_by) == (party, Role.BOOKER, "Ivo")
    async with database.transaction() as tx:
        await teams.accept_invitation(tx, viewer_of(joost), secret, NOW)
    assert (await roles(database, mara, party))["Joost"] is Role.BOOKER
    async with database.transaction() as tx:
        with pytest.raises(InvitationMissing):
            await teams.accept_invitation(tx, viewer_of(kim), secret, NOW)


async def test_a_member_who_tries_the_link_leaves_it_for_whom_it_was_meant(database: Database):
    party, mara, ivo, lena = await band(database)
    (joost,) = await people(database, "Joost")
    secret = await invited(database, mara, party, Role.OWNER)
    for already in (ivo, lena):
        async with database.transaction() as tx:
            with pytest.raises(AlreadyAMember):
                await teams.accept_invitation(tx, viewer_of(already), secret, NOW)
    async with database.transaction() as tx:
        await teams.accept_invitation(tx, viewer_of(joost), secret, NOW)
    assert (await roles(database, mara, party))["Lena"] is Role.MEMBER


@pytest.mark.parametrize(
    "ending", ["over", "taken back", "made by somebody who left", "made in another role"]
)
async def test_a_link_that_is_good_no_more(database: Database, ending: str):
    party, mara, ivo, _ = await band(database)
    (joost,) = await people(database, "Joost")
    secret = await invited(database, ivo, party)
    now = NOW
    async with database.transaction() as tx:
        if ending == "over":
            now = NOW + INVITATION_LIFE
        elif ending == "taken back":
            listed = await teams.list_invitations(tx.conn, viewer_of(mara), party.id, NOW, ALL)
            await teams.revoke_invitation(tx, viewer_of(mara), party.id, listed.items[0].id)
        elif ending == "made by somebody who left":
            await teams.leave(tx, viewer_of(ivo), party.id)
        else:
            await teams.change_role(tx, viewer_of(mara), party.id, ivo.id, Role.DOOR)
    async with database.transaction() as tx:
        with pytest.raises(InvitationMissing):
            await teams.accept_invitation(tx, viewer_of(joost), secret, now)


async def test_a_manager_makes_no_manager_and_touches_none(database: Database):
    party, mara, ivo, lena = await band(database)
    by = viewer_of(ivo)
    async with database.transaction() as tx:
        for role in (Role.OWNER, Role.MANAGER):
            with pytest.raises(RoleTooLow):
                await teams.invite(tx, by, party.id, role, NOW)
            with pytest.raises(RoleTooLow):
                await teams.change_role(tx, by, party.id, lena.id, role)
        with pytest.raises(RoleTooLow):
            await teams.remove_member(tx, by, party.id, mara.id)
        await teams.change_role(tx, by, party.id, lena.id, Role.DOOR)
    assert (await roles(database, mara, party))["Lena"] is Role.DOOR


async def test_the_last_owner_stays_until_there_is_another(database: Database):
    party, mara, ivo, _ = await band(database)
    async with database.transaction() as tx:
        for step in (
            teams.leave(tx, viewer_of(mara), party.id),
            teams.change_role(tx, viewer_of(mara), party.id, mara.id, Role.MEMBER),
            teams.remove_member(tx, viewer_of(mara), party.id, mara.id),
        ):
            with pytest.raises(LastOwner):
                await step
    async with database.transaction() as tx:
        await teams.change_role(tx, viewer_of(mara), party.id, ivo.id, Role.OWNER)
        await teams.leave(tx, viewer_of(mara), party.id)
    assert await roles(database, ivo, party) == {"Ivo": Role.OWNER, "Lena": Role.MEMBER}


async def test_strangers_learn_nothing(database: Database):
    party, mara, _, lena = await band(database)
    (kim,) = await people(database, "Kim")
    async with database.transaction() as tx:
        with pytest.raises(NotAMember):
            await teams.list_members(tx.conn, viewer_of(kim), party.id, ALL)
        with pytest.raises(NotAMember):
            await teams.leave(tx, viewer_of(kim), party.id)
        with pytest.raises(MemberMissing):
            await teams.remove_member(tx, viewer_of(mara), party.id, kim.id)
        with pytest.raises(RoleTooLow):
            await teams.list_invitations(tx.conn, viewer_of(lena), party.id, NOW, ALL)
        with pytest.raises(InvitationMissing):
            await teams.get_offer(tx.conn, Secret("no such thing"), NOW)


async def test_nobody_is_a_member_of_the_scene_by_these_ways(database: Database):
    (mara,) = await people(database, "Mara")
    async with database.transaction() as tx:
        await set_scene_role(tx, mara.id, Role.ADMIN)
        scene = PartyId(await tx.conn.fetchval("SELECT id FROM accounts.party WHERE kind = 'scene'"))  # type: ignore[arg-type]
        with pytest.raises(NotAMember):
            await teams.list_members(tx.conn, viewer_of(mara), scene, ALL)
        with pytest.raises(NotAMember):
            await teams.invite(tx, viewer_of(mara), scene, Role.OWNER, NOW)
        with pytest.raises(NotFound):
            await teams.freeze_profile(tx, viewer_of(mara), scene, NOW)


async def test_open_invitations_have_a_bound(database: Database):
    party, mara, *_ = await band(database)
    async with database.transaction() as tx:
        for _ in range(MAX_INVITATIONS):
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
        with pytest.raises(TooManyInvitations):
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
        await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW + INVITATION_LIFE)


async def test_a_dispute_stops_the_team_and_only_a_moderator_begins_or_ends_it(database: Database):
    party, mara, ivo, lena = await band(database)
    (joost,) = await people(database, "Joost")
    secret = await invited(database, mara, party)
    async with database.transaction() as tx:
        with pytest.raises(ModeratorsOnly):
            await teams.freeze_profile(tx, viewer_of(mara), party.id, NOW)
        await set_scene_role(tx, lena.id, Role.MODERATOR)
        await teams.freeze_profile(tx, viewer_of(lena), party.id, NOW)
        await teams.freeze_profile(tx, viewer_of(lena), party.id, NOW + timedelta(days=1))
        assert await tx.conn.fetchval("SELECT frozen_at FROM accounts.party WHERE id = $1", party.id) == NOW
    async with database.transaction() as tx:
        for step in (
            teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW),
            teams.change_role(tx, viewer_of(mara), party.id, ivo.id, Role.OWNER),
            teams.remove_member(tx, viewer_of(mara), party.id, ivo.id),
            teams.leave(tx, viewer_of(ivo), party.id),
            teams.accept_invitation(tx, viewer_of(joost), secret, NOW),
        ):
            with pytest.raises(ProfileFrozen):
                await step
    assert len(await roles(database, mara, party)) == 3
    async with database.transaction() as tx:
        await teams.freeze_profile(tx, viewer_of(lena), party.id, None)
        await teams.accept_invitation(tx, viewer_of(joost), secret, NOW)


async def test_members_come_in_pages_in_the_order_they_came(database: Database):
    party, mara, *_ = await band(database)
    names: list[str] = []
    page = PageRequest(limit=2)
    async with database.connection() as conn:
        while True:
            found_page = await teams.list_members(conn, viewer_of(mara), party.id, page)
            names += [member.name for member in found_page.items]
            if found_page.next is None:
                break
            page = PageRequest.parse(2, found_page.next, datetime.fromisoformat, UUID)
    assert names == ["Mara", "Ivo", "Lena"]

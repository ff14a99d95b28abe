"""Teams on a real PostgreSQL: who may make whom what, and what stays when somebody goes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from tests.support.people import found, give_role, sign_up, viewer_of
from tests.support.sweeping import sweep_accounts

from basedmusic.accounts import Account, Eraser, Party, Role, require_editor
from basedmusic.accounts.contracts import (
    AlreadyAMember,
    EraseAccount,
    InvitationMissing,
    LastOwner,
    LimitReached,
    MemberMissing,
    ModeratorsOnly,
    NotAMember,
    ProfileFrozen,
    RoleTooLow,
    TooManyInvitations,
)
from basedmusic.accounts.rules.standing import LIMITS, Limited, Standing
from basedmusic.accounts.rules.teams import INVITATION_LIFE, MAX_INVITATIONS
from basedmusic.accounts.service import set_scene_role, teams
from basedmusic.accounts.tokens import Secret
from basedmusic.app.wiring import POLICIES
from basedmusic.kernel.errors import Invalid, NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.db import Database
from basedmusic.platform.mail import Letterhead

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = PageRequest(limit=100)
PAPER = Letterhead("Rust Harbour", "https://scene.example")


async def people(database: Database, *names: str) -> list[Account]:
    return [await sign_up(database, f"{name.lower()}@example.org", name) for name in names]


async def band(database: Database) -> tuple[Party, Account, Account, Account]:
    """An owner, a manager and a member."""
    mara, ivo, lena = await people(database, "Mara", "Ivo", "Lena")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, Role.MANAGER)
    await give_role(database, party, lena, Role.MEMBER)
    return party, mara, ivo, lena


async def roles(database: Database, viewer: Account, party: Party) -> dict[str | None, Role]:
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
        await tx.conn.execute(  # past what one account may send in a day
            """INSERT INTO accounts.invitation (party_id, role, token_hash, invited_by, created_at, expires_at)
               SELECT $1, 'door', sha256(n::text::bytea), $2, $3::timestamptz - interval '2 days', $4
                 FROM generate_series(1, $5) n""",
            party.id,
            mara.id,
            NOW,
            NOW + INVITATION_LIFE,
            MAX_INVITATIONS,
        )
        with pytest.raises(TooManyInvitations):
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
        await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW + INVITATION_LIFE)


async def test_taking_invitations_back_makes_no_room_for_more(database: Database):
    party, mara, *_ = await band(database)
    most = LIMITS[Limited.INVITATIONS][Standing.NEW].most
    async with database.transaction() as tx:
        for _ in range(most):
            made = await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
            await teams.revoke_invitation(tx, viewer_of(mara), party.id, made.id)
        with pytest.raises(LimitReached):
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
        await sweep_accounts(tx.conn, NOW)
        with pytest.raises(LimitReached):  # what still counts is not swept
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW)
        tomorrow = NOW + timedelta(days=1)
        await sweep_accounts(tx.conn, tomorrow)
        assert await tx.conn.fetchval("SELECT count(*) FROM accounts.invited") == 0
        await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, tomorrow)


async def test_whoever_is_about_to_be_erased_is_no_name_to_the_others_any_more(database: Database):
    party, mara, ivo, lena = await band(database)
    secret = await invited(database, ivo, party)
    staying = {"Mara": Role.OWNER, "Ivo": Role.MANAGER, "Lena": Role.MEMBER}
    assert await roles(database, lena, party) == staying
    ask = "INSERT INTO accounts.erasure (account_id, asked_at, due_at) VALUES ($1, $2, $3)"
    await database.pool.execute(ask, ivo.id, NOW, NOW + timedelta(days=14))
    for viewer in (mara, lena):
        assert await roles(database, viewer, party) == {
            "Mara": Role.OWNER,
            None: Role.MANAGER,
            "Lena": Role.MEMBER,
        }
    async with database.transaction() as tx:
        (open_one,) = (await teams.list_invitations(tx.conn, viewer_of(mara), party.id, NOW, ALL)).items
        assert (open_one.invited_by, (await teams.get_offer(tx.conn, secret, NOW)).invited_by) == (None, None)
        # A place in the team can still be changed, and is told of without the name.
        changed = await teams.change_role(tx, viewer_of(mara), party.id, ivo.id, Role.DOOR)
        assert (changed.account_id, changed.name, changed.role) == (ivo.id, None, Role.DOOR)
    await database.pool.execute("DELETE FROM accounts.erasure")  # taken back
    assert await roles(database, lena, party) == staying | {"Ivo": Role.DOOR}


async def test_a_dispute_stops_the_team_and_only_a_moderator_begins_or_ends_it(database: Database):
    party, mara, ivo, _ = await band(database)
    joost, moda = await people(database, "Joost", "Moda")
    secret = await invited(database, mara, party)
    async with database.transaction() as tx:
        with pytest.raises(ModeratorsOnly):
            await teams.freeze_profile(tx, viewer_of(mara), party.id, NOW)
        await set_scene_role(tx, moda.id, Role.MODERATOR)
        await teams.freeze_profile(tx, viewer_of(moda), party.id, NOW)
        await teams.freeze_profile(tx, viewer_of(moda), party.id, NOW + timedelta(days=1))
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
        await teams.freeze_profile(tx, viewer_of(moda), party.id, None)
        await teams.accept_invitation(tx, viewer_of(joost), secret, NOW)


async def test_members_come_in_pages_in_the_order_they_came(database: Database):
    party, mara, *_ = await band(database)
    names: list[str | None] = []
    page = PageRequest(limit=2)
    async with database.connection() as conn:
        while True:
            found_page = await teams.list_members(conn, viewer_of(mara), party.id, page)
            names += [member.name for member in found_page.items]
            if found_page.next is None:
                break
            page = PageRequest.parse(2, found_page.next, datetime.fromisoformat, UUID)
    assert names == ["Mara", "Ivo", "Lena"]


async def test_handing_on_is_one_act(database: Database):
    party, mara, ivo, lena = await band(database)
    async with database.transaction() as tx:
        with pytest.raises(RoleTooLow):
            await teams.hand_on(tx, viewer_of(ivo), party.id, lena.id, None)
        with pytest.raises(Invalid):
            await teams.hand_on(tx, viewer_of(mara), party.id, mara.id, None)
        await teams.hand_on(tx, viewer_of(mara), party.id, lena.id, Role.BOOKER)
    assert await roles(database, ivo, party) == {
        "Mara": Role.BOOKER,
        "Ivo": Role.MANAGER,
        "Lena": Role.OWNER,
    }
    async with database.transaction() as tx:
        await teams.hand_on(tx, viewer_of(lena), party.id, ivo.id, None)
    assert await roles(database, ivo, party) == {"Mara": Role.BOOKER, "Ivo": Role.OWNER}


async def test_an_invitation_by_mail_carries_the_link_and_says_the_same_to_everybody(database: Database):
    party, mara, *_ = await band(database)
    bodies: list[str] = []
    for address in ("ivo@example.org", "nobody@example.org"):
        async with database.transaction() as tx:
            made = await teams.invite(
                tx, viewer_of(mara), party.id, Role.DOOR, NOW, address=address, letterhead=PAPER
            )
        body = await database.pool.fetchval("SELECT body FROM platform.mail WHERE recipient = $1", address)
        assert f"https://scene.example/join#{made.secret.text}" in body
        bodies.append(body.replace(made.secret.text, "").replace(address, ""))
    assert bodies[0] == bodies[1]
    async with database.connection() as conn:
        listed = await teams.list_invitations(conn, viewer_of(mara), party.id, NOW, ALL)
    assert [one.address for one in listed.items] == ["nobody@example.org", "ivo@example.org"]
    async with database.transaction() as tx:
        with pytest.raises(Invalid):
            await teams.invite(tx, viewer_of(mara), party.id, Role.DOOR, NOW, address="x", letterhead=PAPER)


@pytest.mark.parametrize(
    ("left", "heir"),
    [
        ([Role.DOOR, Role.MEMBER, Role.MANAGER], "P2"),
        ([Role.DOOR, Role.MEMBER, Role.MEMBER], "P1"),
        ([Role.OWNER, Role.MANAGER], "P0"),
        ([Role.DOOR, Role.BOOKER], None),
        ([], None),
    ],
)
async def test_what_somebody_owns_outlives_their_account(
    database: Database, tmp_path: Path, left: list[Role], heir: str | None
):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    for n, role in enumerate(left):
        await give_role(database, party, await sign_up(database, f"p{n}@example.org", f"P{n}"), role)
    await database.pool.execute(
        "INSERT INTO accounts.erasure (account_id, asked_at, due_at) VALUES ($1, $2, $3)",
        mara.id,
        NOW - timedelta(days=14),
        NOW,
    )
    await Eraser(database, FolderBlobs(tmp_path), POLICIES, lambda: NOW).run(EraseAccount(mara.id))
    owners = await database.pool.fetch(
        """SELECT p.name FROM accounts.membership m JOIN accounts.party p ON p.id = m.account_id
            WHERE m.party_id = $1 AND m.role = 'owner'""",
        party.id,
    )
    assert [row["name"] for row in owners] == ([heir] if heir else [])
    claimable = await database.pool.fetchval(
        "SELECT claimable FROM accounts.v_profile WHERE id = $1", party.id
    )
    assert claimable is (heir is None)


CHANGES = {
    "change a role": lambda tx, by, party, other: teams.change_role(tx, by, party, other, Role.DOOR),
    "remove": lambda tx, by, party, other: teams.remove_member(tx, by, party, other),
    "hand on": lambda tx, by, party, other: teams.hand_on(tx, by, party, other, None),
    "invite": lambda tx, by, party, other: teams.invite(tx, by, party, Role.DOOR, NOW),
    "invite by mail": lambda tx, by, party, other: teams.invite(
        tx, by, party, Role.DOOR, NOW, address="x@example.org", letterhead=PAPER
    ),
    "take back": lambda tx, by, party, other: teams.revoke_invitation(tx, by, party, other),
    "leave": lambda tx, by, party, other: teams.leave(tx, by, party),
    "edit": lambda tx, by, party, other: require_editor(tx.conn, by, party),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_dispute_freezes_every_change(database: Database, change: str):
    party, mara, ivo, _ = await band(database)
    moda = await sign_up(database, "moda@example.org", "Moda")
    async with database.transaction() as tx:
        await set_scene_role(tx, moda.id, Role.MODERATOR)
        await teams.freeze_profile(tx, viewer_of(moda), party.id, NOW)
    async with database.transaction() as tx:
        with pytest.raises(ProfileFrozen):
            await CHANGES[change](tx, viewer_of(mara), party.id, ivo.id)

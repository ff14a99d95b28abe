"""Roles in a party and in the scene, on the database that holds them."""

from uuid import UUID

import asyncpg
import pytest
from tests.support.people import found, give_role, sign_up, viewer_of

from basedmusic.accounts import Role, Verb, require_admin, require_can, require_moderator, set_scene_role
from basedmusic.accounts.contracts import (
    AdminsOnly,
    ModeratorsOnly,
    NotAMember,
    ProfileFrozen,
    RoleTooLow,
)
from basedmusic.accounts.rules.permissions import CHANGES, PERMISSIONS
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

PROFILE_ROLES = (Role.OWNER, Role.MANAGER, Role.MEMBER, Role.BOOKER, Role.DOOR)


@pytest.mark.parametrize("role", PROFILE_ROLES)
async def test_a_role_does_what_the_table_says_and_no_more(database: Database, role: Role):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, role)
    async with database.connection() as conn:
        for verb in Verb:
            if role in PERMISSIONS[verb]:
                assert await require_can(conn, viewer_of(ivo), party.id, verb) is role
            else:
                with pytest.raises(RoleTooLow):
                    await require_can(conn, viewer_of(ivo), party.id, verb)


@pytest.mark.parametrize("role", PROFILE_ROLES)
async def test_the_view_of_drafts_has_the_roles_of_the_table(database: Database, role: Role):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, role)
    seen = await database.pool.fetchval(
        "SELECT count(*) FROM accounts.v_draft_viewer WHERE account_id = $1 AND party_id = $2",
        ivo.id,
        party.id,
    )
    assert bool(seen) == (role in PERMISSIONS[Verb.SEE_DRAFTS])


@pytest.mark.parametrize("role", PROFILE_ROLES)
async def test_the_view_of_editors_of_shows_has_the_roles_of_the_table(database: Database, role: Role):
    mara, ivo = await sign_up(database), await sign_up(database, "ivo@example.org", "Ivo")
    party = await found(database, mara, "Tide Tables")
    await give_role(database, party, ivo, role)
    seen = await database.pool.fetchval(
        "SELECT count(*) FROM accounts.v_show_editor WHERE account_id = $1 AND party_id = $2",
        ivo.id,
        party.id,
    )
    assert bool(seen) == (role in PERMISSIONS[Verb.EDIT_SHOWS])


async def test_a_dispute_stops_changes_and_leaves_the_rest(database: Database):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    await database.pool.execute("UPDATE accounts.party SET frozen_at = now() WHERE id = $1", party.id)
    async with database.connection() as conn:
        for verb in Verb:
            if verb in CHANGES:
                with pytest.raises(ProfileFrozen):
                    await require_can(conn, viewer_of(mara), party.id, verb)
            else:
                await require_can(conn, viewer_of(mara), party.id, verb)


async def test_the_scene_has_moderators_and_admins(database: Database):
    mara = await sign_up(database)
    async with database.connection() as conn:
        with pytest.raises(ModeratorsOnly):
            await require_moderator(conn, viewer_of(mara))
    async with database.transaction() as tx:
        await set_scene_role(tx, mara.id, Role.MODERATOR)
    async with database.connection() as conn:
        assert await require_moderator(conn, viewer_of(mara)) == mara.id
        with pytest.raises(AdminsOnly):
            await require_admin(conn, viewer_of(mara))
    async with database.transaction() as tx:
        await set_scene_role(tx, mara.id, Role.ADMIN)
    async with database.connection() as conn:
        assert await require_moderator(conn, viewer_of(mara)) == mara.id
        assert await require_admin(conn, viewer_of(mara)) == mara.id
        scene = await conn.fetchval("SELECT id FROM accounts.party WHERE kind = 'scene'")
        assert isinstance(scene, UUID)
        with pytest.raises(NotAMember):  # it is no profile that anybody acts for
            await require_can(conn, viewer_of(mara), PartyId(scene), Verb.EDIT_PROFILE)
    ivo = await sign_up(database, "ivo@example.org", "Ivo")
    async with database.transaction() as tx:
        await set_scene_role(tx, ivo.id, Role.ADMIN)  # the scene keeps one
        await set_scene_role(tx, mara.id, None)
    async with database.connection() as conn:
        with pytest.raises(ModeratorsOnly):
            await require_moderator(conn, viewer_of(mara))


@pytest.mark.parametrize("role", ["admin", "moderator", "king"])
async def test_a_profile_takes_no_role_of_the_scene(database: Database, role: str):
    mara = await sign_up(database)
    party = await found(database, mara, "Tide Tables")
    with pytest.raises(asyncpg.CheckViolationError):
        await give_role(database, party, mara, role)


async def test_there_is_one_scene(database: Database):
    with pytest.raises(asyncpg.UniqueViolationError):
        await database.pool.execute(
            "INSERT INTO accounts.party (kind, name, slug) VALUES ('scene', 'Another', 'another')"
        )

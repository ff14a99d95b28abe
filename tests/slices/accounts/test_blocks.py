"""Who sees whom once somebody has blocked, and what a person hid for themselves."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer
from tests.support.people import found, give_role, sign_up, viewer_of

from basedmusic.accounts import Account, PartyKind, Role, SignedInViewer, follow
from basedmusic.accounts.contracts import InvitationMissing, OwnParty, PartyMissing, ProfileMissing
from basedmusic.accounts.service import following, get_profile, safety, teams
from basedmusic.accounts.store import safety as store
from basedmusic.catalog import create_release, get_artist, get_release, get_track, list_genres
from basedmusic.catalog import service as catalog
from basedmusic.catalog.contracts import ArtistMissing, ReleaseKind, ReleaseMissing, TrackMissing
from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio
PAGE = PageRequest(100)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def unseen(database: Database, account: Account) -> set[UUID]:
    rows = await database.pool.fetch(
        "SELECT party_id FROM accounts.v_blocked WHERE account_id = $1", account.id
    )
    return {row["party_id"] for row in rows}


async def block(database: Database, account: Account, party_id: UUID) -> None:
    async with database.transaction() as tx:
        await safety.block(tx, viewer_of(account), party_id)


@pytest.fixture
async def town(database: Database) -> tuple[Account, Account, Account]:
    """Mara, Ivo and Joost."""
    return (
        await sign_up(database),
        await sign_up(database, "ivo@example.org", "Ivo"),
        await sign_up(database, "joost@example.org", "Joost"),
    )


async def test_a_block_of_a_person_covers_their_profiles_and_a_band_stays_in_town(
    database: Database, town: tuple[Account, Account, Account]
):
    mara, ivo, joost = town
    alone = await found(database, ivo, "Ivo Alone")
    band = await found(database, ivo, "Tide Tables")
    await give_role(database, band, joost, Role.OWNER)
    guest = await found(database, joost, "Harbour Crew")
    await give_role(database, guest, ivo, Role.MEMBER)
    await block(database, mara, ivo.id)
    # Mara chose not to see what Ivo runs; where he only plays along, others are meant.
    assert await unseen(database, mara) == {ivo.id, alone.id, band.id}
    assert await unseen(database, ivo) == {mara.id}
    assert await unseen(database, joost) == set()
    # The other way round a band is nobody's alone: it stays for whom its drummer blocked.
    await block(database, ivo, joost.id)
    shared = await found(database, mara, "Low Water")
    await give_role(database, shared, joost, Role.MANAGER)
    solo = await found(database, mara, "Mara Alone")
    assert await unseen(database, ivo) == {mara.id, joost.id, shared.id, solo.id}
    assert await unseen(database, joost) == {ivo.id, alone.id}


async def test_a_block_of_a_profile_is_of_it_and_hides_the_blocker_from_those_who_run_it(
    database: Database, town: tuple[Account, Account, Account]
):
    mara, ivo, joost = town
    band = await found(database, ivo, "Tide Tables", PartyKind.VENUE)
    await give_role(database, band, joost, Role.DOOR)
    await block(database, mara, band.id)
    assert await unseen(database, mara) == {band.id}  # who stands behind a name is not told by it
    assert await unseen(database, ivo) == {mara.id}
    assert await unseen(database, joost) == set()
    async with database.transaction() as tx:
        await safety.unblock(tx, viewer_of(mara), band.id)
    assert await unseen(database, mara) == await unseen(database, ivo) == set()


async def test_nobody_blocks_themselves_their_own_profile_or_the_scene(
    database: Database, town: tuple[Account, Account, Account]
):
    mara, *_ = town
    own = await found(database, mara, "Mara Alone")
    scene = await database.pool.fetchval("SELECT id FROM accounts.party WHERE kind = 'scene'")
    for verb in (safety.block, safety.mute, safety.hide_profile):
        for party_id, refusal in (
            (mara.id, OwnParty),
            (own.id, OwnParty),
            (scene, PartyMissing),
            (uuid4(), PartyMissing),
        ):
            with pytest.raises(refusal):
                async with database.transaction() as tx:
                    await verb(tx, viewer_of(mara), party_id)


PERSON, PROFILE = st.integers(0, 2), st.integers(3, 5)
BLOCKS = st.lists(st.tuples(PERSON, st.integers(0, 5)), max_size=4)
ROLES = st.lists(
    st.tuples(PERSON, PROFILE, st.sampled_from(["owner", "manager", "member", "door"])), max_size=5
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=BLOCKS, roles=ROLES)
async def test_laws_of_blocks(
    database: Database,
    town: tuple[Account, Account, Account],
    blocks: list[tuple[int, int]],
    roles: list[tuple[int, int, str]],
):
    """Whoever blocked a person, and that person, are out of each other's sight; nobody loses an own profile; and
    whom no block concerns sees everything."""
    async with database.pool.acquire() as conn:
        trial = conn.transaction()
        await trial.start()
        try:
            profiles = [
                await conn.fetchval(
                    "INSERT INTO accounts.party (kind, name, slug) VALUES ('artist', $1, $1) RETURNING id",
                    f"p{n}",
                )
                for n in range(3)
            ]
            parties = [*(one.id for one in town), *profiles]
            members = {(who, which): role for who, which, role in roles}
            for (who, which), role in members.items():
                await conn.execute(
                    """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
                       VALUES ($1, $2, $3, 'artist')""",
                    parties[which],
                    parties[who],
                    role,
                )
            made = {(a, b) for a, b in blocks if a != b and (a, b) not in members}
            for a, b in made:
                await store.insert_block(conn, town[a].id, parties[b])
            rows = await conn.fetch("SELECT account_id, party_id FROM accounts.v_blocked")
            hidden = {(row["account_id"], row["party_id"]) for row in rows}
        finally:
            await trial.rollback()
    for a, b in made:
        assert (parties[a], parties[b]) in hidden
        if b < 3:
            assert (parties[b], parties[a]) in hidden
    for who, which in members:
        assert (parties[who], parties[which]) not in hidden
    concerned = {parties[a] for a, _ in made} | {parties[b] for _, b in made}
    behind = {
        parties[who]
        for (who, which), role in members.items()
        if role in ("owner", "manager") and parties[which] in concerned
    }
    assert {account for account, _ in hidden} <= concerned | behind
    assert all(account != party for account, party in hidden)


async def test_what_is_blocked_is_not_found_listed_counted_followed_or_joined(database: Database):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        artist = await make_artist(tx, ivo)
        release = await create_release(tx, ivo, artist.id, title="Ebb", kind=ReleaseKind.EP)
        track = await make_track(tx, ivo, artist, publish=True, release_id=release.id)
        await catalog.edit_track(tx, ivo, track.id, genres=["dub"])
        await catalog.publish_release(tx, ivo, release.id)
        theirs = await make_artist(tx, mara, "Mara Alone")
        for verb, subject in ((catalog.save_track, track.id), (catalog.save_release, release.id)):
            await verb(tx, mara, subject)
        await follow(tx, mara, artist.id)
        await follow(tx, ivo, theirs.id)
        invited = await teams.invite(tx, ivo, artist.id, Role.MEMBER, NOW)
    before = await everything(database, mara)
    assert all(before.values()), before
    async with database.transaction() as tx:
        await safety.block(tx, mara, ivo.account_id)
    assert not any((await everything(database, mara)).values()), await everything(database, mara)
    async with database.transaction() as tx:
        for missing, find in (
            (ArtistMissing, lambda viewer: get_artist(tx.conn, viewer, artist.id)),
            (ArtistMissing, lambda viewer: get_artist(tx.conn, viewer, artist.slug)),
            (ProfileMissing, lambda viewer: get_profile(tx.conn, viewer, artist.id)),
            (ReleaseMissing, lambda viewer: get_release(tx.conn, viewer, release.id)),
            (TrackMissing, lambda viewer: get_track(tx.conn, viewer, track.id)),
        ):
            with pytest.raises(missing):
                await find(mara)
            await find(NOBODY)  # public music stays public
        with pytest.raises(ArtistMissing):
            await get_artist(tx.conn, ivo, theirs.id)
        with pytest.raises(NotFound):
            await follow(tx, mara, artist.id)
        with pytest.raises(InvitationMissing):
            await teams.accept_invitation(tx, mara, invited.secret, NOW)
        assert await tx.conn.fetchval("SELECT count(*) FROM accounts.follow") == 0
    async with database.transaction() as tx:
        await safety.unblock(tx, mara, ivo.account_id)
    after = await everything(database, mara)
    assert after.pop("followed") == 0  # that was ended, and does not come back by itself
    assert after == {name: number for name, number in before.items() if name != "followed"}


async def test_what_is_hidden_is_out_of_ones_own_lists_and_there_at_its_address(database: Database):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        artist = await make_artist(tx, ivo)
        release = await create_release(tx, ivo, artist.id, title="Ebb", kind=ReleaseKind.EP)
        track = await make_track(tx, ivo, artist, publish=True, release_id=release.id)
        await catalog.edit_track(tx, ivo, track.id, genres=["dub"])
        await catalog.publish_release(tx, ivo, release.id)
        await catalog.save_track(tx, mara, track.id)
        await catalog.save_release(tx, mara, release.id)
        await follow(tx, mara, artist.id)
    before = await everything(database, mara)
    async with database.transaction() as tx:
        await catalog.hide_track(tx, mara, track.id)
        assert (await get_track(tx.conn, mara, track.id)).id == track.id
        assert (await get_release(tx.conn, mara, release.id)).track_count == 0
        assert (await catalog.list_hidden_tracks(tx.conn, mara, PAGE)).items[0].id == track.id
    now = await everything(database, mara)
    assert {name for name, number in now.items() if not number} == {
        "latest",
        "of genre",
        "genre count",
        "saved",
        "of artist",
    }
    async with database.transaction() as tx:
        await catalog.unhide_track(tx, mara, track.id)
        await catalog.hide_release(tx, mara, release.id)
        assert (await catalog.list_hidden_releases(tx.conn, mara, PAGE)).items[0].id == release.id
        assert len((await catalog.list_release_tracks(tx.conn, mara, release.id, PAGE)).items) == 1
    now = await everything(database, mara)
    assert {name for name, number in now.items() if number} == {
        "artists",
        "artists of genre",
        "genre artists",
        "followed",
    }
    async with database.transaction() as tx:
        await catalog.unhide_release(tx, mara, release.id)
        await safety.hide_profile(tx, mara, artist.id)
        assert (await get_artist(tx.conn, mara, artist.id)).followed_at is not None
        assert len((await catalog.list_artist_tracks(tx.conn, mara, artist.id, PAGE)).items) == 1
        assert [one.party.id for one in (await safety.list_hidden_profiles(tx.conn, mara, PAGE)).items] == [
            artist.id
        ]
    now = await everything(database, mara)
    assert {name for name, number in now.items() if number} == {"of artist", "releases of artist"}
    assert await everything(database, ivo) == {**before, "saved": 0, "saved releases": 0, "followed": 0}


async def test_who_is_muted_comes_up_unasked_no_more_and_stands_where_one_looks(database: Database):
    async with database.transaction() as tx:
        mara, ivo = await make_viewer(tx, "Mara"), await make_viewer(tx, "Ivo")
        artist = await make_artist(tx, ivo)
        release = await create_release(tx, ivo, artist.id, title="Ebb", kind=ReleaseKind.EP)
        track = await make_track(tx, ivo, artist, publish=True, release_id=release.id)
        await catalog.edit_track(tx, ivo, track.id, genres=["dub"])
        await tx.conn.execute("UPDATE catalog.track SET waveform = $1", bytes(200))
        await catalog.publish_release(tx, ivo, release.id)
        await catalog.save_track(tx, mara, track.id)
        await catalog.save_release(tx, mara, release.id)
        await follow(tx, mara, artist.id)
        joost = await make_viewer(tx, "Joost")
    before, of_joost = await everything(database, mara), await everything(database, joost)
    async with database.transaction() as tx:
        assert [one.track.id for one in await catalog.list_clips(tx.conn, mara)] == [track.id]
        await safety.mute(tx, mara, artist.id)
        assert await catalog.list_clips(tx.conn, mara) == []
        assert [one.track.id for one in await catalog.list_clips(tx.conn, joost)] == [track.id]
        assert (await get_artist(tx.conn, mara, artist.slug)).followed_at is not None
        assert (await get_track(tx.conn, mara, track.id)).id == track.id
    unasked = {"latest": 0, "artists": 0, "releases": 0}
    assert await everything(database, mara) == before | unasked
    assert await everything(database, joost) == of_joost  # one's own choice
    async with database.transaction() as tx:
        await safety.unmute(tx, mara, artist.id)
    assert await everything(database, mara) == before


async def everything(database: Database, viewer: SignedInViewer) -> dict[str, int]:
    """How much of the first artist each list shows the viewer; the artist's own too, if it is found at all."""
    async with database.connection() as conn:
        artist_id = await conn.fetchval(
            "SELECT id FROM accounts.party WHERE kind = 'artist' ORDER BY id LIMIT 1"
        )
        own = await conn.fetchval(
            "SELECT count(*) FROM accounts.v_membership WHERE account_id = $1 AND party_id <> $2",
            viewer.account_id,
            artist_id,
        )
        assert artist_id is not None and own is not None
        found = not await store.is_blocked(conn, viewer.account_id, artist_id)
        dub = next(one for one in await list_genres(conn, viewer) if one.slug == "dub")
        lists = {
            "latest": catalog.list_latest_tracks(conn, viewer, None, PAGE),
            "of genre": catalog.list_latest_tracks(conn, viewer, "dub", PAGE),
            "artists": catalog.list_artists(conn, viewer, None, PAGE),
            "artists of genre": catalog.list_artists(conn, viewer, "dub", PAGE),
            "releases": catalog.list_latest_releases(conn, viewer, None, PAGE),
            "releases of genre": catalog.list_latest_releases(conn, viewer, "dub", PAGE),
            "of artist": catalog.list_artist_tracks(conn, viewer, artist_id, PAGE),
            "releases of artist": catalog.list_artist_releases(conn, viewer, artist_id, PAGE),
            "saved": catalog.list_saved_tracks(conn, viewer, PAGE),
            "saved releases": catalog.list_saved_releases(conn, viewer, PAGE),
            "followed": following.list_following(conn, viewer, None, PAGE),
        }
        numbers = {}
        for name, asked in lists.items():
            try:
                numbers[name] = len((await asked).items)
            except ArtistMissing:
                assert not found
                numbers[name] = 0
        for name in ("artists", "artists of genre"):
            numbers[name] -= own
        return numbers | {"genre count": dub.track_count, "genre artists": dub.artist_count - own}

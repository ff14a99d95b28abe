"""Tracks: who sees them, how they are published, edited, deleted and brought back."""

from uuid import UUID, uuid4

import asyncpg
import pytest
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer

from basedmusic.catalog import (
    TrackMissing,
    TrackPublished,
    TrackPurged,
    create_release,
    get_release,
    get_track,
    list_release_tracks,
    publish_release,
    publish_track,
    purge_deleted_tracks,
)
from basedmusic.catalog.contracts import (
    Publication,
    ReleaseEmpty,
    ReleaseKind,
    ReleaseOfAnother,
)
from basedmusic.catalog.service import (
    delete_track,
    edit_track,
    list_artist_tracks,
    list_latest_tracks,
    list_own_tracks,
    move_track,
    restore_track,
    unpublish_track,
)
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.errors import AppError, Invalid, NotAllowed, SignInRequired
from basedmusic.kernel.page import PageRequest, encode_key
from basedmusic.platform.db import Database, Tx

pytestmark = pytest.mark.anyio
FIRST = PageRequest()


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as open_tx:
        yield open_tx


async def test_a_draft_is_its_members_alone(tx: Tx):
    member, stranger = await make_viewer(tx), await make_viewer(tx)
    artist = await make_artist(tx, member)
    draft = await make_track(tx, member, artist)
    assert (await get_track(tx.conn, member, draft.id)).can_edit
    for outsider in (stranger, NOBODY):
        with pytest.raises(TrackMissing):
            await get_track(tx.conn, outsider, draft.id)
        assert not (await list_artist_tracks(tx.conn, outsider, artist.id, FIRST)).items
        assert not (await list_latest_tracks(tx.conn, outsider, None, FIRST)).items
    assert [track.id for track in (await list_own_tracks(tx.conn, member, FIRST)).items] == [draft.id]


async def test_own_tracks_are_told_apart_by_whether_they_are_out(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    draft = await make_track(tx, member, artist)
    out = await publish_track(tx, member, (await make_track(tx, member, artist)).id)
    for published, wanted in ((None, [out.id, draft.id]), (True, [out.id]), (False, [draft.id])):
        page = await list_own_tracks(tx.conn, member, FIRST, published=published)
        assert [track.id for track in page.items] == wanted


async def test_own_tracks_may_be_one_artists_alone(tx: Tx):
    member, stranger = await make_viewer(tx), await make_viewer(tx)
    band, other, theirs = (
        await make_artist(tx, member),
        await make_artist(tx, member, "Solo"),
        await make_artist(tx, stranger, "Strangers"),
    )
    mine = await make_track(tx, member, band)
    solo = await publish_track(tx, member, (await make_track(tx, member, other)).id)
    await publish_track(tx, stranger, (await make_track(tx, stranger, theirs)).id)

    async def listed(artist_id: UUID | None, published: bool | None = None) -> list[UUID]:
        page = await list_own_tracks(tx.conn, member, FIRST, published=published, artist_id=artist_id)
        return [track.id for track in page.items]

    assert await listed(None) == [solo.id, mine.id]
    assert await listed(band.id) == [mine.id]
    assert await listed(other.id) == [solo.id]
    assert await listed(other.id, published=False) == []
    assert await listed(theirs.id) == await listed(uuid4()) == []


async def test_publishing_is_seen_by_everyone_and_safe_to_repeat(tx: Tx):
    member = await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member))
    first = await publish_track(tx, member, track.id)
    again = await publish_track(tx, member, track.id)
    assert first.publication is Publication.PUBLISHED
    assert first.published_at == again.published_at
    assert not (await get_track(tx.conn, NOBODY, track.id)).can_edit
    withdrawn = await unpublish_track(tx, member, track.id)
    assert (withdrawn.publication, withdrawn.published_at) == (Publication.DRAFT, None)


async def test_nobody_but_members_changes_a_track(tx: Tx):
    member, stranger = await make_viewer(tx), await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member), publish=True)
    for verb in (publish_track, unpublish_track, delete_track):
        with pytest.raises(NotAllowed):
            await verb(tx, stranger, track.id)
    with pytest.raises((NotAllowed, SignInRequired)):
        await edit_track(tx, NOBODY, track.id, title="Mine now")


async def test_what_was_published_is_told_once(database: Database):
    told: list[object] = []

    async def hear(fact: object) -> None:
        told.append(fact)

    database.facts.subscribe(TrackPublished, "test", hear)
    async with database.transaction() as tx:
        member = await make_viewer(tx)
        track = await make_track(tx, member, await make_artist(tx, member))
        await publish_track(tx, member, track.id)
        await publish_track(tx, member, track.id)
    async with database.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM jobs.pgqueuer WHERE entrypoint LIKE 'test:%'") == 1


async def test_a_fact_of_what_was_rolled_back_is_never_told(database: Database):
    async def hear(fact: object) -> None: ...

    database.facts.subscribe(TrackPublished, "test", hear)
    with pytest.raises(RuntimeError):
        async with database.transaction() as tx:
            member = await make_viewer(tx)
            await make_track(tx, member, await make_artist(tx, member), publish=True)
            raise RuntimeError
    async with database.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM jobs.pgqueuer") == 0


async def test_deletion_can_be_undone_and_then_is_final(tx: Tx):
    member, stranger = await make_viewer(tx), await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member), publish=True)
    await delete_track(tx, member, track.id)
    with pytest.raises(TrackMissing):
        await get_track(tx.conn, member, track.id)
    with pytest.raises(TrackMissing):
        await restore_track(tx, stranger, track.id)
    assert (await restore_track(tx, member, track.id)).publication is Publication.PUBLISHED
    await delete_track(tx, member, track.id)
    assert await purge_deleted_tracks(tx) == 0
    assert await purge_deleted_tracks(tx, keep_days=0) == 0, "now() stands still within a transaction"
    await tx.conn.execute("UPDATE catalog.track SET deleted_at = now() - interval '8 days'")
    assert await purge_deleted_tracks(tx) == 1
    with pytest.raises(TrackMissing):
        await restore_track(tx, member, track.id)


async def test_a_purge_names_the_blobs_that_nobody_needs_now(database: Database):
    async def hear(fact: TrackPurged) -> None: ...

    database.facts.subscribe(TrackPurged, "test", hear)
    async with database.transaction() as tx:
        member = await make_viewer(tx)
        track = await make_track(tx, member, await make_artist(tx, member))
        await delete_track(tx, member, track.id)
        await tx.conn.execute("UPDATE catalog.track SET deleted_at = now() - interval '8 days'")
        await purge_deleted_tracks(tx)
        payload = await tx.conn.fetchval("SELECT payload FROM jobs.pgqueuer")
    assert track.source is not None
    assert payload is not None
    assert track.source.key in payload.decode()


async def test_a_release_keeps_its_order_and_publishes_what_plays(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    release = await create_release(tx, member, artist.id, title="Ebb", kind=ReleaseKind.EP)
    with pytest.raises(ReleaseEmpty):
        await publish_release(tx, member, release.id)
    titles = ["one", "two", "three"]
    tracks = [await make_track(tx, member, artist, title, release_id=release.id) for title in titles]
    await move_track(tx, member, tracks[0].id, None)
    await move_track(tx, member, tracks[0].id, release.id)
    published = await publish_release(tx, member, release.id)
    assert (published.publication, published.track_count) == (Publication.PUBLISHED, 3)
    shown = await list_release_tracks(tx.conn, NOBODY, release.id, FIRST)
    assert [track.title for track in shown.items] == ["two", "three", "one"]
    assert (await get_release(tx.conn, NOBODY, release.id)).released_on is not None


async def test_a_restored_track_whose_place_is_taken_comes_last(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    release = await create_release(tx, member, artist.id, title="Ebb", kind=ReleaseKind.EP)
    only = await make_track(tx, member, artist, "only", release_id=release.id)
    await delete_track(tx, member, only.id)
    await make_track(tx, member, artist, "other", release_id=release.id)
    await restore_track(tx, member, only.id)
    shown = await list_release_tracks(tx.conn, member, release.id, FIRST)
    assert [track.title for track in shown.items] == ["other", "only"]


async def test_a_track_stays_off_the_releases_of_others(tx: Tx):
    member = await make_viewer(tx)
    mine, theirs = await make_artist(tx, member, "Mine"), await make_artist(tx, member, "Theirs")
    release = await create_release(tx, member, theirs.id, title="Ebb", kind=ReleaseKind.EP)
    track = await make_track(tx, member, mine)
    with pytest.raises(ReleaseOfAnother):
        await move_track(tx, member, track.id, release.id)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await tx.conn.execute(
            "UPDATE catalog.track SET release_id = $2, position = 1 WHERE id = $1", track.id, release.id
        )


@pytest.mark.parametrize(
    "change",
    [
        "publication = 'published'",
        "media_status = 'failed'",
        "media_status = 'playable', samples = NULL",
        "position = 3",
        "waveform = '\\x00'",
        "cover_colour = 'red', cover_key = 'x'",
    ],
)
async def test_the_database_itself_refuses_what_can_not_be(tx: Tx, change: str):
    member = await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member))
    with pytest.raises(asyncpg.CheckViolationError):
        await tx.conn.execute(f"UPDATE catalog.track SET {change} WHERE id = $1", track.id)


async def test_latest_tracks_page_through_equal_times_without_gap_or_repeat(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    made = [await make_track(tx, member, artist, f"t{number}", publish=True) for number in range(7)]
    seen, token = [], None
    while True:
        page = await list_latest_tracks(
            tx.conn, NOBODY, None, PageRequest.parse(3, token, parse_instant, UUID)
        )
        seen += [track.id for track in page.items]
        token = page.next
        if token is None:
            break
    assert sorted(seen) == sorted(track.id for track in made)
    assert len(seen) == 7


@pytest.mark.parametrize("forged", [("x", "y"), ("2020-01-01", "no-uuid"), ("2020-01-01",)])
def test_a_forged_page_token_is_refused_in_words(forged: tuple[str, ...]):
    with pytest.raises(AppError, match="token"):
        PageRequest.parse(3, encode_key(forged), parse_instant, UUID)


async def test_genres_filter_and_unknown_ones_are_named(tx: Tx):
    member = await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member), publish=True)
    edited = await edit_track(tx, member, track.id, genres=["dub", "jazz"])
    assert [genre.slug for genre in edited.genres] == ["dub", "jazz"]
    assert (await list_latest_tracks(tx.conn, NOBODY, "jazz", FIRST)).items
    assert not (await list_latest_tracks(tx.conn, NOBODY, "rock", FIRST)).items
    with pytest.raises(Invalid, match="zydeco"):
        await edit_track(tx, member, track.id, genres=["zydeco"])

"""Genres: what each counts, and that its lists have just that, whatever is done to the music."""

import asyncio
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.factories import NOBODY, make_artist, make_track, make_viewer

from basedmusic.accounts import SignedInViewer
from basedmusic.catalog import (
    Track,
    create_artist,
    create_release,
    publish_release,
    publish_track,
    record_tags,
)
from basedmusic.catalog.contracts import CountedGenre, GenreUnknown, ReleaseKind
from basedmusic.catalog.service import (
    delete_track,
    edit_artist,
    edit_track,
    list_artists,
    list_genres,
    list_latest_releases,
    list_latest_tracks,
    restore_track,
    unpublish_track,
)
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Database, Tx

pytestmark = pytest.mark.anyio
FIRST = PageRequest(100)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as open_tx:
        yield open_tx


async def counted(conn: Connection) -> dict[str, tuple[int, int]]:
    """Genres that have anything: tracks and artists."""
    genres = await list_genres(conn, NOBODY)
    return {
        genre.slug: (genre.track_count, genre.artist_count)
        for genre in genres
        if genre.track_count or genre.artist_count
    }


async def listed(conn: Connection, genre: str) -> list[UUID]:
    return [track.id for track in (await list_latest_tracks(conn, NOBODY, genre, FIRST)).items]


async def test_genres_count_what_anybody_finds(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    await create_artist(tx, member, name="Second", city="Rust Harbour", genres=["dub", "jazz"])
    draft = await make_track(tx, member, artist)
    await edit_track(tx, member, draft.id, genres=["jazz"])
    assert await counted(tx.conn) == {"dub": (0, 2), "jazz": (0, 1)}
    await publish_track(tx, member, draft.id)
    assert (await counted(tx.conn))["jazz"] == (1, 1)
    await delete_track(tx, member, draft.id)
    assert (await counted(tx.conn))["jazz"] == (0, 1)
    assert CountedGenre("zydeco", "Zydeco", 0, 0) not in await list_genres(tx.conn, NOBODY)


async def test_lists_by_genre_have_what_goes_by_it_and_nothing_else(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    jazz = await create_artist(tx, member, name="Second", city="Rust Harbour", genres=["jazz"])
    release = await create_release(tx, member, artist.id, title="Ebb", kind=ReleaseKind.EP)
    track = await make_track(tx, member, artist, release_id=release.id)
    await edit_track(tx, member, track.id, genres=["jazz", "folk"])

    async def releases_of(genre: str) -> list[UUID]:
        return [one.id for one in (await list_latest_releases(tx.conn, NOBODY, genre, FIRST)).items]

    assert await releases_of("jazz") == []
    await publish_release(tx, member, release.id)
    assert await releases_of("jazz") == await releases_of("folk") == [release.id]
    assert await releases_of("dub") == []
    assert [one.id for one in (await list_artists(tx.conn, NOBODY, "jazz", FIRST)).items] == [jazz.id]
    await edit_artist(tx, member, jazz.id, genres=["pop"])
    assert not (await list_artists(tx.conn, NOBODY, "jazz", FIRST)).items
    await unpublish_track(tx, member, track.id)
    assert await releases_of("jazz") == []


async def test_a_genre_the_scene_does_not_have_is_named(tx: Tx):
    for listing in (list_latest_tracks, list_latest_releases, list_artists):
        with pytest.raises(GenreUnknown, match="'zydeco'") as refused:
            await listing(tx.conn, NOBODY, "zydeco", FIRST)
        assert refused.value.extra == {"field": "genre"}


async def test_a_genre_is_paged_through_equal_times_without_gap_or_repeat(tx: Tx):
    member = await make_viewer(tx)
    artist = await make_artist(tx, member)
    made = [await make_track(tx, member, artist, f"t{number}", publish=True) for number in range(7)]
    for track in made:
        await edit_track(tx, member, track.id, genres=["jazz"])
    seen: list[UUID] = []
    token = None
    while True:
        request = PageRequest.parse(3, token, parse_instant, UUID)
        page = await list_latest_tracks(tx.conn, NOBODY, "jazz", request)
        seen += [track.id for track in page.items]
        token = page.next
        if token is None:
            break
    assert seen == sorted((track.id for track in made), reverse=True)


DEEDS = {
    "publish": publish_track,
    "unpublish": unpublish_track,
    "delete": delete_track,
    "restore": restore_track,
}


async def test_whatever_is_done_a_genre_lists_its_published_tracks_in_the_order_of_all(database: Database):
    """The column beside each genre that says when the track was published is never behind the track."""
    async with database.transaction() as tx:
        member = await make_viewer(tx)
        artist = await make_artist(tx, member)
        tracks = [await make_track(tx, member, artist, f"t{number}") for number in range(3)]
    loop = asyncio.get_running_loop()
    chosen = st.lists(st.sampled_from(["jazz", "folk"]), max_size=2, unique=True)
    deed = st.tuples(st.sampled_from(tracks), st.sampled_from(sorted(DEEDS)) | chosen)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(deed, min_size=1, max_size=6))
    def hold(deeds: list[tuple[Track, str | list[str]]]) -> None:
        asyncio.run_coroutine_threadsafe(_do_and_compare(database, member, deeds), loop).result()

    await asyncio.to_thread(hold)


async def _do_and_compare(
    database: Database, member: SignedInViewer, deeds: list[tuple[Track, str | list[str]]]
) -> None:
    for track, deed in deeds:
        try:
            async with database.transaction() as tx:
                if isinstance(deed, str):
                    await DEEDS[deed](tx, member, track.id)
                else:
                    await edit_track(tx, member, track.id, genres=deed)
        except Exception as refused:
            if type(refused).__name__ != "TrackMissing":
                raise
    async with database.connection() as conn:
        everything = (await list_latest_tracks(conn, NOBODY, None, FIRST)).items
        counts = await counted(conn)
        for genre in ("jazz", "folk"):
            has = [track.id for track in everything if genre in {one.slug for one in track.genres}]
            assert await listed(conn, genre) == has
            assert counts.get(genre, (0, 0))[0] == len(has)


async def test_genres_from_the_files_tags_are_listed_too(tx: Tx):
    member = await make_viewer(tx)
    track = await make_track(tx, member, await make_artist(tx, member), publish=True)
    await record_tags(tx, track.id, title_before=None, title=None, genres=["jazz"])
    assert await listed(tx.conn, "jazz") == [track.id]

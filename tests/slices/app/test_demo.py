"""Filling a scene with demo music: what is made, in which order, and that nothing of it is made twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.factories import make_viewer

from basedmusic.accounts import Viewer
from basedmusic.app.demo.artists import ARTISTS
from basedmusic.app.demo.pieces import DemoArtist, DemoRelease, Piece, in_order
from basedmusic.app.demo.scene import make_music
from basedmusic.app.media import demo_pool
from basedmusic.app.wiring import Scene, open_scene
from basedmusic.catalog import list_release_tracks
from basedmusic.catalog.contracts import ReleaseKind, Track
from basedmusic.catalog.service.releases import list_latest_releases
from basedmusic.codec.demo.contracts import Poster
from basedmusic.codec.measures import READ_TAGS, TagsRequest
from basedmusic.dsp.synth import Style
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.settings import read_settings

PAGE = PageRequest(limit=50)
POSTER = Poster("moon", "#14110F", "#FBF8F3", 1)


def small_scene() -> list[DemoArtist]:
    """Two artists, three releases, five pieces of eight seconds; the newest release is named first."""

    def release(title: str, days_ago: int, cover: Poster | None, *titles: str) -> DemoRelease:
        pieces = tuple(Piece(one, "folk", "folk", seed, 8.0) for seed, one in enumerate(titles, days_ago))
        return DemoRelease(title, ReleaseKind.EP, days_ago, cover, pieces)

    first = release("New", 3, POSTER, "One", "Two"), release("Old", 90, None, "Then")
    return [
        DemoArtist("Tide Tables", "Rust Harbour", "They count.", ("folk",), first),
        DemoArtist(
            "Low Water", "Rust Harbour", "They wait.", ("dub",), (release("Ebb", 30, None, "Mud", "Rope"),)
        ),
    ]


@asynccontextmanager
async def opened(dsn: str, data: Path) -> AsyncGenerator[tuple[Scene, MediaPool]]:
    settings = read_settings({"BASEDMUSIC_DATA": str(data), "BASEDMUSIC_DATABASE_URL": dsn})
    pool = demo_pool()
    try:
        async with open_scene(settings, connections=4) as scene:
            yield scene, pool
    finally:
        await pool.close()


async def published(scene: Scene, viewer: Viewer) -> list[tuple[str, list[Track]]]:
    """Releases with their tracks, the latest first."""
    async with scene.database.connection() as conn:
        releases = (await list_latest_releases(conn, viewer, None, PAGE)).items
        return [
            (one.title, list((await list_release_tracks(conn, viewer, one.id, PAGE)).items))
            for one in releases
        ]


@pytest.mark.anyio
async def test_stopped_in_the_middle_it_goes_on_and_doubles_nothing(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    recordings = in_order(small_scene())
    async with opened(dsn, tmp_path) as (scene, pool):
        async with scene.database.transaction() as tx:
            viewer = await make_viewer(tx)
        stopped = asyncio.create_task(make_music(scene, pool, viewer, recordings))
        while not await published(scene, viewer):
            assert not stopped.done()
            await asyncio.sleep(0.02)
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
        before = {track.id for _, tracks in await published(scene, viewer) for track in tracks}
        assert 0 < len(before) < 5

        await make_music(scene, pool, viewer, recordings)
        releases = await published(scene, viewer)
        assert [(title, [track.title for track in tracks]) for title, tracks in releases] == [
            ("New", ["One", "Two"]),
            ("Ebb", ["Mud", "Rope"]),
            ("Old", ["Then"]),
        ]
        tracks = [track for _, tracks in releases for track in tracks]
        assert before < {track.id for track in tracks}
        assert [track.position for track in tracks] == [1, 2, 1, 2, 1]
        assert all(track.genres[0].slug == "folk" for track in tracks)

        capsys.readouterr()
        await make_music(scene, pool, viewer, recordings)
        assert capsys.readouterr().out == ""
        assert await published(scene, viewer) == releases
        # Of what was published nothing stays in uploads; what was being stored when it stopped is the sweeper's.
        held = [folder for folder in (tmp_path / "uploads").iterdir() if (folder / "piece.flac").exists()]
        assert len(held) <= 1
        assert 5 <= len(list((tmp_path / "blobs" / "sources").iterdir())) <= 5 + len(held)


@pytest.mark.anyio
async def test_a_release_says_when_it_came_out_and_its_files_carry_the_cover(dsn: str, tmp_path: Path):
    (artist, _) = small_scene()
    new = artist.releases[0]
    shown = replace(artist, releases=(replace(new, pieces=new.pieces[:1]),))
    async with opened(dsn, tmp_path) as (scene, pool):
        async with scene.database.transaction() as tx:
            viewer = await make_viewer(tx)
        await make_music(scene, pool, viewer, in_order([shown]))
        async with scene.database.connection() as conn:
            (release,) = (await list_latest_releases(conn, viewer, None, PAGE)).items
            (track,) = (await list_release_tracks(conn, viewer, release.id, PAGE)).items
        assert track.source is not None
        path = await scene.sources.path(track.source.key)
        tags = await pool.run(READ_TAGS, TagsRequest(str(path)))
    assert release.released_on is not None
    assert abs(datetime.now(UTC).date() - timedelta(days=3) - release.released_on) <= timedelta(days=1)
    assert tags.date == release.released_on.isoformat()
    assert (tags.title, tags.artists, tags.track_number) == ("One", ("Tide Tables",), 1)
    assert tags.cover is not None
    assert tags.cover.mime == "image/png"


def test_the_scene_is_a_city_of_twelve_artists_and_forty_pieces():
    recordings = in_order(ARTISTS)
    assert len(ARTISTS) == 12
    assert len(recordings) == 40
    assert all(60 <= one.piece.seconds <= 180 for one in recordings)
    assert {one.piece.style for one in recordings} == set(Style)
    sounds = Counter((one.piece.style, one.piece.seed) for one in recordings)
    assert set(sounds.values()) == {1}
    releases = [release for artist in ARTISTS for release in artist.releases]
    assert {release.kind for release in releases} == set(ReleaseKind)
    assert 0 < sum(release.cover is None for release in releases) < 4
    assert all(len(artist.bio) > 60 for artist in ARTISTS)
    # The first that is made is short: somebody waits for it.
    assert recordings[0].piece.seconds < 70
    days = [one.release.days_ago for one in recordings]
    assert days == sorted(days, reverse=True)

"""Which tracks play, and for how long that is remembered: a withdrawn one is silent after ten seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.factories import make_artist, make_track, make_viewer

from basedmusic.accounts import Viewer
from basedmusic.catalog import Publication, Track, publish_track
from basedmusic.catalog.service import delete_track, unpublish_track
from basedmusic.platform.db import Database
from basedmusic.streaming import CodecUnknown, StreamMissing
from basedmusic.streaming.service import REMEMBERED_S, Playables, choose_rendition, render, rendered_at

pytestmark = pytest.mark.anyio


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
async def scene(database: Database) -> tuple[Viewer, Track]:
    async with database.transaction() as tx:
        viewer = await make_viewer(tx)
        return viewer, await make_track(tx, viewer, await make_artist(tx, viewer), publish=True)


async def test_a_change_is_known_after_ten_seconds_at_the_latest(
    database: Database, scene: tuple[Viewer, Track]
):
    viewer, track = scene
    clock = Clock()
    playables = Playables(database, clock)
    assert (await playables.get(track.id)).publication is Publication.PUBLISHED
    async with database.transaction() as tx:
        await unpublish_track(tx, viewer, track.id)
    clock.advance(REMEMBERED_S)
    assert (await playables.get(track.id)).publication is Publication.DRAFT
    async with database.transaction() as tx:
        await publish_track(tx, viewer, track.id)
        await delete_track(tx, viewer, track.id)
    clock.advance(REMEMBERED_S)
    with pytest.raises(StreamMissing):
        await playables.get(track.id)
    assert REMEMBERED_S <= 10


async def test_an_address_is_of_one_recipe_and_one_source(database: Database, scene: tuple[Viewer, Track]):
    playable = await Playables(database, Clock()).get(scene[1].id)
    rendered = render(playable, choose_rendition("aac", 128_000))
    assert rendered_at(playable, "aac128", rendered.recipe.id) == rendered
    for name, recipe in (("aac256", rendered.recipe.id), ("aac128", "0" * 16), ("mp3", rendered.recipe.id)):
        with pytest.raises(StreamMissing):
            rendered_at(playable, name, recipe)


def test_the_best_is_chosen_where_no_bitrate_is_asked_for():
    assert choose_rendition("aac", None).bit_rate == 256_000
    for codec, rate in (("aac", 1), ("wma", None), ("original", 128_000)):
        with pytest.raises(CodecUnknown):
            choose_rendition(codec, rate)

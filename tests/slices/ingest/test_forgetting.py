"""A purged track leaves nothing behind, and takes nothing that another still shows."""

from pathlib import Path

import pytest
from tests.support.factories import make_artist, make_track, make_viewer

from basedmusic.app.wiring import subscribe_all
from basedmusic.catalog import Track, purge_deleted_tracks, record_cover
from basedmusic.catalog.contracts import COVER_SIZES, Cover, TrackPurged, cover_blob_key
from basedmusic.catalog.service import delete_track
from basedmusic.ingest import forget_upload
from basedmusic.kernel.errors import NotFound
from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.db import Database
from basedmusic.streaming import forget_renditions
from basedmusic.streaming.segments import derived_prefix

pytestmark = pytest.mark.anyio
COVER = "c" * 32


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


async def two_tracks_with_one_cover(database: Database, blobs: FolderBlobs) -> list[Track]:
    async with database.transaction() as tx:
        band = await make_viewer(tx)
        artist = await make_artist(tx, band)
        tracks = [await make_track(tx, band, artist, title) for title in ("one", "two")]
        for track in tracks:
            await record_cover(tx, track.id, Cover(COVER, "#000000"))
            assert track.source is not None
            await blobs.put(track.source.key, b"sound")
            await blobs.put(f"{derived_prefix(track.id)}/recipe/0.m4s", b"sound")
        for size in COVER_SIZES:
            await blobs.put(cover_blob_key(COVER, size, "webp"), b"image")
        await delete_track(tx, band, tracks[0].id)
    return tracks


async def purge(database: Database, blobs: FolderBlobs, track: Track) -> None:
    """Delete it for good, and let both subscribers run; twice, as they may."""
    assert track.source is not None
    async with database.transaction() as tx:
        await tx.conn.execute("DELETE FROM catalog.track WHERE id = $1", track.id)
    fact = TrackPurged(track.id, (track.source.key,), COVER)
    for _ in range(2):
        await forget_upload(database, blobs, fact)
        await forget_renditions(blobs, fact)


async def test_its_file_and_what_was_made_of_it_go_and_its_neighbours_stay(
    database: Database, blobs: FolderBlobs, tmp_path: Path
):
    gone, stays = await two_tracks_with_one_cover(database, blobs)
    await purge(database, blobs, gone)
    assert gone.source is not None and stays.source is not None
    with pytest.raises(NotFound):
        await blobs.get(gone.source.key)
    assert await blobs.get(stays.source.key)
    assert not (tmp_path / "blobs" / derived_prefix(gone.id)).exists()
    assert await blobs.get(f"{derived_prefix(stays.id)}/recipe/0.m4s")
    assert await blobs.get(cover_blob_key(COVER, 96, "webp")), "the other track still shows it"


async def test_a_cover_goes_with_the_last_track_that_shows_it(
    database: Database, blobs: FolderBlobs, tmp_path: Path
):
    for track in await two_tracks_with_one_cover(database, blobs):
        await purge(database, blobs, track)
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]


async def test_the_sweep_tells_both_slices(database: Database, blobs: FolderBlobs):
    subscribe_all(database, blobs)
    gone, _ = await two_tracks_with_one_cover(database, blobs)
    async with database.transaction() as tx:
        await tx.conn.execute(
            "UPDATE catalog.track SET deleted_at = now() - interval '8 days' WHERE id = $1", gone.id
        )
        assert await purge_deleted_tracks(tx) == 1
        rows = await tx.conn.fetch("SELECT entrypoint FROM jobs.pgqueuer ORDER BY entrypoint")
    told = [row["entrypoint"] for row in rows]
    assert told == ["ingest.forget_upload:TrackPurged", "streaming.forget_renditions:TrackPurged"]

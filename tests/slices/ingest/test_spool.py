"""Where uploads lie: nothing outlives its request but by a crash, and then the sweeper finds it."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from tests.support.factories import make_artist, make_source, make_viewer

from basedmusic.catalog import NewTrack, add_track
from basedmusic.ingest import Spool, sweep_abandoned_uploads
from basedmusic.ingest.contracts import StorageFull, UploadTooLarge
from basedmusic.ingest.spool import FORMING_S, source_blob_prefix
from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "uploads", 1_000)


async def test_an_upload_is_a_folder_of_its_own_until_its_request_ends(spool: Spool, tmp_path: Path):
    async with spool.receive(None) as upload:
        await upload.write(b"abc")
        upload.finish()
        assert upload.path.read_bytes() == b"abc"
        assert upload.folder.stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "uploads").iterdir()) == []


async def test_too_much_is_refused_by_its_said_length_and_by_its_real_one(spool: Spool):
    with pytest.raises(UploadTooLarge):
        async with spool.receive(3 << 20):
            pass
    with pytest.raises(UploadTooLarge):
        async with spool.receive(None) as upload:
            await upload.write(bytes(600))
            await upload.write(bytes(600))


async def test_a_disk_without_room_refuses_before_the_first_byte(tmp_path: Path):
    spool = Spool(tmp_path / "uploads", 1 << 60)
    with pytest.raises(StorageFull):
        async with spool.receive(shutil.disk_usage(tmp_path).free):
            pass
    assert list((tmp_path / "uploads").iterdir()) == []


async def test_the_sweeper_leaves_what_lives_and_takes_what_a_crash_left(
    spool: Spool, database: Database, tmp_path: Path
):
    blobs = FolderBlobs(tmp_path / "blobs")
    uploads = tmp_path / "uploads"
    crashed, became_track, half_made = uuid4(), uuid4(), uploads / f".forming-{uuid4()}"
    async with spool.receive(None) as alive:
        for left in (crashed, became_track):
            (uploads / str(left)).mkdir()
            await blobs.put(f"{source_blob_prefix(left)}/source", b"sound")
        half_made.mkdir()
        async with database.transaction() as tx:
            viewer = await make_viewer(tx)
            artist = await make_artist(tx, viewer)
            source = make_source()
            key = f"{source_blob_prefix(became_track)}/source"
            track = await add_track(tx, viewer, NewTrack(artist.id, "Kept", source))
            await tx.conn.execute("UPDATE catalog.track SET source_key = $2 WHERE id = $1", track.id, key)
        assert await sweep_abandoned_uploads(spool, database, blobs) == 2
        assert {path.name for path in uploads.iterdir()} == {str(alive.id), half_made.name}
        assert await blobs.get(key) == b"sound"
        assert blobs.local_path(f"{source_blob_prefix(crashed)}/source") is None
    long_ago = half_made.stat().st_mtime - FORMING_S - 1
    os.utime(half_made, (long_ago, long_ago))
    await sweep_abandoned_uploads(spool, database, blobs)
    assert list(uploads.iterdir()) == []

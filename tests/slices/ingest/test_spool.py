"""Where uploads lie: nothing outlives its request but by a crash, and then the sweeper finds it."""

import asyncio
import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from tests.support.factories import make_artist, make_source, make_viewer

from basedmusic.catalog import NewTrack, add_track
from basedmusic.ingest import Spool, sweep_abandoned_uploads
from basedmusic.ingest.contracts import StorageFull, UploadTooLarge
from basedmusic.ingest.spool import FILE, FORMING_S, FREE_RESERVE, SETTLING_S, STEP_BYTES, source_blob_prefix
from basedmusic.ingest.store import is_source_used
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
            (uploads / str(left) / FILE).touch()
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


async def test_what_a_person_puts_beside_the_uploads_stays_and_stops_nothing(
    spool: Spool, database: Database, tmp_path: Path
):
    crashed, uploads = uuid4(), tmp_path / "uploads"
    for name in ("old-backup", f"{uuid4()}-copy", ".forming-old", str(crashed)):
        (uploads / name).mkdir(parents=True)
        (uploads / name / FILE).touch()
        os.utime(uploads / name, (0, 0))
    (uploads / "a-note.txt").touch()
    assert await sweep_abandoned_uploads(spool, database, FolderBlobs(tmp_path / "blobs")) == 1
    assert not (uploads / str(crashed)).exists()
    assert len(list(uploads.iterdir())) == 4


async def test_an_upload_of_which_a_track_may_yet_be_made_is_left_for_a_while(
    spool: Spool, database: Database, tmp_path: Path
):
    """Its file is in the blobs already, so a COMMIT may be under way on a server that its process has lost."""
    blobs = FolderBlobs(tmp_path / "blobs")
    async with spool.receive(None) as upload:
        upload.finish()
        upload.hold()
        await blobs.put_file(upload.source_key, upload.path)
    assert await sweep_abandoned_uploads(spool, database, blobs) == 0
    assert blobs.local_path(upload.source_key)
    long_ago = upload.folder.stat().st_mtime - SETTLING_S - 1
    os.utime(upload.folder, (long_ago, long_ago))
    assert await sweep_abandoned_uploads(spool, database, blobs) == 1
    assert not blobs.local_path(upload.source_key) and not upload.folder.exists()


async def test_whose_a_stored_file_is_is_looked_up_by_index_whatever_the_plan(database: Database):
    async with database.connection() as conn, conn.transaction():
        await conn.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        await conn.execute("SET LOCAL enable_seqscan = off")
        await conn.execute("LOAD 'auto_explain'")
        await conn.execute("SET LOCAL auto_explain.log_min_duration = 0")
        await conn.execute("SET LOCAL client_min_messages = log")
        plans: list[str] = []

        def hear(_: object, message: object) -> None:
            plans.append(str(message))

        conn.add_log_listener(hear)
        assert not await is_source_used(conn, "sources/x/source")
        await conn.execute("SELECT 1")  # ends the statement before it, which is when its plan is told
        await asyncio.sleep(0)
        conn.remove_log_listener(hear)
    assert "Index Cond: (source_key = " in "".join(plans), plans


class Disk:
    """So many bytes are free, whatever is written."""

    def __init__(self, free: int) -> None:
        self.free = free

    def __call__(self, folder: Path) -> int:
        return self.free


async def test_room_that_a_running_upload_was_promised_is_not_promised_again(tmp_path: Path):
    disk = Disk(FREE_RESERVE + 1_500)
    spool = Spool(tmp_path / "uploads", 1_000, disk)
    async with spool.receive(1_000) as first:
        with pytest.raises(StorageFull):
            async with spool.receive(1_000):
                pass
        await first.write(bytes(600))
        disk.free -= 600
        async with spool.receive(500):
            pass
        with pytest.raises(StorageFull):
            first.promise(501)
        first.promise(500)
    async with spool.receive(900):
        pass


async def test_an_upload_of_unknown_length_is_stopped_before_the_disk_is_full(tmp_path: Path):
    disk = Disk(FREE_RESERVE + STEP_BYTES)
    spool = Spool(tmp_path / "uploads", 1 << 40, disk)
    async with spool.receive(None) as upload:
        await upload.write(bytes(1 << 20))
        upload.bytes, disk.free = STEP_BYTES, FREE_RESERVE + (1 << 20)
        with pytest.raises(StorageFull):
            await upload.write(bytes(1 << 20))
    with pytest.raises(StorageFull):
        async with spool.receive(None):
            pass

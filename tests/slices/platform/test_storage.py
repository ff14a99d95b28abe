"""How much room the scene takes: told without counting it all each time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.db import Database
from basedmusic.platform.storage import Folder, list_tallies, look_through, size_of_database, tally_blobs

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_blobs_are_counted_by_kind_and_not_again_within_the_hour(database: Database, tmp_path: Path):
    blobs = FolderBlobs(tmp_path / "blobs")
    for key, size in (("sources/a/source", 10), ("sources/b/source", 5), ("covers/x-96.webp", 3)):
        await blobs.put(key, b"x" * size)
    assert await tally_blobs(database, blobs, lambda: NOW)
    async with database.connection() as conn:
        first = await list_tallies(conn)
    assert [(one.kind, one.blobs, one.bytes) for one in first] == [("sources", 2, 15), ("covers", 1, 3)]
    await blobs.delete("covers/x-96.webp")
    assert not await tally_blobs(database, blobs, lambda: NOW + timedelta(minutes=59))
    assert await tally_blobs(database, blobs, lambda: NOW + timedelta(hours=1))
    async with database.connection() as conn:
        assert [one.kind for one in await list_tallies(conn)] == ["sources"]


async def test_every_schema_has_a_size(database: Database):
    async with database.connection() as conn:
        whole, schemas = await size_of_database(conn)
    assert {"accounts", "catalog", "ingest", "jobs", "platform"} <= {one.name for one in schemas}
    assert 0 < sum(one.bytes for one in schemas) < whole


def test_a_folder_is_looked_through_up_to_a_bound(tmp_path: Path):
    for number in range(5):
        (tmp_path / f"d{number}").mkdir()
        (tmp_path / f"d{number}" / "file").write_bytes(b"12")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert look_through(tmp_path / "d1") == Folder(1, 2, True)
    assert look_through(tmp_path, most=3).files == 3
    assert not look_through(tmp_path, most=3).whole
    assert look_through(tmp_path / "none") == Folder(0, 0, True)

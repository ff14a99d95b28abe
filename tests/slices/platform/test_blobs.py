"""Blobs in a folder; whole or not at all."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from basedmusic.kernel.errors import NotFound
from basedmusic.platform.blobs import FolderBlobs
from basedmusic.platform.sources import SourceFiles

pytestmark = pytest.mark.anyio


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


async def test_what_was_put_is_there_until_it_is_deleted(blobs: FolderBlobs):
    await blobs.put("a/b", b"x")
    assert await blobs.get("a/b") == b"x"
    assert blobs.local_path("a/b") is not None
    await blobs.delete("a/b")
    await blobs.delete("a/b")
    assert blobs.local_path("a/b") is None
    with pytest.raises(NotFound):
        await blobs.get("a/b")


async def test_of_many_writers_one_wins_and_its_copy_stays(blobs: FolderBlobs):
    contents = [bytes([number]) * 1000 for number in range(8)]
    won = await asyncio.gather(*(blobs.put_if_absent("k", content) for content in contents))
    assert sum(won) == 1
    assert await blobs.get("k") == contents[won.index(True)]


async def test_a_file_is_moved_in(blobs: FolderBlobs, tmp_path: Path):
    path = tmp_path / "upload"
    path.write_bytes(b"sound")
    await blobs.put_file("sources/1/source", path)
    assert not path.exists()
    assert await blobs.get("sources/1/source") == b"sound"


async def test_a_prefix_is_deleted_with_its_folders_and_nothing_beside_it(blobs: FolderBlobs, tmp_path: Path):
    for key in ("sources/1/source", "sources/1/x/y", "sources/12/source"):
        await blobs.put(key, b"x")
    assert await blobs.delete_prefix("sources/1") == 2
    assert await blobs.delete_prefix("sources/1") == 0
    assert await blobs.get("sources/12/source") == b"x"
    assert not (tmp_path / "blobs" / "sources" / "1").exists()


class RemoteBlobs(FolderBlobs):
    """A store on another machine, as far as anybody can tell."""

    fetched = 0

    def local_path(self, key: str) -> Path | None:
        return None

    async def copy_to(self, key: str, path: Path) -> None:
        self.fetched += 1
        await super().copy_to(key, path)


async def test_a_source_from_elsewhere_is_fetched_once_into_a_bounded_folder(tmp_path: Path):
    remote = RemoteBlobs(tmp_path / "blobs")
    for number in range(4):
        await remote.put(f"s{number}", bytes(1000))
    sources = SourceFiles(remote, tmp_path / "cache", budget=2500, spare_s=0)
    paths = await asyncio.gather(*(sources.path("s0") for _ in range(5)))
    assert remote.fetched == 1
    assert paths[0].read_bytes() == bytes(1000)
    for number in range(1, 4):
        await sources.path(f"s{number}")
    assert sum(path.stat().st_size for path in (tmp_path / "cache").iterdir()) <= 2500
    with pytest.raises(NotFound):
        await sources.path("missing")
    assert not [path for path in (tmp_path / "cache").iterdir() if path.suffix]


async def test_a_file_comes_in_from_another_volume(tmp_path: Path):
    def refuse(path: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    blobs = FolderBlobs(tmp_path / "blobs", rename=refuse)
    path = tmp_path / "upload"
    path.write_bytes(b"sound")
    await blobs.put_file("sources/1/source", path)
    assert not path.exists()
    assert [blob.name for blob in (tmp_path / "blobs" / "sources" / "1").iterdir()] == ["source"]
    assert await blobs.get("sources/1/source") == b"sound"


async def test_a_shared_cache_spares_what_others_fetch_or_were_just_handed(tmp_path: Path):
    remote, cache = RemoteBlobs(tmp_path / "blobs"), tmp_path / "cache"
    for number in range(3):
        await remote.put(f"s{number}", bytes(1000))
    sources = SourceFiles(remote, cache, budget=1500)
    handed = [await sources.path(f"s{number}") for number in range(2)]
    fetching, abandoned = cache / "x.1.part", cache / "y.1.part"
    fetching.touch()
    abandoned.touch()
    os.utime(abandoned, (0, 0))
    os.utime(handed[0], (0, 0))
    await sources.path("s2")
    assert not handed[0].exists(), "unused for long, it made room"
    assert handed[1].exists() and fetching.exists() and not abandoned.exists()
    assert (await sources.path("s0")).read_bytes() == bytes(1000), "fetched again"

"""Races around segments: made once, stored once, gone with their track. Each beside its control."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.media_pool import CountingPool
from tests.support.rendering import rendered_track

from basedmusic.platform.blobs import Blobs, FolderBlobs
from basedmusic.platform.cache import MemoryTier
from basedmusic.platform.sources import SourceFiles
from basedmusic.streaming.segments import Key, Rendered, SegmentSource

pytestmark = pytest.mark.anyio

GUARDED = pytest.mark.parametrize("guarded", [False, True], ids=["control", "guarded"])
LISTENERS = 8


class NoFlights:
    """In place of SingleFlight: everybody flies alone."""

    async def run(self, key: object, work: Callable[[], Awaitable[Any]]) -> Any:
        return await work()


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
async def rendered(blobs: FolderBlobs) -> Rendered:
    return await rendered_track(blobs)


def segments(blobs: Blobs, pool: CountingPool, folder: Path, memory: int = 1 << 20) -> SegmentSource:
    tier: MemoryTier[Key] = MemoryTier(memory)
    return SegmentSource(blobs, SourceFiles(blobs, folder), pool, tier)  # type: ignore[arg-type]


@GUARDED
async def test_listeners_of_one_chunk_have_it_made_once(
    blobs: FolderBlobs, rendered: Rendered, tmp_path: Path, guarded: bool
):
    pool = CountingPool()
    source = segments(blobs, pool, tmp_path)
    if not guarded:
        source._making = NoFlights()  # type: ignore[assignment]
    asking = [asyncio.create_task(source.get_chunk(rendered, 0)) for _ in range(LISTENERS)]
    await asyncio.sleep(0.05)
    pool.may_answer.set()
    heard = set(await asyncio.gather(*asking))
    await source.close()
    assert (len(pool.asked), len(heard)) == ((1, 1) if guarded else (LISTENERS, LISTENERS))


@GUARDED
async def test_two_web_processes_that_make_one_segment_serve_the_copy_that_was_first(
    blobs: FolderBlobs, rendered: Rendered, tmp_path: Path, guarded: bool
):
    """Same address, same bytes for ever, even if an encoder were not deterministic."""
    stored: Blobs = blobs if guarded else LastWins(blobs)
    pools = [CountingPool(), CountingPool()]
    webs = [segments(stored, pool, tmp_path, memory=0) for pool in pools]
    pools[1].asked.append(None)  # type: ignore[arg-type]  # so that its bytes differ
    for pool in pools:
        pool.may_answer.set()
    for web in webs:
        await web._store(rendered.blob_key(0), (await web._make(rendered, 0)))
    kept = await blobs.get(rendered.blob_key(0))
    assert kept == (b"1" if guarded else b"2")


class LastWins(FolderBlobs):
    """A store without put-if-absent."""

    def __init__(self, blobs: FolderBlobs) -> None:
        super().__init__(blobs._folder)

    async def put_if_absent(self, key: str, content: bytes) -> bool:
        await self.put(key, content)
        return True


@GUARDED
async def test_of_many_writers_one_wins_and_its_bytes_stay(blobs: FolderBlobs, guarded: bool):
    store = blobs if guarded else LastWins(blobs)
    contents = [bytes([number]) * 100_000 for number in range(LISTENERS)]
    won = await asyncio.gather(*(store.put_if_absent("one", content) for content in contents))
    assert (await blobs.get("one")) in contents, "never a mixture"
    assert sum(won) == (1 if guarded else LISTENERS)
    if guarded:
        assert await blobs.get("one") == contents[won.index(True)]
    assert [path.name for path in blobs._folder.iterdir()] == ["one"]

"""Chunks are made once and kept as whole segments, whichever way they were asked for."""

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from tests.support.rendering import rendered_track

from basedmusic.codec.contracts import ChunkReply, ChunkRequest
from basedmusic.codec.mp4 import box
from basedmusic.kernel.calls import Call
from basedmusic.platform.blobs import Blobs, FolderBlobs
from basedmusic.platform.cache import MemoryTier
from basedmusic.platform.pool import PoolStats
from basedmusic.platform.sources import SourceFiles
from basedmusic.streaming.segments import Key, Rendered, SegmentSource

pytestmark = pytest.mark.anyio


class BoxPool:
    """A media pool whose chunks are boxes that hold their number."""

    def __init__(self, busy: int = 0) -> None:
        self.asked: list[int] = []
        self.busy = busy

    async def run(self, call: Call[Any, Any], request: ChunkRequest, **_: object) -> ChunkReply:
        self.asked.append(request.number)
        await asyncio.sleep(0)
        return ChunkReply(chunk(request.number), request.bit_rate)

    def stats(self) -> PoolStats:
        return PoolStats(2, 2, self.busy, 0, 0, 0, 0, None)


def chunk(number: int) -> bytes:
    return box(b"moof", b"head") + box(b"mdat", b"%d" % number)


class FarBlobs(FolderBlobs):
    """A store on another machine, as far as anybody can tell."""

    @property
    def is_local(self) -> bool:
        return False

    def local_path(self, key: str) -> Path | None:
        return None


@pytest.fixture(params=[FolderBlobs, FarBlobs], ids=["here", "far"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> FolderBlobs:
    return request.param(tmp_path / "blobs")


@pytest.fixture
async def rendered(blobs: FolderBlobs) -> Rendered:
    return await rendered_track(blobs)


def source(blobs: Blobs, pool: BoxPool, folder: Path, memory: int = 1 << 20) -> SegmentSource:
    tier: MemoryTier[Key] = MemoryTier(memory)
    return SegmentSource(blobs, SourceFiles(blobs, folder / "cache"), pool, tier)  # type: ignore[arg-type]


async def whole(segments: SegmentSource, rendered: Rendered, index: int) -> bytes:
    stored = segments.stored(rendered, index)
    if stored:
        return stored.read_bytes()
    return b"".join([chunk async for chunk in segments.stream_segment(rendered, index)])


async def test_a_segment_is_its_chunks_in_order(blobs: FolderBlobs, rendered: Rendered, tmp_path: Path):
    segments = source(blobs, BoxPool(), tmp_path)
    assert await whole(segments, rendered, 0) == chunk(0) + chunk(1)
    assert await whole(segments, rendered, 3) == b"".join(map(chunk, (6, 7, 8, 9)))


async def test_what_was_heard_chunk_by_chunk_is_kept_as_segments_and_not_made_again(
    blobs: FolderBlobs, rendered: Rendered, tmp_path: Path
):
    first = source(blobs, BoxPool(), tmp_path)
    for number in range(5):
        await first.get_chunk(rendered, number)
    await first.close()
    restarted, pool = source(blobs, pool := BoxPool(), tmp_path), pool
    assert [await restarted.get_chunk(rendered, number) for number in (1, 0, 3)] == list(
        map(chunk, (1, 0, 3))
    )
    assert await whole(restarted, rendered, 0) == chunk(0) + chunk(1)
    assert pool.asked == []
    await restarted.get_chunk(rendered, 4)
    assert pool.asked == [4], "its segment was not whole"


async def test_without_a_memory_tier_segments_are_still_kept(
    blobs: FolderBlobs, rendered: Rendered, tmp_path: Path
):
    pool = BoxPool()
    segments = source(blobs, pool, tmp_path, memory=0)
    await whole(segments, rendered, 2)
    await segments.close()
    await whole(segments, rendered, 2)
    assert pool.asked == [4, 5]


async def test_a_segment_goes_out_chunk_by_chunk_while_the_rest_is_made(
    blobs: FolderBlobs, rendered: Rendered, tmp_path: Path
):
    pool = BoxPool(busy=2)
    segments = source(blobs, pool, tmp_path)
    async with aclosing(segments.stream_segment(rendered, 3)) as chunks:
        assert await anext(chunks) == chunk(6)
        assert pool.asked == [6, 7], "beside the first, one more"
        assert await anext(chunks) == chunk(7)


async def test_preparing_takes_only_what_is_idle(blobs: FolderBlobs, rendered: Rendered, tmp_path: Path):
    idle, busy = BoxPool(), BoxPool(busy=2)
    for pool in (idle, busy):
        segments = source(blobs, pool, tmp_path)
        segments.prepare(rendered, 3)
        await asyncio.sleep(0.05)
        await segments.close()
    assert (idle.asked, busy.asked) == ([6, 7], [])

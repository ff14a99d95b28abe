"""Where sound comes from: the memory tier, else the blobs, else media processes make it, once.

Bytes are named by a recipe, so nothing here is ever stale: a copy is either the right bytes or absent.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog

from basedmusic.codec.contracts import ENCODE_CHUNK, ChunkRequest, SourceRef
from basedmusic.codec.grid import chunks_of, segment_count, segment_of, to_grid_samples
from basedmusic.codec.mp4 import split_chunks
from basedmusic.codec.recipes import Recipe
from basedmusic.kernel.errors import NotFound
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.cache import MemoryTier
from basedmusic.platform.metrics import SEGMENTS
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.singleflight import SingleFlight
from basedmusic.platform.sources import SourceFiles
from basedmusic.streaming.contracts import Playable

log = structlog.get_logger()

AHEAD = 2
"""Chunks that are being made while one is sent: as many as a machine of two cores makes at once."""

Key = tuple[UUID, str, int]
"""Track, recipe id, number of the chunk or index of the segment."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One rendition of one track: all that names its pieces but their number."""

    playable: Playable
    recipe: Recipe

    @property
    def total(self) -> int:
        """Samples at 48 kHz."""
        return to_grid_samples(self.playable.samples, self.playable.sample_rate)

    def key(self, number: int) -> Key:
        return self.playable.track_id, self.recipe.id, number

    def blob_key(self, index: int) -> str:
        """Where a whole segment is kept."""
        return f"{derived_prefix(self.playable.track_id)}/{self.recipe.id}/{index}.m4s"

    def chunks_of(self, index: int) -> range:
        return chunks_of(index, self.total, self.recipe.rendition.frames)

    def segment_of(self, chunk: int) -> int:
        return segment_of(chunk, self.total, self.recipe.rendition.frames)


def derived_prefix(track_id: UUID) -> str:
    """Blobs that can be made again lie below this."""
    return f"renditions/{track_id}"


class SegmentSource:
    """Segments of one web process, and the chunks that they are made of.

    Chunks are made and kept in memory; segments are stored."""

    def __init__(self, blobs: Blobs, sources: SourceFiles, media: MediaPool, memory: MemoryTier[Key]) -> None:
        self._blobs = blobs
        self._sources = sources
        self._media = media
        self._memory = memory
        self._making: SingleFlight[Key, bytes] = SingleFlight()
        self._fetching: SingleFlight[Key, list[bytes] | None] = SingleFlight()
        self._storing: dict[str, asyncio.Task[None]] = {}
        self._preparing: set[asyncio.Task[None]] = set()

    def stored(self, rendered: Rendered, index: int) -> Path | None:
        """The local file that holds a segment (the page cache is a memory tier already), if there is one."""
        path = self._blobs.local_path(rendered.blob_key(index))
        if path is not None:
            SEGMENTS.labels("file").inc()
        return path

    async def stream_segment(self, rendered: Rendered, index: int) -> AsyncGenerator[bytes]:
        """A segment's chunks as they are made; it is kept when all were."""
        whole: list[bytes] = []
        async with aclosing(self.stream(rendered, rendered.chunks_of(index))) as chunks:
            async for chunk in chunks:
                whole.append(chunk)
                yield chunk
        self._store_soon(rendered.blob_key(index), b"".join(whole))

    async def stream(self, rendered: Rendered, numbers: Iterable[int]) -> AsyncGenerator[bytes]:
        """Chunks in this order: while one is sent, the next are being made; beside the first, one more."""
        making: deque[asyncio.Task[bytes]] = deque()
        ahead = 1
        try:
            for number in numbers:
                making.append(asyncio.create_task(self.get_chunk(rendered, number)))
                while len(making) > ahead:
                    yield await _foremost(making)
                    ahead = AHEAD
            while making:
                yield await _foremost(making)
        finally:
            for task in making:
                task.cancel()
            await asyncio.gather(*making, return_exceptions=True)

    async def get_chunk(self, rendered: Rendered, number: int) -> bytes:
        key = rendered.key(number)
        held = self._memory.get(key)
        if held is not None:
            SEGMENTS.labels("memory").inc()
            return held
        return await self._making.run(key, lambda: self._load(rendered, number))

    def prepare(self, rendered: Rendered, index: int) -> None:
        """Begin to make what a player is about to ask for, as far as media processes have nothing to do."""
        if index >= segment_count(rendered.total) or self._blobs.local_path(rendered.blob_key(index)):
            return
        for number in rendered.chunks_of(index):
            stats = self._media.stats()
            # What was begun in this very turn is not in the pool's count yet; what was before is in both.
            if max(stats.busy + stats.waiting, len(self._preparing)) >= stats.size:
                return
            if self._memory.get(rendered.key(number)) is None:
                task = asyncio.create_task(self._prepare(rendered, number))
                self._preparing.add(task)
                task.add_done_callback(self._preparing.discard)

    async def close(self) -> None:
        """Wait for what is still being stored."""
        for task in self._preparing:
            task.cancel()
        await asyncio.gather(*self._storing.values(), return_exceptions=True)

    async def _prepare(self, rendered: Rendered, number: int) -> None:
        try:
            await self.get_chunk(rendered, number)
        except Exception as error:  # who really asks for it meets the error
            log.debug("chunk_not_prepared", track_id=str(rendered.playable.track_id), error=repr(error))

    async def _load(self, rendered: Rendered, number: int) -> bytes:
        index = rendered.segment_of(number)
        stored = await self._fetching.run(rendered.key(index), lambda: self._fetch(rendered, index))
        if stored is not None:
            SEGMENTS.labels("store").inc()
            for other, content in zip(rendered.chunks_of(index), stored, strict=True):
                self._memory.put(rendered.key(other), content)
            return stored[number - rendered.chunks_of(index).start]
        content = await self._make(rendered, number)
        SEGMENTS.labels("made").inc()
        self._memory.put(rendered.key(number), content)
        self._store_when_whole(rendered, index)
        return content

    async def _fetch(self, rendered: Rendered, index: int) -> list[bytes] | None:
        """The chunks of a stored segment; None when it was never stored, or is lost."""
        blob_key = rendered.blob_key(index)
        if self._blobs.is_local and self._blobs.local_path(blob_key) is None:
            return None
        try:
            return split_chunks(await self._blobs.get(blob_key))
        except NotFound:
            return None

    async def _make(self, rendered: Rendered, number: int) -> bytes:
        playable, recipe = rendered.playable, rendered.recipe
        source = SourceRef(
            path=str(await self._sources.path(playable.playback_key)),
            sample_rate=playable.sample_rate,
            samples=playable.samples,
        )
        request = ChunkRequest(source, recipe.rendition.codec, recipe.rendition.bit_rate, number)
        return (await self._media.run(ENCODE_CHUNK, request)).data

    def _store_when_whole(self, rendered: Rendered, index: int) -> None:
        """Who listens to the progressive file makes chunk after chunk: keep a segment once all are there."""
        chunks = [self._memory.get(rendered.key(number)) for number in rendered.chunks_of(index)]
        whole = [chunk for chunk in chunks if chunk is not None]
        if len(whole) == len(chunks):
            self._store_soon(rendered.blob_key(index), b"".join(whole))

    def _store_soon(self, blob_key: str, content: bytes) -> None:
        """After the answer: a listener waits for the encoder, not for the disk."""
        if blob_key not in self._storing:
            task = asyncio.create_task(self._store(blob_key, content))
            self._storing[blob_key] = task
            task.add_done_callback(lambda _: self._storing.pop(blob_key, None))

    async def _store(self, blob_key: str, content: bytes) -> None:
        try:
            await self._blobs.put_if_absent(blob_key, content)
        except Exception as error:  # a full disk must not end the music; the segment is made again
            log.warning("segment_not_stored", blob_key=blob_key, error=repr(error))


async def _foremost(making: "deque[asyncio.Task[bytes]]") -> bytes:
    """The next chunk, once it is made. Until then its task stays in line, to be cancelled there."""
    chunk = await asyncio.shield(making[0])
    making.popleft()
    return chunk

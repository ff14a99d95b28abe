"""Where a segment comes from: the memory tier, else the blobs, else a media process makes it, once.

Bytes are named by a recipe, so nothing here is ever stale: a copy is either the right bytes or absent.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog

from basedmusic.codec.contracts import ENCODE_SEGMENT, SegmentRequest, SourceRef
from basedmusic.codec.grid import segment_count, to_grid_samples
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

Key = tuple[UUID, str, int]
"""Track, recipe id, index."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One rendition of one track: all that names a segment but its index."""

    playable: Playable
    recipe: Recipe

    @property
    def total(self) -> int:
        """Samples at 48 kHz."""
        return to_grid_samples(self.playable.samples, self.playable.sample_rate)

    def key(self, index: int) -> Key:
        return self.playable.track_id, self.recipe.id, index

    def blob_key(self, index: int) -> str:
        return f"{derived_prefix(self.playable.track_id)}/{self.recipe.id}/{index}.m4s"


def derived_prefix(track_id: UUID) -> str:
    """Blobs that can be made again lie below this."""
    return f"renditions/{track_id}"


class SegmentSource:
    """Segments of one web process."""

    def __init__(self, blobs: Blobs, sources: SourceFiles, media: MediaPool, memory: MemoryTier[Key]) -> None:
        self._blobs = blobs
        self._sources = sources
        self._media = media
        self._memory = memory
        self._flights: SingleFlight[Key, bytes] = SingleFlight()
        self._storing: set[asyncio.Task[None]] = set()
        self._preparing: set[asyncio.Task[None]] = set()

    async def get(self, rendered: Rendered, index: int) -> bytes | Path:
        """The segment's bytes, or a local file that holds them (the page cache is a memory tier already)."""
        key = rendered.key(index)
        held = self._memory.get(key)
        if held is not None:
            SEGMENTS.labels("memory").inc()
            return held
        stored = self._blobs.local_path(rendered.blob_key(index))
        if stored is not None:
            SEGMENTS.labels("file").inc()
            return stored
        return await self._flights.run(key, lambda: self._load(rendered, index))

    async def get_bytes(self, rendered: Rendered, index: int) -> bytes:
        """As `get`, for who needs the bytes themselves."""
        found = await self.get(rendered, index)
        if isinstance(found, bytes):
            return found
        content = await asyncio.to_thread(found.read_bytes)
        self._memory.put(rendered.key(index), content)
        return content

    def prepare(self, rendered: Rendered, index: int) -> None:
        """Begin to make what a player is about to ask for, if a media process has nothing better to do."""
        stats = self._media.stats()
        wanted = index < segment_count(rendered.total) and not self._is_made(rendered, index)
        if wanted and stats.busy + stats.waiting + len(self._preparing) < stats.size:
            task = asyncio.create_task(self._prepare(rendered, index))
            self._preparing.add(task)
            task.add_done_callback(self._preparing.discard)

    async def close(self) -> None:
        """Wait for what is still being stored."""
        for task in self._preparing:
            task.cancel()
        await asyncio.gather(*self._storing, return_exceptions=True)

    def _is_made(self, rendered: Rendered, index: int) -> bool:
        held = self._memory.get(rendered.key(index)) is not None
        return held or self._blobs.local_path(rendered.blob_key(index)) is not None

    async def _prepare(self, rendered: Rendered, index: int) -> None:
        try:
            await self._flights.run(rendered.key(index), lambda: self._load(rendered, index))
        except Exception as error:  # who really asks for it meets the error
            log.debug("segment_not_prepared", track_id=str(rendered.playable.track_id), error=repr(error))

    async def _load(self, rendered: Rendered, index: int) -> bytes:
        content = await self._from_store(rendered, index)
        tier = "store"
        if content is None:
            tier = "made"
            content = await self._make(rendered, index)
            self._store_soon(rendered.blob_key(index), content)
        SEGMENTS.labels(tier).inc()
        self._memory.put(rendered.key(index), content)
        return content

    async def _from_store(self, rendered: Rendered, index: int) -> bytes | None:
        """From a store that is not a local folder: of one that is, `get` has looked already."""
        if self._blobs.is_local:
            return None
        try:
            return await self._blobs.get(rendered.blob_key(index))
        except NotFound:
            return None

    async def _make(self, rendered: Rendered, index: int) -> bytes:
        playable, recipe = rendered.playable, rendered.recipe
        source = SourceRef(
            path=str(await self._sources.path(playable.playback_key)),
            sample_rate=playable.sample_rate,
            samples=playable.samples,
        )
        request = SegmentRequest(source, recipe.rendition.codec, recipe.rendition.bit_rate, index)
        return (await self._media.run(ENCODE_SEGMENT, request)).data

    def _store_soon(self, blob_key: str, content: bytes) -> None:
        """After the answer: a listener waits for the encoder, not for the disk."""
        task = asyncio.create_task(self._store(blob_key, content))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)

    async def _store(self, blob_key: str, content: bytes) -> None:
        try:
            await self._blobs.put_if_absent(blob_key, content)
        except Exception as error:  # a full disk must not end the music; the segment is made again
            log.warning("segment_not_stored", blob_key=blob_key, error=repr(error))

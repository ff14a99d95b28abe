"""Blobs as files on this machine, for processes that read files: media processes and the page-cache response.

Local blobs are files already. From elsewhere they are fetched once into a bounded folder, the least
recently used first out; a file in use by an open descriptor stays readable after it has gone. Web and worker
share the folder, so any name in it may be gone at any time.
"""

import asyncio
import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from basedmusic.platform.blobs import Blobs
from basedmusic.platform.singleflight import SingleFlight

DEFAULT_BUDGET = 4 << 30
SPARE_S = 300.0
"""Handed out so lately, a file may be about to be opened, perhaps by a media process that has another before it."""
PARTIAL = ".part"
ABANDONED_S = 3600.0
"""Without a byte for so long, nobody is fetching it any more."""


class SourceFiles:
    """At most `budget` bytes of files that nobody was handed within `spare_s` seconds."""

    def __init__(
        self, blobs: Blobs, folder: Path, budget: int = DEFAULT_BUDGET, spare_s: float = SPARE_S
    ) -> None:
        self._blobs = blobs
        self._folder = folder
        self._budget = budget
        self._spare_s = spare_s
        self._fetching: SingleFlight[str, Path] = SingleFlight()

    async def path(self, key: str) -> Path:
        """A local file with the blob's content. Raises NotFound."""
        local = self._blobs.local_path(key)
        if local is not None:
            return local
        cached = self._folder / hashlib.sha256(key.encode()).hexdigest()
        try:
            os.utime(cached)
        except FileNotFoundError:
            return await self._fetching.run(key, lambda: self._fetch(key, cached))
        return cached

    async def _fetch(self, key: str, cached: Path) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = cached.with_suffix(f".{uuid4().hex}{PARTIAL}")
        try:
            await self._blobs.copy_to(key, partial)
            partial.replace(cached)
        finally:
            partial.unlink(missing_ok=True)
        await asyncio.to_thread(self._shrink, cached)
        return cached

    def _shrink(self, newest: Path) -> None:
        """Least recently used first, by modification time, which `path` touches."""
        now = time.time()
        whole: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                seen = path.stat()
                if path.suffix != PARTIAL:
                    whole.append((seen.st_mtime, seen.st_size, path))
                elif now - seen.st_mtime > ABANDONED_S:
                    path.unlink()
        total = sum(size for _, size, _ in whole)
        for used, size, path in sorted(whole):
            if total <= self._budget or now - used < self._spare_s:
                break
            if path != newest:
                path.unlink(missing_ok=True)
                total -= size

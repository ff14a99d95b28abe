"""Blobs as files on this machine, for processes that read files: media processes and the page-cache response.

Local blobs are files already. From elsewhere they are fetched once into a bounded folder, the least
recently used first out; a file in use by an open descriptor stays readable after it has gone.
"""

import asyncio
import hashlib
import os
from pathlib import Path

from basedmusic.platform.blobs import Blobs
from basedmusic.platform.singleflight import SingleFlight

DEFAULT_BUDGET = 4 << 30


class SourceFiles:
    def __init__(self, blobs: Blobs, folder: Path, budget: int = DEFAULT_BUDGET) -> None:
        self._blobs = blobs
        self._folder = folder
        self._budget = budget
        self._fetching: SingleFlight[str, Path] = SingleFlight()

    async def path(self, key: str) -> Path:
        """A local file with the blob's content. Raises NotFound."""
        local = self._blobs.local_path(key)
        if local is not None:
            return local
        cached = self._folder / hashlib.sha256(key.encode()).hexdigest()
        if cached.exists():
            os.utime(cached)
            return cached
        return await self._fetching.run(key, lambda: self._fetch(key, cached))

    async def _fetch(self, key: str, cached: Path) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = cached.with_suffix(f".{os.getpid()}")
        try:
            await self._blobs.copy_to(key, partial)
            partial.replace(cached)
        finally:
            partial.unlink(missing_ok=True)
        await asyncio.to_thread(self._shrink, cached)
        return cached

    def _shrink(self, newest: Path) -> None:
        """Least recently used first, by modification time, which `path` touches."""
        files = sorted(
            (entry.stat().st_mtime, entry.stat().st_size, Path(entry.path))
            for entry in os.scandir(self._folder)
        )
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._budget:
                break
            if path != newest:
                path.unlink(missing_ok=True)
                total -= size

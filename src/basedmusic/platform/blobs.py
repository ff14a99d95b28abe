"""Stored bytes by key: a local folder by default, S3 by URL, one interface (obstore).

Keys are slash-separated ASCII. A write becomes visible whole or not at all. `local_path` is the short cut
that lets a local file be served from the page cache and read by a media process without a copy.
"""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import Protocol

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

from basedmusic.kernel.errors import NotFound


class Blobs(Protocol):
    @property
    def is_local(self) -> bool:
        """Whether every blob is a file on this machine."""
        ...

    async def put(self, key: str, content: bytes) -> None: ...

    async def put_if_absent(self, key: str, content: bytes) -> bool:
        """False when the key was there already: the stored copy stays."""
        ...

    async def put_file(self, key: str, path: Path) -> None:
        """Store the file at `path`, which is consumed (moved where it can be)."""
        ...

    async def get(self, key: str) -> bytes:
        """The whole blob. Raises NotFound."""
        ...

    async def copy_to(self, key: str, path: Path) -> None:
        """Write the blob to a new file at `path`, streamed. Raises NotFound."""
        ...

    def stream(self, key: str) -> AsyncGenerator[bytes]:
        """The blob in pieces of about a megabyte. Raises NotFound before the first."""
        ...

    async def delete(self, key: str) -> None: ...

    async def delete_prefix(self, prefix: str) -> int:
        """Delete all keys below `prefix/`; how many there were."""
        ...

    def sizes(self) -> AsyncIterator[tuple[str, int]]:
        """Every blob's key and bytes, in parts."""
        ...

    def local_path(self, key: str) -> Path | None:
        """Where the blob lies on this machine's disk, or None when it lies elsewhere or is missing."""
        ...


class ObjectBlobs:
    """Any store that obstore speaks to."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @property
    def is_local(self) -> bool:
        return False

    async def put(self, key: str, content: bytes) -> None:
        await self._store.put_async(key, content)

    async def put_if_absent(self, key: str, content: bytes) -> bool:
        try:
            await self._store.put_async(key, content, mode="create")
        except AlreadyExistsError:
            return False
        return True

    async def put_file(self, key: str, path: Path) -> None:
        await self._store.put_async(key, path)
        await asyncio.to_thread(path.unlink)

    async def get(self, key: str) -> bytes:
        try:
            result = await self._store.get_async(key)
            return bytes(await result.bytes_async())
        except FileNotFoundError:
            raise NotFound from None

    async def copy_to(self, key: str, path: Path) -> None:
        try:
            result = await self._store.get_async(key)
        except FileNotFoundError:
            raise NotFound from None
        with path.open("wb") as file:
            async for chunk in result.stream(min_chunk_size=1 << 20):
                await asyncio.to_thread(file.write, chunk)

    async def stream(self, key: str) -> AsyncGenerator[bytes]:
        try:
            result = await self._store.get_async(key)
        except FileNotFoundError:
            raise NotFound from None
        async for chunk in result.stream(min_chunk_size=1 << 20):
            yield bytes(chunk)

    async def delete(self, key: str) -> None:
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            pass  # gone already is what was asked for

    async def delete_prefix(self, prefix: str) -> int:
        count = 0
        async for found in self._store.list(prefix):
            await self._store.delete_async([item["path"] for item in found])
            count += len(found)
        return count

    async def sizes(self) -> AsyncIterator[tuple[str, int]]:
        async for found in self._store.list():
            for item in found:
                yield item["path"], item["size"]

    def local_path(self, key: str) -> Path | None:
        return None


class FolderBlobs(ObjectBlobs):
    """A local folder; what is moved in from the same file system costs no copy."""

    def __init__(self, folder: Path, rename: Callable[[Path, Path], None] = os.replace) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(LocalStore(prefix=folder))
        self._folder = folder
        self._rename = rename

    @property
    def is_local(self) -> bool:
        return True

    async def put_file(self, key: str, path: Path) -> None:
        await asyncio.to_thread(self._move, key, path)

    def _move(self, key: str, path: Path) -> None:
        target = self._folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._rename(path, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(path, target)  # the operator put the blobs on another volume
            path.unlink()

    async def delete_prefix(self, prefix: str) -> int:
        count = await super().delete_prefix(prefix)
        await asyncio.to_thread(_remove_empty_folders, self._folder / prefix)
        return count

    def local_path(self, key: str) -> Path | None:
        path = self._folder / key
        return path if path.is_file() else None


def open_blobs(url: str | None, folder: Path) -> Blobs:
    """The store at `url` (`s3://bucket/prefix`, credentials from the usual AWS_* variables), or `folder`."""
    return ObjectBlobs(from_url(url)) if url else FolderBlobs(folder)


def _copy(path: Path, target: Path) -> None:
    """Whole or not at all; a draft that a crash leaves lies under the same prefix, and goes with it."""
    draft = target.with_name(f"{target.name}.draft")
    try:
        with path.open("rb") as source, draft.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _remove_empty_folders(top: Path) -> None:
    for folder in sorted((path for path in top.rglob("*") if path.is_dir()), reverse=True):
        folder.rmdir()
    if top.is_dir():
        top.rmdir()

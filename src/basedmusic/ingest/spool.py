"""Where uploads lie until they are tracks: one folder each, held by a lock while its request lives.

A folder outlives its request only by a crash. One whose lock is free therefore belongs to nobody, and
`claim_abandoned` hands it to the sweeper, which also takes back the blobs stored under the upload's name.
"""

import asyncio
import errno
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from basedmusic.ingest.contracts import StorageFull, UploadTooLarge

FREE_RESERVE = 256 << 20
"""Bytes left on the disk for the database and everyone else."""
_FORMING = ".forming-"
FORMING_S = 60


class Spool:
    """The `uploads/` folder of one node."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    @asynccontextmanager
    async def receive(self, expected_bytes: int | None) -> AsyncGenerator["Upload"]:
        """A place for one upload, removed at the end whatever happens. Raises UploadTooLarge, StorageFull.

        `expected_bytes` is the request's Content-Length, form around the file included, where it has one.
        """
        if expected_bytes is not None and expected_bytes > self._max_bytes + (1 << 20):
            raise too_large(self._max_bytes)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free - (expected_bytes or 0) < FREE_RESERVE:
            raise StorageFull
        upload = Upload(self._folder, self._max_bytes)
        try:
            yield upload
        finally:
            await asyncio.to_thread(upload.discard)

    @contextmanager
    def claim_abandoned(self) -> Generator[list[UUID]]:
        """Ids of uploads whose process is gone; their folders are removed when the block ends well."""
        claimed: dict[Path, int] = {}
        try:
            for folder in sorted(self._folder.glob("*-*")):
                if _is_forming(folder):
                    continue
                handle = _try_lock(folder)
                if handle is not None:
                    claimed[folder] = handle
            yield [UUID(folder.name) for folder in claimed if not folder.name.startswith(_FORMING)]
            for folder in claimed:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            for handle in claimed.values():
                os.close(handle)


class Upload:
    """One file as it arrives, hashed while it is written."""

    def __init__(self, spool: Path, max_bytes: int) -> None:
        self.id = uuid4()
        self.folder = spool / str(self.id)
        self.path = self.folder / "file"
        self.bytes = 0
        self._max_bytes = max_bytes
        self._hash = hashlib.sha256()
        # Locked under another name first: in its place it is never seen unlocked while we live.
        forming = spool / f"{_FORMING}{self.id}"
        forming.mkdir(mode=0o700)
        self._lock = os.open(forming, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        forming.rename(self.folder)
        self._file = self.path.open("xb")

    @property
    def blob_prefix(self) -> str:
        """Where this upload's blobs go; the name says whose they are if we die before the track exists."""
        return source_blob_prefix(self.id)

    @property
    def sha256(self) -> bytes:
        return self._hash.digest()

    async def write(self, data: bytes) -> None:
        """Raises UploadTooLarge, StorageFull."""
        self.bytes += len(data)
        if self.bytes > self._max_bytes:
            raise too_large(self._max_bytes)
        await asyncio.to_thread(self._write, data)

    def finish(self) -> None:
        """All bytes are written; `path` may be read."""
        self._file.close()

    def discard(self) -> None:
        self._file.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)

    def _write(self, data: bytes) -> None:
        self._hash.update(data)
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull from None
            raise


def source_blob_prefix(upload_id: UUID) -> str:
    return f"sources/{upload_id}"


def too_large(max_bytes: int) -> UploadTooLarge:
    return UploadTooLarge(f"A file may have at most {max_bytes >> 20} MB", max_bytes=max_bytes)


def _is_forming(folder: Path) -> bool:
    """Whether somebody may be about to lock it: between its making and its lock lie microseconds."""
    try:
        age = time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return True
    return folder.name.startswith(_FORMING) and age < FORMING_S


def _try_lock(folder: Path) -> int | None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle

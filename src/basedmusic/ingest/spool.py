"""Where uploads lie until they are tracks: one folder each, held by a lock while its request lives.

A folder outlives its request by a crash, or because nobody could tell whether a track was made of it. One
whose lock is free therefore belongs to nobody, and `claim_abandoned` hands it to the sweeper, which asks the
database and takes back the blobs stored under the upload's name if there is no track.
"""

import asyncio
import errno
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from basedmusic.ingest.contracts import StorageFull, UploadTooLarge

FREE_RESERVE = 256 << 20
"""Bytes left on the disk for the database and everyone else."""
STEP_BYTES = 64 << 20
"""How much room an upload of unknown length is promised at a time."""
FILE = "file"
_FORMING = ".forming-"
FORMING_S = 60
SETTLING_S = 60
"""A COMMIT that was under way when its request ended is done or undone by then (IDLE_IN_TRANSACTION_MS)."""


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class Spool:
    """The `uploads/` folder of one node."""

    def __init__(self, folder: Path, max_bytes: int, free: Callable[[Path], int] = free_bytes) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._free = free
        self._running: set[Upload] = set()

    @asynccontextmanager
    async def receive(self, expected_bytes: int | None) -> AsyncGenerator["Upload"]:
        """A place for one upload, removed at the end unless it is held. Raises UploadTooLarge, StorageFull.

        `expected_bytes` is the request's Content-Length, form around the file included, where it has one.
        """
        if expected_bytes is not None and expected_bytes > self._max_bytes + (1 << 20):
            raise too_large(self._max_bytes)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        promised = STEP_BYTES if expected_bytes is None else expected_bytes
        self.require_room(promised)
        upload = Upload(self._folder, self._max_bytes, promised, self.require_room)
        self._running.add(upload)
        try:
            yield upload
        finally:
            self._running.discard(upload)
            await asyncio.to_thread(upload.end)

    def require_room(self, wanted: int) -> None:
        """Room for so many bytes, beside what the running uploads were promised. Raises StorageFull."""
        promised = sum(upload.outstanding for upload in self._running)
        if self._free(self._folder) - promised - wanted < FREE_RESERVE:
            raise StorageFull

    @contextmanager
    def claim_abandoned(self) -> Generator[list[UUID]]:
        """Ids of uploads whose process is gone; their folders are removed when the block ends well."""
        claimed: dict[Path, int] = {}
        try:
            for folder in sorted(self._folder.glob("*-*")):
                if not _is_upload(folder.name) or _is_forming(folder):
                    continue
                handle = _try_lock(folder)
                if handle is None:
                    continue
                if _may_be_committing(folder):
                    os.close(handle)
                else:
                    claimed[folder] = handle
            yield [UUID(folder.name) for folder in claimed if not folder.name.startswith(_FORMING)]
            for folder in claimed:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            for handle in claimed.values():
                os.close(handle)


class Upload:
    """One file as it arrives, hashed while it is written."""

    def __init__(
        self, spool: Path, max_bytes: int, promised: int, require_room: Callable[[int], None]
    ) -> None:
        self.id = uuid4()
        self.folder = spool / str(self.id)
        self.path = self.folder / FILE
        self.bytes = 0
        self._max_bytes = max_bytes
        self._promised = promised
        self._require_room = require_room
        self.is_held = False
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
    def source_key(self) -> str:
        return source_blob_key(self.id)

    @property
    def outstanding(self) -> int:
        """Bytes of the disk that are promised to this upload and not yet written."""
        return max(0, self._promised - self.bytes)

    @property
    def sha256(self) -> bytes:
        return self._hash.digest()

    async def write(self, data: bytes) -> None:
        """Raises UploadTooLarge, StorageFull."""
        self.bytes += len(data)
        if self.bytes > self._max_bytes:
            raise too_large(self._max_bytes)
        if self.bytes > self._promised:
            self.promise(self.bytes - self._promised + STEP_BYTES)
        await asyncio.to_thread(self._write, data)

    def promise(self, more: int) -> None:
        """Set aside so many bytes more. Raises StorageFull."""
        self._require_room(more)
        self._promised += more

    def finish(self) -> None:
        """All bytes are written; `path` may be read."""
        self._file.close()
        self._promised = self.bytes

    def hold(self) -> None:
        """Blobs may lie under this upload's name from now on: until `settle`, its end is the sweeper's matter."""
        self.is_held = True

    def settle(self) -> None:
        """A track was made of it, or its blobs are gone: the folder may go with the request."""
        self.is_held = False

    def end(self) -> None:
        self._file.close()
        if not self.is_held:
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


def source_blob_key(upload_id: UUID) -> str:
    """Where the file itself goes, as a track's `source_key`."""
    return f"{source_blob_prefix(upload_id)}/source"


def too_large(max_bytes: int) -> UploadTooLarge:
    return UploadTooLarge(f"A file may have at most {max_bytes >> 20} MB", max_bytes=max_bytes)


def _is_upload(name: str) -> bool:
    """Not something that a person put there."""
    try:
        return str(UUID(name.removeprefix(_FORMING))) == name.removeprefix(_FORMING)
    except ValueError:
        return False


def _is_forming(folder: Path) -> bool:
    """Whether somebody may be about to lock it: between its making and its lock lie microseconds."""
    return folder.name.startswith(_FORMING) and _age_s(folder) < FORMING_S


def _may_be_committing(folder: Path) -> bool:
    """The file was moved into the blobs a moment ago, so the database may still be making a track of it."""
    is_stored = not folder.name.startswith(_FORMING) and not (folder / FILE).exists()
    return is_stored and _age_s(folder) < SETTLING_S


def _age_s(folder: Path) -> float:
    """Since something in it was made, moved or removed; 0 when it is gone meanwhile."""
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _try_lock(folder: Path) -> int | None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # gone meanwhile, no folder, or not ours to open
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle

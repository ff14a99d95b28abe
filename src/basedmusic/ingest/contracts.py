"""What crosses the slice's border: how a step is written, how far a track is, and why an upload is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from basedmusic.catalog import TrackId
from basedmusic.codec.contracts import SourceRef
from basedmusic.kernel.errors import AppError, Invalid, NotFound, TooLarge, TooManyRequests
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import Tx
from basedmusic.platform.pool import MediaPool


class StepStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """For good; what plays goes on playing."""


@dataclass(frozen=True, slots=True)
class StepState:
    """How far one step of one track is."""

    name: str
    status: StepStatus
    attempts: int
    error: str | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepSource:
    """What a step works on."""

    track_id: TrackId
    upload: Path
    """The file as it was uploaded, on this machine; read only."""
    sound: SourceRef
    """What to decode: the same file, or the FLAC made of it."""
    auto_title: str | None
    """The title made from the file's name, or None when a person gave one."""


@dataclass(frozen=True, slots=True)
class StepTools:
    """What a step works with."""

    media: MediaPool
    blobs: Blobs


Write = Callable[[Tx], Awaitable[None]]
"""Records a step's outcome through catalog's verbs; runs in the transaction that marks the step done."""


class Step(Protocol):
    """One background step of ingest. Computes without a transaction, then hands back what to write.

    Runs again after a crash, so it must come to the same end twice. Refuses with an AppError what no
    second try would change; any other exception is tried again.
    """

    @property
    def name(self) -> str: ...

    async def compute(self, source: StepSource, tools: StepTools) -> Write: ...


class UploadTooLarge(TooLarge):
    code = "upload_too_large"
    title = "This file is larger than the scene accepts"


class StorageFull(AppError):
    code = "storage_full"
    status = 507
    title = "The server has no room for this file; nothing was kept"


class TooManyUploads(TooManyRequests):
    code = "too_many_uploads"
    title = "Too many uploads at once; this one can go on when another has finished"


class UploadFieldMissing(Invalid):
    code = "upload_field_missing"
    title = "A field of the upload is missing"


class StepMissing(NotFound):
    code = "step_not_failed"
    title = "This step has not failed, so there is nothing to try again"

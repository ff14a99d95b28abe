"""A person's own data, to take along."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from basedmusic.kernel.errors import Conflict, NotFound, TooManyRequests
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.queue import Job


class ExportStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Export:
    id: UUID
    account_id: AccountId
    status: ExportStatus
    parts: int
    """Tables and files that go into it; 0 until they are counted."""
    parts_done: int
    bytes: int | None
    """Of the archive, once it is ready."""
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MakeExport:
    export_id: UUID


MAKE_EXPORT = Job("accounts.make_export", MakeExport, concurrency=1)
"""One at a time in the whole scene: it reads much, and nobody waits for it with a finger on a key."""


def export_topic(export_id: UUID) -> str:
    """What a page listens to for hints about an export."""
    return f"export:{export_id}"


class ExportRunning(Conflict):
    code = "export_running"
    title = "Your data is being put together already"


class ExportTooSoon(TooManyRequests):
    """`may_ask_at` says from when on."""

    code = "export_too_soon"
    title = "You can have your data once a day"


class ExportMissing(NotFound):
    code = "export_not_found"
    title = "This link is over; ask for your data again in the settings"

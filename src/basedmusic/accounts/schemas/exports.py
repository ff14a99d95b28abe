"""A person's export on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from basedmusic.accounts.contracts import Export, ExportStatus


class ExportOut(BaseModel):
    id: UUID
    status: ExportStatus
    parts: int
    """0 until they are counted."""
    parts_done: int
    bytes: int | None
    asked_at: datetime
    expires_at: datetime
    url: str | None
    """Where it is fetched once it is ready: signed, until it expires."""

    @classmethod
    def of(cls, export: Export, url: str | None) -> "ExportOut":
        return cls(
            id=export.id,
            status=export.status,
            parts=export.parts,
            parts_done=export.parts_done,
            bytes=export.bytes,
            asked_at=export.asked_at,
            expires_at=export.expires_at,
            url=url,
        )


class ExportStateOut(BaseModel):
    export: ExportOut | None
    """The last one asked for, while it is there."""
    may_ask_at: datetime | None
    """From when on another may be asked for; null: now."""

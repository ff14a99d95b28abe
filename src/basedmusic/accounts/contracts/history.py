"""What a person heard."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from basedmusic.kernel.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Play:
    """A track that was really heard, once."""

    id: UUID
    """The player's own: a report that is sent again is the same play."""
    track_id: UUID
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end`."""

    start: datetime
    end: datetime


class HistoryEntryMissing(NotFound):
    code = "history_entry_not_found"
    title = "There is no such entry in your history"


class DeletionOver(NotFound):
    """Wiped by now, undone already, or never there."""

    code = "deletion_over"
    title = "This can't be taken back any more"


class TooManyDeletions(Conflict):
    code = "too_many_deletions"
    title = "Too much was deleted one by one; wait an hour, or delete a day or everything at once"

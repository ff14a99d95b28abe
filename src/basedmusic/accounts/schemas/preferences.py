"""What a person chose about themselves, on the wire, and deleting what they heard."""

from uuid import UUID

from pydantic import BaseModel

from basedmusic.accounts.contracts.preferences import Preferences
from basedmusic.platform.http.text import BodyIn, Instant


class PreferencesPatch(BodyIn):
    """What is left out stays as it is."""

    history_paused: bool | None = None
    followable: bool | None = None


class DeletionIn(BodyIn):
    """One entry, or a span of time; nothing of it is everything."""

    play_id: UUID | None = None
    since: Instant | None = None
    until: Instant | None = None


class DeletedOut(BaseModel):
    count: int


class PreferencesOut(BaseModel):
    history_paused: bool
    """Whether nothing that the caller hears is kept right now."""
    followable: bool
    """Whether others find and follow the caller."""

    @classmethod
    def of(cls, chosen: Preferences) -> "PreferencesOut":
        return cls(history_paused=chosen.history_paused_at is not None, followable=chosen.followable)

"""What a person chose about themselves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Preferences:
    followable: bool = False
    """Whether others find and follow the person."""
    history_paused_at: datetime | None = None
    """Since when nothing that they hear is kept."""

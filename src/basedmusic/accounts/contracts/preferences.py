"""What a person chose about themselves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Preferences:
    followable: bool = False
    """Whether others find and follow the person."""
    history_paused_at: datetime | None = None
    """Since when nothing that they hear is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city or a district of one, no finer than some ten kilometres."""

    id: int
    """GeoNames'."""
    name: str
    region: str
    """Where names repeat most (the United States); else empty."""
    country: str
    country_code: str
    """ISO 3166-1, two letters."""
    zone: str
    """IANA."""
    latitude: float
    longitude: float
    """Degrees, in tenths."""
    population: int

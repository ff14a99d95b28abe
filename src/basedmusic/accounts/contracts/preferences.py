"""What a person said about how they go out and what they like."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from basedmusic.kernel.errors import Conflict, Invalid


class Reach(StrEnum):
    """How far somebody goes for a night out."""

    WALK = "walk"
    CITY = "city"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Place:
    """A city or a district of one, no finer than some ten kilometres."""

    id: int
    """GeoNames'."""
    name: str
    region: str
    """Where names repeat most (the United States); else empty."""
    country: str
    zone: str
    """IANA."""
    latitude: float
    longitude: float
    """Degrees, in tenths."""
    population: int = 0


@dataclass(frozen=True, slots=True)
class Preferences:
    """Nothing is chosen unless it was."""

    followable: bool = False
    """Whether others find and follow the person."""
    history_paused_at: datetime | None = None
    """Since when nothing that they hear is kept."""
    welcomed_at: datetime | None = None
    """When they went through the welcome, or past it."""
    reach: Reach | None = None
    nights: tuple[int, ...] = ()
    """ISO weekdays on which they go out, in their order; 1 is Monday."""
    place: Place | None = None
    genres: tuple[str, ...] = ()
    adult_from: date | None = None
    """Not chosen: until then a minor, whom nobody finds."""


class PlaceUnknown(Invalid):
    code = "place_unknown"
    title = "This place is not in the list"


class TasteFull(Conflict):
    code = "taste_full"
    title = "You have judged as many tracks as can be kept; delete some first"

"""What a person chose about themselves, on the wire, and deleting what they heard."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from basedmusic.accounts.contracts.preferences import Preferences, Reach
from basedmusic.accounts.rules.preferences import REACH_KM
from basedmusic.platform.http.text import BodyIn, Instant

Night = Annotated[int, Field(ge=1, le=7, strict=True)]
"""An ISO weekday; 1 is Monday."""


class PreferencesPatch(BodyIn):
    """What is left out stays as it is; null takes it back."""

    history_paused: bool | None = None
    followable: bool | None = None
    welcomed: bool | None = None
    reach: Reach | None = None
    nights: Annotated[list[Night], Field(max_length=7)] | None = None
    place_id: Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)] | None = None


class DeletionIn(BodyIn):
    """One entry, or a span of time; nothing of it is everything."""

    play_id: UUID | None = None
    since: Instant | None = None
    until: Instant | None = None


class DeletedOut(BaseModel):
    count: int


class PlaceOut(BaseModel):
    """From GeoNames (CC BY 4.0)."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    region: str
    country: str
    zone: str
    latitude: float
    longitude: float


class PreferencesOut(BaseModel):
    history_paused: bool
    """Whether nothing that the caller hears is kept right now."""
    followable: bool
    """Whether others find and follow the caller."""
    welcomed: bool
    """Whether the caller has gone through the welcome, or past it."""
    reach: Reach | None
    reach_km: int | None
    nights: list[int]
    """ISO weekdays; 1 is Monday."""
    place: PlaceOut | None
    genres: list[str]
    """Slugs from /genres."""
    adult_from: date | None
    """Of a minor: until then they can't be followable."""

    @classmethod
    def of(cls, chosen: Preferences) -> "PreferencesOut":
        return cls(
            history_paused=chosen.history_paused_at is not None,
            followable=chosen.followable,
            welcomed=chosen.welcomed_at is not None,
            reach=chosen.reach,
            reach_km=REACH_KM[chosen.reach] if chosen.reach else None,
            nights=list(chosen.nights),
            place=PlaceOut.model_validate(chosen.place) if chosen.place else None,
            genres=list(chosen.genres),
            adult_from=chosen.adult_from,
        )

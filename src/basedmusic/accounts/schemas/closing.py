"""Closing a profile, on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from basedmusic.accounts.contracts import MAX_PARTY_NAME, ClosedProfile, ClosingPreview
from basedmusic.accounts.schemas.parties import ProfileOut
from basedmusic.platform.http.text import BodyIn


class ClosingIn(BodyIn):
    name: Annotated[str, Field(max_length=2 * MAX_PARTY_NAME)]
    """The profile's, typed by hand: nobody closes the wrong one in passing."""


class ClosingOut(BaseModel):
    gone_at: datetime
    """When it is gone for good. Until then an owner can take it back."""


class ClosingPreviewOut(BaseModel):
    days: int
    """For how long it can be taken back."""
    name: str
    tracks: int
    releases: int
    shows: int
    followers: int
    members: int

    @classmethod
    def of(cls, preview: ClosingPreview, days: int) -> "ClosingPreviewOut":
        return cls(
            days=days,
            name=preview.name,
            tracks=preview.contents.tracks,
            releases=preview.contents.releases,
            shows=preview.contents.shows,
            followers=preview.followers,
            members=preview.members,
        )


class ClosedProfileOut(ProfileOut):
    gone_at: datetime

    @classmethod
    def of_closed(cls, closed: ClosedProfile) -> "ClosedProfileOut":
        return cls(**ProfileOut.of(closed.profile).model_dump(), gone_at=closed.gone_at)


class ClosedProfilesOut(BaseModel):
    profiles: list[ClosedProfileOut]
    """The first to go first; a hundred at most."""

"""Wire shapes. They never leave the edge, with one exception: from edge to edge. `TrackOut` is in the facade,
since an upload's answer, which is ingest's, is a track."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from basedmusic.accounts.contracts import MAX_ADDRESS, MAX_LINKS, MAX_PARTY_NAME
from basedmusic.catalog.clips import CLIP_MS
from basedmusic.catalog.contracts import (
    COVER_SIZES,
    MAX_POSITION,
    Artist,
    Clip,
    Cover,
    Heard,
    Judged,
    MediaStatus,
    Publication,
    Release,
    ReleaseKind,
    StreamLinks,
    Track,
)
from basedmusic.catalog.rules import MAX_BIO, MAX_CITY, MAX_GENRES, MAX_TITLE
from basedmusic.platform.http.text import BodyIn, Instant

Title = Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
City = Annotated[str, Field(min_length=1, max_length=MAX_CITY)]
Bio = Annotated[str, Field(max_length=MAX_BIO)]
Name = Annotated[str, Field(min_length=1, max_length=MAX_PARTY_NAME)]
Day = Annotated[date, BeforeValidator(lambda given: given if isinstance(given, str | date) else None)]
"""As `2026-11-22`; a number of seconds, which pydantic would take too, is no day."""
Website = Annotated[str, Field(max_length=MAX_ADDRESS, examples=["https://example.org"])]
Links = Annotated[list[Website], Field(max_length=MAX_LINKS)]
Genres = Annotated[list[str], Field(max_length=MAX_GENRES, description="Slugs from /genres")]


MAX_PLAYS = 100
"""In one report."""


class ArtistIn(BodyIn):
    name: Name
    city: City
    genres: Genres = []  # noqa: RUF012 - pydantic copies it
    bio: Bio = ""
    website: Website = ""
    links: Links = []  # noqa: RUF012 - pydantic copies it


class ArtistPatch(BodyIn):
    """What is left out stays as it is."""

    name: Name | None = None
    city: City | None = None
    genres: Genres | None = None
    bio: Bio | None = None
    website: Website | None = Field(None, description="Empty takes it away")
    links: Links | None = None


class ReleaseIn(BodyIn):
    artist_id: UUID
    title: Title
    kind: ReleaseKind
    released_on: Day | None = None


class ReleasePatch(BodyIn):
    title: Title | None = None
    kind: ReleaseKind | None = None
    released_on: Day | None = Field(None, description="null takes the day away")


class TrackOrderIn(BodyIn):
    track_ids: Annotated[list[UUID], Field(max_length=MAX_POSITION, description="Each of them once")]


class TrackPatch(BodyIn):
    title: Title | None = None
    genres: Genres | None = None
    release_id: UUID | None = Field(None, description="null takes the track off its release")


class GenreOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    slug: str
    name: str


class CountedGenreOut(GenreOut):
    track_count: int
    """Published tracks: what /tracks?genre= lists."""
    artist_count: int
    """What /artists?genre= lists."""


class ArtistRefOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    slug: str
    name: str


class ReleaseRefOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    title: str


class CoverOut(BaseModel):
    """Addresses of square images; `colour` fills their place while they load."""

    small: str
    medium: str
    large: str
    colour: str

    @classmethod
    def of(cls, cover: Cover) -> "CoverOut":
        small, medium, large = (f"/covers/{cover.key}-{size}.webp" for size in COVER_SIZES)
        return cls(small=small, medium=medium, large=large, colour=cover.colour)


class ArtistOut(BaseModel):
    id: UUID
    slug: str
    name: str
    city: str
    bio: str
    genres: list[GenreOut]
    website: str | None
    links: list[str]
    created_at: datetime
    claimable: bool
    """Whether nobody owns it yet."""
    can_edit: bool
    following: bool
    """By the caller."""

    @classmethod
    def of(cls, artist: Artist) -> "ArtistOut":
        return cls(
            id=artist.id,
            slug=artist.slug,
            name=artist.name,
            city=artist.city,
            bio=artist.bio,
            genres=[GenreOut.model_validate(genre) for genre in artist.genres],
            website=artist.website,
            links=list(artist.links),
            created_at=artist.created_at,
            claimable=artist.claimable,
            can_edit=artist.can_edit,
            following=artist.followed_at is not None,
        )


class LoudnessOut(BaseModel):
    """EBU R128."""

    model_config = ConfigDict(from_attributes=True)
    integrated_lufs: float | None
    range_lu: float | None
    true_peak_dbtp: float | None


class FailureOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    code: str
    message: str


class SourceOut(BaseModel):
    """The file as it was uploaded."""

    model_config = ConfigDict(from_attributes=True)
    codec: str
    container: str
    sample_rate: int
    channels: int
    bytes: int


class StreamOut(BaseModel):
    """Where it is heard: an HLS playlist, and one progressive MP4 of exact length; both expire."""

    model_config = ConfigDict(from_attributes=True)
    hls: str
    url: str
    expires_at: datetime


class TrackOut(BaseModel):
    id: UUID
    title: str
    artist: ArtistRefOut
    release: ReleaseRefOut | None
    position: int | None
    genres: list[GenreOut]
    publication: Publication
    published_at: datetime | None
    created_at: datetime
    media_status: MediaStatus
    steps_done: list[str]
    failure: FailureOut | None
    duration_ms: int | None
    loudness: LoudnessOut | None
    waveform: list[int] | None
    cover: CoverOut | None
    source: SourceOut | None
    stream: StreamOut | None
    can_edit: bool
    saved: bool
    """By the caller."""

    @classmethod
    def of(cls, track: Track, links: StreamLinks | None) -> "TrackOut":
        return cls(
            id=track.id,
            title=track.title,
            artist=ArtistRefOut.model_validate(track.artist),
            release=ReleaseRefOut.model_validate(track.release) if track.release else None,
            position=track.position,
            genres=[GenreOut.model_validate(genre) for genre in track.genres],
            publication=track.publication,
            published_at=track.published_at,
            created_at=track.created_at,
            media_status=track.media_status,
            steps_done=list(track.steps_done),
            failure=FailureOut.model_validate(track.failure) if track.failure else None,
            duration_ms=track.source.duration_ms if track.source else None,
            loudness=LoudnessOut.model_validate(track.loudness) if track.loudness else None,
            waveform=list(track.waveform) if track.waveform else None,
            cover=CoverOut.of(track.cover) if track.cover else None,
            source=SourceOut.model_validate(track.source) if track.source else None,
            stream=StreamOut.model_validate(links) if links else None,
            can_edit=track.can_edit,
            saved=track.saved_at is not None,
        )


class PlayIn(BodyIn):
    id: UUID
    """Made by the player, one for each play."""
    track_id: UUID
    heard_at: Instant


class PlaysIn(BodyIn):
    plays: Annotated[list[PlayIn], Field(max_length=MAX_PLAYS)]
    sent_at: Annotated[
        Instant | None, Field(description="By the device's clock now: it may be wrong, and is made up for")
    ] = None


class ReportedOut(BaseModel):
    kept: int
    """How many are new in the history."""


class TasteGenresIn(BodyIn):
    genres: Annotated[list[str], Field(max_length=50, description="Slugs from /genres")]


class JudgementIn(BodyIn):
    kept: bool


class ClipOut(BaseModel):
    track: TrackOut
    start_ms: int
    length_ms: int

    @classmethod
    def of(cls, clip: Clip, links: StreamLinks | None) -> "ClipOut":
        return cls(track=TrackOut.of(clip.track, links), start_ms=clip.start_ms, length_ms=CLIP_MS)


class JudgedOut(BaseModel):
    track: TrackOut
    kept: bool
    judged_at: datetime

    @classmethod
    def of(cls, judged: Judged, links: StreamLinks | None) -> "JudgedOut":
        return cls(track=TrackOut.of(judged.track, links), kept=judged.kept, judged_at=judged.judged_at)


class HeardOut(BaseModel):
    """One play of a track."""

    id: UUID
    """The play's, from whoever reported it."""
    heard_at: datetime
    track: TrackOut

    @classmethod
    def of(cls, heard: Heard, links: StreamLinks | None) -> "HeardOut":
        return cls(id=heard.play_id, heard_at=heard.heard_at, track=TrackOut.of(heard.track, links))


class ReleaseOut(BaseModel):
    id: UUID
    title: str
    kind: ReleaseKind
    released_on: date | None
    publication: Publication
    published_at: datetime | None
    artist: ArtistRefOut
    cover: CoverOut | None
    track_count: int
    can_edit: bool
    saved: bool
    """By the caller."""

    @classmethod
    def of(cls, release: Release) -> "ReleaseOut":
        return cls(
            id=release.id,
            title=release.title,
            kind=release.kind,
            released_on=release.released_on,
            publication=release.publication,
            published_at=release.published_at,
            artist=ArtistRefOut.model_validate(release.artist),
            cover=CoverOut.of(release.cover) if release.cover else None,
            track_count=release.track_count,
            can_edit=release.can_edit,
            saved=release.saved_at is not None,
        )

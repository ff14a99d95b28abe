"""What crosses the slice's border: ids, values, facts and errors. Everything here is frozen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from basedmusic.kernel.errors import Conflict, Invalid, NotFound
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.units import Bytes, DurationMs, Samples
from basedmusic.platform.facts import Fact

TrackId = NewType("TrackId", UUID)
ReleaseId = NewType("ReleaseId", UUID)

WAVEFORM_POINTS = 200
MAX_POSITION = 999
"""Of a track on its release."""


class Publication(StrEnum):
    """Who may find it; says nothing about whether it plays."""

    DRAFT = "draft"
    """Its artist's members only."""
    SCHEDULED = "scheduled"
    UNLISTED = "unlisted"
    """Whoever has the link."""
    PUBLISHED = "published"


class MediaStatus(StrEnum):
    """Whether it plays; says nothing about who may hear it."""

    PROCESSING = "processing"
    PLAYABLE = "playable"
    FAILED = "failed"


class ReleaseKind(StrEnum):
    ALBUM = "album"
    EP = "ep"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Genre:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class CountedGenre(Genre):
    """With how much of it anybody finds."""

    track_count: int
    artist_count: int


@dataclass(frozen=True, slots=True)
class ArtistRef:
    id: PartyId
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Artist:
    id: PartyId
    slug: str
    name: str
    city: str
    bio: str
    genres: tuple[Genre, ...]
    website: str | None
    links: tuple[str, ...]
    """Where else it is to be found."""
    claimable: bool
    """Whether nobody owns it yet."""
    created_at: datetime
    can_edit: bool
    """Whether the viewer it was read for is one of its members."""
    followed_at: datetime | None
    """Since when that viewer follows it."""


@dataclass(frozen=True, slots=True)
class ReleaseRef:
    id: ReleaseId
    title: str


@dataclass(frozen=True, slots=True)
class Cover:
    key: str
    """Names the stored images, and changes when they do."""
    colour: str
    """Dominant colour, `#rrggbb`: the placeholder while the image loads."""


COVER_SIZES = (96, 320, 800)
"""Edges of the square images, in pixels."""


def cover_blob_key(key: str, size: int, extension: str) -> str:
    """Where a cover's image lies: written by ingest, served by catalog."""
    return f"{cover_prefix(key)}/{size}.{extension}"


def cover_prefix(key: str) -> str:
    """All sizes of one cover lie below this."""
    return f"covers/{key}"


@dataclass(frozen=True, slots=True)
class Release:
    id: ReleaseId
    artist: ArtistRef
    title: str
    kind: ReleaseKind
    released_on: date | None
    publication: Publication
    published_at: datetime | None
    cover: Cover | None
    track_count: int
    """Tracks the viewer may see."""
    created_at: datetime
    can_edit: bool
    saved_at: datetime | None
    """When the viewer it was read for saved it."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """EBU R128 (ITU-R BS.1770-5); None where the programme is silent or too short to tell."""

    integrated_lufs: float | None
    range_lu: float | None
    true_peak_dbtp: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """The uploaded file and what a full decode of it found."""

    key: str
    """Blob key of the file as it was uploaded."""
    playback_key: str
    """Blob key of what segments are cut from: the file itself, or a FLAC made of it where seeking in the
    file is not sample-exact."""
    sha256: bytes
    bytes: Bytes
    container: str
    """wav, flac, mp3, mov, ogg or aac: found by looking, never the uploader's word."""
    content_type: str
    codec: str
    sample_rate: int
    """Hz."""
    channels: int
    samples: Samples
    """Sample frames at `sample_rate`, counted by decoding, never taken from a header."""
    duration_ms: DurationMs


@dataclass(frozen=True, slots=True)
class Track:
    id: TrackId
    artist: ArtistRef
    release: ReleaseRef | None
    position: int | None
    title: str
    genres: tuple[Genre, ...]
    publication: Publication
    published_at: datetime | None
    created_at: datetime
    media_status: MediaStatus
    failure: Failure | None
    source: Source | None
    loudness: Loudness | None
    waveform: bytes | None
    """WAVEFORM_POINTS peaks, 0–255."""
    cover: Cover | None
    steps_done: tuple[str, ...]
    can_edit: bool
    saved_at: datetime | None
    """When the viewer it was read for saved it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A track that the viewer heard, once."""

    play_id: UUID
    heard_at: datetime
    track: Track


@dataclass(frozen=True, slots=True)
class Clip:
    """Ten seconds of a track to judge it by."""

    track: Track
    start_ms: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A track that the viewer kept or passed."""

    track: Track
    kept: bool
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class NewTrack:
    """What ingest hands over once an upload proved to be music."""

    artist_id: PartyId
    title: str
    source: Source
    release_id: ReleaseId | None = None
    publish: bool = False


@dataclass(frozen=True, slots=True)
class StreamLinks:
    """Where a track is heard; the addresses expire."""

    hls: str
    url: str
    expires_at: datetime


LinkStreams = Callable[[Track], StreamLinks | None]
"""The port through which `streaming`, a slice above, signs the addresses of a track the viewer may hear."""


@dataclass(frozen=True, slots=True)
class TrackPublished(Fact):
    track_id: TrackId


@dataclass(frozen=True, slots=True)
class TrackUnpublished(Fact):
    track_id: TrackId


@dataclass(frozen=True, slots=True)
class TrackPurged(Fact):
    """Gone for good, after the time for undo: whoever keeps something derived from it deletes that now."""

    track_id: TrackId
    source_keys: tuple[str, ...]
    """Blob keys of the uploaded file and of what was made of it for playing."""
    cover_key: str | None


@dataclass(frozen=True, slots=True)
class ReleasePublished(Fact):
    release_id: ReleaseId


class ArtistMissing(NotFound):
    code = "artist_not_found"
    title = "There is no such artist"


class TrackMissing(NotFound):
    code = "track_not_found"
    title = "There is no such track"


class TakenDown(Conflict):
    code = "taken_down"
    title = "A moderator took this down; you can appeal under Settings, and publish it once it is restored"


class ReleaseMissing(NotFound):
    code = "release_not_found"
    title = "There is no such release"


class GenreUnknown(Invalid):
    code = "genre_unknown"
    title = "One of these genres is not in the list"


class TrackNotPlayable(Conflict):
    code = "track_not_playable"
    title = "This track can't be published before it plays"


class ReleaseEmpty(Conflict):
    code = "release_empty"
    title = "A release needs at least one track that plays before it can be published"


class ReleaseFull(Conflict):
    code = "release_full"
    title = "This release has as many tracks as one can have"


class ReleaseChanged(Conflict):
    code = "release_changed"
    title = "Other tracks lie on this release by now; look at it again"


class ReleaseOfAnother(Invalid):
    code = "release_of_another_artist"
    title = "This release belongs to another artist"

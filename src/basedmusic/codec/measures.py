"""What is measured and read in the background, each step on its own: frozen requests, replies and calls.

No av, Pillow or mutagen here. Paths are absolute paths of local files that the asker chose.
"""

from dataclasses import dataclass

from basedmusic.codec.contracts import SourceRef
from basedmusic.kernel.calls import Call
from basedmusic.kernel.errors import AppError

MAX_COVER_BYTES = 20 << 20
"""Of an embedded picture; a larger one is left out."""
MAX_COVER_PIXELS = 40_000_000
"""Of any picture that is decoded: 6,324 × 6,324, and 320 MB of memory at the most."""
WAVEFORM_POINTS = 200
COVER_SIZES = (96, 320, 800)


class ImageRefused(AppError):
    """The picture is the reason, not the server: trying again changes nothing."""

    code = "image_refused"
    status = 422
    title = "This file can't be taken as a picture"


@dataclass(frozen=True, slots=True)
class LoudnessRequest:
    source: SourceRef
    """As probed: the upload itself, or the FLAC made of it."""


@dataclass(frozen=True, slots=True)
class LoudnessReport:
    """EBU R128. Each is None where the programme is silent or too short (0.4 s; for the range 3 s)."""

    integrated_lufs: float | None
    range_lu: float | None
    true_peak_dbtp: float | None


@dataclass(frozen=True, slots=True)
class PeaksRequest:
    source: SourceRef
    points: int = WAVEFORM_POINTS


@dataclass(frozen=True, slots=True)
class PeaksReport:
    peaks: bytes
    """`points` heights from 0 to 255, on the scale of loudness, the track's own highest at 255."""


@dataclass(frozen=True, slots=True)
class TagsRequest:
    path: str
    """The file as uploaded."""
    max_cover_bytes: int = MAX_COVER_BYTES


@dataclass(frozen=True, slots=True)
class EmbeddedCover:
    mime: str
    """By its first bytes, not by the tag's claim: image/jpeg, image/png, image/webp or image/gif."""
    data: bytes


@dataclass(frozen=True, slots=True)
class TagsReport:
    """What the file says about itself, as far as it can be read. Texts are one clean line; "" is unknown."""

    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artists: tuple[str, ...] = ()
    track_number: int | None = None
    track_total: int | None = None
    disc_number: int | None = None
    date: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    genres: tuple[str, ...] = ()
    isrc: str = ""
    """Twelve characters without hyphens (ISO 3901)."""
    musicbrainz_recording_id: str = ""
    """What taggers call `musicbrainz_trackid` is the recording."""
    musicbrainz_release_track_id: str = ""
    musicbrainz_release_id: str = ""
    musicbrainz_artist_ids: tuple[str, ...] = ()
    cover: EmbeddedCover | None = None
    problem: str = ""
    """Why something was left out, in words; "" when all could be read."""


@dataclass(frozen=True, slots=True)
class CoverRequest:
    path: str
    """An image file; "" to take `data`."""
    data: bytes = b""
    sizes: tuple[int, ...] = COVER_SIZES
    """Edges of the square images, in pixels."""


@dataclass(frozen=True, slots=True)
class CoverImage:
    size: int
    webp: bytes
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class CoverReport:
    images: tuple[CoverImage, ...]
    """One per size asked for, in that order. Without any metadata of the original."""
    colour: str
    """Dominant colour, `#rrggbb`."""
    width: int
    """Of the original, upright, in pixels."""
    height: int


MEASURE_LOUDNESS: Call[LoudnessRequest, LoudnessReport] = Call(
    "basedmusic.codec.loudness:measure_loudness", request=LoudnessRequest, reply=LoudnessReport
)
"""Decode the whole and measure it: some 0.5 CPU s for four minutes of stereo, beside the decoding.
Reports progress. Raises the refusals of `codec.errors`."""

COMPUTE_PEAKS: Call[PeaksRequest, PeaksReport] = Call(
    "basedmusic.codec.peaks:compute_peaks", request=PeaksRequest, reply=PeaksReport
)
"""Decode the whole and outline it. Reports progress. Raises the refusals of `codec.errors`."""

READ_TAGS: Call[TagsRequest, TagsReport] = Call(
    "basedmusic.codec.tags:read_tags", request=TagsRequest, reply=TagsReport
)
"""Never refuses a file: what can't be read is absent, and `problem` says why."""

RENDER_COVER: Call[CoverRequest, CoverReport] = Call(
    "basedmusic.codec.cover:render_cover", request=CoverRequest, reply=CoverReport
)
"""Re-encode an image as squares. Raises ImageRefused."""

"""What crosses the slice's border."""

from dataclasses import dataclass

from basedmusic.catalog import Publication, TrackId
from basedmusic.kernel.errors import AppError, NotFound


@dataclass(frozen=True, slots=True)
class Playable:
    """What is needed to make any piece of a track's sound; but for `publication`, the same for its whole life."""

    track_id: TrackId
    publication: Publication
    source_key: str
    source_sha256: bytes
    content_type: str
    playback_key: str
    sample_rate: int
    samples: int
    """At `sample_rate`."""


class StreamMissing(NotFound):
    code = "stream_not_found"
    title = "There is nothing to hear at this address"


class LinkExpired(AppError):
    """The signature is wrong or its time is over; a fresh link comes with the track."""

    code = "link_expired"
    status = 403
    title = "This link has expired; ask for the track again"


class CodecUnknown(AppError):
    code = "codec_unknown"
    status = 422
    title = "This codec or bitrate is not offered"

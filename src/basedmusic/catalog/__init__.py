"""The catalog: artists, their releases and tracks, and the genres they go by.

The slice that others copy. `contracts` is what crosses its border; the verbs below take the edge's
transaction first; routes, store and schemas are its own.
"""

from basedmusic.catalog.contracts import (
    Artist,
    ArtistRef,
    LinkStreams,
    Loudness,
    NewTrack,
    Publication,
    Release,
    ReleaseId,
    Source,
    StreamLinks,
    Track,
    TrackId,
    TrackMissing,
    TrackPublished,
    TrackPurged,
)
from basedmusic.catalog.rules import title_from_filename
from basedmusic.catalog.schemas import TrackOut
from basedmusic.catalog.service import (
    add_track,
    create_artist,
    create_release,
    get_artist,
    get_release,
    get_track,
    list_release_tracks,
    publish_release,
    publish_track,
    purge_deleted_tracks,
    record_cover,
    record_loudness,
    record_step_done,
    record_tags,
    record_waveform,
)

__all__ = [
    "Artist",
    "ArtistRef",
    "LinkStreams",
    "Loudness",
    "NewTrack",
    "Publication",
    "Release",
    "ReleaseId",
    "Source",
    "StreamLinks",
    "Track",
    "TrackId",
    "TrackMissing",
    "TrackOut",
    "TrackPublished",
    "TrackPurged",
    "add_track",
    "create_artist",
    "create_release",
    "get_artist",
    "get_release",
    "get_track",
    "list_release_tracks",
    "publish_release",
    "publish_track",
    "purge_deleted_tracks",
    "record_cover",
    "record_loudness",
    "record_step_done",
    "record_tags",
    "record_waveform",
    "title_from_filename",
]

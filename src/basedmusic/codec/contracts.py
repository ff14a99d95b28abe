"""What the media edge can be asked for: frozen requests and replies, and the calls that name the code.

No av here: web processes import this module and send the requests to a media process.
Counts of samples are per channel. Paths are absolute paths of local files that the asker chose; a client
never names one.
"""

from dataclasses import dataclass

from basedmusic.kernel.calls import Call

__all__ = [
    "ENCODE_CHUNK",
    "MAX_CHANNELS",
    "MEZZANINE",
    "PROBE",
    "ChunkReply",
    "ChunkRequest",
    "MezzanineReport",
    "MezzanineRequest",
    "ProbeReport",
    "ProbeRequest",
    "SourceRef",
]

MAX_CHANNELS = 8
MIN_SAMPLE_RATE = 8_000
MAX_SAMPLE_RATE = 192_000


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A probed source as the encoder needs to know it. A mezzanine has its source's rate and samples."""

    path: str
    """Absolute path of the local file."""
    sample_rate: int
    """Hz, as decoded."""
    samples: int
    """True length at `sample_rate`, counted by decoding the whole."""


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    path: str
    """Absolute path of the uploaded file, alone in its folder."""
    filename: str = ""
    """The name the uploader gave it; only ever used in the words of a refusal."""
    max_seconds: int = 6 * 3_600
    max_decoded_bytes: int = 16 << 30
    """Samples × channels × 4 bytes; bounds the work that a small, highly compressed file can cause."""


@dataclass(frozen=True, slots=True)
class ProbeReport:
    container: str
    """wav, flac, mp3, mov, ogg or aac."""
    codec: str
    """pcm, flac, mp3, aac, alac, vorbis, opus, or FFmpeg's name of a rarer accepted one."""
    content_type: str
    """For serving the original: probed, never the uploader's claim."""
    sample_rate: int
    """Hz, as decoded."""
    channels: int
    samples: int
    """True length at `sample_rate`, counted by decoding the whole."""
    duration_ms: int
    """Of `samples`, rounded half up."""
    bit_rate: int
    """Bits per second over the whole file, cover art and tags included."""
    bytes: int
    needs_mezzanine: bool
    """Segments must be made from a FLAC copy: seeking in this file was not proved sample-exact."""
    mezzanine_reason: str
    """Why, in words; empty when not needed."""
    damaged_packets: int
    """Packets that didn't decode and were left out."""


@dataclass(frozen=True, slots=True)
class MezzanineRequest:
    path: str
    """Absolute path of a probed source."""
    target: str
    """Absolute path to write; it appears whole or not at all."""


@dataclass(frozen=True, slots=True)
class MezzanineReport:
    sample_rate: int
    """Hz, the source's."""
    channels: int
    samples: int
    """Equal to the probe's."""
    bytes: int


@dataclass(frozen=True, slots=True)
class ChunkRequest:
    source: SourceRef
    codec: str
    """Only aac so far."""
    bit_rate: int
    """Nominal bits per second of the rendition."""
    number: int
    """Of the chunk on the grid, from 0."""


@dataclass(frozen=True, slots=True)
class ChunkReply:
    data: bytes
    """One moof + mdat, at least 8 bytes smaller than its slot in the progressive file."""
    bit_rate: int
    """Bits per second it was encoded at: below the nominal where that overflowed the slot."""


PROBE: Call[ProbeRequest, ProbeReport] = Call(
    "basedmusic.codec.probe:probe", request=ProbeRequest, reply=ProbeReport
)
"""Decode the whole upload: what it is, its true length, and whether it can be cut exactly.

Raises the refusals of `basedmusic.codec.errors`. Reports progress. Some 0.5 to 2 s for a song."""

MEZZANINE: Call[MezzanineRequest, MezzanineReport] = Call(
    "basedmusic.codec.mezzanine:make_mezzanine", request=MezzanineRequest, reply=MezzanineReport
)
"""Decode once to a FLAC file from which every cut is exact. Reports progress."""

ENCODE_CHUNK: Call[ChunkRequest, ChunkReply] = Call(
    "basedmusic.codec.chunks:encode_chunk", request=ChunkRequest, reply=ChunkReply
)
"""Make one chunk on its own: the same request gives the same bytes. Some 7 to 17 ms."""

"""The media edge: the only importer of av, Pillow and mutagen, run in media processes.

What the web and the worker need of it is pure: the contracts that name its calls, the grid, and the layout of
what is sent. Importing this package loads no decoder; a test holds that.
"""

from basedmusic.codec.contracts import (
    ENCODE_CHUNK,
    MEZZANINE,
    PROBE,
    ChunkReply,
    ChunkRequest,
    MezzanineReport,
    MezzanineRequest,
    ProbeReport,
    ProbeRequest,
    SourceRef,
)

__all__ = [
    "ENCODE_CHUNK",
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

"""Renditions, and recipes: what names the bytes of a rendition of one source for ever. Pure.

A recipe id is in every media URL. Whatever could change a byte is in it, so that an address is never answered
with other bytes than before, and caches may keep them without asking again.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from basedmusic.codec.grid import AAC, GRID_VERSION, FrameGrid

LAYOUT_VERSION = 2
"""Of the boxes and slots in `mp4`: raise it whenever their bytes change."""

RECIPE_ID_CHARS = 16


@dataclass(frozen=True, slots=True)
class Rendition:
    """One way a track is offered: at 48 kHz, in stereo, cut on the grid, in fragmented MP4."""

    name: str
    """As in URLs."""
    codec: str
    bit_rate: int
    """Nominal bits per second."""
    coder: str
    """The encoder's own way of searching. AAC `fast`: first sound 4 to 5 times sooner than its default."""
    intensity_below: float
    """AAC intensity stereo is allowed in segments with less than this share of their energy above 6.1 kHz.
    There it saves bits; elsewhere FFmpeg's takes wide stereo apart (correlation with the source 0.926 instead
    of 0.999 in one of eight recordings). 0 is never."""
    frames: FrameGrid
    codecs: str
    """RFC 6381, for playlists and MIME types."""
    content_type: str = "audio/mp4"


AAC_LC = "mp4a.40.2"
RENDITIONS = {
    rendition.name: rendition
    for rendition in (
        Rendition("aac128", "aac", 128_000, "fast", 0.012, AAC, AAC_LC),
        Rendition("aac256", "aac", 256_000, "fast", 0.0, AAC, AAC_LC),
    )
}


def find_rendition(codec: str, bit_rate: int) -> Rendition | None:
    for rendition in RENDITIONS.values():
        if (rendition.codec, rendition.bit_rate) == (codec, bit_rate):
            return rendition
    return None


@cache
def encoder_build() -> str:
    """The FFmpeg that encodes: PyAV's wheels bring their own, so its version names both. Imports no av."""
    return f"av-{version('av')}"


@dataclass(frozen=True, slots=True)
class Recipe:
    rendition: Rendition
    source_sha256: bytes
    """Of the uploaded file."""
    build: str

    @property
    def id(self) -> str:
        """Short and safe in URLs; 64 bits tell a scene's recipes apart."""
        rendition = self.rendition
        parts = (
            rendition.codec,
            str(rendition.bit_rate),
            rendition.coder,
            f"is{rendition.intensity_below}",
            self.build,
            f"grid{GRID_VERSION}",
            f"layout{LAYOUT_VERSION}",
            self.source_sha256.hex(),
        )
        return hashlib.sha256("/".join(parts).encode()).hexdigest()[:RECIPE_ID_CHARS]


def recipe_for(rendition: Rendition, source_sha256: bytes) -> Recipe:
    """The recipe that this installation makes of a source now."""
    return Recipe(rendition, source_sha256, encoder_build())

"""Covers for the demo's releases: gig posters of one motif in two inks. Media processes only."""

import io
import random

from PIL import Image

from basedmusic.codec.demo.contracts import Poster
from basedmusic.codec.demo.motifs import MOTIFS, Sheet

EDGE = 1200
"""Pixels."""
FINER = 2
"""Drawn so many times larger, then made smaller: smooth edges."""


def draw_poster(poster: Poster) -> bytes:
    """A square PNG of EDGE pixels; the same poster gives the same bytes. Raises ValueError for an unknown motif."""
    if poster.motif not in MOTIFS:
        raise ValueError(f"no motif is called {poster.motif}")
    large = Image.new("L", (EDGE * FINER, EDGE * FINER), 0)
    MOTIFS[poster.motif](Sheet(large), random.Random(poster.seed))
    # How much ink a pixel has is its place in a palette that goes from paper to ink.
    small = large.reduce(FINER)
    small.putpalette(_palette(poster.paper, poster.ink))
    png = io.BytesIO()
    small.save(png, "PNG", compress_level=6)
    return png.getvalue()


def _palette(paper: str, ink: str) -> list[int]:
    """256 colours from paper to ink, one channel after the other."""
    ends = list(zip(bytes.fromhex(paper[1:]), bytes.fromhex(ink[1:]), strict=True))
    return [round(low + (high - low) * step / 255) for step in range(256) for low, high in ends]

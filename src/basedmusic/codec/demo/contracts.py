"""What is made for the demo: frozen requests, replies and the call. No Pillow or mutagen here."""

from dataclasses import dataclass

from basedmusic.kernel.calls import Call


@dataclass(frozen=True, slots=True)
class Poster:
    """A cover to draw: one motif in two inks."""

    motif: str
    """One of `codec.demo.motifs.MOTIFS`."""
    paper: str
    """`#rrggbb`."""
    ink: str
    seed: int


@dataclass(frozen=True, slots=True)
class PieceRequest:
    """A synthesised piece, written as a tagged FLAC file."""

    path: str
    """Where to write; it appears whole or not at all."""
    style: str
    """One of `dsp.synth.Style`."""
    seed: int
    seconds: float
    title: str = ""
    artist: str = ""
    album: str = ""
    genre: str = ""
    track_number: int = 0
    date: str = ""
    cover: Poster | None = None


@dataclass(frozen=True, slots=True)
class PieceReport:
    sample_rate: int
    samples: int
    bytes: int


RENDER_PIECE: Call[PieceRequest, PieceReport] = Call(
    "basedmusic.codec.demo.pieces:render_piece", request=PieceRequest, reply=PieceReport
)
"""Synthesise and write one demo piece. The same request gives the same sound."""

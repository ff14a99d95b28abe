"""Synthesised pieces as tagged FLAC files. Media processes only."""

import os
from pathlib import Path

from mutagen.flac import FLAC, Picture

from basedmusic.codec.demo.contracts import PieceReport, PieceRequest, Poster
from basedmusic.codec.demo.posters import EDGE, draw_poster
from basedmusic.codec.flac import write_flac
from basedmusic.dsp.synth import RATE, Style, compose
from basedmusic.platform.pool.child import report_progress

FRONT_COVER = 3
"""Picture type of ID3v2 and FLAC (RFC 9639 §8.8)."""


def render_piece(request: PieceRequest) -> PieceReport:
    """Compose and write; the file appears whole or not at all. Raises ValueError for an unknown style or motif."""
    audio = compose(request.seed, Style(request.style), request.seconds)
    report_progress(0.8)
    unfinished = f"{request.path}.piece"
    try:
        write_flac(unfinished, audio, RATE)
        _tag(unfinished, request)
        size = os.stat(unfinished).st_size
        os.replace(unfinished, request.path)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return PieceReport(RATE, audio.shape[1], size)


def _tag(path: str, request: PieceRequest) -> None:
    file = FLAC(path)
    tags = {
        "title": request.title,
        "artist": request.artist,
        "album": request.album,
        "genre": request.genre,
        "tracknumber": str(request.track_number or ""),
        "date": request.date,
    }
    for name, value in tags.items():
        if value:
            file[name] = value
    if request.cover:
        file.add_picture(_picture(request.cover))
    file.save()


def _picture(poster: Poster) -> Picture:
    picture = Picture()
    picture.type = FRONT_COVER
    picture.mime, picture.data = "image/png", draw_poster(poster)
    picture.width = picture.height = EDGE
    picture.depth = 8
    return picture

"""Synthesised pieces as tagged FLAC files. Media processes only."""

import os
from pathlib import Path

from mutagen.flac import FLAC

from basedmusic.codec.flac import write_flac
from basedmusic.codec.measures import PieceReport, PieceRequest
from basedmusic.dsp.synth import RATE, Style, compose
from basedmusic.platform.pool.child import report_progress


def render_piece(request: PieceRequest) -> PieceReport:
    """Compose and write; the file appears whole or not at all. Raises ValueError for an unknown style."""
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
    file.save()

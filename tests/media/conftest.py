"""Sources in every accepted form, made once, and what the codec makes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from basedmusic.codec.chunks import encode_chunk
from basedmusic.codec.contracts import ChunkReply, ChunkRequest, ProbeReport, ProbeRequest, SourceRef
from basedmusic.codec.grid import chunk_count, chunks_of, to_grid_samples
from basedmusic.codec.mp4 import init_segment
from basedmusic.codec.probe import probe
from basedmusic.codec.progressive import ProgressiveFile
from basedmusic.codec.recipes import RENDITIONS, Rendition
from media.makers import FORMS, write_song

MUSIC = Path(__file__).parents[3] / "shared" / "data" / "music"


@dataclass(frozen=True)
class Made:
    """All chunks of one rendition of one source."""

    source: SourceRef
    rendition: Rendition
    replies: tuple[ChunkReply, ...]

    @property
    def total(self) -> int:
        return to_grid_samples(self.source.samples, self.source.sample_rate)

    @property
    def layout(self) -> ProgressiveFile:
        return ProgressiveFile(self.rendition, self.total)

    def hls(self, first: int = 0) -> bytes:
        """What a player that starts at segment `first` appends, one after the other."""
        begin = chunks_of(first, self.total, self.rendition.frames).start
        return init_segment(self.rendition, self.total) + b"".join(r.data for r in self.replies[begin:])

    def progressive(self) -> bytes:
        slots = (self.layout.slot(index, reply.data) for index, reply in enumerate(self.replies))
        return self.layout.header + b"".join(slots)


def make_all(source: SourceRef, rendition: Rendition) -> Made:
    count = chunk_count(to_grid_samples(source.samples, source.sample_rate), rendition.frames)
    requests = (ChunkRequest(source, rendition.codec, rendition.bit_rate, index) for index in range(count))
    return Made(source, rendition, tuple(map(encode_chunk, requests)))


def source_of(report: ProbeReport, path: Path) -> SourceRef:
    return SourceRef(str(path), report.sample_rate, report.samples)


@pytest.fixture(scope="session")
def song_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The song in the form of that name, written on first use."""
    folder = tmp_path_factory.mktemp("songs")
    forms = {form.name: form for form in FORMS}
    written: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in written:
            written[name] = write_song(folder, forms[name])
        return written[name]

    return get


@pytest.fixture(scope="session")
def made(song_file: Callable[[str], Path]) -> Callable[[str, str], Made]:
    """All chunks of (form, rendition), made on first use."""
    cache: dict[tuple[str, str], Made] = {}

    def get(form: str, rendition: str) -> Made:
        if (form, rendition) not in cache:
            path = song_file(form)
            report = probe(ProbeRequest(str(path), path.name))
            cache[form, rendition] = make_all(source_of(report, path), RENDITIONS[rendition])
        return cache[form, rendition]

    return get


@pytest.fixture(scope="session")
def recordings() -> list[Path]:
    """Real Ogg files, where the machine has them beside the checkout."""
    return sorted(MUSIC.glob("*.ogg"))

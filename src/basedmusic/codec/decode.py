"""Reading sound out of files: sample-exact cuts for segments, and whole files block by block for measures.

A position in a source is `pts − stream.start_time`: MP3 with a LAME header starts at 1,105 samples, M4A at an
edit, Opus behind its pre-skip, and each is 0 here. Media processes only.
"""

import os
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from math import gcd

import numpy as np

from basedmusic.codec.containers import OpenSource, open_source
from basedmusic.codec.contracts import SourceRef
from basedmusic.codec.frames import Planar, Resampler, decoded_frames, layout_for, layout_name, to_planar
from basedmusic.codec.grid import GRID_RATE
from basedmusic.codec.ogg import last_safe_granule

BLOCK = 32_768
"""Samples that `decode_blocks` gathers at least, so that numpy's cost per call doesn't count."""

KEPT_OPEN = 8
"""Sources a process keeps open: listeners ask for the next segment of the same songs."""

PRE_ROLL_S = 0.2
"""Decoded and thrown away before a cut: MP3's bit reservoir, windows that overlap, Opus' 80 ms of memory."""
LOSSLESS = ("pcm_", "flac", "alac")
"""Every block of these stands alone."""

RETRY_PRE_ROLLS_S = (2.0, 10.0, float("inf"))
"""How much earlier to seek when a container lands behind the wanted sample (Ogg pages are up to 64 KB)."""


OGG_MARGIN = 48_000
"""A granule counts from before the pre-skip or a first page's cut; a second is more than either."""


# --- whole files ---------------------------------------------------------------------------------------


def decode_blocks(
    path: str,
    *,
    rate: int | None = None,
    channels: int | None = None,
    on_damage: Callable[[], None] = lambda: None,
) -> Iterator[Planar]:
    """The whole of a file as blocks of shape (channels, n), float32, one after the other without gaps.

    `rate` and `channels` default to the first frame's. Memory is bounded by one block of about BLOCK samples,
    however long the file. Raises the refusals of `codec.errors` for what can't be opened; packets that don't
    decode are left out.
    """
    with open_source(path) as source:
        joiner = _Joiner(rate, channels)
        for frame in decoded_frames(source, on_damage):
            yield from joiner.push(to_planar(frame), frame.sample_rate, layout_name(frame))
        yield from joiner.flush()


class _Joiner:
    """Brings frames of any rate and layout (some streams change in the middle) to one, in larger blocks."""

    def __init__(self, rate: int | None, channels: int | None) -> None:
        self._rate, self._channels = rate, channels
        self._layout = ""
        self._form: tuple[int, str] | None = None
        self._resampler: Resampler | None = None
        self._waiting: list[Planar] = []
        self._count = 0

    def push(self, block: Planar, rate: int, layout: str) -> Iterator[Planar]:
        if self._form != (rate, layout):
            self._gather(self._resampler.flush() if self._resampler else [])
            self._rate = self._rate or rate
            self._layout = self._layout or (layout_for(self._channels) if self._channels else layout)
            if self._channels == block.shape[0]:
                self._layout = layout
            self._resampler = Resampler(rate, layout, self._rate, self._layout)
            self._form = (rate, layout)
        assert self._resampler is not None
        self._gather(self._resampler.push(block))
        if self._count >= BLOCK:
            yield self._take()

    def flush(self) -> Iterator[Planar]:
        self._gather(self._resampler.flush() if self._resampler else [])
        if self._count:
            yield self._take()

    def _gather(self, blocks: list[Planar]) -> None:
        self._waiting += blocks
        self._count += sum(block.shape[1] for block in blocks)

    def _take(self) -> Planar:
        block = self._waiting[0] if len(self._waiting) == 1 else np.concatenate(self._waiting, axis=1)
        self._waiting, self._count = [], 0
        return block


# --- cuts ----------------------------------------------------------------------------------------------


class SeekInexact(Exception):
    """The container can't be cut at the wanted sample: its track needed a mezzanine."""


class SourceReader:
    """One open file, read at any place, sample-exactly. Not for several threads."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._source: OpenSource = open_source(path)
        self._fresh = True
        stream = self._source.stream
        self.rate = stream.codec_context.sample_rate
        self.channels = stream.codec_context.channels
        self.layout = layout_for(self.channels)
        self._pre_roll = 0 if self._source.codec.startswith(LOSSLESS) else int(PRE_ROLL_S * self.rate)
        self._last_seek = _last_seek(path, self._source.kind)

    def close(self) -> None:
        self._source.close()

    def read(self, start: int, count: int, samples: int) -> Planar:
        """`count` samples from `start`, at the source's own rate and channels, of a source `samples` long.

        What lies outside the source is silence. Raises SeekInexact.
        """
        first, end = max(0, start), min(start + count, samples)
        out = np.zeros((self.channels, count), dtype=np.float32)
        if first >= end:
            return out
        for pre_roll in (self._pre_roll, *(int(min(s * self.rate, first)) for s in RETRY_PRE_ROLLS_S)):
            if self._fill(out, start, first, end, pre_roll):
                return out
        raise SeekInexact(f"no way to sample {first} of {self._path}")

    def _fill(self, out: Planar, start: int, first: int, end: int, pre_roll: int) -> bool:
        """Fill `out` (whose column 0 is sample `start`) from `first` to `end`; False if landed too late."""
        self._seek(min(first - pre_roll, self._last_seek))
        source, landed = self._source, False
        origin, time_base = source.stream.start_time or 0, source.stream.time_base
        assert time_base is not None
        for frame in decoded_frames(source):
            if frame.sample_rate != self.rate or frame.pts is None:
                raise SeekInexact(f"{self._path} changes its form in the middle, or has frames without time")
            self.layout = layout_name(frame)
            at = round((frame.pts - origin) * time_base * self.rate)
            if not landed and at > first:
                return False
            landed = True
            low, high = max(first, at), min(end, at + frame.samples)
            if low < high:
                out[:, low - start : high - start] = to_planar(frame)[:, low - at : high - at]
            if at + frame.samples >= end:
                break
        return landed

    def _seek(self, position: int) -> None:
        """Stand at or before `position`; at the beginning, on a newly opened file, as the probe stood."""
        source = self._source
        if position <= 0:
            if not self._fresh:
                source.close()
                self._source = open_source(self._path)
        else:
            time_base = source.stream.time_base
            assert time_base is not None
            offset = int(position / self.rate / time_base)
            source.container.seek((source.stream.start_time or 0) + offset, stream=source.stream)
        self._fresh = False


def _last_seek(path: str, kind: str) -> int:
    if kind != "ogg":
        return sys.maxsize
    with open(path, "rb") as file:
        return max(0, last_safe_granule(file) - OGG_MARGIN)


def read_grid(reader: SourceReader, start: int, count: int, samples: int) -> Planar:
    """`count` stereo samples at 48 kHz from grid position `start`; silence outside the source.

    Made alone, yet equal bit for bit to the same span of one resampling of the whole: the resampler starts
    where an input and an output sample coincide (every 147 → 160 for 44.1 kHz), with some run-up.
    """
    if start < 0:
        silence = np.zeros((2, min(count, -start)), dtype=np.float32)
        rest = read_grid(reader, 0, count + start, samples) if count + start > 0 else silence[:, :0]
        return np.concatenate([silence, rest], axis=1)
    if reader.rate == GRID_RATE:
        block = reader.read(start, count, samples)
        return block if reader.layout == "stereo" else _resample(reader, block, ends=True)[:, :count]
    common = gcd(reader.rate, GRID_RATE)
    in_step, out_step = reader.rate // common, GRID_RATE // common
    reach = 64 * max(1, -(-reader.rate // GRID_RATE))
    """Input samples that the filter's two wings touch, twice over."""
    run_up = -(-reach * GRID_RATE // reader.rate)
    step = max(0, start - run_up) // out_step
    first = step * in_step
    last = min(samples, -(-(start + count) * reader.rate // GRID_RATE) + reach)
    if first >= last:
        return np.zeros((2, count), dtype=np.float32)
    block = _resample(reader, reader.read(first, last - first, samples), ends=last == samples)
    made = block[:, start - step * out_step :][:, :count]
    return np.pad(made, ((0, 0), (0, count - made.shape[1])))


def _resample(reader: SourceReader, block: Planar, *, ends: bool) -> Planar:
    resampler = Resampler(reader.rate, reader.layout, GRID_RATE, "stereo")
    blocks = resampler.push(block) + (resampler.flush() if ends else [])
    return np.concatenate(blocks, axis=1) if blocks else np.zeros((2, 0), dtype=np.float32)


# --- recently used sources -----------------------------------------------------------------------------


class OpenReaders:
    """The last few sources, kept open; one that was replaced on disk is opened anew."""

    def __init__(self, size: int = KEPT_OPEN) -> None:
        self._size = size
        self._readers: OrderedDict[tuple[str, int, int, int], SourceReader] = OrderedDict()

    def get(self, path: str) -> SourceReader:
        stat = os.stat(path)
        key = (path, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        reader = self._readers.pop(key, None) or SourceReader(path)
        self._readers[key] = reader
        while len(self._readers) > self._size:
            self._readers.popitem(last=False)[1].close()
        return reader

    def drop(self, path: str) -> None:
        """Forget a source whose reading failed: its demuxer may stand anywhere."""
        for key in [key for key in self._readers if key[0] == path]:
            self._readers.pop(key).close()

    def close(self) -> None:
        while self._readers:
            self._readers.popitem()[1].close()


READERS = OpenReaders()
"""This process's own; media processes serve one request at a time."""


def read_source(source: SourceRef, start: int, count: int) -> Planar:
    """`read_grid` on a source from the recently used ones."""
    try:
        return read_grid(READERS.get(source.path), start, count, source.samples)
    except BaseException:
        READERS.drop(source.path)
        raise

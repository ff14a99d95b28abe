"""Sample-exact cuts of a source at any place, for segments. Media processes only.

Positions count from the first sample that a decode from the beginning yields: MP3 with a LAME header begins
at 1,105 samples of its own time, M4A at an edit, Opus behind its pre-skip, and each is 0 here.
"""

import os
import sys
from collections import Counter, OrderedDict
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from math import gcd

import av.error
import numpy as np
from av.audio.frame import AudioFrame

from basedmusic.codec.containers import OpenSource, is_our_limit, open_source
from basedmusic.codec.contracts import SourceRef
from basedmusic.codec.frames import Planar, Resampler, decoded_frames, layout_for, layout_name, to_planar
from basedmusic.codec.grid import GRID_RATE
from basedmusic.codec.ogg import last_safe_granule

KEPT_OPEN = 8
"""Sources a process keeps open: listeners ask for the next segment of the same songs."""

PRE_ROLL_S = 0.25
"""Decoded and thrown away before a cut: MP3's bit reservoir, windows that overlap, Opus' 80 ms of memory."""
VOTES = 8
"""Frames whose times settle where a run of lossy frames lies."""
LOSSLESS = ("pcm_", "flac", "alac")
"""Every block of these stands alone."""

RETRY_PRE_ROLLS_S = (0.0, 2.0, 10.0, float("inf"))
"""How much earlier to seek when a container lands behind the wanted sample (Ogg pages are up to 64 KB)."""


OGG_MARGIN = 48_000
"""A granule counts from before the pre-skip or a first page's cut; a second is more than either."""


RESAMPLED_AT_ONCE = 16_384
"""Samples: larger buffers are new memory from the kernel each time, which costs more than the filter."""


class SeekInexact(Exception):
    """The container can't be cut at the wanted sample: its track needed a mezzanine."""


class SourceReader:
    """One open file, read at any place, sample-exactly. Not for several threads.

    Sample 0 is the first that a decode from the beginning yields, as in the probe's count. Where a frame
    after a seek lies is settled by a vote of its neighbours: FFmpeg times single Vorbis frames 448 samples
    late where long and short blocks change.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._source: OpenSource = open_source(path)
        context = self._source.stream.codec_context
        self.rate = context.sample_rate
        self.channels = context.channels
        self.layout = layout_for(self.channels)
        lossless = self._source.codec.startswith(LOSSLESS)
        self._pre_roll = 0 if lossless else int(PRE_ROLL_S * self.rate)
        self._votes = 1 if lossless else VOTES
        self._last_seek = _last_seek(path, self._source.kind)
        self._opening: Iterator[AudioFrame] | None = None
        self._origin = 0
        try:
            self._find_origin()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._opening = None
        self._source.close()

    def read(self, start: int, count: int, samples: int) -> Planar:
        """`count` samples from `start`, at the source's own rate and channels, of a source `samples` long.

        What lies outside the source is silence. Raises SeekInexact.
        """
        first, end = max(0, start), min(start + count, samples)
        out = np.zeros((self.channels, count), dtype=np.float32)
        if first >= end:
            return out
        for seconds in RETRY_PRE_ROLLS_S:
            target = first - max(self._pre_roll, int(min(seconds * self.rate, first)))
            run = self._run_from(min(target, self._last_seek), end)
            if run.landed is not None and run.landed <= first:
                run.copy_to(out, start, first, end)
                return out
        raise SeekInexact(f"no way to sample {first} of {self._path}")

    def _run_from(self, position: int, end: int) -> "_Run":
        """Frames from at or before `position` up to `end` or the end of the file."""
        if position <= 0:
            frames, run = self._from_beginning(), _Run(votes=1, landed=0)
        else:
            self._opening = None
            frames, run = self._seek(position), _Run(votes=self._votes)
        for frame in frames:
            if frame.sample_rate != self.rate or frame.layout.nb_channels != self.channels:
                raise SeekInexact(f"{self._path} changes its form in the middle")
            run.add(frame, self._position(frame))
            if run.reaches(end):
                break
        return run

    def _from_beginning(self) -> Iterator[AudioFrame]:
        """All frames in the order in which the probe counted them, on a newly opened file if need be."""
        if self._opening is None:
            self._source.close()
            self._source = open_source(self._path)
            return decoded_frames(self._source)
        frames, self._opening = self._opening, None
        return frames

    def _seek(self, position: int) -> Iterator[AudioFrame]:
        stream = self._source.stream
        offset = int((position + self._origin) / self.rate / self._time_base)
        try:
            self._source.container.seek((stream.start_time or 0) + offset, stream=stream)
        except (av.error.FFmpegError, ValueError) as error:
            if is_our_limit(error):
                raise
            return iter(())  # FFmpeg's FLAC seek gives up near some ends; an earlier place will do
        return decoded_frames(self._source)

    @property
    def _time_base(self) -> Fraction:
        time_base = self._source.stream.time_base
        assert time_base is not None
        return time_base

    def _position(self, frame: AudioFrame) -> int | None:
        if frame.pts is None:
            return None
        since = frame.pts - (self._source.stream.start_time or 0)
        return round(since * self._time_base * self.rate) - self._origin

    def _find_origin(self) -> None:
        """The time of the first decoded sample: mostly `start_time`, in some Ogg files a little after."""
        frames = decoded_frames(self._source)
        run = _Run(votes=self._votes)
        for frame in frames:
            self.layout = layout_name(frame)
            run.add(frame, self._position(frame))
            if run.reaches(0):
                break
        self._origin = run.landed or 0
        self._opening = chain(run.frames, frames)


class _Run:
    """Consecutive frames, and where by the vote of their times the first one lies."""

    def __init__(self, votes: int, landed: int | None = None) -> None:
        self.frames: list[AudioFrame] = []
        self._needed = votes
        self._known = landed
        self._votes: Counter[int] = Counter()
        self._samples = 0

    def add(self, frame: AudioFrame, position: int | None) -> None:
        if position is not None:
            self._votes[position - self._samples] += 1
        self.frames.append(frame)
        self._samples += frame.samples

    @property
    def landed(self) -> int | None:
        """Position of the first frame; None when no frame has a time."""
        if self._known is not None:
            return self._known
        return self._votes.most_common(1)[0][0] if self._votes else None

    def reaches(self, end: int) -> bool:
        landed = self.landed
        return landed is not None and self._votes.total() >= self._needed and landed + self._samples >= end

    def copy_to(self, out: Planar, start: int, first: int, end: int) -> None:
        """Fill `out`, whose column 0 is the sample `start`, from `first` to `end`."""
        at = self.landed or 0
        for frame in self.frames:
            low, high = max(first, at), min(end, at + frame.samples)
            if low < high:
                out[:, low - start : high - start] = to_planar(frame)[:, low - at : high - at]
            at += frame.samples


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
    blocks: list[Planar] = []
    for at in range(0, block.shape[1], RESAMPLED_AT_ONCE):
        blocks += resampler.push(block[:, at : at + RESAMPLED_AT_ONCE])
    blocks += resampler.flush() if ends else []
    return np.concatenate(blocks, axis=1) if blocks else np.zeros((2, 0), dtype=np.float32)


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

"""The progressive file of a rendition before a byte of it is encoded: length, parts, ranges. Pure.

Fragments lie in slots of a size known beforehand, each filled up with a `free` box, so that the first play of
a track has an exact length and answers any range by making only the chunks under it.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from basedmusic.codec.grid import chunk_count, chunk_durations, chunk_frames
from basedmusic.codec.mp4 import FREE_HEADER, fill_slot, fragment_overhead, progressive_header
from basedmusic.codec.recipes import Rendition

SLOT_FRAMES = 1.12
"""Room for this many times the nominal rate. Measured over real music, AAC `fast` keeps below 1.06 in four
units; what doesn't fit is encoded again at a lower rate."""
SLOT_SLACK = 1_024
"""Bytes on top: short chunks swing more."""


@dataclass(frozen=True)
class ProgressiveFile:
    """Layout of a rendition of a track that is `total` samples long at 48 kHz."""

    rendition: Rendition
    total: int

    @cached_property
    def header(self) -> bytes:
        """The init segment and the index of all slots, in time as the playlist has it.

        The priming is not in the index: FFmpeg takes the file's duration from it, and would report 21 ms
        too many.
        """
        slots = zip(self.slots, chunk_durations(self.total, self.rendition.frames), strict=True)
        return progressive_header(self.rendition, self.total, list(slots))

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """Bytes of each chunk's slot."""
        return tuple(
            slot_bytes(self.rendition, self.total, number)
            for number in range(chunk_count(self.total, self.rendition.frames))
        )

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each slot begins in the file, and last the file's length."""
        return tuple(accumulate(self.slots, initial=len(self.header)))

    @property
    def length(self) -> int:
        """Content-Length."""
        return self.starts[-1]

    def slots_under(self, start: int, stop: int) -> range:
        """The slots that the bytes from `start` up to but not including `stop` lie in or touch."""
        if not 0 <= start <= stop <= self.length:
            raise ValueError(f"bytes {start}-{stop} of {self.length}")
        if stop <= max(start, self.starts[0]):
            return range(0)
        return range(max(0, bisect_right(self.starts, start) - 1), bisect_right(self.starts, stop - 1))

    def slot_part(self, number: int, data: bytes, start: int, stop: int) -> bytes:
        """What of a chunk's slot lies from `start` up to but not including `stop` in the file."""
        begins = self.starts[number]
        return self.slot(number, data)[max(0, start - begins) : stop - begins]

    def slot(self, number: int, data: bytes) -> bytes:
        """A chunk filled up to its slot."""
        return fill_slot(data, self.slots[number])


def slot_bytes(rendition: Rendition, total: int, number: int) -> int:
    """Bytes of a chunk's slot: the same for every track, but for its last chunk."""
    first, end = chunk_frames(number, total, rendition.frames)
    last = number == chunk_count(total, rendition.frames) - 1
    return _slot_for(rendition, end - first, last=last)


def _slot_for(rendition: Rendition, frames: int, *, last: bool) -> int:
    nominal = frames * rendition.frames.frame * rendition.bit_rate / (8 * 48_000)
    sound = int(nominal * SLOT_FRAMES) + SLOT_SLACK
    return -(-(sound + fragment_overhead(frames, last=last) + FREE_HEADER) // 16) * 16

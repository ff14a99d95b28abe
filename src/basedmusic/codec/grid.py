"""The one grid that every lossy rendition of every track is cut on. Pure: whole numbers in and out.

All renditions run at 48 kHz. The unit is 46,080 samples = 0.96 s: the smallest span that holds whole AAC
(1,024), Opus (960) and MP3 (1,152) frames alike, so segment boundaries are the same instants in each.
A song begins with segments of 1, 1 and 2 units, then 4 each.

A segment is a row of chunks (CMAF, ISO/IEC 23000-19 §7.3.2.3), which are what is made on its own: one unit each,
but for the first two units, which begin with a chunk of a quarter of a second: so the first sound, and the
whole first second, are there in a blink.
"""

from dataclasses import dataclass
from itertools import pairwise

GRID_VERSION = 2
"""Part of every recipe: another cut is another URL."""

GRID_RATE = 48_000
UNIT = 46_080
"""Samples at GRID_RATE."""

OPENING = (0, 1, 2)
"""Starts of the shorter segments at the beginning, in units; from 4 on, every 4 units."""
STRIDE = 4

SPLIT_UNITS = 2
"""So many units at the beginning are two chunks each."""

SHORTEST_TAIL = 4_800
"""A rest shorter than this (0.1 s) joins the segment before it: players choke on pieces of a few samples."""


@dataclass(frozen=True, slots=True)
class FrameGrid:
    """How one codec's frames lie on the grid."""

    frame: int
    """Samples per frame."""
    priming: int
    """Samples of encoder delay before the first real one; whole frames here."""
    opening: int
    """Frames of the first chunk of a unit that is split."""
    pre_roll: int
    """Frames encoded before a chunk and dropped, until the encoder has forgotten where it began."""
    post_roll: int
    """Frames of sound given after a chunk, because the encoder looks ahead and windows overlap."""


AAC = FrameGrid(frame=1024, priming=1024, opening=12, pre_roll=12, post_roll=1)
"""FFmpeg's encoder gives out a frame when it has the next one, and looks no further. Its rate control needs the
long pre-roll: with 8 frames, joins at 256 kbit/s lost up to 4 dB more in the median of a piece (of 20 pieces)."""


def to_grid_samples(samples: int, rate: int) -> int:
    """A length of `samples` at `rate` Hz in samples at 48 kHz, rounded half up; at least 1."""
    return max(1, (2 * samples * GRID_RATE + rate) // (2 * rate))


def segment_start(index: int) -> int:
    """Where a segment starts, in samples at 48 kHz: the same in every track that has it."""
    return UNIT * (OPENING[index] if index < len(OPENING) else STRIDE * (index - len(OPENING) + 1))


def segment_count(total: int) -> int:
    """Segments of a track of `total` samples at 48 kHz."""
    if total < 1:
        raise ValueError("a track has at least one sample")
    count = segment_holding(total - 1) + 1
    return count - 1 if count > 1 and total - segment_start(count - 1) < SHORTEST_TAIL else count


def boundaries(total: int) -> list[int]:
    """Where each segment starts, and last the end: `total` samples at 48 kHz cut on the grid.

    >>> boundaries(5 * UNIT)
    [0, 46080, 92160, 184320, 230400]
    """
    return [*map(segment_start, range(segment_count(total))), total]


def segment_holding(position: int) -> int:
    """The segment in which the sample at `position` lies in a track that is long enough."""
    unit = position // UNIT
    return unit if unit < len(OPENING) else unit // STRIDE + len(OPENING) - 1


def segment_at(position: int, total: int) -> int:
    """The segment that holds the sample at `position`, clamped into the track."""
    return min(segment_holding(max(0, position)), segment_count(total) - 1)


def segment_durations(total: int) -> list[int]:
    """Samples at 48 kHz that each segment adds to the playlist's time; their sum is `total`.

    On the media timeline, which begins with the priming, every segment is as long as this but the last,
    which is longer by the priming. Taking it off there and nowhere else keeps every segment's start in the
    playlist where players put it: off the first, each start in the middle would be 21 ms early.
    """
    return [end - start for start, end in pairwise(boundaries(total))]


def extinf_seconds(total: int) -> list[str]:
    """`segment_durations` as EXTINF values, with so many digits that their sum is exact to a microsecond."""
    return [f"{duration / GRID_RATE:.9f}" for duration in segment_durations(total)]


def frame_total(total: int, codec: FrameGrid) -> int:
    """Frames that a whole track takes, the priming included."""
    return -(-(total + codec.priming) // codec.frame)


def chunk_start(number: int, codec: FrameGrid) -> int:
    """Where a chunk starts, in samples at 48 kHz: the same in every track that has it."""
    if number < 2 * SPLIT_UNITS:
        unit, second = divmod(number, 2)
        return UNIT * unit + second * codec.opening * codec.frame
    return UNIT * (number - SPLIT_UNITS)


def chunk_count(total: int, codec: FrameGrid) -> int:
    """Chunks of a track of `total` samples at 48 kHz."""
    if total < 1:
        raise ValueError("a track has at least one sample")
    unit = (total - 1) // UNIT
    count = _chunk_at(UNIT * unit) + 1
    if unit < SPLIT_UNITS and total > chunk_start(count, codec):
        count += 1
    return count - 1 if count > 1 and total - chunk_start(count - 1, codec) < SHORTEST_TAIL else count


def chunk_edges(total: int, codec: FrameGrid) -> list[int]:
    """Where each chunk starts, and last the end, in samples at 48 kHz. Every segment's start is among them."""
    return [*(chunk_start(number, codec) for number in range(chunk_count(total, codec))), total]


def chunk_durations(total: int, codec: FrameGrid) -> list[int]:
    """Samples at 48 kHz of each chunk, the priming left out as in `segment_durations`."""
    return [end - start for start, end in pairwise(chunk_edges(total, codec))]


def chunk_frames(number: int, total: int, codec: FrameGrid) -> tuple[int, int]:
    """First and one-past-last frame of a chunk. Frame 0 is priming; the last chunk takes all the rest."""
    count = chunk_count(total, codec)
    if not 0 <= number < count:
        raise IndexError(f"chunk {number} of {count}")
    first = chunk_start(number, codec) // codec.frame
    last = number == count - 1
    return first, frame_total(total, codec) if last else chunk_start(number + 1, codec) // codec.frame


def chunks_of(segment: int, total: int, codec: FrameGrid) -> range:
    """The chunks that make up a segment."""
    count = segment_count(total)
    if not 0 <= segment < count:
        raise IndexError(f"segment {segment} of {count}")
    first = _chunk_at(segment_start(segment))
    last = segment == count - 1
    return range(first, chunk_count(total, codec) if last else _chunk_at(segment_start(segment + 1)))


def segment_of(chunk: int, total: int, codec: FrameGrid) -> int:
    """The segment that a chunk is part of."""
    return segment_at(chunk_start(chunk, codec), total)


def _chunk_at(segment_start: int) -> int:
    unit = segment_start // UNIT
    return unit + min(unit, SPLIT_UNITS)


def last_frame_samples(total: int, codec: FrameGrid) -> int:
    """What of the track's last frame is sound: 1 to a whole frame; the rest is the encoder's filling."""
    return total + codec.priming - (frame_total(total, codec) - 1) * codec.frame

"""Where an Ogg file can be sought to. Pure (RFC 3533)."""

from typing import BinaryIO

TAIL_BYTES = 256 * 1024
"""Holds the last three pages at least: a page ends at 65,307 bytes."""
_NO_GRANULE = 2**64 - 1


def last_safe_granule(file: BinaryIO) -> int:
    """The highest granule position to which a seek doesn't land on the last page; 0 where there is none.

    FFmpeg takes times from the ends of pages, and the last page's end is where the sound is cut off, not
    where its packets end: a seek that lands on it is misplaced by that cut, or knows no time at all.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL_BYTES))
    tail = file.read(TAIL_BYTES)
    granules: list[int] = []
    at = tail.find(b"OggS")
    while at >= 0:
        if at + 14 <= len(tail) and tail[at + 4] == 0 and tail[at + 5] < 8:
            granule = int.from_bytes(tail[at + 6 : at + 14], "little")
            if granule != _NO_GRANULE:
                granules.append(granule)
        at = tail.find(b"OggS", at + 4)
    return granules[-3] if len(granules) >= 3 else 0

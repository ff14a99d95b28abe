"""The boxes of a fragmented MP4 (ISO/IEC 14496-12, -14; CMAF 23000-19), written by hand. Pure, no av.

A file of ours says nothing that changes from one making to the next: no times of day, no encoder names. The
first sample of sound is at media time `priming`; an edit list takes the priming off.
"""

import struct
from collections.abc import Sequence

from basedmusic.codec.grid import GRID_RATE, FrameGrid
from basedmusic.codec.recipes import Rendition

TRACK = 1
CHANNELS = 2
FREE_HEADER = 8

AUDIO_SPECIFIC_CONFIG = bytes.fromhex("119056e500")
"""AAC-LC, 48 kHz, stereo, and explicitly without SBR (ISO/IEC 14496-3 §1.6.2.1); FFmpeg's encoder says the
same, a test holds that."""

_SYNC_SAMPLE = 0x0200_0000
"""sample_depends_on = 2: every audio frame can be started from."""
_MATRIX = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


# --- beginnings ----------------------------------------------------------------------------------------


def init_segment(rendition: Rendition, total: int) -> bytes:
    """`ftyp` and `moov` for a track of `total` samples at 48 kHz: what HLS names in EXT-X-MAP."""
    brands = b"iso6" + struct.pack(">I", 0) + b"iso6cmfcmp41"
    return box(b"ftyp", brands) + _moov(rendition, total)


def progressive_header(rendition: Rendition, total: int, slots: Sequence[tuple[int, int]]) -> bytes:
    """The init segment and a `sidx` that names every slot by (bytes, samples at 48 kHz)."""
    return init_segment(rendition, total) + _sidx(slots)


def _sidx(slots: Sequence[tuple[int, int]]) -> bytes:
    head = struct.pack(">IIQQHH", TRACK, GRID_RATE, 0, 0, 0, len(slots))
    references = b"".join(struct.pack(">III", size, duration, 0x9000_0000) for size, duration in slots)
    return full_box(b"sidx", 1, 0, head, references)


def _moov(rendition: Rendition, total: int) -> bytes:
    mvhd = struct.pack(">QQIQIH10x", 0, 0, GRID_RATE, total, 0x10000, 0x100) + _MATRIX + bytes(24)
    mvhd += struct.pack(">I", TRACK + 1)
    trex = struct.pack(">5I", TRACK, 1, rendition.frames.frame, 0, _SYNC_SAMPLE)
    mvex = box(
        b"mvex",
        full_box(b"mehd", 1, 0, struct.pack(">Q", total)),
        full_box(b"trex", 0, 0, trex),
    )
    return box(b"moov", full_box(b"mvhd", 1, 0, mvhd), _trak(rendition, total), mvex)


def _trak(rendition: Rendition, total: int) -> bytes:
    tkhd = struct.pack(">QQI4xQ8xhhH2x", 0, 0, TRACK, total, 0, 1, 0x100) + _MATRIX + bytes(8)
    edit = struct.pack(">IQqHH", 1, total, rendition.frames.priming, 1, 0)
    mdhd = struct.pack(">QQIQHH", 0, 0, GRID_RATE, 0, 0x55C4, 0)
    hdlr = struct.pack(">I4s12x", 0, b"soun") + b"SoundHandler\x00"
    mdia = box(
        b"mdia",
        full_box(b"mdhd", 1, 0, mdhd),
        full_box(b"hdlr", 0, 0, hdlr),
        _minf(rendition),
    )
    return box(
        b"trak",
        full_box(b"tkhd", 1, 7, tkhd),
        box(b"edts", full_box(b"elst", 1, 0, edit)),
        mdia,
    )


def _minf(rendition: Rendition) -> bytes:
    here = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1))
    stbl = box(
        b"stbl",
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), _sample_entry(rendition)),
        full_box(b"stts", 0, 0, bytes(4)),
        full_box(b"stsc", 0, 0, bytes(4)),
        full_box(b"stsz", 0, 0, bytes(8)),
        full_box(b"stco", 0, 0, bytes(4)),
    )
    return box(b"minf", full_box(b"smhd", 0, 0, bytes(4)), box(b"dinf", here), stbl)


def _sample_entry(rendition: Rendition) -> bytes:
    if rendition.codec != "aac":
        raise ValueError(f"no sample entry for {rendition.codec}")
    head = struct.pack(">6xH8xHH4xI", 1, CHANNELS, 16, GRID_RATE << 16)
    return box(b"mp4a", head, full_box(b"esds", 0, 0, _es_descriptor(rendition.bit_rate)))


def _es_descriptor(bit_rate: int) -> bytes:
    """ISO/IEC 14496-1 §7.2.6.5: MPEG-4 audio, an audio stream, its AudioSpecificConfig, no extras."""
    specific = _descriptor(5, AUDIO_SPECIFIC_CONFIG)
    config = _descriptor(4, struct.pack(">BBHBII", 0x40, 0x15, 0, 0, bit_rate, bit_rate) + specific)
    return _descriptor(3, struct.pack(">HB", TRACK, 0) + config + _descriptor(6, b"\x02"))


def _descriptor(tag: int, body: bytes) -> bytes:
    return struct.pack(">BB", tag, len(body)) + body


# --- fragments -----------------------------------------------------------------------------------------

_FRAGMENT_BASE = 8 + 16 + 8 + 16 + 20 + 20 + 8
"""moof, mfhd, traf, tfhd, tfdt, trun without its samples, mdat without its body."""


def fragment_overhead(frames: int, *, last: bool) -> int:
    """Bytes of a fragment of `frames` frames beside the frames' own."""
    return _FRAGMENT_BASE + frames * (8 if last else 4)


def fragment(
    index: int, first_frame: int, packets: Sequence[bytes], codec: FrameGrid, last: int = 0
) -> bytes:
    """One `moof` and `mdat`: chunk `index`, whose first frame is number `first_frame` of the track.

    `last`, for the track's last chunk, is how many samples its last frame lasts; 0 elsewhere.
    """
    if last:
        durations = [codec.frame] * (len(packets) - 1) + [last]
        samples = b"".join(struct.pack(">II", d, len(p)) for d, p in zip(durations, packets, strict=True))
        flags = 0x301
    else:
        samples = struct.pack(f">{len(packets)}I", *map(len, packets))
        flags = 0x201
    offset = fragment_overhead(len(packets), last=bool(last))
    trun = full_box(b"trun", 0, flags, struct.pack(">Ii", len(packets), offset), samples)
    traf = box(
        b"traf",
        full_box(b"tfhd", 0, 0x02_0000, struct.pack(">I", TRACK)),
        full_box(b"tfdt", 1, 0, struct.pack(">Q", first_frame * codec.frame)),
        trun,
    )
    moof = box(b"moof", full_box(b"mfhd", 0, 0, struct.pack(">I", index + 1)), traf)
    return moof + box(b"mdat", *packets)


def fill_slot(data: bytes, slot: int) -> bytes:
    """A fragment and the `free` box that fills its slot. Raises ValueError when it doesn't fit."""
    rest = slot - len(data)
    if rest < FREE_HEADER:
        raise ValueError(f"{len(data)} bytes don't fit a slot of {slot}")
    return data + struct.pack(">I4s", rest, b"free") + bytes(rest - FREE_HEADER)


def split_chunks(segment: bytes) -> list[bytes]:
    """The chunks that a segment was put together from: each `moof` with its `mdat`."""
    chunks: list[bytes] = []
    start = at = 0
    while at < len(segment):
        size, kind = struct.unpack_from(">I4s", segment, at)
        at += size
        if kind == b"mdat":
            chunks.append(segment[start:at])
            start = at
    return chunks

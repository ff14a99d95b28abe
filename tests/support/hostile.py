"""Files that no scene should take: lies about what they are, how long they are, and where their sound lies."""

import struct
import wave
import zlib
from io import BytesIO
from pathlib import Path


def png() -> bytes:
    """One grey pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def ffconcat(neighbour: Path) -> bytes:
    return f"ffconcat version 1.0\nfile '{neighbour}'\n".encode()


def m3u8(address: str) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{address}/0.ts\n#EXT-X-ENDLIST\n".encode()


def sdp(port: int) -> bytes:
    return f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nm=audio {port} RTP/AVP 0\r\n".encode()


def dash(address: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>'
        f"<AdaptationSet><Representation id='a' bandwidth='1'><BaseURL>{address}/a.mp4</BaseURL>"
        "</Representation></AdaptationSet></Period></MPD>"
    ).encode()


def mov_with_reference(m4a: bytes, address: str) -> bytes:
    """An M4A whose sound is said to lie elsewhere: the reference's "it is in here" flag is taken off."""
    changed = m4a.replace(b"url \x00\x00\x00\x01", b"url \x00\x00\x00\x00")
    assert changed != m4a
    return changed + struct.pack(">I4s", 8 + len(address), b"free") + address.encode()


def rmra(address: str) -> bytes:
    """A QuickTime reference movie: nothing but where the real one lies (QTFF, "Reference Movies")."""
    data = address.encode() + b"\x00"
    rdrf = struct.pack(">I4sI4sI", 20 + len(data), b"rdrf", 0, b"url ", len(data)) + data
    rmda = struct.pack(">I4s", 8 + len(rdrf), b"rmda") + rdrf
    rmra = struct.pack(">I4s", 8 + len(rmda), b"rmra") + rmda
    return struct.pack(">I4s", 8 + len(rmra), b"moov") + rmra


def forty_channels() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(40)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(bytes(40 * 2 * 4_410))
    return out.getvalue()


def long_silence(hours: float, *, says_its_length: bool) -> bytes:
    """That much silence as FLAC (RFC 9639): some 15 bytes for each eight seconds at 8 kHz, mono.

    The header may keep the length to itself (0 is "unknown"), so that only decoding tells.
    """
    block, rate = 65_535, 8_000
    frames = int(hours * 3_600 * rate) // block
    total = frames * block if says_its_length else 0
    packed = rate << 44 | 0 << 41 | 15 << 36 | total
    info = struct.pack(">HH", block, block) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    body = b"".join(_silent_frame(number, block) for number in range(frames))
    return b"fLaC" + bytes([0x80, 0, 0, len(info)]) + info + body


def _silent_frame(number: int, block: int) -> bytes:
    """Fixed size, 16-bit length at the header's end, 8 kHz, mono, 16 bits; one constant subframe of zeros."""
    header = b"\xff\xf8" + bytes([0x74, 0x08]) + chr(number).encode() + struct.pack(">H", block - 1)
    header += bytes([_crc(header, 0x07, 8)])
    frame = header + b"\x00\x00\x00"
    return frame + struct.pack(">H", _crc(frame, 0x8005, 16))


def _crc(data: bytes, polynomial: int, bits: int) -> int:
    """RFC 9639 §9.1.8, §9.3."""
    register, top, mask = 0, 1 << (bits - 1), (1 << bits) - 1
    for byte in data:
        register ^= byte << (bits - 8)
        for _ in range(8):
            register = (register << 1 ^ polynomial if register & top else register << 1) & mask
    return register

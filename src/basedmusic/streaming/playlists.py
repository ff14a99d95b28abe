"""HLS playlists (RFC 8216 and its second edition's draft): plain text from whole numbers.

Addresses are relative, so a playlist is the same bytes for every listener and signature.
"""

from collections.abc import Sequence

from basedmusic.codec.grid import GRID_RATE, extinf_seconds, segment_durations

VERSION = 7
"""EXT-X-MAP in a playlist of media without I-frames-only needs 6; fragmented MP4 is customary from 7."""
MEDIA_TYPE = "application/vnd.apple.mpegurl"


def media_playlist(total: int) -> str:
    """One rendition of a track of `total` samples at 48 kHz: `init.mp4` and `0.m4s`, `1.m4s`, …"""
    longest = max(segment_durations(total))
    lines = [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        f"#EXT-X-TARGETDURATION:{-(-longest // GRID_RATE)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for index, seconds in enumerate(extinf_seconds(total)):
        lines += [f"#EXTINF:{seconds},", f"{index}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(variants: Sequence[tuple[str, int, int, str]]) -> str:
    """All renditions: (address, peak bit/s, average bit/s, RFC 6381 codecs) each, the first to begin with first."""
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for address, peak, average, codecs in variants:
        lines += [
            f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{codecs}"',
            address,
        ]
    return "\n".join([*lines, ""])

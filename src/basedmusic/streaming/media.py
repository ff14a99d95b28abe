"""/media: playlists, segments, progressive files and originals at signed addresses.

A signature is all the permission these need. Below
`/media/{exp}.{sig}/{track}/` lie

    hls.m3u8                                the renditions on offer
    {rendition}/{recipe}/index.m3u8         one rendition's playlist
    {rendition}/{recipe}/init.mp4, {n}.m4s  its pieces
    {rendition}/{recipe}/audio.m4a          the same as one file
    original/{sha}                          the file as it was uploaded
"""

import re
from collections.abc import Mapping
from uuid import UUID

from starlette.responses import Response

from basedmusic.codec.grid import GRID_RATE, chunks_of, segment_count, segment_durations
from basedmusic.codec.mp4 import init_segment
from basedmusic.codec.progressive import ProgressiveFile
from basedmusic.codec.recipes import RENDITIONS
from basedmusic.platform.files import BytesResponse, FileSliceResponse
from basedmusic.platform.sources import SourceFiles
from basedmusic.streaming.answers import ProgressiveResponse, SegmentResponse
from basedmusic.streaming.contracts import LinkExpired, Playable, StreamMissing
from basedmusic.streaming.links import OPEN, Grant, StreamLinker
from basedmusic.streaming.playlists import MEDIA_TYPE, master_playlist, media_playlist
from basedmusic.streaming.segments import Rendered, SegmentSource
from basedmusic.streaming.service import Playables, render, rendered_at

MASTER_MAX_AGE_S = 300
"""A new release may make new recipes; whoever starts to play then should meet them soon."""

_SEGMENT = re.compile(r"(0|[1-9]\d{0,5})\.m4s")
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class MediaApp:
    """What is below /media; one of its kind per process."""

    def __init__(
        self, linker: StreamLinker, playables: Playables, segments: SegmentSource, sources: SourceFiles
    ) -> None:
        self.playables = playables
        self._linker = linker
        self._segments = segments
        self._sources = sources

    async def progressive(self, rendered: Rendered, headers: Mapping[str, str]) -> Response:
        """One file of exact length, made as far as it is asked for."""
        return ProgressiveResponse(self._segments, rendered, headers, f'"{rendered.recipe.id}"')

    async def original(self, playable: Playable, headers: Mapping[str, str]) -> Response:
        """The file as it was uploaded, under the type that the probe found."""
        path = await self._sources.path(playable.source_key)
        return FileSliceResponse(path, playable.content_type, headers, f'"{playable.source_sha256.hex()}"')

    async def respond(self, path: str) -> Response:
        """To a GET or HEAD of `path`. Raises LinkExpired, StreamMissing, and what the media processes raise."""
        token, _, rest = path.removeprefix("/media/").partition("/")
        track, _, name = rest.partition("/")
        track_id = _uuid(track)
        grant = self._linker.check(track_id, token)
        if grant is None:
            raise LinkExpired
        playable = await self.playables.get(track_id)
        if not grant.private and playable.publication not in OPEN:
            raise LinkExpired
        if name == "hls.m3u8":
            age = min(MASTER_MAX_AGE_S, self._linker.max_age(grant))
            return BytesResponse(_master(playable), MEDIA_TYPE, _headers(grant, f"max-age={age}"))
        headers = _headers(grant, f"max-age={self._linker.max_age(grant)}, immutable")
        folder, _, rest = name.partition("/")
        if folder != "original":
            recipe, _, leaf = rest.partition("/")
            return await self._piece(rendered_at(playable, folder, recipe), leaf, headers)
        if rest != original_name(playable):
            raise StreamMissing
        return await self.original(playable, headers)

    async def _piece(self, rendered: Rendered, leaf: str, headers: Mapping[str, str]) -> Response:
        kind = rendered.recipe.rendition.content_type
        if leaf == "index.m3u8":
            self._segments.prepare(rendered, 0)
            return BytesResponse(media_playlist(rendered.total).encode(), MEDIA_TYPE, headers)
        if leaf == "init.mp4":
            return BytesResponse(init_segment(rendered.recipe.rendition, rendered.total), kind, headers)
        if leaf == "audio.m4a":
            return await self.progressive(rendered, headers)
        index = _index(leaf, rendered)
        etag = f'"{rendered.recipe.id}-{index}"'
        stored = self._segments.stored(rendered, index)
        if stored is None:
            return SegmentResponse(self._segments, rendered, index, headers, etag)
        self._segments.prepare(rendered, index + 1)
        return FileSliceResponse(stored, kind, headers, etag)


def _headers(grant: Grant, age: str) -> dict[str, str]:
    """A CDN may keep a shared link's answers until the link expires; a private one's stay with the listener."""
    return {"Cache-Control": f"{'private' if grant.private else 'public'}, {age}", **SAFE_HEADERS}


def original_name(playable: Playable) -> str:
    """The last part of an original's address: it changes with its bytes."""
    return playable.source_sha256.hex()[:16]


def _master(playable: Playable) -> bytes:
    variants: list[tuple[str, int, int, str]] = []
    for rendition in RENDITIONS.values():
        rendered = render(playable, rendition)
        peak = _peak_bit_rate(ProgressiveFile(rendition, rendered.total))
        address = f"{rendition.name}/{rendered.recipe.id}/index.m3u8"
        variants.append((address, peak, rendition.bit_rate, rendition.codecs))
    return master_playlist(variants).encode()


def _peak_bit_rate(file: ProgressiveFile) -> int:
    """What no segment exceeds: its slots over its time (RFC 8216 §4.3.4.2 asks for an upper bound)."""
    rates: list[int] = []
    for index, duration in enumerate(segment_durations(file.total)):
        chunks = chunks_of(index, file.total, file.rendition.frames)
        rates.append(8 * sum(file.slots[chunks.start : chunks.stop]) * GRID_RATE // duration)
    return max(rates)


def _index(leaf: str, rendered: Rendered) -> int:
    match = _SEGMENT.fullmatch(leaf)
    if match is None or int(match[1]) >= segment_count(rendered.total):
        raise StreamMissing
    return int(match[1])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise StreamMissing from None

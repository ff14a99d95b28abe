"""/tracks/{id}/stream for API clients, and where /media is hung into the application."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from basedmusic.accounts.viewer import CurrentViewer
from basedmusic.catalog import Publication, get_track
from basedmusic.platform.cache import MemoryTier
from basedmusic.platform.http.database import database_of
from basedmusic.platform.http.permission import PUBLIC, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.metrics import MEMORY_TIER_BYTES
from basedmusic.platform.sign import PathSigner
from basedmusic.streaming.links import StreamLinker
from basedmusic.streaming.media import SAFE_HEADERS, MediaApp
from basedmusic.streaming.segments import Key, SegmentSource
from basedmusic.streaming.service import Playables, choose_rendition, render

api = APIRouter(responses=RESPONSES, tags=["streaming"])

ORIGINAL = "original"
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/mp4": {}}},
    206: {"content": {"audio/mp4": {}}},
}


def mount(app: FastAPI) -> None:
    """Bare ASGI and before all other routes: the hottest path resolves, validates and compares nothing else."""
    app.router.routes.insert(0, Route("/media/{path:path}", _Media(), methods=["GET", "HEAD"]))


class _Media:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await scope["app"].state.media_app.respond(scope["path"])
        await response(scope, receive, send)


def install(app: FastAPI) -> None:
    """Give `app.state`, whose resources are connected already, what sound needs."""
    state = app.state
    linker = StreamLinker(PathSigner(state.secrets.key("media")), state.clock)
    memory: MemoryTier[Key] = MemoryTier(state.settings.memory_cache_bytes)
    MEMORY_TIER_BYTES.set_function(lambda: memory.stats().bytes)
    segments = SegmentSource(state.blobs, state.sources, state.media, memory)
    state.link_streams = linker
    state.segments = segments
    state.media_app = MediaApp(linker, Playables(state.database, state.clock), segments, state.sources)


@api.get(
    "/tracks/{track_id}/stream", response_class=Response, responses=_CONTENT, openapi_extra=permission(PUBLIC)
)
@api.head("/tracks/{track_id}/stream", include_in_schema=False)
async def stream_track(
    track_id: UUID,
    viewer: CurrentViewer,
    request: Request,
    codec: Annotated[str, Query(max_length=20, description="aac, or original")] = "aac",
    bitrate: Annotated[int | None, Query(description="bit/s; the best there is if left out")] = None,
) -> Response:
    """The track as one file of exact length, with ranges, from its first play on."""
    async with database_of(request).connection() as conn:  # not held while the sound goes out
        track = await get_track(conn, viewer, track_id)
    media: MediaApp = request.app.state.media_app
    playable = await media.playables.get(track.id)
    shared = track.publication is Publication.PUBLISHED
    headers = {"Cache-Control": "public, no-cache" if shared else "private, no-cache", **SAFE_HEADERS}
    if codec == ORIGINAL:
        return await media.original(playable, headers)
    return await media.progressive(render(playable, choose_rendition(codec, bitrate)), headers)

"""/covers: images named by their content, so they may be kept for ever."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.catalog.contracts import COVER_SIZES, cover_blob_key
from basedmusic.kernel.errors import NotFound

router = APIRouter()

_NAME = re.compile(rf"([0-9a-f]{{32}})-({'|'.join(map(str, COVER_SIZES))})\.(webp|jpg)")
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@router.get("/covers/{name}")
async def get_cover(name: str, request: Request) -> Response:
    match = _NAME.fullmatch(name)
    if match is None:
        raise NotFound
    content = await request.app.state.blobs.get(cover_blob_key(match[1], int(match[2]), match[3]))
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(content, 200, headers, _TYPES[match[3]])

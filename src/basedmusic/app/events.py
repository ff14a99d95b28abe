"""GET /events: hints for an open page."""

import re
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import StreamingResponse

from basedmusic.kernel.errors import Invalid
from basedmusic.platform.http.origin import client_address, limit_key
from basedmusic.platform.http.permission import PUBLIC, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.realtime.hints import MAX_TOPICS, stream_hints

router = APIRouter(responses=RESPONSES, tags=["events"])

_TOPIC = re.compile(r"(track|export):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@router.get("/events", response_class=StreamingResponse, openapi_extra=permission(PUBLIC))
async def stream_events(
    request: Request, topic: Annotated[list[str], Query(max_length=MAX_TOPICS)]
) -> object:
    """Server-sent events: `ready`, then `changed` with a topic whenever that topic should be fetched again.

    A hint says nothing about what changed, so it needs no permission: who may not see the thing learns
    nothing from being told to look.
    """
    for one in topic:
        if not _TOPIC.fullmatch(one):
            raise Invalid(
                f"There is no topic {one[:60]!r}; topics look like track:ID or export:ID", field="topic"
            )
    state = request.app.state
    address = limit_key(client_address(request, state.settings.trusted_proxies))
    return stream_hints(state.bus, frozenset(topic), state.closing, partial(state.listeners.admit, address))

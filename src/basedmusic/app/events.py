"""GET /events: hints for an open page."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import StreamingResponse

from basedmusic.kernel.errors import Invalid
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.realtime.hints import MAX_TOPICS, stream_hints

router = APIRouter(responses=RESPONSES, tags=["events"])

_TOPIC = re.compile(r"track:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@router.get("/events", response_class=StreamingResponse)
async def stream_events(
    request: Request, topic: Annotated[list[str], Query(max_length=MAX_TOPICS)]
) -> object:
    """Server-sent events: `ready`, then `changed` with a topic whenever that topic should be fetched again.

    A hint says nothing about what changed, so it needs no permission: who may not see the thing learns
    nothing from being told to look.
    """
    for one in topic:
        if not _TOPIC.fullmatch(one):
            raise Invalid(f"There is no topic {one[:60]!r}; topics look like track:ID", field="topic")
    return stream_hints(request.app.state.bus, frozenset(topic), request.app.state.closing)

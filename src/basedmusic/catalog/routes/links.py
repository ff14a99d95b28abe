"""The port to `streaming` as a dependency: the composition root puts the linker into the app's state."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from basedmusic.catalog.contracts import LinkStreams


def _linker(request: Request) -> LinkStreams:
    return request.app.state.link_streams


Streams = Annotated[LinkStreams, Depends(_linker)]

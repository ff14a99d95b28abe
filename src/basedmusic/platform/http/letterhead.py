"""Whose mail a request sends."""

from starlette.requests import HTTPConnection

from basedmusic.platform.mail import Letterhead
from basedmusic.platform.settings import Settings


def letterhead_of(connection: HTTPConnection) -> Letterhead:
    settings: Settings = connection.app.state.settings
    return Letterhead(settings.scene_name, settings.address)

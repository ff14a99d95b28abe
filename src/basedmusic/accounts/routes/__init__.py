"""HTTP: /accounts, /sessions, /me, and profiles."""

from fastapi import APIRouter, FastAPI

from basedmusic.accounts.passwords import Passwords, argon2id
from basedmusic.accounts.routes import (
    claims,
    closing,
    emails,
    erasure,
    exports,
    following,
    guests,
    keys,
    me,
    preferences,
    profiles,
    reports,
    safety,
    sessions,
    sign_up,
    teams,
)
from basedmusic.accounts.service.exports import EXPORTS, ExportLinks
from basedmusic.accounts.service.guests import GUESTS, GuestDesk
from basedmusic.accounts.tokens import AccessTokens
from basedmusic.platform.fetch import Fetcher
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.mail import Letterhead
from basedmusic.platform.sign import PathSigner

api = APIRouter(responses=RESPONSES, tags=["accounts"])
"""Under /api/v1."""
for part in (
    sign_up,
    sessions,
    me,
    teams,
    profiles,
    safety,
    following,
    preferences,
    exports,
    erasure,
    closing,
    guests,
    reports,
    emails,
    keys,
    claims,
):
    api.include_router(part.router)


def install(app: FastAPI) -> None:
    """Give `app.state`, which has its secrets already, what signing in needs."""
    app.state.access_tokens = AccessTokens(app.state.secrets.key("access-token"))
    app.state.passwords = Passwords(argon2id())
    settings = app.state.settings
    app.state.guest_desk = GuestDesk(
        Letterhead(settings.scene_name, settings.address), app.state.secrets.key(GUESTS)
    )
    app.state.export_links = ExportLinks(PathSigner(app.state.secrets.key(EXPORTS)))
    app.state.fetcher = Fetcher()

"""HTTP: /accounts, /sessions, /me, and profiles."""

from fastapi import APIRouter, FastAPI

from basedmusic.accounts.passwords import Passwords, argon2id
from basedmusic.accounts.routes import me, preferences, profiles, safety, sessions, sign_up, teams
from basedmusic.accounts.tokens import AccessTokens
from basedmusic.platform.http.problem import RESPONSES

api = APIRouter(responses=RESPONSES, tags=["accounts"])
"""Under /api/v1."""
for part in (sign_up, sessions, me, teams, profiles, safety, preferences):
    api.include_router(part.router)


def install(app: FastAPI) -> None:
    """Give `app.state`, which has its secrets already, what signing in needs."""
    app.state.access_tokens = AccessTokens(app.state.secrets.key("access-token"))
    app.state.passwords = Passwords(argon2id())

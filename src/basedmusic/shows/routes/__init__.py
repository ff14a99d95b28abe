"""HTTP: parse, permit, call, answer."""

from fastapi import APIRouter

from basedmusic.shows.routes import lineup, places, rooms, shows

api = APIRouter()
"""Under /api/v1."""
api.include_router(rooms.router, tags=["rooms"])
api.include_router(shows.router, tags=["shows"])
api.include_router(lineup.router, tags=["shows"])
api.include_router(places.router, tags=["shows"])

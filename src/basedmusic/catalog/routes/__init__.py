"""HTTP: parse, permit, call, answer."""

from fastapi import APIRouter

from basedmusic.catalog.routes import artists, covers, history, library, releases, taste, tracks

api = APIRouter()
"""Under /api/v1."""
api.include_router(artists.router, tags=["artists"])
api.include_router(releases.router, tags=["releases"])
api.include_router(tracks.router, tags=["tracks"])
api.include_router(library.router, tags=["library"])
api.include_router(history.router, tags=["library"])
api.include_router(taste.router, tags=["library"])

public = APIRouter(include_in_schema=False)
"""At the root."""
public.include_router(covers.router)

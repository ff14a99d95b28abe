"""HTTP: /admin."""

from fastapi import APIRouter

from basedmusic.app.admin import machine, people
from basedmusic.platform.http.problem import RESPONSES

router = APIRouter(prefix="/admin", responses=RESPONSES, tags=["admin"])
"""Under /api/v1."""
for part in (people, machine):
    router.include_router(part.router)

"""HTTP: /admin."""

from fastapi import APIRouter

from basedmusic.app.admin import machine, people
from basedmusic.app.admin.people import first_admin_token
from basedmusic.platform.http.problem import RESPONSES

__all__ = ["first_admin_token", "router"]

router = APIRouter(prefix="/admin", responses=RESPONSES, tags=["admin"])
"""Under /api/v1."""
for part in (people, machine):
    router.include_router(part.router)

"""/healthz: the process answers. /readyz: it can do its work."""

import asyncio

import asyncpg
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.kernel.errors import Unavailable
from basedmusic.platform.http.problem import problem

router = APIRouter(include_in_schema=False)

READY_TIMEOUT_S = 2.0
_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/healthz")
async def healthz() -> Response:
    return Response("ok\n", media_type="text/plain", headers=_NO_STORE)


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """200 when the database answers; not while we are stopping, so that a balancer looks elsewhere."""
    if request.app.state.closing.is_set():
        return problem(503, "stopping", "Stopping", "This server is stopping")
    try:
        async with asyncio.timeout(READY_TIMEOUT_S), request.app.state.database.connection() as conn:
            await conn.fetchval("SELECT 1")
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError, Unavailable) as error:
        return problem(503, "database_unavailable", "Not ready", f"The database does not answer: {error}")
    return Response("ready\n", media_type="text/plain", headers=_NO_STORE)

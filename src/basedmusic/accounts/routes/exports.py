"""/me/export, and the archive itself for whoever holds its signed link."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from basedmusic.accounts.contracts import Export, ExportStatus
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.limits import address_of
from basedmusic.accounts.rules.exports import may_ask_at
from basedmusic.accounts.schemas import ExportOut, ExportStateOut
from basedmusic.accounts.service import exports
from basedmusic.accounts.viewer import SignedIn
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.permission import LINK, OWN, permission

router = APIRouter()

FETCHES_PER_ADDRESS = "30/hour"
_ZIP = {
    "Content-Type": "application/zip",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@router.post("/me/export", status_code=202, response_model=ExportOut, openapi_extra=permission(OWN))
async def ask_for_export(
    viewer: SignedIn, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Put together everything that is kept about the account; a mail tells when it is ready. Once a day."""

    async def effect() -> Response:
        export = await exports.ask_for_export(tx, viewer.account_id, clock_of(request)())
        return json_answer(202, _out(request, export).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), b"", effect)


@router.get("/me/export", openapi_extra=permission(OWN))
async def get_export(
    viewer: SignedIn, request: Request, conn: ReadConnection, response: Response
) -> ExportStateOut:
    """How far it is, and where it is fetched. Hints come over `/events` under `export:ID`."""
    response.headers.update(NO_STORE)
    now = clock_of(request)()
    export = await exports.find_export(conn, viewer.account_id, now)
    again = may_ask_at(export)
    return ExportStateOut(
        export=_out(request, export) if export else None,
        may_ask_at=again if again is not None and now < again else None,
    )


@router.get("/exports/{token}/{export_id}", response_class=Response, openapi_extra=permission(LINK))
async def fetch_export(token: str, export_id: UUID, request: Request) -> Response:
    """The archive."""
    limiter_of(request).hit(FETCHES_PER_ADDRESS, "exports", address_of(request))
    now = clock_of(request)()
    links_of(request).check(export_id, token, now)
    async with database_of(request).connection() as conn:
        export = await exports.get_ready_export(conn, export_id, now)
    blobs: Blobs = request.app.state.blobs
    key = exports.export_blob_key(export.id)
    headers = {**_ZIP, **NO_STORE, "Content-Disposition": f'attachment; filename="your-data-{export.id}.zip"'}
    path = blobs.local_path(key)
    if path is not None:
        return FileResponse(path, headers=headers)
    return StreamingResponse(_chunks(blobs, key), headers={**headers, "Content-Length": str(export.bytes)})


def links_of(request: Request) -> exports.ExportLinks:
    return request.app.state.export_links


async def _chunks(blobs: Blobs, key: str) -> AsyncIterator[bytes]:
    async for chunk in blobs.stream(key):
        yield chunk


def _out(request: Request, export: Export) -> ExportOut:
    ready = export.status is ExportStatus.READY
    path = f"/api/v1/exports/{links_of(request).token(export)}/{export.id}"
    return ExportOut.of(export, path if ready else None)

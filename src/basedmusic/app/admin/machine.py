"""/admin/jobs and /admin/storage."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from basedmusic import accounts
from basedmusic.accounts.viewer import SignedIn
from basedmusic.app.admin import jobs
from basedmusic.app.admin.schemas import (
    DiskOut,
    FolderOut,
    HeldJobOut,
    JobKindIn,
    KindOfJobOut,
    QueueOut,
    ReleasedOut,
    RunningJobOut,
    SchemaOut,
    StorageOut,
    TallyOut,
)
from basedmusic.kernel.page import PageRequest
from basedmusic.platform import queue, storage
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import ADMIN, permission

router = APIRouter()
JobId = Annotated[int, Path(ge=1, lt=1 << 63)]


@router.get("/jobs", openapi_extra=permission(ADMIN))
async def overview_of_jobs(viewer: SignedIn, conn: ReadConnection) -> QueueOut:
    """The queue by kind of job, and what runs now."""
    await accounts.require_admin(conn, viewer)
    overview = await queue.overview_of_jobs(conn)
    return QueueOut(
        kinds=[KindOfJobOut.model_validate(one) for one in overview.kinds],
        whole=overview.whole,
        running=[RunningJobOut.model_validate(one) for one in await queue.list_running(conn)],
    )


@router.get("/jobs/held", openapi_extra=permission(ADMIN))
async def list_held_jobs(
    viewer: SignedIn,
    conn: ReadConnection,
    kind: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[HeldJobOut]:
    """Those that failed for good and wait for a person, oldest first."""
    await accounts.require_admin(conn, viewer)
    wanted = PageRequest.parse(limit, after, _job_id)
    page = wanted.page(await queue.list_held(conn, kind, wanted), lambda job: (job.id,))
    return PageOut(items=[HeldJobOut.model_validate(one) for one in page.items], next=page.next)


@router.post("/jobs/release", openapi_extra=permission(ADMIN))
async def release_jobs(body: JobKindIn, viewer: SignedIn, tx: Transaction) -> ReleasedOut:
    """Let all held jobs of a kind run again, a thousand at most. Done twice, the second finds none."""
    admin = await accounts.require_admin(tx.conn, viewer)
    return ReleasedOut(released=await jobs.release_jobs(tx, admin, body.kind))


@router.post("/jobs/{job_id}/release", status_code=204, openapi_extra=permission(ADMIN))
async def release_job(job_id: JobId, viewer: SignedIn, tx: Transaction) -> None:
    """Let one held job run again."""
    admin = await accounts.require_admin(tx.conn, viewer)
    await jobs.release_job(tx, admin, job_id)


@router.delete("/jobs/{job_id}", status_code=204, openapi_extra=permission(ADMIN))
async def cancel_job(job_id: JobId, viewer: SignedIn, tx: Transaction) -> None:
    """Take out a job that waits or is held. One that runs can't be stopped."""
    admin = await accounts.require_admin(tx.conn, viewer)
    await jobs.cancel_job(tx, admin, job_id)


@router.get("/storage", openapi_extra=permission(ADMIN))
async def get_storage(viewer: SignedIn, request: Request, conn: ReadConnection) -> StorageOut:
    """How much room everything takes. Costs the same however much that is: blobs are counted by the worker,
    hourly (daily in an object store)."""
    await accounts.require_admin(conn, viewer)
    state = request.app.state
    data = state.settings.data
    whole, schemas = await storage.size_of_database(conn)
    tallies = await storage.list_tallies(conn)
    uploads, cache, disk = await asyncio.gather(
        asyncio.to_thread(storage.look_through, data / "uploads"),
        asyncio.to_thread(storage.look_through, data / "cache"),
        asyncio.to_thread(storage.look_at_disk, data),
    )
    return StorageOut(
        database_bytes=whole,
        schemas=[SchemaOut.model_validate(one) for one in schemas],
        blobs=[TallyOut.model_validate(one) for one in tallies],
        blobs_are_local=state.blobs.is_local,
        uploads=FolderOut.model_validate(uploads),
        cache=FolderOut.model_validate(cache),
        disk=DiskOut.model_validate(disk),
    )


def _job_id(text: str) -> int:
    job_id = int(text)
    if not 0 < job_id < 1 << 63:
        raise ValueError("a job's number")
    return job_id

"""The verbs: make a track of an upload, look at its steps, clear away what a crash left."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from basedmusic.accounts import SignedInViewer, Verb, Viewer, require_can
from basedmusic.catalog import (
    NewTrack,
    ReleaseId,
    Source,
    Track,
    TrackId,
    add_track,
    get_track,
    title_from_filename,
)
from basedmusic.codec.contracts import MEZZANINE, PROBE, MezzanineRequest, ProbeReport, ProbeRequest
from basedmusic.ingest import store
from basedmusic.ingest.contracts import StepMissing, StepState
from basedmusic.ingest.rules import mezzanine_bytes
from basedmusic.ingest.spool import Spool, Upload, source_blob_key, source_blob_prefix
from basedmusic.kernel.ids import PartyId
from basedmusic.kernel.units import Bytes, DurationMs, Samples
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import Connection, Database, Tx
from basedmusic.platform.pool import MediaPool
from basedmusic.platform.queue import Job

log = structlog.get_logger()

PROBE_TIMEOUT_S = 900.0
"""A full decode of the longest file a scene accepts, on a slow core."""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """What a person says about the file they send."""

    artist_id: PartyId
    filename: str
    title: str | None
    release_id: ReleaseId | None
    publish: bool


@dataclass(frozen=True, slots=True)
class StepJob:
    track_id: TrackId
    step: str


RUN_STEP = Job("ingest.step", StepJob)


def track_topic(track_id: UUID) -> str:
    """The bus topic that hints at a change of this track."""
    return f"track:{track_id}"


async def probe_upload(media: MediaPool, upload: Upload, filename: str, max_seconds: int) -> ProbeReport:
    """Decode the whole file once. Raises an AppError that says in words why it is not accepted."""
    request = ProbeRequest(str(upload.path), filename, max_seconds)
    return await media.run(PROBE, request, timeout_s=PROBE_TIMEOUT_S)


async def store_source(media: MediaPool, blobs: Blobs, upload: Upload, probed: ProbeReport) -> Source:
    """Keep the file, and a FLAC beside it where cutting segments from the file would not be exact.

    Raises StorageFull. The upload is held from now on.
    """
    upload.hold()
    key = playback_key = upload.source_key
    if probed.needs_mezzanine:
        upload.promise(mezzanine_bytes(probed.samples, probed.channels))
        flac = upload.folder / "playback.flac"
        playback_key = f"{upload.blob_prefix}/playback.flac"
        await media.run(MEZZANINE, MezzanineRequest(str(upload.path), str(flac)), timeout_s=PROBE_TIMEOUT_S)
        await blobs.put_file(playback_key, flac)
    await blobs.put_file(key, upload.path)
    return Source(
        key=key,
        playback_key=playback_key,
        sha256=upload.sha256,
        bytes=Bytes(upload.bytes),
        container=probed.container,
        content_type=probed.content_type,
        codec=probed.codec,
        sample_rate=probed.sample_rate,
        channels=probed.channels,
        samples=Samples(probed.samples),
        duration_ms=DurationMs(probed.duration_ms),
    )


async def create_track(
    tx: Tx, viewer: SignedInViewer, form: UploadForm, source: Source, steps: Sequence[str]
) -> Track:
    """The track, playable from now on, and a job for each of its background steps."""
    auto_title = None if form.title else title_from_filename(form.filename)
    new = NewTrack(
        artist_id=form.artist_id,
        title=form.title or auto_title or "",
        source=source,
        release_id=form.release_id,
        publish=form.publish,
    )
    track = await add_track(tx, viewer, new)
    await store.insert_upload(tx.conn, track.id, viewer.account_id, form.filename, auto_title)
    await store.insert_steps(tx.conn, track.id, steps)
    for step in steps:
        await tx.enqueue(RUN_STEP, StepJob(track.id, step), dedupe_key=f"{track.id}:{step}")
    return track


async def list_steps(conn: Connection, viewer: Viewer, track_id: UUID) -> list[StepState]:
    """How far each background step is. Raises TrackMissing, NotAllowed."""
    track = await get_track(conn, viewer, track_id)
    await require_can(conn, viewer, track.artist.id, Verb.SEE_DRAFTS)
    return await store.list_steps(conn, track.id)


async def retry_step(tx: Tx, viewer: Viewer, track_id: UUID, step: str) -> None:
    """Let a step that failed for good run again. Raises TrackMissing, NotAllowed, StepMissing."""
    track = await get_track(tx.conn, viewer, track_id)
    await require_can(tx.conn, viewer, track.artist.id, Verb.EDIT_MUSIC)
    if not await store.reset_failed_step(tx.conn, track.id, step):
        raise StepMissing
    # Without a key: the job that failed may not have been taken off the queue yet, and would swallow this one.
    await tx.enqueue(RUN_STEP, StepJob(track.id, step))


async def sweep_abandoned_uploads(spool: Spool, database: Database, blobs: Blobs) -> int:
    """Remove what requests left that ended with their process: folders, and blobs no track was made of."""
    with spool.claim_abandoned() as uploads:
        for upload_id in uploads:
            prefix = source_blob_prefix(upload_id)
            async with database.connection() as conn:
                used = await store.is_source_used(conn, source_blob_key(upload_id))
            if not used:
                await blobs.delete_prefix(prefix)
            log.info("abandoned_upload_removed", upload_id=str(upload_id), became_track=used)
        return len(uploads)

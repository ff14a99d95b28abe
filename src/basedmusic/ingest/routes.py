"""POST /tracks: the file as it arrives; and how far a track's steps are."""

import json
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from uuid import UUID

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import Limited, SignedInViewer, Verb, require_can, require_room, take_room
from basedmusic.accounts.viewer import SignedIn
from basedmusic.catalog import ReleaseId, TrackOut
from basedmusic.ingest import service
from basedmusic.ingest.contracts import TooManyUploads, UploadFieldMissing
from basedmusic.ingest.rules import clean_filename
from basedmusic.ingest.schemas import StepOut
from basedmusic.ingest.service import UploadForm
from basedmusic.ingest.spool import Upload
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import surely_rolled_back
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.idempotency import Idempotency, IdempotencyKey, json_answer
from basedmusic.platform.http.multipart import Sink, receive_file
from basedmusic.platform.http.pages import PageOut
from basedmusic.platform.http.permission import UPLOAD, VERB, permission
from basedmusic.platform.http.problem import RESPONSES

log = structlog.get_logger()

api = APIRouter(responses=RESPONSES, tags=["uploads"])

UPLOADS_AT_ONCE = 4
"""Of one account in one process; a page sends its files one after the other anyway."""
PROBES_AT_ONCE = 2
"""Of one account, running or in line for the probe pool: six-hour files of one person delay their own next one."""

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["artist_id", "file"],
                    "properties": {
                        "artist_id": {"type": "string", "format": "uuid"},
                        "title": {"type": "string", "maxLength": 200},
                        "release_id": {"type": "string", "format": "uuid"},
                        "publish": {"type": "boolean", "default": False},
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "WAV, FLAC, MP3, AAC/M4A, Ogg Vorbis or Opus; the last field",
                        },
                    },
                }
            }
        },
    }
}


@api.post(
    "/tracks",
    status_code=201,
    response_model=TrackOut,
    openapi_extra=_FORM | permission(VERB + Verb.EDIT_MUSIC, UPLOAD),
)
async def upload_track(request: Request, viewer: SignedIn, idempotency: Idempotency) -> Response:
    """Send a file; it plays at once, to its artist, and to everyone with `publish`.

    The fields come before the file. The same Idempotency-Key makes one track, however often it is sent.
    """
    with _one_of_few(request, viewer.account_id):
        async with request.app.state.spool.receive(_content_length(request)) as upload:
            form, body = await _receive(request, viewer, idempotency, upload)
            answer = await _create(request, viewer, idempotency, upload, form, body)
    return answer


@api.get("/tracks/{track_id}/steps", openapi_extra=permission(VERB + Verb.SEE_DRAFTS))
async def list_steps(track_id: UUID, viewer: SignedIn, conn: ReadConnection) -> PageOut[StepOut]:
    """How far each background step of an upload is."""
    steps = await service.list_steps(conn, viewer, track_id)
    return PageOut(items=[StepOut.model_validate(step) for step in steps], next=None)


@api.post(
    "/tracks/{track_id}/steps/{step}/retry", status_code=202, openapi_extra=permission(VERB + Verb.EDIT_MUSIC)
)
async def retry_step(track_id: UUID, step: str, viewer: SignedIn, tx: Transaction) -> None:
    """Let a failed step run again."""
    await service.retry_step(tx, viewer, track_id, step)


async def _receive(
    request: Request, viewer: SignedInViewer, idempotency: IdempotencyKey, upload: Upload
) -> tuple[UploadForm, bytes]:
    """The form, with its file in `upload`; and the request in the one form that identifies it."""

    async def open_sink(fields: Mapping[str, str]) -> Sink:
        form = _form(fields, "")
        async with database_of(request).connection() as conn:  # not held while the bytes come in
            await require_can(conn, viewer, form.artist_id, Verb.EDIT_MUSIC)
            # Counted once the track is made; asked here so that nobody sends megabytes for nothing.
            if not await idempotency.is_answered(conn, str(viewer.account_id)):
                await require_room(conn, viewer.account_id, Limited.UPLOADS, clock_of(request)())
        return upload

    part = await receive_file(request, "file", open_sink)
    upload.finish()
    body = json.dumps([sorted(part.fields.items()), upload.sha256.hex()]).encode()
    return _form(part.fields, part.filename), body


async def _create(
    request: Request,
    viewer: SignedInViewer,
    idempotency: IdempotencyKey,
    upload: Upload,
    form: UploadForm,
    body: bytes,
) -> Response:
    """Probe, store, then one transaction. What was stored is taken back when surely no track was made of it.

    Where COMMIT may have been tried and its answer was lost, nothing is deleted: the upload stays held, and
    the sweeper asks the database later.
    """
    state = request.app.state
    created: list[UUID] = []
    may_be_committed = False
    try:
        async with state.probe_turns.turn(viewer.account_id):
            probed = await service.probe_upload(
                state.probing, upload, form.filename, state.settings.max_track_seconds
            )
            source = await service.store_source(state.probing, state.blobs, upload, probed)
        async with database_of(request).transaction() as tx:

            async def effect() -> Response:
                steps = [step.name for step in state.ingest_steps]
                # The account before the release, in the order in which rows are held.
                await take_room(tx, viewer.account_id, Limited.UPLOADS, clock_of(request)())
                track = await service.create_track(tx, viewer, form, source, steps)
                created.append(track.id)
                out = TrackOut.of(track, state.link_streams(track))
                return json_answer(201, out.model_dump(mode="json"))

            answer = await idempotency.run(tx, str(viewer.account_id), body, effect)
            may_be_committed = bool(created)
        may_be_committed = False
        if created:
            upload.settle()
    except Exception as error:
        may_be_committed = may_be_committed and not surely_rolled_back(error)
        raise
    finally:
        if upload.is_held and not may_be_committed:
            await _take_back(state.blobs, upload)
    for track_id in created:
        await state.bus.publish(service.track_topic(track_id))
    return answer


async def _take_back(blobs: Blobs, upload: Upload) -> None:
    try:
        await blobs.delete_prefix(upload.blob_prefix)
    except Exception as error:  # held as it is, the sweeper takes it back once the store is there again
        log.warning("upload_not_taken_back", upload_id=str(upload.id), error=repr(error))
    else:
        upload.settle()


def _form(fields: Mapping[str, str], filename: str) -> UploadForm:
    """Raises UploadFieldMissing, Invalid."""
    unknown = sorted(fields.keys() - {"artist_id", "title", "release_id", "publish"})
    if unknown:
        raise Invalid(f"The form has an unknown field {unknown[0][:60]!r}", field=unknown[0][:60])
    if not fields.get("artist_id"):
        raise UploadFieldMissing("artist_id must come before the file", field="artist_id")
    publish = fields.get("publish", "false").lower()
    if publish not in ("true", "false"):
        raise Invalid("publish is true or false", field="publish")
    release = fields.get("release_id")
    return UploadForm(
        artist_id=PartyId(_uuid(fields["artist_id"], "artist_id")),
        filename=clean_filename(filename),
        title=fields.get("title", "").strip() or None,
        release_id=ReleaseId(_uuid(release, "release_id")) if release else None,
        publish=publish == "true",
    )


def _uuid(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(f"{field} is not an id", field=field) from None


def _content_length(request: Request) -> int | None:
    text = request.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


@contextmanager
def _one_of_few(request: Request, account_id: AccountId) -> Generator[None]:
    """Raises TooManyUploads when this account is already sending as many files as it may."""
    sending: Counter[AccountId] = request.app.state.uploads_by_account
    if sending[account_id] >= UPLOADS_AT_ONCE:
        raise TooManyUploads(
            f"You are already sending {UPLOADS_AT_ONCE} files; wait for one to finish", retry_after_s=5
        )
    sending[account_id] += 1
    try:
        yield
    finally:
        sending[account_id] -= 1
        if not sending[account_id]:
            del sending[account_id]

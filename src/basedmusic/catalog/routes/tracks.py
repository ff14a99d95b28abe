"""/tracks, but for the upload (ingest) and the sound (streaming)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from basedmusic.accounts import SignedInViewer, Verb
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.filters import OfGenre
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import TrackOut, TrackPatch
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.errors import Invalid, SignInRequired
from basedmusic.kernel.page import MAX_LIMIT, Page, PageRequest
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, VERB, permission
from basedmusic.platform.http.problem import RESPONSES

router = APIRouter(responses=RESPONSES)

Ids = Annotated[str | None, Query(description=f"At most {MAX_LIMIT} ids, with commas between")]

OfArtist = Annotated[
    UUID | None, Query(description="With `mine`: only what this one of the caller's artists made")
]


@router.get("/tracks", openapi_extra=permission(PUBLIC))
async def list_tracks(
    viewer: CurrentViewer,
    conn: ReadConnection,
    link: Streams,
    mine: bool = False,
    published: bool | None = None,
    artist_id: OfArtist = None,
    genre: OfGenre = None,
    ids: Ids = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[TrackOut]:
    """Published ones, latest first; with `mine`, all of the caller's artists, or of the one named, drafts
    too, newest first; with `ids`, those that the caller may see of these, in no order, on one page."""
    if ids is not None:
        page = Page(await service.list_tracks_by_id(conn, viewer, parse_ids(ids)))
    elif mine:
        request = PageRequest.parse(limit, after, UUID)
        if not isinstance(viewer, SignedInViewer):
            raise SignInRequired
        page = await service.list_own_tracks(conn, viewer, request, published=published, artist_id=artist_id)
    else:
        request = PageRequest.parse(limit, after, parse_instant, UUID)
        page = await service.list_latest_tracks(conn, viewer, genre, request)
    return PageOut(items=[TrackOut.of(track, link(track)) for track in page.items], next=page.next)


@router.get("/tracks/{track_id}", openapi_extra=permission(PUBLIC))
async def get_track(track_id: UUID, viewer: CurrentViewer, conn: ReadConnection, link: Streams) -> TrackOut:
    track = await service.get_track(conn, viewer, track_id)
    return TrackOut.of(track, link(track))


@router.patch("/tracks/{track_id}", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def edit_track(
    track_id: UUID, body: TrackPatch, viewer: SignedIn, tx: Transaction, link: Streams
) -> TrackOut:
    changes = body.model_dump(exclude_unset=True)
    if "release_id" in changes:
        await service.move_track(tx, viewer, track_id, changes.pop("release_id"))
    track = await service.edit_track(tx, viewer, track_id, **changes)
    return TrackOut.of(track, link(track))


@router.post("/tracks/{track_id}/publish", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def publish_track(track_id: UUID, viewer: SignedIn, tx: Transaction, link: Streams) -> TrackOut:
    """Everyone may find and hear it from now on. Safe to repeat."""
    track = await service.publish_track(tx, viewer, track_id)
    return TrackOut.of(track, link(track))


@router.post("/tracks/{track_id}/unpublish", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def unpublish_track(track_id: UUID, viewer: SignedIn, tx: Transaction, link: Streams) -> TrackOut:
    """Back to a draft. Safe to repeat."""
    track = await service.unpublish_track(tx, viewer, track_id)
    return TrackOut.of(track, link(track))


@router.delete("/tracks/{track_id}", status_code=204, openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def delete_track(track_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Out of sight at once; `restore` undoes it for seven days."""
    await service.delete_track(tx, viewer, track_id)


@router.post("/tracks/{track_id}/restore", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def restore_track(track_id: UUID, viewer: SignedIn, tx: Transaction, link: Streams) -> TrackOut:
    track = await service.restore_track(tx, viewer, track_id)
    return TrackOut.of(track, link(track))


def parse_ids(text: str) -> list[UUID]:
    """Raises Invalid."""
    try:
        ids = [UUID(one) for one in text.split(",")]
    except ValueError:
        raise Invalid("ids are ids with commas between", field="ids") from None
    if len(ids) > MAX_LIMIT:
        raise Invalid(f"At most {MAX_LIMIT} ids at once", field="ids")
    return ids

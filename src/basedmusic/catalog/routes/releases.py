"""/releases."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from basedmusic.accounts import Verb
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.filters import OfGenre
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import ReleaseIn, ReleaseOut, ReleasePatch, TrackOrderIn, TrackOut
from basedmusic.kernel.clock import parse_instant
from basedmusic.kernel.page import MAX_LIMIT, PageRequest, read_position
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, VERB, permission
from basedmusic.platform.http.problem import RESPONSES

router = APIRouter(responses=RESPONSES)


@router.post(
    "/releases", status_code=201, response_model=ReleaseOut, openapi_extra=permission(VERB + Verb.EDIT_MUSIC)
)
async def create_release(
    body: ReleaseIn, viewer: SignedIn, tx: Transaction, idempotency: Idempotency
) -> Response:
    """A draft; tracks come onto it as they are uploaded or moved."""

    async def effect() -> Response:
        release = await service.create_release(tx, viewer, **body.model_dump())
        return json_answer(201, ReleaseOut.of(release).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/releases", openapi_extra=permission(PUBLIC))
async def list_releases(
    viewer: CurrentViewer,
    conn: ReadConnection,
    genre: OfGenre = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ReleaseOut]:
    """Published ones, latest first; of a `genre`: those with a published track of it."""
    request = PageRequest.parse(limit, after, parse_instant, UUID)
    page = await service.list_latest_releases(conn, viewer, genre, request)
    return PageOut(items=[ReleaseOut.of(release) for release in page.items], next=page.next)


@router.get("/releases/{release_id}", openapi_extra=permission(PUBLIC))
async def get_release(release_id: UUID, viewer: CurrentViewer, conn: ReadConnection) -> ReleaseOut:
    return ReleaseOut.of(await service.get_release(conn, viewer, release_id))


@router.get("/releases/{release_id}/tracks", openapi_extra=permission(PUBLIC))
async def list_release_tracks(
    release_id: UUID,
    viewer: CurrentViewer,
    conn: ReadConnection,
    link: Streams,
    limit: Limit = MAX_LIMIT,
    after: After = None,
) -> PageOut[TrackOut]:
    """In the release's order."""
    await service.get_release(conn, viewer, release_id)
    request = PageRequest.parse(limit, after, read_position)
    page = await service.list_release_tracks(conn, viewer, release_id, request)
    return PageOut(items=[TrackOut.of(track, link(track)) for track in page.items], next=page.next)


@router.put(
    "/releases/{release_id}/tracks", status_code=204, openapi_extra=permission(VERB + Verb.EDIT_MUSIC)
)
async def order_release(release_id: UUID, body: TrackOrderIn, viewer: SignedIn, tx: Transaction) -> None:
    """Its tracks in this order. Refused when the list is not of the tracks that lie on it."""
    await service.order_release(tx, viewer, release_id, body.track_ids)


@router.patch("/releases/{release_id}", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def edit_release(release_id: UUID, body: ReleasePatch, viewer: SignedIn, tx: Transaction) -> ReleaseOut:
    changes = body.model_dump(exclude_unset=True)
    if "released_on" in changes:
        await service.date_release(tx, viewer, release_id, changes.pop("released_on"))
    return ReleaseOut.of(await service.edit_release(tx, viewer, release_id, **changes))


@router.post("/releases/{release_id}/publish", openapi_extra=permission(VERB + Verb.EDIT_MUSIC))
async def publish_release(release_id: UUID, viewer: SignedIn, tx: Transaction) -> ReleaseOut:
    """With all its tracks that play. Safe to repeat."""
    return ReleaseOut.of(await service.publish_release(tx, viewer, release_id))

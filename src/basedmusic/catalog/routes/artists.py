"""/artists and /genres."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import Verb
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.filters import OfGenre
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import (
    ArtistIn,
    ArtistOut,
    ArtistPatch,
    CountedGenreOut,
    ReleaseOut,
    TrackOut,
)
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.fresh import NOT_MODIFIED, IdOrSlug, fresh_json
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, SIGNED_IN, VERB, permission
from basedmusic.platform.http.problem import RESPONSES

router = APIRouter(responses=RESPONSES)


@router.get("/genres", openapi_extra=permission(PUBLIC))
async def list_genres(viewer: CurrentViewer, conn: ReadConnection) -> PageOut[CountedGenreOut]:
    """All genres of the scene, by name, and how much there is of each."""
    genres = await service.list_genres(conn, viewer)
    return PageOut(items=[CountedGenreOut.model_validate(genre) for genre in genres], next=None)


@router.post("/artists", status_code=201, response_model=ArtistOut, openapi_extra=permission(SIGNED_IN))
async def create_artist(
    body: ArtistIn, viewer: SignedIn, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Become an artist: the caller is the new profile's owner."""

    async def effect() -> Response:
        artist = await service.create_artist(tx, viewer, **body.model_dump())
        return json_answer(201, ArtistOut.of(artist).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


@router.get("/artists", openapi_extra=permission(PUBLIC))
async def list_artists(
    viewer: CurrentViewer,
    conn: ReadConnection,
    genre: OfGenre = None,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ArtistOut]:
    """Newest first."""
    page = await service.list_artists(conn, viewer, genre, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[ArtistOut.of(artist) for artist in page.items], next=page.next)


@router.get(
    "/artists/{key}", response_model=ArtistOut, responses=NOT_MODIFIED, openapi_extra=permission(PUBLIC)
)
async def get_artist(
    key: IdOrSlug, viewer: CurrentViewer, conn: ReadConnection, request: Request
) -> Response:
    """By slug or id."""
    return fresh_json(request, ArtistOut.of(await service.get_artist(conn, viewer, key)))


@router.patch("/artists/{artist_id}", openapi_extra=permission(VERB + Verb.EDIT_PROFILE))
async def edit_artist(artist_id: UUID, body: ArtistPatch, viewer: SignedIn, tx: Transaction) -> ArtistOut:
    return ArtistOut.of(
        await service.edit_artist(tx, viewer, artist_id, **body.model_dump(exclude_unset=True))
    )


@router.get("/artists/{artist_id}/tracks", openapi_extra=permission(PUBLIC))
async def list_artist_tracks(
    artist_id: UUID,
    viewer: CurrentViewer,
    conn: ReadConnection,
    link: Streams,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[TrackOut]:
    """Newest first; drafts too for the artist's members."""
    request = PageRequest.parse(limit, after, UUID)
    page = await service.list_artist_tracks(conn, viewer, artist_id, request)
    return PageOut(items=[TrackOut.of(track, link(track)) for track in page.items], next=page.next)


@router.get("/artists/{artist_id}/releases", openapi_extra=permission(PUBLIC))
async def list_artist_releases(
    artist_id: UUID,
    viewer: CurrentViewer,
    conn: ReadConnection,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[ReleaseOut]:
    """Newest first; drafts too for the artist's members."""
    request = PageRequest.parse(limit, after, UUID)
    page = await service.list_artist_releases(conn, viewer, artist_id, request)
    return PageOut(items=[ReleaseOut.of(release) for release in page.items], next=page.next)

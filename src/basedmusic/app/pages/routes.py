"""The addresses a person sees. Everything else that a browser navigates to is a page that is not here."""

from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import PartyKind, Viewer, get_card, require_moderator
from basedmusic.accounts.viewer import CurrentViewer
from basedmusic.app.legal.html import render
from basedmusic.app.legal.routes import document_of
from basedmusic.app.legal.texts import LegalPage
from basedmusic.app.outbox import may_read_outbox
from basedmusic.app.pages.head import (
    Head,
    artist_head,
    card_head,
    genre_head,
    genres_head,
    home_head,
    plain_head,
    release_head,
    render_data,
    render_head,
    render_shell_head,
    render_summary,
    track_head,
)
from basedmusic.app.pages.shell import SHELL_PATH, BuiltPage, packaged_page
from basedmusic.catalog import find_genre, get_artist, get_release, get_track, list_genres, list_latest_tracks
from basedmusic.kernel.errors import NotAllowed, NotFound, SignInRequired
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection
from basedmusic.platform.http.database import ReadConnection
from basedmusic.platform.settings import Settings

router = APIRouter(include_in_schema=False)

LATEST = 6
"""Tracks that home names before the app runs."""

_OWN_PAGES = {
    "/sign-in": "Sign in",
    "/sign-up": "Sign up",
    "/forgot": "New password",
    "/reset": "New password",
    "/verify": "Your address",
    "/take-back": "Take the account back",
    "/library": "Library",
    "/settings": "Settings",
    "/welcome": "Welcome",
    "/studio": "Studio",
    "/studio/new-artist": "New artist",
    "/studio/team/{party_id}": "Team",
    "/studio/new-venue": "New venue",
    "/studio/new-organiser": "New organiser",
    "/claim": "Claim",
    "/claim/{party_id}": "Claim",
    "/claims": "Claims",
    "/join": "Join",
    "/guest": "Mail when something comes out",
    "/unsubscribe": "No more mail",
    "/guest-data": "What we keep about your address",
    "/keep-account": "Keep your account",
    "/your-data": "Your data",
    "/first-admin": "Become the first admin",
    "/report": "Your report",
    "/appeal": "Appeal a decision",
    "/moderation": "Moderation",
}
"""Pages without anything of the scene in them."""


def mount(app: FastAPI) -> None:
    app.state.page = packaged_page()
    app.include_router(router)
    for path, title in _OWN_PAGES.items():
        app.add_route(path, _own_page(title), include_in_schema=False)
    app.add_route("/{path:path}", _anything_else, include_in_schema=False)


@router.get("/")
async def home(request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    latest = await list_latest_tracks(conn, viewer, None, PageRequest(limit=LATEST))
    return _page(request, home_head(_scene(request), latest.items))


@router.get("/artists/{slug}")
async def artist(slug: str, request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    try:
        return _page(request, artist_head(await get_artist(conn, viewer, slug)))
    except NotFound:
        return _missing(request)


@router.get("/venues/{slug}")
async def venue(slug: str, request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    return await _card_page(request, viewer, conn, PartyKind.VENUE, slug)


@router.get("/organisers/{slug}")
async def organiser(slug: str, request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    return await _card_page(request, viewer, conn, PartyKind.ORGANISER, slug)


@router.get("/tracks/{track_id}")
async def track(track_id: str, request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    try:
        return _page(request, track_head(await get_track(conn, viewer, UUID(track_id))))
    except (NotFound, ValueError):
        return _missing(request)


@router.get("/releases/{release_id}")
async def release(release_id: str, request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    try:
        return _page(request, release_head(await get_release(conn, viewer, UUID(release_id))))
    except (NotFound, ValueError):
        return _missing(request)


@router.get("/genres")
async def genres(request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    return _page(request, genres_head([genre.name for genre in await list_genres(conn, viewer)]))


@router.get("/genres/{slug}")
async def genre(slug: str, request: Request, conn: ReadConnection) -> Response:
    known = await find_genre(conn, slug)
    return _page(request, genre_head(known.name, slug)) if known else _missing(request)


@router.get("/outbox")
async def outbox(request: Request) -> Response:
    return _page(request, plain_head("Outbox", "/outbox")) if may_read_outbox(request) else _missing(request)


@router.get("/admin")
@router.get("/admin/people/{account_id}")
@router.get("/admin/jobs")
@router.get("/admin/storage")
@router.get("/admin/log")
async def admin(request: Request, viewer: CurrentViewer, conn: ReadConnection) -> Response:
    """For moderators and admins; for everybody else nothing is there."""
    try:
        await require_moderator(conn, viewer)
    except (NotAllowed, SignInRequired):
        return _missing(request)
    return _page(request, plain_head("Running the scene", request.url.path))


@router.get("/legal/{page}")
async def legal(page: str, request: Request) -> Response:
    if page not in set(LegalPage):
        return _missing(request)
    settings: Settings = request.app.state.settings
    text = document_of(LegalPage(page), settings)
    head = Head(
        title=text.title,
        description=f"{text.title}: {settings.scene_name}.",
        path=f"/legal/{page}",
        part="legal/LegalPage.tsx",
        data=(f"/legal/{page}",),
    )
    built = _built(request)
    ahead = built.links_of(f"src/features/{head.part}") + render_data(head)
    return built.document(render_head(head, settings.scene_name, settings.address), render(text), 200, ahead)


@router.get(SHELL_PATH)
async def shell(request: Request) -> Response:
    return _built(request).document(render_shell_head(_scene(request)))


@router.get("/sw.js")
async def service_worker(request: Request) -> Response:
    return _built(request).worker(_scene(request))


@router.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    return _built(request).manifest(_scene(request))


async def _card_page(
    request: Request, viewer: Viewer, conn: Connection, kind: PartyKind, slug: str
) -> Response:
    try:
        return _page(request, card_head(await get_card(conn, viewer, kind, slug)))
    except NotFound:
        return _missing(request)


def _own_page(title: str):
    async def endpoint(request: Request) -> Response:
        return _page(request, plain_head(title, request.url.path))

    return endpoint


async def _anything_else(request: Request) -> Response:
    """A built file, or a 404: as the page for a navigation, as a problem for anything else."""
    try:
        return _built(request).file(request.path_params["path"], request.headers)
    except NotFound:
        if request.url.path.startswith(("/api/", "/assets/", "/media/", "/covers/")):
            raise
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return _missing(request)


def _page(request: Request, head: Head, status: int = 200) -> Response:
    settings: Settings = request.app.state.settings
    page = _built(request)
    written = render_head(head, settings.scene_name, settings.address)
    ahead = page.links_of(f"src/features/{head.part}") + render_data(head) if head.part else ""
    return page.document(written, render_summary(head), status, ahead)


def _missing(request: Request) -> Response:
    return _page(request, plain_head("Nothing is here", request.url.path), 404)


def _built(request: Request) -> BuiltPage:
    return request.app.state.page


def _scene(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.scene_name

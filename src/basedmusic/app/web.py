"""One web process: the HTTP application, its resources, and the server that runs it."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import FrameType

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from basedmusic import __version__
from basedmusic.accounts import has_admin
from basedmusic.accounts import routes as accounts
from basedmusic.app import events, health, outbox, pages, stubs
from basedmusic.app.admin import routes as admin
from basedmusic.app.legal import routes as legal
from basedmusic.app.media import probe_pool, segment_pool
from basedmusic.app.wiring import INGEST_STEPS, PROFILE_CONTENTS, REPORT_SUBJECTS, Scene, open_scene
from basedmusic.catalog import routes as catalog
from basedmusic.ingest import Spool, Turns, sweep_abandoned_uploads
from basedmusic.ingest import routes as ingest
from basedmusic.kernel.clock import Clock, utc_now
from basedmusic.platform.http.compression import Compressed
from basedmusic.platform.http.context import RequestContext
from basedmusic.platform.http.heads import HeadsOfPages
from basedmusic.platform.http.limits import Limiter
from basedmusic.platform.http.problem import PROBLEM_SCHEMA, install_problem_handlers
from basedmusic.platform.log import configure_logging
from basedmusic.platform.metrics import serve_metrics
from basedmusic.platform.processes import die_with_supervisor
from basedmusic.platform.realtime.listeners import Listeners
from basedmusic.platform.settings import Settings
from basedmusic.shows import routes as shows
from basedmusic.streaming import routes as streaming

log = structlog.get_logger()

DRAIN_S = 6
"""What slow answers get to finish; the rest of the ten seconds is for the media processes and the database."""


def build_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """The application with all routes; its resources come with the lifespan."""
    app = FastAPI(
        title="Based Music",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        middleware=[Middleware(RequestContext), Middleware(HeadsOfPages), Middleware(Compressed)],
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.clock = clock
    app.state.closing = asyncio.Event()
    app.state.listeners = Listeners()
    api = APIRouter(prefix="/api/v1")
    for slice_routes in (accounts.api, catalog.api, ingest.api, streaming.api, shows.api):
        api.include_router(slice_routes)
    api.include_router(events.router)
    api.include_router(outbox.router)
    api.include_router(admin.router)
    api.include_router(legal.router)
    api.include_router(stubs.router)
    app.include_router(health.router)
    app.include_router(api)
    app.include_router(catalog.public)
    streaming.mount(app)
    pages.mount(app)
    install_problem_handlers(app)
    _document_problems(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    settings: Settings = app.state.settings
    pools = segment_pool(settings), probe_pool()
    warming = asyncio.create_task(pools[0].start())  # decoders load while the database starts
    try:
        async with open_scene(settings) as scene, scene.bus.running():
            state = app.state
            state.secrets, state.database, state.blobs, state.bus = (
                scene.secrets,
                scene.database,
                scene.blobs,
                scene.bus,
            )
            state.limiter = Limiter()
            state.media, state.probing = pools
            state.spool = Spool(settings.data / "uploads", settings.max_upload_bytes)
            state.ingest_steps = INGEST_STEPS
            state.report_subjects = REPORT_SUBJECTS
            state.profile_contents = PROFILE_CONTENTS
            state.sources = scene.sources
            state.uploads_by_account = Counter()
            state.probe_turns = Turns(ingest.PROBES_AT_ONCE)
            accounts.install(app)
            streaming.install(app)
            await warming
            sweeping = asyncio.create_task(_sweep_uploads(state.spool, scene))
            log.info("web_ready", address=settings.address)
            if outbox.has_outbox(settings):
                log.info("mail_stays_here", outbox=f"{settings.address}/outbox")
            await _say_first_admin_link(scene)
            yield
            sweeping.cancel()
            await state.segments.close()
            state.passwords.close()
    finally:
        warming.cancel()
        for pool in pools:
            await pool.close()


async def _say_first_admin_link(scene: Scene) -> None:
    """Until somebody runs the scene, the operator is told how to become it."""
    async with scene.database.connection() as conn:
        if await has_admin(conn):
            return
    link = f"{scene.settings.address}/first-admin#{admin.first_admin_token(scene.secrets)}"
    print(
        f"basedmusic: nobody runs this scene yet; become its first admin: {link}", file=sys.stderr, flush=True
    )


async def _sweep_uploads(spool: Spool, scene: Scene) -> None:
    """What the web process before us left, if it crashed. The worker does it again, so no failure matters here."""
    try:
        await sweep_abandoned_uploads(spool, scene.database, scene.blobs)
    except Exception as error:
        log.warning("sweep_failed", sweep="abandoned_uploads", error=repr(error))


def _document_problems(app: FastAPI) -> None:
    """Add the problem document's schema, which every route refers to, to the OpenAPI document."""
    generate = app.openapi

    def openapi() -> dict[str, object]:
        document = generate()
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        return document

    app.openapi = openapi


class _Server(uvicorn.Server):
    """Tells long answers that the end has come: uvicorn would wait for them, and they for a signal."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        super().__init__(config)
        self._closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._closing.set()
        super().handle_exit(sig, frame)


def run_web(settings: Settings) -> int:
    die_with_supervisor()
    configure_logging(settings.log_level, settings.log_format)
    serve_metrics(settings.metrics_port)
    app = build_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # only platform.http.origin reads them, from trusted proxies
        ws="none",
        timeout_graceful_shutdown=DRAIN_S,
    )
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    server = _Server(config, app.state.closing)
    server.run()
    return 0 if server.started else 1

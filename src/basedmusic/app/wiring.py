"""What a process of ours is made of: settings turned into connected parts, and who subscribes to what."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from basedmusic.accounts import EXPORTS, GUESTS, ExportLinks, ExportMaker, GuestDesk, ProfileSubject
from basedmusic.accounts.contracts import ProfileContents, ReportSubjects
from basedmusic.accounts.privacy import TABLES as ACCOUNTS_TABLES
from basedmusic.app.schema import all_migrations
from basedmusic.catalog import (
    Announcer,
    ArtistContents,
    MusicSubject,
    ReleasePublished,
    TrackPublished,
    TrackPurged,
    announce_release,
    announce_track,
)
from basedmusic.catalog.privacy import TABLES as CATALOG_TABLES
from basedmusic.ingest import STEPS, Step, forget_upload
from basedmusic.ingest.privacy import TABLES as INGEST_TABLES
from basedmusic.kernel.privacy import TablePolicy
from basedmusic.platform.blobs import Blobs, open_blobs
from basedmusic.platform.bus import PostgresBus
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.mail import Letterhead
from basedmusic.platform.migrations import apply_migrations
from basedmusic.platform.postgres import EmbeddedPostgres
from basedmusic.platform.privacy import TABLES as PLATFORM_TABLES
from basedmusic.platform.secrets import Secrets, load_secrets
from basedmusic.platform.settings import Settings
from basedmusic.platform.sign import PathSigner
from basedmusic.platform.sources import SourceFiles
from basedmusic.shows import ShowContents
from basedmusic.shows.privacy import TABLES as SHOWS_TABLES
from basedmusic.streaming import forget_renditions

REPORT_SUBJECTS: ReportSubjects = {
    kind: one for one in (MusicSubject(), ProfileSubject()) for kind in one.kinds
}
"""What can be reported, and the slice that has it."""

PROFILE_CONTENTS: Sequence[ProfileContents] = (ArtistContents(), ShowContents())
"""What goes with a profile that is closed, and the slices that have it."""

INGEST_STEPS: Sequence[Step] = STEPS
"""Every background step of an upload; each slice that owns some adds its own here."""

POLICIES: Sequence[TablePolicy] = (
    *PLATFORM_TABLES,
    *ACCOUNTS_TABLES,
    *CATALOG_TABLES,
    *INGEST_TABLES,
    *SHOWS_TABLES,
)
"""What export and erasure do with every table, the lowest slice first. Erasure goes the other way."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The connected parts that web, worker and commands share."""

    settings: Settings
    secrets: Secrets
    dsn: str
    database: Database
    blobs: Blobs
    sources: SourceFiles
    bus: PostgresBus


@asynccontextmanager
async def open_scene(settings: Settings, *, connections: int = 10) -> AsyncGenerator[Scene]:
    """Connect everything, the database started and migrated if need be; closed again at the end."""
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(database_url(settings))
        await apply_migrations(dsn, all_migrations())
        pool = await open_pool(dsn, max_size=connections)
        stack.push_async_callback(pool.close)
        blobs = open_blobs(settings.blobs_url, settings.data / "blobs")
        database = Database(pool, FactRegistry())
        subscribe_all(database, blobs)
        yield Scene(
            settings=settings,
            secrets=load_secrets(settings.data / "secrets"),
            dsn=dsn,
            database=database,
            blobs=blobs,
            sources=SourceFiles(blobs, settings.data / "cache" / "sources", settings.source_cache_bytes),
            bus=PostgresBus(dsn, pool),
        )


def subscribe_all(database: Database, blobs: Blobs) -> None:
    """Alike in every process: who emits must know whom to tell."""
    subscribe = database.facts.subscribe
    subscribe(TrackPublished, "catalog.announce_track", partial(announce_track, database))
    subscribe(ReleasePublished, "catalog.announce_release", partial(announce_release, database))
    subscribe(TrackPurged, "ingest.forget_upload", partial(forget_upload, database, blobs))
    subscribe(TrackPurged, "streaming.forget_renditions", partial(forget_renditions, blobs))


def announcer(scene: Scene) -> Announcer:
    """Tells guests by mail what came out."""
    return Announcer(scene.database, guest_desk(scene))


def guest_desk(scene: Scene) -> GuestDesk:
    letterhead = Letterhead(scene.settings.scene_name, scene.settings.address)
    return GuestDesk(letterhead, scene.secrets.key(GUESTS))


def export_maker(scene: Scene) -> ExportMaker:
    """Puts a person's data together, from every slice's tables."""
    settings = scene.settings
    return ExportMaker(
        scene.database,
        scene.blobs,
        scene.bus,
        POLICIES,
        settings.data / "cache" / "exports",
        Letterhead(settings.scene_name, settings.address),
        ExportLinks(PathSigner(scene.secrets.key(EXPORTS))),
    )


@asynccontextmanager
async def database_url(settings: Settings) -> AsyncGenerator[str]:
    """The operator's database, or the embedded one, held for as long as we run."""
    if settings.database_url:
        yield settings.database_url
        return
    postgres = EmbeddedPostgres(settings.data)
    dsn = await asyncio.to_thread(postgres.start)
    try:
        yield dsn
    finally:
        await asyncio.to_thread(postgres.release)

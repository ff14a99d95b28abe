"""`basedmusic doctor`: what is wrong, and how to mend it. Looks; changes nothing, but starts a database that is
there and does not run, to look into it."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from basedmusic.app.legal.texts import operator_of
from basedmusic.app.pages.shell import packaged_page
from basedmusic.app.schema import all_migrations
from basedmusic.app.wiring import database_url
from basedmusic.kernel.errors import AppError
from basedmusic.platform.migrations import MigrationBroken, is_current
from basedmusic.platform.postgres.folder import DataFolder
from basedmusic.platform.queue import list_held_jobs
from basedmusic.platform.settings import Settings

POSTGRES_MAJOR = 18
EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gist")
"""What the scene uses, now or in a later release; the embedded server has them all."""
FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    ok: bool
    what: str
    mend: str = ""


def run_doctor(settings: Settings) -> int:
    """Exit code 1 when something needs mending."""
    findings = asyncio.run(_examine(settings))
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}")
        if finding.mend:
            print(f"     {finding.mend}")
    return 0 if all(finding.ok for finding in findings) else 1


async def _examine(settings: Settings) -> list[Finding]:
    findings = [_python(), _page(), _imprint(settings), _mail(settings), *_folder(settings.data)]
    if not settings.database_url and not _has_cluster(settings.data):
        return [*findings, Finding(True, "There is no database yet; the first start makes it")]
    try:
        async with database_url(settings) as dsn:
            findings += [finding async for finding in examine_database(dsn)]
    except (AppError, OSError, asyncpg.PostgresError) as error:
        mend = "Check BASEDMUSIC_DATABASE_URL" if settings.database_url else "See run/ in the data folder"
        findings.append(Finding(False, f"The database can't be reached: {error}", mend))
    return findings


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(sys.version_info >= (3, 11), f"Python {version}")


def _page() -> Finding:
    if (packaged_page().folder / "index.html").is_file():
        return Finding(True, "The page is there")
    checkout = (packaged_page().folder.parents[2] / "Makefile").is_file()
    return Finding(
        False,
        "The page is missing",
        "Run `make web`" if checkout else "Install the wheel of a release: it has the page in it",
    )


def _imprint(settings: Settings) -> Finding:
    """Where others can reach the scene, the law asks who runs it."""
    missing = operator_of(settings).missing
    if not missing:
        return Finding(True, "The imprint says who runs the scene")
    told = "The imprint and the privacy page don't say who runs the scene"
    return Finding(settings.public_url is None, told, f"Set {', '.join(missing)} before others use it")


def _mail(settings: Settings) -> Finding:
    """Without a mail server nobody who forgets a password comes in again."""
    if settings.smtp_url:
        return Finding(True, "Mail goes out over a mail server")
    mend = (
        "Set BASEDMUSIC_SMTP_URL before others use it: confirming, resetting and reporting are done by mail"
    )
    return Finding(settings.public_url is None, "There is no mail server; mail stays in the outbox", mend)


def _folder(data: Path) -> list[Finding]:
    if not data.exists():
        return [Finding(True, f"{data} does not exist yet; the first start makes it")]
    free = shutil.disk_usage(data).free
    writable = os.access(data, os.W_OK)
    return [
        Finding(writable, f"{data} can be written" if writable else f"{data} can't be written by this user"),
        Finding(
            free > FREE_BYTES,
            f"{free >> 20} MB free",
            "" if free > FREE_BYTES else "Uploads are refused when the disk is nearly full; make room",
        ),
    ]


def _has_cluster(data: Path) -> bool:
    """Also where it can't be looked at: then the attempt to start it says why."""
    try:
        (DataFolder(data).cluster / "PG_VERSION").stat()
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


async def examine_database(dsn: str, extensions: Sequence[str] = EXTENSIONS) -> AsyncIterator[Finding]:
    """Version, extensions, migrations, held jobs."""
    conn = await asyncpg.connect(dsn, timeout=10)
    try:
        yield _version(conn.get_server_version().major)
        for name in extensions:
            yield await _extension(conn, name)
        schema = await _migrations(conn)
        yield schema
        if schema.ok:
            yield await _jobs(conn)
    finally:
        await conn.close()


def _version(major: int) -> Finding:
    right = major >= POSTGRES_MAJOR
    return Finding(right, f"PostgreSQL {major}", "" if right else f"PostgreSQL {POSTGRES_MAJOR} is needed")


async def _extension(conn: asyncpg.Connection, name: str) -> Finding:
    there = await conn.fetchval("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = $1)", name)
    if there:
        return Finding(True, f"The extension {name} is available")
    package = "postgresql-18-pgvector" if name == "vector" else "postgresql-contrib"
    return Finding(
        False, f"The extension {name} is missing", f"Install it on the server ({package} on Debian)"
    )


async def _jobs(conn: asyncpg.Connection) -> Finding:
    try:
        held = len(await list_held_jobs(conn))
    except asyncpg.UndefinedTableError:  # nothing was ever started here
        held = 0
    mend = "See `basedmusic jobs`" if held else ""
    return Finding(held == 0, f"{held} background jobs failed for good", mend)


async def _migrations(conn: asyncpg.Connection) -> Finding:
    try:
        current = await is_current(conn, all_migrations())
    except MigrationBroken as error:
        return Finding(False, str(error), "Restore a backup, or start the release that wrote this database")
    if current:
        return Finding(True, "The database is up to date")
    return Finding(True, "The database is empty or of an older release; the next start brings it up to date")

"""How much room the scene takes, at a cost that does not grow with it.

The database knows its own sizes; blobs are tallied by the worker now and then; folders are looked through up to
a bound.
"""

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from basedmusic.kernel.clock import Clock
from basedmusic.platform.blobs import Blobs
from basedmusic.platform.db import Connection, Database

TALLY_EVERY = timedelta(hours=1)
TALLY_EVERY_ELSEWHERE = timedelta(days=1)
"""An object store is paid by the listing: a thousand blobs each."""
LOOKED_AT = 20_000
"""Files of a folder; beyond it, the numbers are a least."""


@dataclass(frozen=True, slots=True)
class SizeOfSchema:
    name: str
    tables: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the blobs of one kind: the first part of their keys."""

    kind: str
    blobs: int
    bytes: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Folder:
    files: int
    bytes: int
    whole: bool
    """Whether all files were looked at."""


@dataclass(frozen=True, slots=True)
class Disk:
    total: int
    free: int


async def size_of_database(conn: Connection) -> tuple[int, list[SizeOfSchema]]:
    """All of it, and by schema, largest first: one look at each table's files, however many rows it has."""
    rows = await conn.fetch(
        """SELECT n.nspname AS name, count(*) AS tables, sum(pg_total_relation_size(c.oid))::bigint AS bytes
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^(pg_|information_schema)'
            GROUP BY n.nspname ORDER BY bytes DESC, name"""
    )
    whole = await conn.fetchval("SELECT pg_database_size(current_database())")
    return whole or 0, [SizeOfSchema(**row) for row in rows]


async def list_tallies(conn: Connection) -> list[Tally]:
    """Largest first."""
    rows = await conn.fetch(
        "SELECT kind, blobs, bytes, counted_at FROM platform.blob_tally ORDER BY bytes DESC, kind"
    )
    return [Tally(**row) for row in rows]


async def tally_blobs(database: Database, blobs: Blobs, clock: Clock) -> bool:
    """Count all blobs, if the last time is long enough ago; whether it was. For the worker."""
    every = TALLY_EVERY if blobs.is_local else TALLY_EVERY_ELSEWHERE
    async with database.connection() as conn:
        last = await conn.fetchval("SELECT max(counted_at) FROM platform.blob_tally")
    now = clock()
    if last is not None and now - last < every:
        return False
    counted, size = Counter[str](), Counter[str]()
    async for key, length in blobs.sizes():
        kind = key.partition("/")[0]
        counted[kind] += 1
        size[kind] += length
    async with database.transaction() as tx:
        await tx.conn.execute("DELETE FROM platform.blob_tally")
        await tx.conn.executemany(
            "INSERT INTO platform.blob_tally (kind, blobs, bytes, counted_at) VALUES ($1, $2, $3, $4)",
            [(kind, counted[kind], size[kind], now) for kind in counted],
        )
    return True


def look_through(folder: Path, most: int = LOOKED_AT) -> Folder:
    """Files below `folder`, which may change meanwhile or not be there. Blocks: for a thread."""
    files = size = 0
    waiting = [folder]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                try:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                        continue
                    size += entry.stat(follow_symlinks=False).st_size
                except OSError:
                    continue
                files += 1
                if files == most:
                    return Folder(files, size, False)
    return Folder(files, size, True)


def look_at_disk(folder: Path) -> Disk:
    usage = shutil.disk_usage(folder)
    return Disk(usage.total, usage.free)

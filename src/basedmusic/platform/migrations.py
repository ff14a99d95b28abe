"""Numbered `.sql` files, each applied once and never changed afterwards.

Every slice keeps its own in `<slice>/migrations/NNNN_name.sql`; the order over all of them is the number, so
numbers are unique over the whole project. One process wins an advisory lock and applies what is missing;
the others wait for it. A file whose first line is `-- no-transaction` (CREATE INDEX CONCURRENTLY) runs
statement by statement outside one. Additive first: a release only adds, the release after it removes.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import structlog

log = structlog.get_logger()

LOCK_KEY = 0x62617365646D7573  # "basedmus"
NO_TRANSACTION = "-- no-transaction"
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")

_TABLE = """
CREATE SCHEMA IF NOT EXISTS platform;
CREATE TABLE IF NOT EXISTS platform.migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
"""


class MigrationBroken(Exception):
    """The files and the database disagree; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(folders: Iterable[Path]) -> list[Migration]:
    """All migrations in `folders`, by number. Raises MigrationBroken for a bad name or a doubled number."""
    found: dict[int, Migration] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.sql")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise MigrationBroken(f"{path.name} is not named NNNN_words.sql")
        number = int(match[1])
        if number in found:
            raise MigrationBroken(f"{path.name} and {found[number].name} share the number {number}")
        found[number] = Migration(number, path.name, path.read_text("utf-8"))
    return [found[number] for number in sorted(found)]


async def apply_migrations(dsn: str, migrations: Sequence[Migration]) -> list[str]:
    """Bring the database at `dsn` up to date; the names applied by this call. Raises MigrationBroken."""
    conn = await asyncpg.connect(dsn, server_settings={"application_name": "basedmusic-migrate"})
    try:
        if await is_current(conn, migrations):
            return []
        await conn.execute("SELECT pg_advisory_lock($1)", LOCK_KEY)
        try:
            await conn.execute(_TABLE)
            missing = missing_migrations(migrations, await _applied(conn))
            for migration in missing:
                await _apply(conn, migration)
            return [migration.name for migration in missing]
        finally:
            await conn.execute("SELECT pg_advisory_unlock($1)", LOCK_KEY)
    finally:
        await conn.close()


def missing_migrations(migrations: Sequence[Migration], applied: dict[int, str]) -> list[Migration]:
    """What is to be applied, given number → checksum of what was. MigrationBroken if the past differs."""
    known = {migration.number for migration in migrations}
    newer = sorted(applied.keys() - known)
    if newer:
        raise MigrationBroken(
            f"The database has migration {newer[-1]:04} of a newer release; start that release or restore"
            " a backup"
        )
    for migration in migrations:
        if applied.get(migration.number, migration.sha256) != migration.sha256:
            raise MigrationBroken(f"{migration.name} was changed after it had been applied; restore the file")
    return [migration for migration in migrations if migration.number not in applied]


async def is_current(conn: asyncpg.Connection, migrations: Sequence[Migration]) -> bool:
    """Without the lock: at most starts nothing is to be done, and a start should not wait for another's.

    Raises MigrationBroken.
    """
    if await conn.fetchval("SELECT to_regclass('platform.migration')") is None:
        return False
    return not missing_migrations(migrations, await _applied(conn))


async def _applied(conn: asyncpg.Connection) -> dict[int, str]:
    rows = await conn.fetch("SELECT number, sha256 FROM platform.migration")
    return {row["number"]: row["sha256"] for row in rows}


async def _apply(conn: asyncpg.Connection, migration: Migration) -> None:
    record = "INSERT INTO platform.migration (number, name, sha256) VALUES ($1, $2, $3)"
    values = (migration.number, migration.name, migration.sha256)
    if migration.sql.startswith(NO_TRANSACTION):
        for statement in filter(str.strip, migration.sql.split(";\n")):
            await conn.execute(statement)
        await conn.execute(record, *values)
    else:
        async with conn.transaction():
            await conn.execute(migration.sql)
            await conn.execute(record, *values)
    log.info("migration_applied", name=migration.name)

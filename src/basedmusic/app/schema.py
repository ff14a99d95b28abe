"""The database's shape: the migrations of all slices in one order."""

from importlib.resources import files
from pathlib import Path

from basedmusic.platform.migrations import Migration, read_migrations

SLICES_WITH_TABLES = ("platform", "accounts", "catalog", "ingest", "shows")


def all_migrations() -> list[Migration]:
    package = Path(str(files("basedmusic")))
    return read_migrations(package / slice_ / "migrations" for slice_ in SLICES_WITH_TABLES)

"""Databases of a test's, a module's or a session's own, cloned from the migrated template."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from uuid import uuid4

from tests.conftest import TEMPLATE
from tests.support.server import run_sql

from basedmusic.platform.postgres import EmbeddedPostgres


@contextmanager
def fresh_database(postgres: EmbeddedPostgres, template: str = TEMPLATE) -> Generator[str]:
    """The DSN of a copy of `template`, a migrated and empty database, gone when the block ends."""
    name = f"site_{uuid4().hex}"
    asyncio.run(run_sql(postgres.dsn(), f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield postgres.dsn(name)
    finally:
        asyncio.run(run_sql(postgres.dsn(), f"DROP DATABASE {name} WITH (FORCE)"))

"""One embedded PostgreSQL per test process, one database per test, cloned from a migrated template."""

import os

# Before numpy is loaded: on small matrices OpenBLAS's second thread costs several times what it does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import asyncio
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from basedmusic.app.schema import all_migrations
from basedmusic.platform.db import Database, open_pool
from basedmusic.platform.facts import FactRegistry
from basedmusic.platform.log import configure_logging
from basedmusic.platform.migrations import apply_migrations
from basedmusic.platform.postgres import EmbeddedPostgres

# Unconfigured, structlog renders tracebacks with their local variables, which takes seconds.
configure_logging("warning", "json")

TEMPLATE = "template_scene"
MUSIC = Path(__file__).parents[2] / "shared" / "data" / "music"
"""Real recordings, where the machine has them beside the checkout."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.timeout(240))
            # On a crowded machine a browser stumbles; what fails twice is broken. The summary names each rerun.
            item.add_marker(pytest.mark.flaky(reruns=int(os.environ.get("CI") == "true")))


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """In CI nothing may be skipped: a skip there is a promise that nobody checked."""
    skipped = call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception)
    if skipped and os.environ.get("CI") == "true":
        pytest.fail(f"{item.nodeid} was skipped in CI: {call.excinfo and call.excinfo.value}", pytrace=False)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Generator[EmbeddedPostgres]:
    """Without durability: nothing of a test outlives it."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    asyncio.run(make_template(server))
    yield server
    server.release()


async def make_template(server: EmbeddedPostgres) -> None:
    conn = await asyncpg.connect(server.dsn())
    await conn.execute(f"CREATE DATABASE {TEMPLATE}")
    await conn.close()
    await apply_migrations(server.dsn(TEMPLATE), all_migrations())


@pytest.fixture
def dsn(postgres: EmbeddedPostgres) -> Generator[str]:
    """A fresh, migrated database of this test's own."""
    name = f"test_{uuid4().hex}"
    asyncio.run(_command(postgres.dsn(), f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    yield postgres.dsn(name)
    asyncio.run(_command(postgres.dsn(), f"DROP DATABASE {name} WITH (FORCE)"))


async def _command(dsn: str, sql: str) -> None:
    conn = await asyncpg.connect(dsn)
    try:
        await conn.execute(sql)
    finally:
        await conn.close()


@pytest.fixture
async def database(dsn: str, anyio_backend: str) -> AsyncGenerator[Database]:
    pool = await open_pool(dsn)
    yield Database(pool, FactRegistry())
    await pool.close()

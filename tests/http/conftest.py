"""One application for all tests over HTTP, and people on it."""

from collections.abc import Generator

import pytest
from tests.support.databases import fresh_database
from tests.support.music import Songs
from tests.support.server import Person, Site, running_site

from basedmusic.platform.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
def site(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    with fresh_database(postgres) as dsn, running_site(dsn, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def band(site: Site) -> Person:
    """An artist with tracks. Signing up costs two password hashes, so most tests share this one."""
    mara = site.person("Mara")
    site.settle(mara)
    return mara


@pytest.fixture(scope="session")
def stranger(site: Site) -> Person:
    """Somebody else, with an artist of their own."""
    return site.person("Tomek")


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Songs:
    return Songs(tmp_path_factory.mktemp("songs"))

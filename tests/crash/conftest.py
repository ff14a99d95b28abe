"""One scene for all that befalls it: it survives what they do to it, which is the point."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.media.makers import FORMS, song, write_song
from tests.support.served import Served, served
from tests.support.server import Person


@pytest.fixture(scope="session")
def scene() -> Generator[Served]:
    with served() as scene:
        yield scene


@pytest.fixture(scope="session")
def band(scene: Served) -> Generator[Person]:
    band = scene.person()
    yield band
    band.client.close()


@pytest.fixture(scope="session")
def long_song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough for its steps to take some seconds."""
    form = next(form for form in FORMS if form.name == "flac44")
    return write_song(tmp_path_factory.mktemp("long"), form, song(44_100, 2, 90.0))

"""Every test of the embedded server runs as root and as an ordinary user, where the run itself is root's."""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from .scenes import Identity, Scene, new_folder, ordinary_user, ourselves

AS_ROOT = os.geteuid() == 0
collect_ignore = [] if AS_ROOT else ["test_as_root.py"]


def pytest_report_header() -> str:
    return "embedded PostgreSQL: as root and as nobody" if AS_ROOT else "embedded PostgreSQL: not as root"


@pytest.fixture(scope="session", params=["root", "ordinary"] if AS_ROOT else ["ordinary"])
def identity(request: pytest.FixtureRequest) -> Generator[Identity]:
    shelf = Path(tempfile.mkdtemp(prefix="bm-shelf-", dir="/tmp"))
    yield ordinary_user(shelf) if AS_ROOT and request.param == "ordinary" else ourselves()
    shutil.rmtree(shelf)


@pytest.fixture(scope="session")
def lived_in(identity: Identity) -> Generator[Scene]:
    """One scene for all tests that need an existing cluster: it survives what they do to it, which is the
    point, and a cluster for each would take longer than the tests."""
    folder = new_folder(identity)
    scene = Scene(folder / "data", identity)
    scene.started().ask("release")
    scene.end()
    yield scene
    shutil.rmtree(folder)


@pytest.fixture
def empty(identity: Identity) -> Generator[Scene]:
    """A scene whose data folder is not there yet. When the test ends, nothing of it may run any more."""
    folder = new_folder(identity)
    scene = Scene(folder / "data", identity)
    yield scene
    scene.end()
    shutil.rmtree(folder)


@pytest.fixture
def scene(lived_in: Scene) -> Generator[Scene]:
    """A scene that was started before, perhaps killed, and is not running now."""
    scene = Scene(lived_in.data, lived_in.identity)
    files = [scene.folder.cluster / name for name in ("PG_VERSION", "postgresql.conf")]
    texts = [file.read_text() for file in files]
    yield scene
    scene.end()
    if scene.data != lived_in.data:
        scene.data.rename(lived_in.data)
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)

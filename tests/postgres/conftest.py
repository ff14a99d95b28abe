"""Every test of the embedded server runs as root and as an ordinary user, where the run itself is root's."""

import os
import shutil
import subprocess
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
def made_once(identity: Identity) -> Generator[Path]:
    """A data folder with a cluster in it, to be copied: initdb takes half a second."""
    folder = new_folder(identity)
    scene = Scene(folder / "data", identity)
    scene.started().ask("release")
    scene.end()
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def empty(identity: Identity) -> Generator[Scene]:
    """A scene whose data folder is not there yet."""
    folder = new_folder(identity)
    scene = Scene(folder / "data", identity)
    yield scene
    scene.end()
    shutil.rmtree(folder)


@pytest.fixture
def scene(empty: Scene, made_once: Path) -> Scene:
    """A scene that was started before. When the test ends, nothing of it may run any more."""
    subprocess.run(["cp", "-a", made_once, empty.data], check=True)
    return empty

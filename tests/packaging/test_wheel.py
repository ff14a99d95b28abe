"""What an operator installs: a wheel that was built without Node on the machine, in an empty environment.

Started as whoever runs the tests, and where that is root as an ordinary user as well.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0
READY_S = 60.0
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"

pytestmark = pytest.mark.timeout(420)


@dataclass(frozen=True)
class Person:
    name: str
    drop: dict[str, Any]


ME = Person("root" if AS_ROOT else "ordinary user", {})


def nobody() -> Person:
    entry = pwd.getpwnam("nobody")
    return Person("ordinary user", {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})


PEOPLE = [ME, nobody()] if AS_ROOT else [ME]


def uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".tools/bin/uv")
    assert Path(found).exists(), "the tests are run by `make test`, which brings uv"
    return found


def without_node(folder: Path) -> dict[str, str]:
    """An environment whose `node` and `npm` are broken: as good as none."""
    folder.mkdir()
    for name in ("node", "npm", "npx"):
        (folder / name).write_text("#!/bin/sh\necho 'this machine has no Node' >&2\nexit 127\n")
        (folder / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BASEDMUSIC_")}
    return {**kept, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def open_folder() -> Generator[Path]:
    """A folder that everybody may read: pytest's own are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="basedmusic-wheel-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def wheel(open_folder: Path) -> Path:
    """Built from the sources as they would be published, so that nothing built by hand gets in."""
    source = open_folder / "source"
    ignored = shutil.ignore_patterns(
        "static", "node_modules", "__pycache__", ".venv", ".git", ".tools", ".data"
    )
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [uv(), "build", "--wheel", "--out-dir", str(open_folder), str(source)]
    built = subprocess.run(command, env=without_node(open_folder / "no-node"), capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-3000:]
    (found,) = open_folder.glob("*.whl")
    return found


def python_for(person: Person) -> str:
    """An interpreter that this person can run: the tests' own may lie in a closed home."""
    candidates = [os.path.realpath(sys.executable), "/usr/bin/python3", "/usr/local/bin/python3"]
    for candidate in candidates:
        try:
            done = subprocess.run([candidate, "-c", NEW_ENOUGH], capture_output=True, cwd="/", **person.drop)
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    raise AssertionError(f"no Python 3.11 or newer can be run by {person.name}")


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda person: person.name)
def installed(request: pytest.FixtureRequest, wheel: Path, open_folder: Path) -> tuple[Person, Path]:
    """The command of an environment that holds the wheel, what it needs, and nothing else."""
    person: Person = request.param
    environment = open_folder / f"venv-{len(list(open_folder.glob('venv-*')))}"
    subprocess.run(
        [uv(), "venv", "--quiet", "--python", python_for(person), str(environment)], check=True, cwd="/"
    )
    python = environment / "bin" / "python"
    # Hard links into another user's cache would carry its permissions along.
    install = [uv(), "pip", "install", "--quiet", "--link-mode=copy", "--python", str(python), str(wheel)]
    subprocess.run(install, check=True, cwd="/")
    return person, environment / "bin" / "basedmusic"


def test_the_wheel_has_the_page_and_no_tests(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert "basedmusic/static/index.html" in names
    assert any(name.startswith("basedmusic/static/assets/") and name.endswith(".js") for name in names)
    assert any(name.endswith("/0020_catalog.sql") for name in names)
    assert not [name for name in names if name.startswith(("tests", "web", "benchmarks"))]


def test_it_starts_in_an_empty_environment_and_serves_the_page(
    installed: tuple[Person, Path], open_folder: Path
):
    person, command = installed
    data = Path(tempfile.mkdtemp(prefix="basedmusic-data-"))
    if person.drop:
        os.chown(data, int(str(person.drop["user"])), int(str(person.drop["group"])))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(data)}
    server = subprocess.Popen(
        [str(command), "serve", "--data", str(data / "scene"), "--port", str(port)],
        env=environment,
        cwd="/",
        stderr=subprocess.PIPE,
        text=True,
        **person.drop,
    )
    try:
        page = _get_page(port, server)
        assert "<title>Based Music</title>" in page
        script = page.split('type="module" crossorigin src="')[1].split('"')[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{script}") as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
        shutil.rmtree(data, ignore_errors=True)


def _get_page(port: int, server: "subprocess.Popen[str]") -> str:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(
                f"it ended with {server.returncode}: {server.stderr and server.stderr.read()}"
            )
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no page after {READY_S} s")

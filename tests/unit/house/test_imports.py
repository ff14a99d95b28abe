"""The directions of imports are a machine's to check; this checks the machine, with planted violations."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

PLANTED = {
    "a slice imports the application": ("catalog/rules.py", "import basedmusic.app.cli"),
    "a lower slice imports a higher one": ("accounts/contracts.py", "from basedmusic import catalog"),
    "the platform imports a slice": ("platform/sign.py", "from basedmusic.accounts import contracts"),
    "the kernel imports the platform": ("kernel/units.py", "from basedmusic.platform import sign"),
    "a slice reaches into another's store": ("ingest/rules.py", "from basedmusic.catalog.store import media"),
    "a store imports its service": ("catalog/store/media.py", "from basedmusic.catalog import service"),
    "a web module opens media": ("streaming/service.py", "import av"),
    "a slice imports what loads a decoder": ("ingest/rules.py", "from basedmusic.codec import probe"),
    "a rule calls its service": ("accounts/rules/slugs.py", "from basedmusic.accounts import service"),
    "a slice knows the queue's program": ("ingest/jobs.py", "import pgqueuer"),
    "arithmetic opens a file's decoder": ("dsp/peaks.py", "import av"),
    "a slice checks passwords": ("catalog/privacy.py", "from basedmusic.accounts import passwords"),
    "a slice reads tokens": ("streaming/links.py", "from basedmusic.accounts import tokens"),
    "a slice runs another's jobs": ("streaming/store.py", "from basedmusic.ingest import jobs"),
    "a slice writes to another's spool": ("streaming/service.py", "from basedmusic.ingest import spool"),
    "a slice reuses another's routes": ("ingest/schemas.py", "from basedmusic.catalog import routes"),
    "a rule reads the database": ("catalog/rules.py", "from basedmusic.platform import db"),
    "a rule speaks SQL": ("accounts/rules/slugs.py", "import asyncpg"),
    "a service answers HTTP": ("catalog/service/media.py", "import fastapi"),
    "a service reads a request": ("ingest/service.py", "import starlette"),
    "a slice reaches up to shows": ("streaming/links.py", "from basedmusic.shows import contracts"),
    "a show reaches into the catalog's store": (
        "shows/rules/states.py",
        "from basedmusic.catalog.store import tracks",
    ),
    "a show checks passwords": ("shows/service/rooms.py", "from basedmusic.accounts import passwords"),
    "a show's rule reads the database": ("shows/rules/times.py", "from basedmusic.platform import db"),
    "a show's store calls its service": ("shows/store/rooms.py", "from basedmusic.shows import service"),
    "a show's service answers HTTP": ("shows/service/lineup.py", "import fastapi"),
    "a decoder asks the database": ("codec/tags.py", "from basedmusic.platform import db"),
    "a decoder speaks SQL": ("codec/probe.py", "import asyncpg"),
}


def _lint(source: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        str(ROOT / ".importlinter"),
    ]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"},
        cwd=source,
    )


def _copy(folder: Path) -> Path:
    ignored = shutil.ignore_patterns("static", "__pycache__")
    shutil.copytree(ROOT / "src" / "basedmusic", folder / "basedmusic", ignore=ignored)
    return folder


def test_the_house_keeps_its_contracts(tmp_path: Path):
    result = _lint(_copy(tmp_path))
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said when all violations are planted at once: one run costs seconds."""
    source = _copy(tmp_path_factory.mktemp("planted"))
    for module, line in PLANTED.values():
        with (source / "basedmusic" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    result = _lint(source)
    assert result.returncode == 1
    return result.stdout


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_is_caught(report: str, violation: str):
    module, line = PLANTED[violation]
    importer = "basedmusic." + module.removesuffix(".py").replace("/", ".")
    imported = line.removeprefix("import ").removeprefix("from ").replace(" import ", ".")
    assert f"{importer} -> {imported} (" in report, f"nobody minded that {violation}"

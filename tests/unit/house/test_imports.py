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
    "a rule calls its service": ("accounts/rules.py", "from basedmusic.accounts import service"),
    "a slice knows the queue's program": ("ingest/jobs.py", "import pgqueuer"),
    "arithmetic opens a file's decoder": ("dsp/peaks.py", "import av"),
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


@pytest.fixture
def copied_source(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("static", "__pycache__")
    shutil.copytree(ROOT / "src" / "basedmusic", tmp_path / "basedmusic", ignore=ignored)
    return tmp_path


def test_the_house_keeps_its_contracts(copied_source: Path):
    result = _lint(copied_source)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_is_caught(copied_source: Path, violation: str):
    module, line = PLANTED[violation]
    path = copied_source / "basedmusic" / module
    path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    result = _lint(copied_source)
    assert result.returncode == 1, f"nobody minded that {violation}"
    assert "BROKEN" in result.stdout

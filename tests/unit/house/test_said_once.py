"""What is said in one place only."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src" / "basedmusic"


@pytest.mark.parametrize(
    ("pattern", "home"),
    [
        (r"\b96, 320, 800\b|96\|320\|800|-800\.jpg", {"catalog/contracts.py", "codec/measures.py"}),
        (r"characters that can't be shown", {"kernel/text.py"}),
        (r"= utc_now\(\)|\(utc_now\(\)|, utc_now\(\)", set[str]()),
    ],
)
def test_is_written_at_home_only(pattern: str, home: set[str]):
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(pattern, path.read_text("utf-8"))
    }
    assert found <= home

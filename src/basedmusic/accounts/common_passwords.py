"""The shipped list of common passwords, read when somebody first chooses one."""

from functools import cache
from importlib.resources import files


@cache
def common_passwords() -> frozenset[str]:
    """As `common_passwords.txt` beside this has them; its head says whence they are."""
    text = (files("basedmusic.accounts") / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))

"""How often somebody may ask for their data, and what its files are called."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from basedmusic.accounts.contracts import Export, ExportRunning, ExportStatus, ExportTooSoon

EXPORT_LIFE = timedelta(days=7)
EXPORT_EVERY = timedelta(days=1)
_ODD = re.compile(r"[^\w .()+-]+")
_LONGEST_NAME = 120


def may_ask_at(last: Export | None) -> datetime | None:
    """From when on the next one may be asked for; None: now already. One that failed does not count."""
    if last is None or last.status is ExportStatus.FAILED:
        return None
    return last.asked_at + EXPORT_EVERY


def check_may_ask(last: Export | None, now: datetime) -> None:
    """Raises ExportRunning, ExportTooSoon."""
    if last is not None and last.status in (ExportStatus.WAITING, ExportStatus.RUNNING):
        raise ExportRunning
    again = may_ask_at(last)
    if again is not None and now < again:
        wait = max(1, round((again - now).total_seconds()))
        raise ExportTooSoon(retry_after_s=wait, may_ask_at=again.isoformat())


def file_names(wanted: Sequence[str]) -> list[str]:
    """A safe name of its own within the archive for each: no folders, nothing that a file system trips over,
    no two alike where case does not count."""
    names: list[str] = []
    for number, name in enumerate(wanted, 1):
        plain = _ODD.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
        stem, dot, ending = plain[-_LONGEST_NAME:].rpartition(".")
        names.append(
            f"{number:04}-{stem or 'file'}{dot}{ending}" if dot else f"{number:04}-{ending or 'file'}"
        )
    return names

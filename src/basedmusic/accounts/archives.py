"""The ZIP that a person gets: JSON for programs, a page for people, and files as they were sent.

Synchronous and row by row: no table and no file is ever whole in memory. The caller runs it on a thread.
"""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

SHOWN = 1_000
"""Rows of a table that the page shows; the JSON has all."""

_HEAD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }}
.rows {{ overflow-x: auto }}
table {{ border-collapse: collapse; font-size: 14px }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top }}
td {{ overflow-wrap: anywhere; min-width: 6rem }}
</style></head>
<body>
<h1>{title}</h1>
<p>{lead}</p>
"""


class Archive:
    """An archive that is being written to `path`; its page is finished last. A context manager."""

    def __init__(self, path: Path, title: str, lead: str) -> None:
        self._page_path = path.with_suffix(".html")
        self._page = self._page_path.open("w", encoding="utf-8")
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True)
        self._open: IO[bytes] | None = None
        self._rows = 0
        self._page.write(_HEAD.format(title=escape(title), lead=escape(lead)))

    def begin_table(self, table: str, words: str) -> None:
        self._rows = 0
        self._open = self._zip.open(f"data/{table}.json", "w", force_zip64=True)
        self._open.write(b"[")
        name = escape(table)
        self._page.write(
            f'<section><h2>{escape(words[:1].upper() + words[1:])}</h2><p><a href="data/{name}.json">'
        )
        self._page.write(f'data/{name}.json</a></p><div class="rows" tabindex="0"><table>\n')

    def add_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        assert self._open is not None
        for row in rows:
            self._open.write((b",\n" if self._rows else b"\n") + msgspec.json.encode(row))
            if self._rows == 0:
                self._page.write(_line("th", row))
            if self._rows < SHOWN:
                self._page.write(_line("td", row.values()))
            self._rows += 1

    def end_table(self) -> None:
        assert self._open is not None
        self._open.write(b"\n]\n")
        self._open.close()
        self._page.write("</table></div>\n")
        if self._rows == 0:
            self._page.write("<p>Nothing of this is kept about you.</p>\n")
        if self._rows > SHOWN:
            self._page.write(f"<p>{self._rows - SHOWN:,} more are in the file.</p>\n")
        self._page.write("</section>\n")

    def begin_file(self, name: str) -> None:
        """Sound does not get smaller by being deflated, so it is stored."""
        entry = ZipInfo(f"files/{name}")
        entry.compress_type = ZIP_STORED
        entry.external_attr = 0o600 << 16
        self._open = self._zip.open(entry, "w", force_zip64=True)

    def add_bytes(self, content: bytes) -> None:
        assert self._open is not None
        self._open.write(content)

    def end_file(self) -> None:
        assert self._open is not None
        self._open.close()

    def finish(self, files: Sequence[str], missing: Sequence[str]) -> None:
        """The page goes in, with the list of files; those `missing` were gone from the store."""
        self._page.write("<section><h2>Files as you sent them</h2>\n<ul>\n")
        for name in files:
            self._page.write(f'<li><a href="files/{escape(name)}">{escape(name)}</a></li>\n')
        self._page.write("</ul>\n" if files else "</ul>\n<p>There are none.</p>\n")
        for name in missing:
            self._page.write(f"<p>{escape(name)} is not in the scene's store any more.</p>\n")
        self._page.write("</section>\n</body>\n</html>\n")
        self._page.close()
        self._zip.write(self._page_path, "index.html")
        self._zip.close()
        self._page_path.unlink()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:  # an entry half written keeps the ZIP from being closed, and nobody wants it
            self._page.close()
            self._page_path.unlink(missing_ok=True)
            if self._zip.fp is not None:
                self._zip.fp.close()


def _line(cell: str, values: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(_text(value))}</{cell}>" for value in values) + "</tr>\n"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return value if isinstance(value, str) else msgspec.json.encode(value).decode().strip('"')

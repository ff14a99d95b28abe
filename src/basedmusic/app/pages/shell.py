"""The built page: its files with the right names on them, and its shell with a head put in."""

import base64
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

from basedmusic.kernel.errors import AppError, NotFound

HEAD_MARK, BODY_MARK = "<!--head-->", "<!--body-->"

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'{scripts}",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".woff2": "font/woff2"}
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_REFUSED = re.compile(r";\s*q=0(\.0{0,3})?\s*$")
"""A weight of nothing: not acceptable (RFC 9110 §12.4.2)."""


class PageNotBuilt(AppError):
    """A checkout without `make web`: the API works, there is no page. A wheel always has it."""

    code = "page_not_built"
    status = 503
    title = "The page is missing; `basedmusic doctor` says how to mend it"


SHELL_PATH = "/shell"
"""The document without a particular page in it, which the service worker keeps for every address."""
_STAMP_MARK = "__SHELL_STAMP__"


@dataclass(frozen=True)
class BuiltPage:
    """What the page's build left in a folder. It changes only with an installation, so it is read once."""

    folder: Path

    def document(self, head: str, body: str = "", status: int = 200, ahead: str = "") -> Response:
        """The one HTML document, with a head and what stands in it until the app runs. Raises PageNotBuilt.

        `ahead` are links to what the page needs after the app itself.
        """
        html = self._html.replace("</head>", f"{ahead}\n  </head>", 1) if ahead else self._html
        html = html.replace(HEAD_MARK, head, 1).replace(BODY_MARK, body, 1)
        headers = {"Cache-Control": "private, no-cache", "Content-Security-Policy": self._policy}
        return Response(html, status, headers, "text/html; charset=utf-8")

    def links_of(self, source: str) -> str:
        """For the head: what a page's own code needs beyond the document's, so that all of it comes at once."""
        files = [name for name in self._needed_by(source) if f"/{name}" not in self._html]
        return "".join(
            f'<link rel="preload" as="style" crossorigin href="/{name}">'
            if name.endswith(".css")
            else f'<link rel="modulepreload" crossorigin href="/{name}">'
            for name in files
        )

    def worker(self, scene: str) -> Response:
        """The service worker, which is a new one also when only what the server puts into the shell is new."""
        if not (self.folder / "sw.js").is_file():
            raise NotFound
        stamp = hashlib.sha256(f"{self._policy}\n{scene}".encode()).hexdigest()[:8]
        script = (self.folder / "sw.js").read_text("utf-8").replace(_STAMP_MARK, stamp)
        return Response(script, 200, {"Cache-Control": "no-cache"}, _TYPES[".js"])

    def manifest(self, scene: str) -> Response:
        """What an installed app is called and looks like: it carries the scene's name."""
        try:
            written = json.loads((self.folder / "manifest.webmanifest").read_text("utf-8"))
        except FileNotFoundError:
            raise NotFound from None
        body = json.dumps({**written, "name": scene, "short_name": scene}, ensure_ascii=False)
        return Response(body, 200, {"Cache-Control": "no-cache"}, _TYPES[".webmanifest"])

    def file(self, name: str, request: Headers) -> Response:
        """A file by its path: below `assets/` named by its content, so kept for ever. Raises NotFound."""
        path = self._find(name)
        if path is None or path.name == "index.html":
            raise NotFound
        kept = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
        headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
        chosen, encoding = _encoded(path, request.get("accept-encoding", ""))
        if encoding:
            headers["Content-Encoding"] = encoding
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Response(chosen.read_bytes(), 200, headers, kind)

    def _needed_by(self, source: str) -> list[str]:
        """The files of a module and of all it imports statically, by Vite's manifest."""
        found: dict[str, None] = {}
        waiting = [source]
        seen = set(waiting)
        while waiting:
            part = self._parts.get(waiting.pop(), {})
            found |= dict.fromkeys([part["file"]] if "file" in part else []) | dict.fromkeys(
                part.get("css", [])
            )
            fresh = [name for name in part.get("imports", []) if name not in seen]
            seen.update(fresh)
            waiting += fresh
        return list(found)

    @cached_property
    def _parts(self) -> dict[str, dict[str, Any]]:
        try:
            return json.loads((self.folder / "parts.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}

    @cached_property
    def _html(self) -> str:
        try:
            return (self.folder / "index.html").read_text("utf-8")
        except FileNotFoundError:
            raise PageNotBuilt from None

    @cached_property
    def _policy(self) -> str:
        """What the page may load: its own, and by their hashes the lines that stand in the document itself."""
        inline = re.findall(r"<script>(.*?)</script>", self._html, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
        return _POLICY.format(scripts="".join(f" 'sha256-{digest}'" for digest in digests))

    def _find(self, name: str) -> Path | None:
        """The file of that name below the folder, nothing outside it; None also for what no file can be called."""
        try:
            path = (self.folder / name).resolve()
            return path if path.is_relative_to(self.folder.resolve()) and path.is_file() else None
        except (OSError, ValueError):  # longer than a file system takes; NUL
            return None


def packaged_page() -> BuiltPage:
    """The one that was built into the package."""
    return BuiltPage(Path(str(files("basedmusic"))) / "static")


def _encoded(path: Path, accepted: str) -> tuple[Path, str | None]:
    """The copy that was compressed at build time, where the browser takes it."""
    tokens = {part.partition(";")[0].strip() for part in accepted.split(",") if not _REFUSED.search(part)}
    for encoding, suffix in _ENCODINGS:
        compressed = path.with_name(path.name + suffix)
        if encoding in tokens and compressed.is_file():
            return compressed, encoding
    return path, None

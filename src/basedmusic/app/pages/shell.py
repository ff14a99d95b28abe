"""The built page: its files with the right names on them, and its shell with a head put in."""

import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

from basedmusic.app.pages.head import Head, render_head, render_summary
from basedmusic.kernel.errors import AppError, NotFound

HEAD_MARK, BODY_MARK = "<!--head-->", "<!--body-->"

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
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


class PageNotBuilt(AppError):
    """A checkout without `make web`: the API works, there is no page. A wheel always has it."""

    code = "page_not_built"
    status = 503
    title = "The page is missing; `basedmusic doctor` says how to mend it"


@cache
def static_folder() -> Path:
    return Path(str(files("basedmusic"))) / "static"


def shell_response(head: Head, scene: str, origin: str, status: int = 200) -> Response:
    """The one HTML document, with this page's head. Raises PageNotBuilt."""
    html = _shell().replace(HEAD_MARK, render_head(head, scene, origin), 1)
    html = html.replace(BODY_MARK, render_summary(head), 1)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": CONTENT_SECURITY_POLICY}
    return Response(html, status, headers, "text/html; charset=utf-8")


@cache
def _shell() -> str:
    try:
        return (static_folder() / "index.html").read_text("utf-8")
    except FileNotFoundError:
        raise PageNotBuilt from None


def file_response(name: str, request: Headers) -> Response:
    """A built file: one under `assets/` carries its hash in its name and may be kept for ever. Raises NotFound."""
    path = _built_file(name)
    if path is None or path.name == "index.html":
        raise NotFound
    kept = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    chosen, encoding = _encoded(path, request.get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(chosen.read_bytes(), 200, headers, kind)


def _built_file(name: str) -> Path | None:
    """The file of that name below the folder, and nothing outside it; None also for what no file can be called."""
    try:
        path = (static_folder() / name).resolve()
        return path if path.is_relative_to(static_folder().resolve()) and path.is_file() else None
    except (OSError, ValueError):  # longer than a file system takes; NUL
        return None


def _encoded(path: Path, accepted: str) -> tuple[Path, str | None]:
    """The copy that was compressed at build time, where the browser takes it."""
    tokens = {part.split(";")[0].strip() for part in accepted.split(",")}
    for encoding, suffix in _ENCODINGS:
        compressed = path.with_name(path.name + suffix)
        if encoding in tokens and compressed.is_file():
            return compressed, encoding
    return path, None

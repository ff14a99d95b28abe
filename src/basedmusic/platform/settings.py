"""What an operator may set: `BASEDMUSIC_*` in the environment or in a file of `NAME=value` lines.

Read once, at the edge. Standard library only, since the supervisor reads it too and should stay small.
No secret has a default: keys are made at first start (see `platform.secrets`).
"""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "BASEDMUSIC_"
_CREDENTIALS = re.compile(r"//[^/]*@")
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingInvalid(Exception):
    """A setting can't be used; the message names it, what it holds and what it may hold."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field is documented, with its default, in docs/operators.md (a test holds the two together)."""

    data: Path
    host: str
    port: int
    public_url: str | None
    scene_name: str
    imprint_name: str
    imprint_address: str
    imprint_mail: str
    minimum_age: int
    database_url: str | None
    blobs_url: str | None
    smtp_url: str | None
    mail_from: str
    trusted_proxies: tuple[IpNetwork, ...]
    metrics_port: int
    worker_metrics_port: int
    log_format: str
    log_level: str
    max_upload_bytes: int
    max_track_seconds: int
    memory_cache_bytes: int
    source_cache_bytes: int
    segment_processes: int
    analysis_processes: int

    @property
    def address(self) -> str:
        """Where a person finds the page: the public URL, or the address listened on."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def mail_sender(self) -> str:
        """Whom mail comes from, where nothing else is set: the scene, at the host that people know."""
        return self.mail_from or f"scene@{urlsplit(self.address).hostname}"

    @property
    def https(self) -> bool:
        return self.address.startswith("https://")


NOT_OURS = ("SETTINGS", "SKIP_WEB")
"""Names with our prefix that are no settings: the file's own, and what tells the build to leave out the page."""


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `environ` over the file that `BASEDMUSIC_SETTINGS` names, over the defaults.

    Raises SettingInvalid for a value that can't be used and for a name nobody knows (a typing error
    in a name would otherwise be silence).
    """
    values = _read_file(environ.get(PREFIX + "SETTINGS")) | _ours(environ)
    for name in NOT_OURS:
        values.pop(name, None)
    unknown = sorted(values.keys() - _READERS.keys())
    if unknown:
        known = ", ".join(PREFIX + name for name in _READERS)
        raise SettingInvalid(f"{PREFIX}{unknown[0]} is not a setting. There are: {known}")
    read: dict[str, object] = {}
    for name, (default, reader) in _READERS.items():
        text = values.get(name, default)
        try:
            read[name.lower()] = reader(text)
        except ValueError as error:
            raise SettingInvalid(
                f"{PREFIX}{name}={_CREDENTIALS.sub('//…@', text)!r} can't be used: {error}"
            ) from None
    return Settings(**read)  # type: ignore[arg-type]


def _ours(environ: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PREFIX): text for name, text in environ.items() if name.startswith(PREFIX)}


def _read_file(path: str | None) -> dict[str, str]:
    if not path:
        return {}
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError as error:
        raise SettingInvalid(
            f"{PREFIX}SETTINGS names {path}, which can't be read: {error.strerror}"
        ) from None
    pairs = (line.split("=", 1) for line in map(str.strip, lines) if line and not line.startswith("#"))
    return {pair[0].strip().removeprefix(PREFIX): pair[-1].strip().strip("\"'") for pair in pairs}


def default_data_folder() -> str:
    """`/var/lib/basedmusic` for root, otherwise below XDG_DATA_HOME (XDG Base Directory Specification)."""
    if os.geteuid() == 0:
        return "/var/lib/basedmusic"
    return os.path.join(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "basedmusic")


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this very machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _folder(text: str) -> Path:
    return Path(text or default_data_folder()).expanduser().absolute()


def _optional(text: str) -> str | None:
    return text or None


def _url(text: str) -> str | None:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("give the whole address, such as https://music.example.org")
    return text.rstrip("/") or None


def _database(text: str) -> str | None:
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("give a postgresql:// address")
    return text or None


def _smtp(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname:
        raise ValueError("give smtp://user:password@host (STARTTLS), smtps://… (TLS) or smtp+plain://host")
    if parts.scheme == "smtp+plain" and parts.username:
        raise ValueError("a password does not go over a plain connection; use smtp:// or smtps://")
    _ = parts.port  # ValueError for one that is no port
    return text


def _sender(text: str) -> str:
    address = parseaddr(text)[1]
    if text and ("@" not in address or any(sign in text for sign in "\r\n")):
        raise ValueError("give an address, such as Rust Harbour <scene@example.org>")
    return text


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.strip().isdigit() else -1
        if not lowest <= number <= highest:
            raise ValueError(f"give a whole number from {lowest} to {highest}")
        return number

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"give one of: {', '.join(choices)}")
        return text

    return read


def _networks(text: str) -> tuple[IpNetwork, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "DATA": ("", _folder),
    "HOST": ("127.0.0.1", str),
    "PORT": ("8000", _whole(1, 65535)),
    "PUBLIC_URL": ("", _url),
    "SCENE_NAME": ("Based Music", str),
    "IMPRINT_NAME": ("", str.strip),
    "IMPRINT_ADDRESS": ("", str.strip),
    "IMPRINT_MAIL": ("", str.strip),
    "MINIMUM_AGE": ("16", _whole(13, 25)),
    "DATABASE_URL": ("", _database),
    "BLOBS_URL": ("", _optional),
    "SMTP_URL": ("", _smtp),
    "MAIL_FROM": ("", _sender),
    "TRUSTED_PROXIES": ("", _networks),
    "METRICS_PORT": ("0", _whole(0, 65535)),
    "WORKER_METRICS_PORT": ("0", _whole(0, 65535)),
    "LOG_FORMAT": ("text", _one_of("text", "json")),
    "LOG_LEVEL": ("info", _one_of("debug", "info", "warning", "error")),
    "MAX_UPLOAD_BYTES": (str(2 << 30), _whole(1 << 20, 1 << 40)),
    "MAX_TRACK_SECONDS": (str(6 * 3600), _whole(1, 48 * 3600)),
    "MEMORY_CACHE_BYTES": (str(32 << 20), _whole(0, 1 << 40)),
    "SOURCE_CACHE_BYTES": (str(4 << 30), _whole(0, 1 << 50)),
    "SEGMENT_PROCESSES": ("2", _whole(1, 64)),
    "ANALYSIS_PROCESSES": ("1", _whole(1, 64)),
}

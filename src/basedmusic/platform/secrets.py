"""Keys of this scene: one random master key, made at first start (0600); each use derives its own.

Derivation is HKDF-Expand (RFC 5869 §2.3) with HMAC-SHA256 for a single block, which is enough because
the master key is uniformly random already. Losing the file signs everyone out and ends signed URLs;
nothing stored is lost.
"""

import hashlib
import hmac
import os
from pathlib import Path

KEY_BYTES = 32


class SecretsUnreadable(Exception):
    """The secrets folder can't be used; the message says why."""


class Secrets:
    def __init__(self, master: bytes) -> None:
        self._master = master

    def key(self, purpose: str) -> bytes:
        """32 bytes for `purpose`, the same at every start of this scene."""
        return hmac.digest(self._master, purpose.encode() + b"\x01", hashlib.sha256)


def load_secrets(folder: Path) -> Secrets:
    """The scene's secrets; made if the folder has none yet. Safe when several processes come at once."""
    path = folder / "master.key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        key = path.read_bytes()
    except OSError as error:
        raise SecretsUnreadable(f"{path} can't be used: {error.strerror}") from error
    if len(key) != KEY_BYTES:
        raise SecretsUnreadable(
            f"{path} holds {len(key)} bytes instead of {KEY_BYTES}; restore it from a backup"
        )
    return Secrets(key)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read; it appears whole or not at all."""
    draft = _draft(path, content)
    draft.replace(path)


def _create(path: Path) -> None:
    """Linked into place, so that nobody reads half a key, and the first of several starters wins."""
    draft = _draft(path, os.urandom(KEY_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        draft.unlink()


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    return draft

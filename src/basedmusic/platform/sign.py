"""Signed, expiring path prefixes: whoever holds the URL may fetch what lies below it until it expires.

HMAC-SHA256 over the prefix and the expiry, cut to 128 bits (RFC 2104 §5 allows half of the output).
`exp` is rounded up to a grid, so that all listeners of a track share one URL and a CDN one cache key.
"""

import base64
import hashlib
import hmac

SHARED_GRID_S = 6 * 3600
PRIVATE_TTL_S = 600
_SIGNATURE_BYTES = 16


class PathSigner:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, prefix: str, expires_at: int) -> str:
        """`{exp}.{sig}` for everything below `prefix`; `expires_at` in Unix seconds."""
        return f"{expires_at}.{self._signature(prefix, str(expires_at))}"

    def verify(self, prefix: str, token: str, now: float) -> int | None:
        """Unix second at which `token` expires, or None if it is not ours or is over."""
        expires, _, signature = token.partition(".")
        if not (expires.isascii() and expires.isdigit() and len(expires) <= 12):
            return None
        if not hmac.compare_digest(signature.encode(), self._signature(prefix, expires).encode()):
            return None
        return int(expires) if now < int(expires) else None

    def _signature(self, prefix: str, expires: str) -> str:
        digest = hmac.digest(self._key, f"{prefix}\n{expires}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).decode().rstrip("=")


def shared_expiry(now: float) -> int:
    """End of the grid step after the one `now` is in: valid for 6 to 12 hours."""
    return (int(now) // SHARED_GRID_S + 2) * SHARED_GRID_S


def private_expiry(now: float) -> int:
    return int(now) + PRIVATE_TTL_S

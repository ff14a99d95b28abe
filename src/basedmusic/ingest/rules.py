"""Pure decisions about uploads."""

import re
import unicodedata

from basedmusic.kernel.errors import AppError

MAX_FILENAME = 255
TRY_AGAIN = frozenset({408, 425, 429})
"""Refusals of the moment (RFC 9110 §15.5.9, RFC 8470, RFC 6585)."""
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean_filename(filename: str) -> str:
    """The last part of a client's path, printable and short. It names nothing on our disk."""
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if char.isprintable()).strip()
    return name[-MAX_FILENAME:] or "file"


def genre_slug(name: str) -> str:
    """A tag's genre as the slug it would have here: "Hip Hop" → "hip-hop"; may name no genre of the scene."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", plain).strip("-")


def mezzanine_bytes(samples: int, channels: int) -> int:
    """The most that a FLAC of 24 bits, at most stereo, can take up: PCM's size, and a little for its frames."""
    return samples * min(2, channels) * 3 * 65 // 64


def is_final(error: Exception) -> bool:
    """Whether a second try of a step would end the same: a refusal, not of the moment nor of a limit of ours."""
    return isinstance(error, AppError) and error.status < 500 and error.status not in TRY_AGAIN

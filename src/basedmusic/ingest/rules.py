"""Pure decisions about uploads."""

import re
import unicodedata

MAX_FILENAME = 255
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

"""Pure decisions: values in, a decision or an error out."""

import re

from basedmusic.catalog.contracts import MediaStatus, Publication, Track, TrackNotPlayable
from basedmusic.kernel.errors import Invalid

MAX_TITLE = 200
MAX_CITY = 100
MAX_BIO = 4_000
MAX_GENRES = 5

_SPACES = re.compile(r"\s+")


def clean_genres(slugs: list[str]) -> list[str]:
    """Without repeats, in the order given. Raises Invalid for too many."""
    unique = list(dict.fromkeys(slugs))
    if len(unique) > MAX_GENRES:
        raise Invalid(f"Choose at most {MAX_GENRES} genres", field="genres")
    return unique


def decide_publication(track: Track) -> Publication:
    """What a press on publish makes of `track`. Raises TrackNotPlayable."""
    if track.media_status is not MediaStatus.PLAYABLE:
        raise TrackNotPlayable
    return Publication.PUBLISHED


def title_from_filename(filename: str) -> str:
    """A first title for an upload that came without one: "03 - Sad_moment.ogg" → "Sad moment"."""
    stem = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = "".join(char if char.isprintable() else " " for char in stem.replace("_", " "))
    words = re.sub(r"^\s*\d{1,3}\s*[-.)]\s*", "", _SPACES.sub(" ", words)).strip()
    return words[:MAX_TITLE] or "Untitled"

"""Text that people typed, in the one form that is kept."""

import re
import unicodedata

from basedmusic.kernel.errors import Invalid

_SPACES = re.compile(r"\s+")


def clean_line(text: str, field: str, longest: int) -> str:
    """One line of a person's text: NFC, single spaces, nothing invisible. Raises Invalid."""
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not line:
        raise Invalid(f"{in_words(field)} can't be empty", field=field)
    if len(line) > longest:
        raise Invalid(f"{in_words(field)} may have at most {longest} characters", field=field)
    if not line.isprintable():
        raise Invalid(f"{in_words(field)} has characters that can't be shown", field=field)
    return line


def clean_text(text: str, field: str, longest: int) -> str:
    """Several lines of a person's text; may be empty. Raises Invalid."""
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).strip().splitlines()]
    if any(line and not line.replace("\t", " ").isprintable() for line in lines):
        raise Invalid(f"{in_words(field)} has characters that can't be shown", field=field)
    cleaned = "\n".join(lines)
    if len(cleaned) > longest:
        raise Invalid(f"{in_words(field)} may have at most {longest} characters", field=field)
    return cleaned


def in_words(field: str) -> str:
    """A field as a person knows it, at the beginning of a sentence about it."""
    return "Your name" if field == "display_name" else f"The {field.replace('_', ' ')}"

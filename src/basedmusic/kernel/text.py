"""Text that people typed, in the one form that is kept."""

import re
import unicodedata

from basedmusic.kernel.errors import Invalid

_SPACES = re.compile(r"\s+")


def clean_line(text: str, field: str, longest: int) -> str:
    """One line of a person's text: NFC, single spaces, nothing invisible. Raises Invalid."""
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not line:
        raise Invalid(f"{field} can't be empty", field=field)
    if len(line) > longest:
        raise Invalid(f"{field} may have at most {longest} characters", field=field)
    if not line.isprintable():
        raise Invalid(f"{field} has characters that can't be shown", field=field)
    return line

"""Text that no database or file system takes, refused once for all bodies: NUL, and halves of surrogate pairs.

PostgreSQL's text has no NUL, and neither it nor UTF-8 a lone surrogate (RFC 3629 §3). Addresses
are looked through in `context`; this module loads no web framework, as facades reach wire shapes.
"""

from datetime import datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator, model_validator

from basedmusic.kernel.clock import parse_instant

_NUL = "\0"


class BodyIn(BaseModel):
    """What every JSON body derives from: no fields that nobody reads, no text that nothing can keep."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _names_are_storable(cls, body: Any) -> Any:
        """An unknown field is named in the answer, so its name must be text that can be sent."""
        return _refuse(body, list(cast("dict[object, object]", body)) if isinstance(body, dict) else None)

    @field_validator("*", mode="before")
    @classmethod
    def _values_are_storable(cls, value: Any) -> Any:
        return _refuse(value, value)


def _refuse(given: Any, looked_at: object) -> Any:
    """`given`, or ValueError, which pydantic makes a refusal that names the field."""
    if not is_storable(looked_at):
        raise ValueError("text may not contain NUL or half a surrogate pair")
    return given


def is_storable(value: object) -> bool:
    """Whether all text in `value`, as JSON was read, can be kept. Not recursive: JSON may be nested deeply."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if _NUL in one or not _is_whole(one):
                return False
        elif isinstance(one, dict):
            for key, item in cast("dict[object, object]", one).items():
                waiting += (key, item)
        elif isinstance(one, list):
            waiting += cast("list[object]", one)
    return True


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_instant(given: object) -> datetime:
    if not isinstance(given, str):
        raise ValueError("an instant is text such as 2026-11-22T20:15:00Z")
    return parse_instant(given)


Instant = Annotated[datetime, BeforeValidator(_read_instant)]
"""ISO 8601 with its offset from UTC; a number of seconds, which pydantic would take too, is none."""

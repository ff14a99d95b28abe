"""Lists over HTTP: `?limit=&after=` in, `{"items": […], "next": token or null}` out."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from basedmusic.kernel.page import DEFAULT_LIMIT, MAX_LIMIT

S = TypeVar("S")

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most so many items")]
After = Annotated[str | None, Query(max_length=512, description="`next` of the page before")]
DEFAULT = DEFAULT_LIMIT


class PageOut(BaseModel, Generic[S]):
    items: Sequence[S]
    next: str | None
    """Token for `after`, or null at the end."""

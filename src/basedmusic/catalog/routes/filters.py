"""What lists may be narrowed by."""

from typing import Annotated

from fastapi import Query

OfGenre = Annotated[str | None, Query(description="A slug from /genres; an unknown one is refused")]

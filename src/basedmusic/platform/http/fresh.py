"""JSON that pages ask for again and again: an ETag over it, and 304 for whoever has it (RFC 9110 §13.1.2)."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "As the caller has it already."}}
"""For a route's `responses`."""

IdOrSlug = Annotated[UUID | str, Field(union_mode="left_to_right")]
"""In pydantic's own order of preference every id would stay a string, and be looked for among the slugs."""


def fresh_json(request: Request, answer: BaseModel) -> Response:
    """`answer`, or 304. The tag is weak: compression makes other bytes of the same answer (§8.8.1)."""
    body = msgspec.json.encode(answer.model_dump(mode="json"))
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag}
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(None, 304, headers)
    return Response(body, 200, headers, "application/json")

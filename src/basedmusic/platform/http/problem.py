"""Every refusal as RFC 9457 problem details: `type title status detail code` and what else helps."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import msgspec
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.kernel.errors import AppError, Invalid, Unavailable
from basedmusic.platform.metrics import REFUSED

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

LIMITED = frozenset({413, 429, 507})
"""Answers of a limit; each is counted."""


class UnstorableText(Invalid):
    code = "unstorable_text"
    title = "Text in the request has characters that can't be kept"


class DatabaseFull(AppError):
    code = "storage_full"
    status = 507
    title = "The server has no room left; nothing was changed"


class RowsBusy(Unavailable):
    title = "Somebody else is changing the same thing; try again"


RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Refused; the body says why (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person"},
        "code": {"type": "string", "description": "Stable name of the error"},
        "field": {"type": "string"},
        "retry_after_s": {"type": "integer"},
    },
}

_UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
"""NUL and the like, which `platform.http.text` refuses earlier; this is for text that came another way."""

_BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 400: "bad_request"}


def problem(
    status: int, code: str, title: str, detail: str, extra: Mapping[str, object] | None = None
) -> Response:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        **(extra or {}),
    }
    headers = {"Cache-Control": "no-store"}
    if extra and "retry_after_s" in extra:
        headers["Retry-After"] = str(extra["retry_after_s"])
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(body), status, headers, MEDIA_TYPE)


def problem_of(error: AppError) -> Response:
    return problem(error.status, error.code, error.title, error.detail, error.extra)


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_exception)
    for unstorable in _UNSTORABLE:
        app.add_exception_handler(unstorable, _unstorable_text)
    app.add_exception_handler(asyncpg.DiskFullError, _database_full)
    for busy in (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
        app.add_exception_handler(busy, _rows_busy)
    app.add_exception_handler(Exception, _unexpected)


async def _app_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    if error.status in LIMITED:
        REFUSED.labels(error.code).inc()
    return problem_of(error)


async def _invalid_request(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors: Sequence[Any] = error.errors()
    first = errors[0] if errors else {"loc": (), "msg": "The request is not right"}
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
    detail = f"{place}: {first['msg']}" if place else str(first["msg"])
    fields = [{"field": ".".join(map(str, one["loc"][1:])), "detail": one["msg"]} for one in errors]
    return problem(422, Invalid.code, Invalid.title, detail, {"field": place, "errors": fields})


async def _http_exception(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _BY_STATUS.get(error.status_code, "http_error")
    answer = problem(error.status_code, code, error.detail, error.detail)
    answer.headers.update(error.headers or {})
    return answer


async def _unstorable_text(_: Request, error: Exception) -> Response:
    log.warning("unstorable_text", error=str(error))
    return problem_of(UnstorableText())


async def _database_full(request: Request, error: Exception) -> Response:
    log.error("database_full", error=str(error))
    return await _app_error(request, DatabaseFull())


async def _rows_busy(request: Request, error: Exception) -> Response:
    """Waited for too long, or gave way to one who waited for us: nothing was changed."""
    log.warning("rows_busy", path=request.url.path, error=type(error).__name__)
    return await _app_error(request, RowsBusy(retry_after_s=1))


async def _unexpected(_: Request, error: Exception) -> Response:
    return unexpected(error)


def unexpected(error: Exception) -> Response:
    """For a defect of ours: the log has all of it, the answer nothing."""
    log.error("unexpected_error", exc_info=error)
    return problem(
        500, "internal", "Something broke on our side", "Something broke on our side; it has been noted"
    )

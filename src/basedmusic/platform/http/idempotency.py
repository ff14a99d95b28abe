"""Idempotency-Key: the same request sent twice has one effect, and both get the one answer.

The answer's row is written in the effect's own transaction under an advisory lock on the key, so a retry
that overtakes its first try waits, and a first try that failed leaves nothing behind. Keys hold for 24 h and
belong to an account (or address), a route and the body's hash: another body under the same key is refused.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.kernel.errors import Conflict, Invalid
from basedmusic.platform.answers import find_answer, keep_answer
from basedmusic.platform.db import Connection, Tx

MAX_KEY = 200


class KeyReused(Conflict):
    """The key was sent before with another body."""

    code = "idempotency_key_reused"
    status = 422
    title = "This Idempotency-Key belongs to another request"


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A request's key, or None inside when the client sent none: then the effect simply runs."""

    key: str | None
    route: str

    async def run(
        self, tx: Tx, owner: str, body: bytes, effect: Callable[[], Awaitable[Response]]
    ) -> Response:
        """`effect` once per key. `owner` is the account id or address; `body` the canonical request."""
        if self.key is None:
            return await effect()
        name = self._name(owner)
        await tx.conn.execute(
            "SELECT pg_advisory_xact_lock($1)", int.from_bytes(name[:8], "big", signed=True)
        )
        digest = hashlib.sha256(body).digest()
        stored = await find_answer(tx.conn, name)
        if stored is not None:
            return _replay(stored, digest)
        answer = await effect()
        if answer.status_code < 400:
            await keep_answer(tx.conn, name, digest, answer.status_code, bytes(answer.body))
        return answer

    async def is_answered(self, conn: Connection, owner: str) -> bool:
        """Whether the effect is done already: then `run` replays its answer, whatever else holds by now."""
        return self.key is not None and await find_answer(conn, self._name(owner)) is not None

    def _name(self, owner: str) -> bytes:
        return hashlib.sha256(f"{owner}\n{self.route}\n{self.key}".encode()).digest()


def _replay(stored: "tuple[bytes, int, bytes]", digest: bytes) -> Response:
    body_hash, status, content = stored
    if body_hash != digest:
        raise KeyReused("This Idempotency-Key was used for a different request; send a new key")
    headers = {"Idempotency-Replayed": "true"}
    return Response(content or None, status, headers, "application/json")


def json_answer(status: int, body: object) -> Response:
    """An answer that can be kept: `body` is what pydantic's `model_dump(mode="json")` gives."""
    return Response(msgspec.json.encode(body), status, media_type="application/json")


def _key(
    request: Request, idempotency_key: Annotated[str | None, Header(max_length=MAX_KEY)] = None
) -> IdempotencyKey:
    if idempotency_key is not None and not idempotency_key.isprintable():
        raise Invalid("Idempotency-Key must be printable text", field="Idempotency-Key")
    return IdempotencyKey(idempotency_key, f"{request.method} {request.url.path}")


Idempotency = Annotated[IdempotencyKey, Depends(_key)]

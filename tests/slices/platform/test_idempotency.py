"""The same request sent twice has one effect. The control shows what happens without the lock."""

import asyncio
from dataclasses import dataclass

import pytest
from starlette.responses import Response

from basedmusic.platform.answers import sweep_idempotency
from basedmusic.platform.db import Database, Tx
from basedmusic.platform.http.idempotency import IdempotencyKey, KeyReused, json_answer

pytestmark = pytest.mark.anyio


@dataclass
class Effects:
    """Counts how often the effect was committed."""

    database: Database

    async def prepare(self) -> None:
        async with self.database.connection() as conn:
            await conn.execute("CREATE TABLE platform.effect (n integer)")

    async def once(self, tx: Tx) -> Response:
        await tx.conn.execute("INSERT INTO platform.effect VALUES (1)")
        await asyncio.sleep(0.02)
        return json_answer(201, {"made": True})

    async def count(self) -> int:
        async with self.database.connection() as conn:
            return await conn.fetchval("SELECT count(*) FROM platform.effect") or 0


@pytest.fixture
async def effects(database: Database) -> Effects:
    made = Effects(database)
    await made.prepare()
    return made


async def _request(effects: Effects, key: str | None, body: bytes = b"x", owner: str = "me") -> Response:
    async with effects.database.transaction() as tx:
        return await IdempotencyKey(key, "POST /things").run(tx, owner, body, lambda: effects.once(tx))


async def test_a_retry_gets_the_first_answer(effects: Effects):
    first, again = await _request(effects, "k"), await _request(effects, "k")
    assert (first.status_code, bytes(first.body)) == (again.status_code, bytes(again.body))
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await effects.count() == 1


async def test_ten_at_once_have_one_effect(effects: Effects):
    await asyncio.gather(*(_request(effects, "k") for _ in range(8)))
    assert await effects.count() == 1


async def test_without_a_key_each_request_counts_as_the_control(effects: Effects):
    await asyncio.gather(*(_request(effects, None) for _ in range(8)))
    assert await effects.count() == 8


async def test_another_body_under_the_key_is_refused(effects: Effects):
    await _request(effects, "k", b"x")
    with pytest.raises(KeyReused):
        await _request(effects, "k", b"y")


async def test_a_key_belongs_to_its_owner(effects: Effects):
    await _request(effects, "k", owner="me")
    await _request(effects, "k", owner="you")
    assert await effects.count() == 2


async def test_a_first_try_that_failed_leaves_nothing(effects: Effects):
    with pytest.raises(ZeroDivisionError):
        async with effects.database.transaction() as tx:
            await IdempotencyKey("k", "POST /things").run(tx, "me", b"x", lambda: effects.once(tx))
            raise ZeroDivisionError
    await _request(effects, "k")
    assert await effects.count() == 1


async def test_a_refusal_is_not_kept(effects: Effects):
    async with effects.database.transaction() as tx:

        async def refuse() -> Response:
            return json_answer(409, {})

        await IdempotencyKey("k", "POST /things").run(tx, "me", b"x", refuse)
    assert (await _request(effects, "k")).status_code == 201


async def test_keys_end_after_a_day(effects: Effects):
    await _request(effects, "k")
    async with effects.database.connection() as conn:
        await conn.execute("UPDATE platform.idempotency SET expires_at = now()")
        await sweep_idempotency(conn)
        assert await conn.fetchval("SELECT count(*) FROM platform.idempotency") == 0
    await _request(effects, "k")
    assert await effects.count() == 2

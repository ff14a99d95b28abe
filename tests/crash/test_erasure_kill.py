"""kill -9 in the middle of an erasure: nothing of it was done, and then all of it is."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import httpx2
from tests.support.music import wav
from tests.support.served import Served, kill
from tests.support.server import BORN, PASSWORD, Person, soon

from basedmusic.accounts import ERASE_ACCOUNT
from basedmusic.accounts.contracts import EraseAccount
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.queue import enqueue

FINISH_S = 45.0
"""A job whose worker died is taken up again after some ten seconds."""
WAITING = """SELECT FROM pg_stat_activity
              WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM platform.mail%'"""


def test_it_is_done_to_the_end_after_all(scene: Served):
    lea = _sign_up(scene)
    track = lea.track(wav(1.0), "lea.wav", publish="true")
    assert lea.client.post("/me/erasure", json={"password": PASSWORD}).status_code == 202
    scene.sql(
        "UPDATE accounts.erasure SET asked_at = asked_at - $1::interval, due_at = due_at - $1::interval",
        timedelta(days=15),
    )
    asyncio.run(_kill_in_the_middle(scene, lea))
    assert soon(lambda: not _parties(scene, lea), FINISH_S)
    assert scene.sql("SELECT FROM platform.mail WHERE recipient_key = $1", lea.email) == []
    stub = scene.sql("SELECT stub_since FROM accounts.party WHERE id = $1", UUID(lea.artist_id))
    assert stub[0]["stub_since"] is not None
    heard = httpx2.get(f"{scene.address}/api/v1/tracks/{track['id']}/stream", timeout=30, trust_env=False)
    assert heard.status_code == 200


async def _kill_in_the_middle(scene: Served, lea: Person) -> None:
    """Its last statement waits for a row that we hold; the person's own rows are deleted by then, uncommitted."""
    conn = await asyncpg.connect(await asyncio.to_thread(scene.dsn))
    try:
        async with conn.transaction():
            await conn.execute("SELECT FROM platform.mail WHERE recipient_key = $1 FOR UPDATE", lea.email)
            await asyncio.to_thread(_begin, scene, lea)
            assert await asyncio.to_thread(soon, lambda: bool(scene.sql(WAITING)), 20)
            kill(scene.process("worker"))
        assert await asyncio.to_thread(_parties, scene, lea)
    finally:
        await conn.close()


def _begin(scene: Served, lea: Person) -> None:
    async def put() -> None:
        conn = await asyncpg.connect(scene.dsn())
        await enqueue(conn, ERASE_ACCOUNT, EraseAccount(AccountId(UUID(lea.id))))
        await conn.close()

    asyncio.run(put())


def _parties(scene: Served, lea: Person) -> bool:
    return bool(scene.sql("SELECT FROM accounts.party WHERE id = $1", UUID(lea.id)))


def _sign_up(scene: Served) -> Person:
    client = httpx2.Client(base_url=f"{scene.address}/api/v1", timeout=60, trust_env=False)
    login = {"email": "lea@example.org", "password": PASSWORD}
    account = client.post("/accounts", json={**login, "display_name": "Lea", "born": BORN}).json()
    token: str = client.post("/sessions", json=login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    artist = client.post("/artists", json={"name": "Lea alone", "city": "Rust Harbour"}).json()
    return Person(account["id"], client, artist["id"], login["email"])

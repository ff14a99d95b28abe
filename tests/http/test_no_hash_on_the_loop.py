"""Argon2 never runs on the event loop: asyncio itself says which callbacks were slow (its debug mode), and with
the hash put on the loop it says so."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TypeVar

import httpx2
import pytest
from tests.http.test_accounts import LOGIN, MARA, Scene, bearer

from basedmusic.accounts.passwords import Passwords, argon2id
from basedmusic.platform.db import Database

pytestmark = pytest.mark.anyio

T = TypeVar("T")
HASHES_S = 0.6
"""How long the hash takes here; what else a callback does takes some milliseconds."""


class Slow:
    """The real hash, made slow enough to stand out on a busy machine: over and over for HASHES_S of CPU."""

    def __init__(self) -> None:
        self._argon2 = argon2id()
        self.ran = 0

    def hash(self, password: str) -> str:
        self._burn(password)
        return self._argon2.hash(password)

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]:
        self._burn(password)
        return self._argon2.verify_and_update(password, hash)

    def _burn(self, password: str) -> None:
        self.ran += 1
        end = time.perf_counter() + HASHES_S
        while time.perf_counter() < end:
            self._argon2.hash(password)


class OnTheLoop(Passwords):
    """The control: as if somebody had called the hasher where it is needed."""

    async def _run(self, work: Callable[[], T]) -> T:
        return work()


@pytest.fixture
async def scene(database: Database, tmp_path: Path) -> AsyncGenerator[Scene]:
    scene = Scene(database, tmp_path, {})
    scene.app.state.passwords.close()
    yield scene
    scene.app.state.passwords.close()


async def use_passwords(client: httpx2.AsyncClient) -> None:
    """Sign up, in with a right and with a wrong password, and change it."""
    assert (await client.post("/accounts", json=MARA)).status_code == 201
    answer = await client.post("/sessions", json=LOGIN)
    assert answer.status_code == 201
    assert (await client.post("/sessions", json={**LOGIN, "password": "not those words"})).status_code == 401
    change = {"current": MARA["password"], "new": "five quite other words"}
    changed = await client.post("/me/password", json=change, headers=bearer(answer.json()))
    assert changed.status_code == 204


def slow_callbacks(records: list[logging.LogRecord]) -> list[str]:
    told = [record.getMessage() for record in records if record.name == "asyncio"]
    return [one for one in told if " took " in one]


@pytest.mark.parametrize("on_the_loop", [True, False], ids=["control", "guarded"])
async def test_no_callback_is_as_slow_as_a_hash(
    scene: Scene, caplog: pytest.LogCaptureFixture, on_the_loop: bool
):
    hasher = Slow()
    scene.app.state.passwords = (OnTheLoop if on_the_loop else Passwords)(hasher)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = HASHES_S * 0.9
    try:
        with caplog.at_level(logging.WARNING, "asyncio"):
            async with scene.client() as client:
                await use_passwords(client)
    finally:
        loop.set_debug(False)
    assert hasher.ran == 6  # once more aside, when Passwords was made
    slow = slow_callbacks(caplog.records)
    assert bool(slow) == on_the_loop, slow

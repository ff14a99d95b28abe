"""Password checks happen aside, within bounds, and tell nobody which addresses have accounts."""

import asyncio
import threading

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from basedmusic.accounts.contracts import Busy
from basedmusic.accounts.passwords import Passwords, argon2id

pytestmark = pytest.mark.anyio


class SlowHasher:
    """Takes as long as `gate` is closed, and notes what it was asked and where."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.threads: set[str] = set()
        self.checked: list[str] = []

    def hash(self, password: str) -> str:
        return f"hash of {password}"

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]:
        assert self.gate.wait(5)
        self.threads.add(threading.current_thread().name)
        self.checked.append(hash)
        return hash == f"hash of {password}", None


async def test_an_unknown_account_costs_one_check_like_a_known_one():
    hasher = SlowHasher()
    hasher.gate.set()
    passwords = Passwords(hasher)
    known = await passwords.verify("right", "hash of right")
    assert known.right and len(hasher.checked) == 1
    assert not (await passwords.verify("wrong", "hash of right")).right
    assert len(hasher.checked) == 2
    assert not (await passwords.verify("anything", None)).right
    assert len(hasher.checked) == 3
    passwords.close()


async def test_checks_run_on_threads_of_their_own_and_refuse_beyond_the_queue():
    hasher = SlowHasher()
    passwords = Passwords(hasher, threads=2, waiting=3)
    waiting = [asyncio.create_task(passwords.verify("a", "b")) for _ in range(5)]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as refused:
        await passwords.verify("a", "b")
    assert refused.value.status == 429 and refused.value.extra["retry_after_s"] == 1
    hasher.gate.set()
    await asyncio.gather(*waiting)
    assert threading.current_thread().name not in hasher.threads
    assert all(name.startswith("password") for name in hasher.threads)
    assert not (await passwords.verify("a", "b")).right
    passwords.close()


async def test_people_who_leave_the_queue_make_room():
    hasher = SlowHasher()
    passwords = Passwords(hasher, threads=1, waiting=1)
    tasks = [asyncio.create_task(passwords.verify("a", "b")) for _ in range(2)]
    await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    hasher.gate.set()
    async with asyncio.timeout(5):
        while True:
            try:
                await passwords.verify("a", "b")
                break
            except Busy:  # the one that had begun still runs to its end
                await asyncio.sleep(0.01)
    passwords.close()


async def test_a_hash_of_older_parameters_is_renewed():
    old = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
    new = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=16, parallelism=1)])
    passwords = Passwords(new)
    verdict = await passwords.verify("four words of yours", old.hash("four words of yours"))
    assert verdict.right and verdict.new_hash and "m=16" in verdict.new_hash
    again = await passwords.verify("four words of yours", verdict.new_hash)
    assert again.right and again.new_hash is None
    assert (await passwords.verify("not those words", verdict.new_hash)).new_hash is None
    passwords.close()


async def test_the_real_hash_is_argon2id_with_stated_costs():
    passwords = Passwords(argon2id())
    hashed = await passwords.hash("four words of yours")
    assert hashed.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert (await passwords.verify("four words of yours", hashed)).right
    passwords.close()

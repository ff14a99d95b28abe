"""Media processes: one named error for one request, the pool heals, nothing outlives its owner."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes import media_functions as calls
from tests.fakes.media_functions import Answer, Ask, Part

from basedmusic.kernel.calls import Call
from basedmusic.kernel.errors import TooManyRequests
from basedmusic.platform.pool import (
    MediaCrashed,
    MediaFailed,
    MediaOutOfMemory,
    MediaPool,
    MediaRefused,
    MediaTimedOut,
    MediaUnavailable,
    wire,
)

pytestmark = pytest.mark.anyio

MB = 1 << 20


def make_pool(**options: object) -> MediaPool:
    settings: dict[str, object] = {
        "name": "test",
        "size": 1,
        "preload": ["tests.fakes.media_functions"],
        "allowed": ["tests.fakes."],
        "address_space_headroom": 256 * MB,
    }
    return MediaPool(**(settings | options))  # pyright: ignore[reportArgumentType]


@pytest.fixture
async def pool() -> AsyncGenerator[MediaPool]:
    pool = make_pool()
    yield pool
    await pool.close()


def is_running(pid: int) -> bool:
    """Whether `pid` is a process that still does anything: one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def eventually(so: Callable[[], bool], within_s: float = 3.0) -> None:
    end = time.monotonic() + within_s
    while not so():
        assert time.monotonic() < end, "did not come to be so in time"
        await asyncio.sleep(0.01)


def processes_of(pool: MediaPool) -> list[int]:
    server = pool.stats().forkserver_pid
    assert server is not None
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [server, *map(int, children)]


async def test_a_request_and_its_reply_cross_whole(pool: MediaPool) -> None:
    parts = (Part("a", bytes(range(256)) * 4000), Part("b", b""))
    answer = await pool.run(calls.ECHO, Ask("ü", 0.5, parts))
    assert (answer.text, answer.parts) == ("ü", parts)
    assert answer.pid not in (os.getpid(), pool.stats().forkserver_pid)


async def test_a_refusal_crosses_with_its_code_and_reasons(pool: MediaPool) -> None:
    with pytest.raises(MediaRefused) as refused:
        await pool.run(calls.REFUSE, Ask())
    assert (refused.value.code, refused.value.status) == ("not_music", 422)
    assert str(refused.value) == "This file is a PNG image named .mp3"
    assert refused.value.extra == {"found": "png", "at": "x"}
    assert MediaRefused.code == "media_refused"


@pytest.mark.parametrize("call", [calls.FAIL, calls.LIE, calls.TOO_MUCH, calls.MISSING])
async def test_what_should_not_happen_is_one_failure_and_the_child_stays(
    pool: MediaPool, call: Call[Ask, Answer]
) -> None:
    before = await pool.run(calls.ECHO, Ask())
    with pytest.raises(MediaFailed) as failed:
        await pool.run(call, Ask())
    assert "secret" not in str(failed.value)
    assert (await pool.run(calls.ECHO, Ask())).pid == before.pid


@pytest.mark.parametrize("call", [calls.ELSEWHERE, calls.IMPORTED])
async def test_only_functions_defined_below_an_allowed_prefix_are_served(
    pool: MediaPool, call: Call[Ask, Answer]
) -> None:
    with pytest.raises(MediaFailed):
        await pool.run(call, Ask())


async def test_a_crash_is_the_error_of_its_request_alone() -> None:
    pool = make_pool(size=2)
    try:
        crash = asyncio.ensure_future(pool.run(calls.DIE, Ask("SIGSEGV")))
        others = [asyncio.ensure_future(pool.run(calls.ECHO, Ask(str(n)))) for n in range(20)]
        with pytest.raises(MediaCrashed, match="SIGSEGV"):
            await crash
        assert [answer.text for answer in await asyncio.gather(*others)] == [str(n) for n in range(20)]
        assert pool.stats().lost == 1
    finally:
        await pool.close()


async def test_a_child_that_leaves_is_a_crash_and_the_pool_heals(pool: MediaPool) -> None:
    for _ in range(3):
        with pytest.raises(MediaCrashed, match="exit"):
            await pool.run(calls.LEAVE, Ask())
        assert (await pool.run(calls.ECHO, Ask("well"))).text == "well"


async def test_the_time_limit_kills_the_child_and_the_pool_heals(pool: MediaPool) -> None:
    before = await pool.run(calls.ECHO, Ask())
    began = time.monotonic()
    with pytest.raises(MediaTimedOut):
        await pool.run(calls.DIE, Ask("SIGCONT"), timeout_s=0.2)
    assert time.monotonic() - began < 3
    after = await pool.run(calls.ECHO, Ask("well"))
    assert after.text == "well" and after.pid != before.pid
    await eventually(lambda: not is_running(before.pid))


@pytest.mark.parametrize("ask", [(calls.HOARD, 512 * MB), (calls.OUT_OF_THREADS, 0)])
async def test_the_memory_limit_is_its_own_error_and_the_child_is_replaced(
    pool: MediaPool, ask: tuple[Call[Ask, Answer], int]
) -> None:
    before = await pool.run(calls.ECHO, Ask())
    with pytest.raises(MediaOutOfMemory):
        await pool.run(ask[0], Ask(number=ask[1]))
    after = await pool.run(calls.HOARD, Ask(number=32 * MB))
    assert after.text == str(32 * MB)
    await eventually(lambda: not is_running(before.pid))


async def test_a_child_knows_no_secret_and_may_gain_no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASEDMUSIC_DATABASE_URL", "postgresql://me:secret@db/scene")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    pool = make_pool(nice=7)
    try:
        seen = await pool.run(calls.LOOK_AROUND, Ask())
    finally:
        await pool.close()
    assert "secret" not in repr(seen.environment)
    assert seen.environment["OPENBLAS_NUM_THREADS"] == "1"
    assert seen.environment["MALLOC_ARENA_MAX"] == "2"
    assert seen.status["NoNewPrivs"] == "1"
    assert seen.status["Threads"] == "1"
    assert seen.niceness == os.getpriority(os.PRIO_PROCESS, 0) + 7
    assert 256 * MB < seen.address_space < 1024 * MB
    assert seen.core_size == 0
    assert not {"asyncio", "structlog", "prometheus_client", "av"} & set(seen.modules)


async def test_progress_is_heard_in_order_and_not_too_often(pool: MediaPool) -> None:
    heard: list[float] = []
    await pool.run(calls.COUNT_UP, Ask(number=0.4), on_progress=heard.append)
    assert heard == sorted(heard) and heard[0] >= 0 and heard[-1] <= 1
    assert 2 <= len(heard) <= 9


async def test_a_progress_listener_that_raises_harms_nothing(pool: MediaPool) -> None:
    def listener(fraction: float) -> None:
        raise RuntimeError("listener")

    await pool.run(calls.COUNT_UP, Ask(number=0.1), on_progress=listener)
    assert (await pool.run(calls.ECHO, Ask("well"))).text == "well"


async def test_waiting_is_first_come_first_served_and_bounded(tmp_path: Path) -> None:
    pool = make_pool(max_waiting=3)
    ended: list[int] = []

    async def ask(number: int) -> None:
        await pool.run(calls.NOTE, Ask(str(tmp_path / "notes"), 0.02))
        ended.append(number)

    try:
        asked = [asyncio.create_task(ask(number)) for number in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyRequests) as refused:
            await pool.run(calls.ECHO, Ask())
        assert refused.value.extra["retry_after_s"] == 1
        await asyncio.gather(*asked)
        assert ended == [0, 1, 2, 3]
        assert (await pool.run(calls.ECHO, Ask("room again"))).text == "room again"
        assert pool.stats().refused == 1
    finally:
        await pool.close()


async def test_cancelled_while_waiting_it_never_runs(pool: MediaPool, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    first = asyncio.create_task(pool.run(calls.NOTE, Ask(str(notes), 0.1)))
    second = asyncio.create_task(pool.run(calls.NOTE, Ask(str(notes))))
    await asyncio.sleep(0)
    second.cancel()
    await first
    await pool.run(calls.ECHO, Ask())
    assert len(notes.read_text().split()) == 1
    assert pool.stats().waiting == 0


async def test_cancelled_while_running_it_ends_unheard_and_the_child_serves_on(
    pool: MediaPool, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    before = await pool.run(calls.ECHO, Ask())
    running = asyncio.create_task(pool.run(calls.NOTE, Ask(str(notes), 0.1)))
    await asyncio.sleep(0.02)
    running.cancel()
    answer = await pool.run(calls.ECHO, Ask("next"))
    assert (answer.text, answer.pid) == ("next", before.pid)
    assert notes.read_text() == f"{before.pid}\n"


async def test_the_time_limit_holds_for_a_request_whose_caller_left(pool: MediaPool) -> None:
    before = await pool.run(calls.ECHO, Ask())
    running = asyncio.create_task(pool.run(calls.DIE, Ask("SIGCONT"), timeout_s=0.2))
    await asyncio.sleep(0.02)
    running.cancel()
    assert (await pool.run(calls.ECHO, Ask())).pid != before.pid


async def test_an_idle_pool_gives_its_memory_back_and_comes_again() -> None:
    pool = make_pool(idle_exit_s=0.15)
    try:
        await pool.start()
        assert pool.stats().forkserver_pid is None
        await pool.run(calls.NOTE, Ask("/dev/null", 0.3))  # work longer than the limit is not idleness
        pids = processes_of(pool)
        assert len(pids) == 2
        await eventually(lambda: not any(map(is_running, pids)))
        assert pool.stats().children == 0
        assert (await pool.run(calls.ECHO, Ask("again"))).text == "again"
    finally:
        await pool.close()


async def test_children_are_replaced_before_what_leaks_grows() -> None:
    pool = make_pool(calls_per_child=3)
    try:
        pids = [(await pool.run(calls.ECHO, Ask())).pid for _ in range(9)]
        assert len(set(pids)) == 3 and pool.stats().lost == 0
    finally:
        await pool.close()


async def test_start_warms_up_without_waiting() -> None:
    pool = make_pool()
    began = time.monotonic()
    await pool.start()
    assert time.monotonic() - began < 0.1
    await eventually(lambda: pool.stats().children == 1)
    await pool.close()


async def test_closing_ends_every_process_and_names_the_reason(pool: MediaPool) -> None:
    await pool.run(calls.ECHO, Ask())
    pids = processes_of(pool)
    asked = [asyncio.create_task(pool.run(calls.DIE, Ask("SIGCONT"))) for _ in range(3)]
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await pool.close()
    assert time.monotonic() - began < 3
    ends = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(end) for end in ends] == [MediaUnavailable] * 3
    await eventually(lambda: not any(map(is_running, pids)))
    with pytest.raises(MediaUnavailable):
        await pool.run(calls.ECHO, Ask())


async def test_closing_while_starting_leaves_nothing() -> None:
    pool = make_pool(preload=["tests.fakes.media_functions", "numpy"])
    asked = asyncio.create_task(pool.run(calls.ECHO, Ask()))
    await asyncio.sleep(0.05)
    await pool.close()
    with pytest.raises(MediaUnavailable):
        await asked


async def test_a_pool_that_cannot_start_says_so_each_time() -> None:
    pool = make_pool(preload=["tests.fakes.no_such_module"])
    for _ in range(2):
        asked = [pool.run(calls.ECHO, Ask()) for _ in range(2)]
        ends = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(end) for end in ends] == [MediaUnavailable] * 2
    await pool.close()


async def test_after_kill_9_of_the_forkserver_the_pool_heals(pool: MediaPool) -> None:
    child = (await pool.run(calls.ECHO, Ask())).pid
    server = pool.stats().forkserver_pid
    assert server is not None
    running = asyncio.create_task(pool.run(calls.DIE, Ask("SIGCONT")))
    await asyncio.sleep(0.02)
    os.kill(server, signal.SIGKILL)
    with pytest.raises(MediaCrashed):
        await running
    await eventually(lambda: not is_running(child))
    assert (await pool.run(calls.ECHO, Ask("again"))).text == "again"
    assert pool.stats().forkserver_pid != server


@pytest.mark.parametrize("also_dies", [True, False])
async def test_a_crash_is_named_even_when_the_forkserver_cannot_say_why(
    pool: MediaPool, also_dies: bool
) -> None:
    child = (await pool.run(calls.ECHO, Ask())).pid
    server = pool.stats().forkserver_pid
    assert server is not None
    os.kill(server, signal.SIGSTOP)
    running = asyncio.create_task(pool.run(calls.DIE, Ask("SIGCONT")))
    os.kill(child, signal.SIGKILL)
    await asyncio.sleep(0.05)
    assert not running.done()
    os.kill(server, signal.SIGKILL if also_dies else signal.SIGURG)
    with pytest.raises(MediaCrashed, match="its forkserver died" if also_dies else "cause unknown"):
        await running
    os.kill(pool.stats().forkserver_pid or os.getpid(), signal.SIGCONT)
    assert (await pool.run(calls.ECHO, Ask("again"))).text == "again"


async def test_stop_signals_to_the_whole_group_leave_the_ending_to_the_owner(pool: MediaPool) -> None:
    before = await pool.run(calls.ECHO, Ask())
    for pid in processes_of(pool):
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    assert (await pool.run(calls.ECHO, Ask())).pid == before.pid


OWNER = """
import asyncio, os
from basedmusic.platform.pool import MediaPool
from tests.fakes import media_functions as calls

async def main():
    pool = MediaPool(name="owned", size=2, preload=[calls.HERE], allowed=["tests.fakes."])
    idle, busy = await asyncio.gather(*(pool.run(calls.NOTE, calls.Ask("/dev/null", 0.05)) for _ in "ab"))
    work = asyncio.create_task(pool.run(calls.DIE, calls.Ask("SIGCONT")))
    await asyncio.sleep(0.05)
    print(pool.stats().forkserver_pid, idle.pid, busy.pid, flush=True)
    await work

asyncio.run(main())
"""


def test_after_kill_9_of_the_owner_nothing_is_left() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, env=environment)
    assert owner.stdout is not None
    with owner.stdout as output:
        pids = [int(pid) for pid in output.readline().split()]
    assert len(pids) == 3 and all(map(is_running, pids))
    owner.kill()
    owner.wait()
    asyncio.run(eventually(lambda: not any(map(is_running, pids))))


def test_it_works_under_uvloop() -> None:
    async def main() -> None:
        pool = make_pool(size=2)
        try:
            asked = [pool.run(calls.ECHO, Ask(str(n))) for n in range(10)]
            assert [answer.text for answer in await asyncio.gather(*asked)] == [str(n) for n in range(10)]
            with pytest.raises(MediaCrashed, match="SIGKILL"):
                await pool.run(calls.DIE, Ask("SIGKILL"))
            with pytest.raises(MediaTimedOut):
                await pool.run(calls.DIE, Ask("SIGCONT"), timeout_s=0.1)
            assert (await pool.run(calls.ECHO, Ask("well"))).text == "well"
        finally:
            await pool.close()

    uvloop.run(main())


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(1, 50))
def test_frames_come_out_as_they_went_in_however_the_stream_is_cut(bodies: list[bytes], step: int) -> None:
    stream = b"".join(wire.frame(body) for body in bodies)
    buffer = wire.FrameBuffer()
    got = [body for at in range(0, len(stream), step) for body in buffer.feed(stream[at : at + step])]
    assert got == [wire.encode(body) for body in bodies]


def test_a_frame_that_announces_too_much_is_refused_before_it_comes() -> None:
    with pytest.raises(wire.FrameTooLarge):
        wire.FrameBuffer().feed((wire.MAX_FRAME + 1).to_bytes(4, "big"))
    with pytest.raises(wire.FrameTooLarge):
        wire.frame(bytes(wire.MAX_FRAME))

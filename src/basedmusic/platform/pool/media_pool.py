"""The pool: callers wait first come, first served for one of `size` media processes."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import structlog

from basedmusic.kernel.calls import Call
from basedmusic.kernel.errors import TooManyRequests
from basedmusic.platform.pool import wire
from basedmusic.platform.pool.errors import MediaUnavailable
from basedmusic.platform.pool.server import ServerHandle, ServerSpec
from basedmusic.platform.pool.worker import Job, Worker, report_crash

log = structlog.get_logger()

Q = TypeVar("Q")
R = TypeVar("R")

ALLOWED = ("basedmusic.codec.", "basedmusic.dsp.")


@dataclass(frozen=True, slots=True)
class PoolStats:
    size: int
    children: int
    busy: int
    waiting: int
    served: int
    """Requests that came to an end of any kind in a child."""
    lost: int
    """Children that ended under a request, or were ended for it: crash, time limit, misbehaviour."""
    refused: int
    """Requests turned away because too many were waiting."""
    forkserver_pid: int | None


class MediaPool:
    """Up to `size` processes, forked on demand from one that has imported `preload`.

    `nice` is added to our own; `address_space_headroom` is bytes a child may grow by after its imports.
    With `idle_exit_s` the whole of it ends after so many seconds without work, and comes back with the next
    request; without, `start` warms it up. More than `max_waiting` requests beyond the running ones are
    refused. Only functions in modules below `allowed` are served. A child is replaced after
    `calls_per_child` requests, so that what leaks stays small.
    """

    def __init__(
        self,
        *,
        name: str,
        size: int,
        preload: Sequence[str],
        nice: int = 0,
        address_space_headroom: int = 512 << 20,
        idle_exit_s: float | None = None,
        default_timeout_s: float = 30.0,
        max_waiting: int = 256,
        calls_per_child: int = 2000,
        allowed: Sequence[str] = ALLOWED,
    ) -> None:
        self._spec = ServerSpec(name, tuple(preload), tuple(allowed), nice, address_space_headroom)
        self._size = size
        self._idle_exit_s = idle_exit_s
        self._default_timeout_s = default_timeout_s
        self._max_waiting = max_waiting
        self._calls_per_child = calls_per_child
        self._queue: deque[Job] = deque()
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._growing = 0
        self._server: ServerHandle | None = None
        self._server_lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._last_used = 0.0
        self._idle_timer: asyncio.TimerHandle | None = None
        self._served = self._lost_count = self._refused = 0

    async def start(self) -> None:
        """Begin to warm up, without waiting for it; a pool with `idle_exit_s` waits for its first request."""
        if self._idle_exit_s is None:
            for _ in range(self._size):
                self._grow()

    async def run(
        self,
        call: Call[Q, R],
        request: Q,
        *,
        timeout_s: float | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> R:
        """`call` with `request` in a media process. The time limit counts from when it gets one.

        Raises MediaRefused (the function's own AppError), MediaFailed, MediaCrashed, MediaTimedOut,
        MediaOutOfMemory, MediaUnavailable, TooManyRequests. Cancelled while waiting, the request is
        dropped; cancelled while running, it goes on to its end, unheard: killing the process would cost the
        next caller a fork and its warm caches, and its work is bounded by the limit anyway.
        """
        if self._closing:
            raise MediaUnavailable
        if self._busy() + len(self._queue) >= self._size + self._max_waiting:
            self._refused += 1
            raise TooManyRequests("The media processes are busy; try again shortly", retry_after_s=1)
        payload = msgspec.Raw(wire.encode(request))
        frame = wire.frame(wire.Request(call.target, payload))
        job = Job(call.target, call.reply, frame, timeout_s or self._default_timeout_s, on_progress)
        self._queue.append(job)
        self._dispatch()
        try:
            return await job.future
        finally:
            if job.future.cancelled() and job in self._queue:
                self._queue.remove(job)

    def stats(self) -> PoolStats:
        server = self._server
        return PoolStats(
            self._size,
            len(self._workers),
            self._busy(),
            len(self._queue),
            self._served,
            self._lost_count,
            self._refused,
            server.pid if server and not server.lost else None,
        )

    async def close(self) -> None:
        """End every process now. Requests still running or waiting end with MediaUnavailable."""
        self._closing = True
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        running = [worker.job for worker in self._workers if worker.job is not None]
        for job in (*running, *self._queue):
            job.end("unavailable", MediaUnavailable())
        self._queue.clear()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close_processes()

    def _busy(self) -> int:
        return len(self._workers) - len(self._idle)

    def _dispatch(self) -> None:
        """Give waiting jobs to idle children, and start children for those that remain."""
        while self._queue and self._idle:
            self._idle.pop().begin(self._queue.popleft())  # the last used has the warmest caches
        missing = min(len(self._queue), self._size - len(self._workers)) - self._growing
        for _ in range(missing):
            self._grow()
        if self._idle_exit_s is not None:
            self._last_used = asyncio.get_running_loop().time()
            self._watch_idleness(self._idle_exit_s)

    def _grow(self) -> None:
        self._growing += 1
        self._spawn(self._add_worker())

    async def _add_worker(self) -> None:
        worker = None
        try:
            server = await self._running_server()
            pid, sock = await server.fork()
            worker = Worker(server, pid, self._freed, self._lost)
            await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=sock)
        except (MediaUnavailable, OSError) as error:
            log.error("media_pool_cannot_grow", pool=self._spec.name, error=repr(error))
        finally:
            self._growing -= 1
        if worker is not None and worker.alive:
            self._workers.add(worker)
            self._idle.append(worker)
            self._dispatch()
        elif not self._workers and not self._growing:
            self._fail_waiting()

    async def _running_server(self) -> ServerHandle:
        async with self._server_lock:
            if self._server is None or self._server.lost:
                self._server = await ServerHandle.start(self._spec)
            return self._server

    def _fail_waiting(self) -> None:
        while self._queue:
            self._queue.popleft().end("unavailable", MediaUnavailable())

    def _freed(self, worker: Worker) -> None:
        self._served += 1
        if worker.alive and worker.served < self._calls_per_child:
            self._idle.append(worker)
        else:
            self._workers.discard(worker)
            worker.retire()
        self._dispatch()

    def _lost(self, worker: Worker, job: Job | None) -> None:
        if worker in self._workers:
            self._workers.discard(worker)
            self._lost_count += 1
        if worker in self._idle:
            self._idle.remove(worker)
        if not self._closing:
            self._spawn(report_crash(worker, job))
            self._dispatch()

    def _watch_idleness(self, idle_exit_s: float) -> None:
        if self._idle_timer is None and not self._closing:
            loop = asyncio.get_running_loop()
            self._idle_timer = loop.call_at(self._last_used + idle_exit_s, self._leave_if_idle, idle_exit_s)

    def _leave_if_idle(self, idle_exit_s: float) -> None:
        self._idle_timer = None
        working = self._busy() or self._queue or self._growing
        if working or asyncio.get_running_loop().time() < self._last_used + idle_exit_s:
            self._last_used = max(self._last_used, asyncio.get_running_loop().time() if working else 0.0)
            self._watch_idleness(idle_exit_s)
        else:
            self._spawn(self._close_processes())

    async def _close_processes(self) -> None:
        workers, self._workers, self._idle = self._workers, set[Worker](), []
        server, self._server = self._server, None
        for worker in workers:
            worker.retire()
        if server is not None:
            await server.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

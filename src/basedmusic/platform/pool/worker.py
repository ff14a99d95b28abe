"""The owner's end of one media process: hands it one job at a time and turns what comes back into an end."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import msgspec
import structlog

from basedmusic.platform.metrics import MEDIA_CALLS
from basedmusic.platform.pool import wire
from basedmusic.platform.pool.errors import (
    MediaCrashed,
    MediaFailed,
    MediaOutOfMemory,
    MediaRefused,
    MediaTimedOut,
)
from basedmusic.platform.pool.server import ServerHandle

log = structlog.get_logger()

_decode = msgspec.msgpack.Decoder(wire.FromChild).decode


@dataclass(slots=True, eq=False)
class Job:
    """One request on its way, and the future that its caller awaits (or no longer does)."""

    target: str
    reply: type[Any]
    frame: bytes
    timeout_s: float
    on_progress: Callable[[float], None] | None
    future: "asyncio.Future[Any]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def end(self, outcome: str, error: Exception | None = None, result: object = None) -> None:
        """The one end of this job. Without effect when its caller has gone."""
        MEDIA_CALLS.labels(self.target, outcome).inc()
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)

    def progress(self, fraction: float) -> None:
        if self.on_progress is None or self.future.done():
            return
        try:
            self.on_progress(fraction)
        except Exception:
            log.exception("media_progress_listener_failed", target=self.target)


class Worker(asyncio.Protocol):
    """States: idle (no job), busy (a job and its deadline), ended (`alive` is False)."""

    def __init__(
        self,
        server: ServerHandle,
        pid: int,
        freed: "Callable[[Worker], None]",
        lost: "Callable[[Worker, Job | None], None]",
    ) -> None:
        self.server = server
        self.pid = pid
        self.served = 0
        self.alive = True
        self.job: Job | None = None
        self._freed = freed
        self._lost = lost
        self._buffer = wire.FrameBuffer()
        self._deadline: asyncio.TimerHandle | None = None

    def begin(self, job: Job) -> None:
        assert self.alive
        assert self.job is None
        self.job = job
        self._transport.write(job.frame)
        self._deadline = asyncio.get_running_loop().call_later(job.timeout_s, self._expire)

    def retire(self) -> None:
        """Let the process go: it leaves when it sees its socket end."""
        self.alive = False
        self._transport.close()

    def kill(self) -> None:
        self.alive = False
        self.server.kill(self.pid)
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without saying so

    def data_received(self, data: bytes) -> None:
        try:
            messages = [_decode(body) for body in self._buffer.feed(data)]
        except (wire.FrameTooLarge, msgspec.MsgspecError) as error:
            self._misbehave(repr(error))
            return
        for message in messages:
            if self.job is None:
                if self.alive:
                    self._misbehave("spoke without being asked")
            elif isinstance(message, wire.Progress):
                self.job.progress(message.fraction)
            else:
                self._finish(self._take_job(self.job), message)

    def connection_lost(self, exc: Exception | None) -> None:
        self.alive = False
        job = self._take_job(self.job) if self.job else None
        self._lost(self, job)

    def _finish(self, job: Job, message: wire.Done | wire.Refused | wire.Failed | wire.OutOfMemory) -> None:
        self.served += 1
        match message:
            case wire.Done(result):
                self._decode_result(job, result)
            case wire.Refused(code, detail, extra):
                job.end("refused", MediaRefused(code, detail, extra))
            case wire.Failed(traceback):
                log.error("media_call_failed", target=job.target, traceback=traceback)
                job.end("failed", MediaFailed())
            case wire.OutOfMemory():
                log.warning("media_call_out_of_memory", target=job.target)
                self.alive = False  # it leaves by itself
                job.end("out_of_memory", MediaOutOfMemory())
        self._freed(self)

    def _decode_result(self, job: Job, result: msgspec.Raw) -> None:
        try:
            decoded = _decoder(job.reply).decode(result)
        except msgspec.MsgspecError as error:
            log.error("media_reply_malformed", target=job.target, error=str(error))
            job.end("failed", MediaFailed())
        else:
            job.end("done", result=decoded)

    def _expire(self) -> None:
        if self.job is not None:
            job = self._take_job(self.job)
            log.warning("media_call_timed_out", target=job.target, timeout_s=job.timeout_s)
            self.kill()
            job.end("timed_out", MediaTimedOut())

    def _misbehave(self, what: str) -> None:
        log.error("media_child_misbehaved", pid=self.pid, what=what)
        job = self._take_job(self.job) if self.job else None
        self.kill()
        if job is not None:
            job.end("failed", MediaFailed())

    def _take_job(self, job: Job) -> Job:
        self.job = None
        if self._deadline is not None:
            self._deadline.cancel()
        return job

    _transport: asyncio.Transport


async def report_crash(worker: Worker, job: Job | None) -> None:
    """After `worker` was lost: end its job, if it had one, with how it died."""
    cause = "cause unknown"
    try:
        cause = await worker.server.cause_of_death(worker.pid)
    finally:
        if job is not None:
            log.error("media_child_crashed", target=job.target, pid=worker.pid, cause=cause)
            job.end("crashed", MediaCrashed(cause))


@lru_cache(maxsize=128)
def _decoder(reply: type[Any]) -> "msgspec.msgpack.Decoder[Any]":
    return msgspec.msgpack.Decoder(reply)

"""The inside of one media process: one request, one reply, one thread, until the socket ends."""

import errno
import os
import signal
import socket
import time
import traceback
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, get_type_hints

import msgspec

from basedmusic.kernel.errors import AppError
from basedmusic.platform.pool import wire
from basedmusic.platform.pool.confine import die_with, limit_address_space

PROGRESS_EVERY_S = 0.05
MAX_TRACEBACK = 8_000

_OUT_OF_MEMORY = wire.frame(wire.OutOfMemory())  # made now: later there may be no memory to make it
_OUR_LIMITS = (errno.ENOMEM, errno.EAGAIN)  # EAGAIN: a thread or mapping was refused by the same limit

_decode_request = msgspec.msgpack.Decoder(wire.Request).decode


class _Reporter:
    """Where progress goes: nowhere outside a media process, so that functions run anywhere."""

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.last = 0.0


_reporter = _Reporter()


def report_progress(fraction: float) -> None:
    """Tell the caller how far the request in hand is (0 to 1). Sent at most every 50 ms, so call at will."""
    now = time.monotonic()
    if _reporter.sock is not None and now - _reporter.last >= PROGRESS_EVERY_S:
        _reporter.last = now
        _reporter.sock.sendall(wire.frame(wire.Progress(min(max(float(fraction), 0.0), 1.0))))


def serve(sock: socket.socket, server: int, allowed: Sequence[str], headroom: int) -> None:
    """Answer requests on `sock`. Runs in a fresh fork of process `server`; returns when the owner is gone."""
    die_with(server)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    limit_address_space(headroom)
    prefixes = tuple(allowed)
    _reporter.sock = sock
    while (body := wire.receive(sock)) is not None:
        reply = _answer(body, prefixes)
        sock.sendall(reply)
        if reply is _OUT_OF_MEMORY:
            return  # what fragmented this heap must not meet the next request


def _answer(body: bytes, allowed: tuple[str, ...]) -> bytes:
    """The frame of one request's reply; whatever happens, exactly one."""
    try:
        request = _decode_request(body)
        function, decoder = _resolve(request.target, allowed)
        result = function(decoder.decode(request.payload))
        return wire.frame(wire.Done(msgspec.Raw(wire.encode(result))))
    except AppError as refusal:
        return wire.frame(wire.Refused(refusal.code, refusal.detail, refusal.extra))
    except MemoryError:
        return _OUT_OF_MEMORY
    except OSError as error:
        return _OUT_OF_MEMORY if error.errno in _OUR_LIMITS else _failed(error)
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> bytes:
    return wire.frame(wire.Failed("".join(traceback.format_exception(error))[-MAX_TRACEBACK:]))


@lru_cache(maxsize=64)
def _resolve(
    target: str, allowed: tuple[str, ...]
) -> tuple[Callable[[Any], Any], "msgspec.msgpack.Decoder[Any]"]:
    """The function at `package.module:function` and a decoder of the type of its one argument.

    Raises PermissionError unless the function is *defined* in a module below an allowed prefix: an imported
    `os.system` is not one of the calls we serve.
    """
    module_name, _, name = target.partition(":")
    if not module_name.startswith(allowed):
        raise PermissionError(f"{target} is not below {allowed}")
    function = getattr(import_module(module_name), name)
    if getattr(function, "__module__", None) != module_name:
        raise PermissionError(f"{target} is not defined there")
    arguments = [hint for place, hint in get_type_hints(function).items() if place != "return"]
    return function, msgspec.msgpack.Decoder(arguments[0])


def exit_cause(status: int) -> str:
    """A wait status in words: `SIGSEGV`, or `exit 3`."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    return f"exit {os.waitstatus_to_exitcode(status)}"

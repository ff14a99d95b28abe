"""What the tests of the pool run in its children: well behaved, badly behaved, and curious."""

import os
import resource
import signal
import sys
import time
from dataclasses import dataclass
from os import getpid
from pathlib import Path

from basedmusic.kernel.calls import Call
from basedmusic.kernel.errors import AppError
from basedmusic.platform.pool.child import report_progress

HERE = __name__


@dataclass(frozen=True)
class Part:
    name: str
    content: bytes


@dataclass(frozen=True)
class Ask:
    text: str = ""
    number: float = 0.0
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Answer:
    text: str = ""
    pid: int = 0
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    environment: dict[str, str]
    status: dict[str, str]
    niceness: int
    address_space: int
    core_size: int
    modules: list[str]


class NotMusic(AppError):
    code = "not_music"


def echo(ask: Ask) -> Answer:
    return Answer(ask.text, getpid(), ask.parts)


def note(ask: Ask) -> Answer:
    """Write a line into the file `text` after `number` seconds."""
    time.sleep(ask.number)
    with Path(ask.text).open("a") as file:
        file.write(f"{os.getpid()}\n")
    return Answer(ask.text, getpid())


def refuse(ask: Ask) -> Answer:
    raise NotMusic("This file is a PNG image named .mp3", found="png", at=Path("x"))


def fail(ask: Ask) -> Answer:
    raise ZeroDivisionError("secret detail")


def die(ask: Ask) -> Answer:
    os.kill(os.getpid(), getattr(signal, ask.text))
    time.sleep(5)
    return Answer()


def leave(ask: Ask) -> Answer:
    raise SystemExit(3)


def hoard(ask: Ask) -> Answer:
    return Answer(str(len(bytearray(int(ask.number)))))


def out_of_threads(ask: Ask) -> Answer:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def lie(ask: Ask) -> Answer:
    return "not an Answer"  # type: ignore[return-value]


def too_much(ask: Ask) -> Answer:
    return Answer("x" * (33 << 20))


def count_up(ask: Ask) -> Answer:
    """Report far more often than anybody wants to hear, for `number` seconds."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < ask.number:
        report_progress(passed / ask.number)
    return Answer()


def look_around(ask: Ask) -> Surroundings:
    lines = Path("/proc/self/status").read_text().splitlines()
    return Surroundings(
        dict(os.environ),
        dict(line.split(":\t", 1) for line in lines if ":\t" in line),
        os.getpriority(os.PRIO_PROCESS, 0),
        resource.getrlimit(resource.RLIMIT_AS)[0],
        resource.getrlimit(resource.RLIMIT_CORE)[0],
        sorted(sys.modules),
    )


def _call(name: str) -> Call[Ask, Answer]:
    return Call(f"{HERE}:{name}", Ask, Answer)


ECHO, NOTE, REFUSE, FAIL, DIE = map(_call, ("echo", "note", "refuse", "fail", "die"))
LEAVE, HOARD, OUT_OF_THREADS = map(_call, ("leave", "hoard", "out_of_threads"))
LIE, TOO_MUCH, COUNT_UP = map(_call, ("lie", "too_much", "count_up"))
LOOK_AROUND = Call(f"{HERE}:look_around", Ask, Surroundings)
ELSEWHERE = Call("os:getpid", Ask, Answer)
IMPORTED = _call("getpid")  # in this module, but not of it
MISSING = _call("nothing_of_that_name")

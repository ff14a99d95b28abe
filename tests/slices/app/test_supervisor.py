"""The supervisor is the last to break: it outlives what fails, says so once, and ends when asked."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence

import pytest
from tests.support.server import soon

from basedmusic.app.supervisor import LONGEST_PAUSE_S, Child, Stopping, supervise
from basedmusic.platform.postgres import DatabaseDidNotStart, DataFolderWrongVersion

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


class FakePostgres:
    """Raises `start` and `ensure` one after another from the calls of these names; then all is well."""

    def __init__(
        self, *, start: Sequence[Exception] = (), ensure: Sequence[Exception] = (), blocks: bool = False
    ) -> None:
        self.errors = {"start": list(start), "ensure": list(ensure)}
        self.blocks = blocks
        self.calls: list[str] = []

    def start(self, timeout_s: float) -> str:
        self._do("start")
        return "postgresql://fake"

    def ensure(self, timeout_s: float) -> bool:
        self._do("ensure")
        return False

    def release(self) -> None:
        self.calls.append("release")

    def _do(self, call: str) -> None:
        self.calls.append(call)
        if self.blocks:
            time.sleep(60)
        if self.errors[call]:
            raise self.errors[call].pop(0)


@pytest.fixture
def stopping() -> Generator[Stopping]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    stopping = Stopping()
    stopping.listen()
    yield stopping
    for number, handler in before.items():
        signal.signal(number, handler)


def sigterm_when(true: Callable[[], bool]) -> None:
    """To this very process, from a thread, for signals are the main thread's."""

    def send() -> None:
        soon(true, 20)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=send, daemon=True).start()


def child(command: Sequence[str] = SLEEPER, environ: Mapping[str, str] | None = None) -> Child:
    return Child("web", command, environ or {})


def test_a_child_that_dies_all_day_is_started_again_after_a_bounded_pause(capfd: pytest.CaptureFixture[str]):
    web = child([sys.executable, "-c", "raise SystemExit(3)"])
    web.failures = 100_000
    web.look(0.0)
    assert web.process is not None
    web.process.wait()
    web.look(1.0)
    assert (web.process, web.not_before) == (None, 1.0 + LONGEST_PAUSE_S)
    assert "web ended with 3; starting it again in 10.0 s" in capfd.readouterr().err


def test_a_child_that_can_not_be_started_is_tried_again_and_said_once(capfd: pytest.CaptureFixture[str]):
    web = child(["/nowhere/at/all"])
    for now in (0.0, 100.0, 200.0):
        web.look(now)
    assert (web.process, web.failures) == (None, 3)
    assert web.not_before > 200.0
    assert capfd.readouterr().err.count("web can't be started") == 1


def test_a_database_that_is_away_ends_nothing(stopping: Stopping, capfd: pytest.CaptureFixture[str]):
    postgres = FakePostgres(start=[DatabaseDidNotStart("slow")] * 2, ensure=[OSError("no room")])
    web = child()
    sigterm_when(lambda: postgres.calls.count("ensure") >= 3)
    supervise([web], postgres, stopping)
    assert postgres.calls[:3] == ["start", "start", "start"] and postgres.calls[-1] == "release"
    assert web.process is not None and web.process.returncode == -signal.SIGTERM
    said = capfd.readouterr().err
    assert said.count("slow") == 1 and said.count("no room") == 1
    assert "the database is there again" in said


def test_a_start_that_no_second_try_would_mend_ends_it_with_its_sentence(stopping: Stopping):
    postgres = FakePostgres(start=[DataFolderWrongVersion("made by 17")])
    web = child()
    with pytest.raises(DataFolderWrongVersion, match="made by 17"):
        supervise([web], postgres, stopping)
    assert postgres.calls == ["start", "release"]
    assert web.process is not None and web.process.returncode is not None


def test_sigterm_is_heard_while_the_database_does_not_answer(stopping: Stopping):
    postgres = FakePostgres(blocks=True)
    web = child()
    sigterm_when(lambda: postgres.calls == ["start"])
    began = time.monotonic()
    supervise([web], postgres, stopping)
    assert time.monotonic() - began < 10
    assert postgres.calls == ["start", "release"]
    assert web.process is not None and web.process.returncode == -signal.SIGTERM


def test_a_signal_before_the_wait_is_heard_too(stopping: Stopping):
    stopping.asked = True
    postgres = FakePostgres(blocks=True)
    supervise([child()], postgres, stopping)
    assert postgres.calls == ["release"]

"""How often somebody may do something, counted per address or account in this process.

Our own and not the package `limits`: its asyncio storage walks all keys after a hit, so that a crowd of
addresses stops the event loop (2,000 of them: 40 ms a hit).
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import cache

from starlette.requests import HTTPConnection

from basedmusic.kernel.errors import TooManyRequests

MAX_KEYS = 10_000
"""Some 10 MB at most. Beyond it, whoever was silent longest is forgotten."""
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


class Limiter:
    """An exact sliding window per name and key: the times of what was let through, never more than a rule's
    amount. A hit costs the same however many keys there are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, max_keys: int = MAX_KEYS) -> None:
        self._clock = clock
        self._max_keys = max_keys
        self._windows: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def hit(self, rule: str, name: str, key: str) -> None:
        """Count one `name` by `key` against `rule` ("10/minute"). Raises TooManyRequests over it, uncounted."""
        amount, period = _parse(rule)
        now = self._clock()
        window = self._window(name, key)
        while window and window[0] + period <= now:
            window.popleft()
        if len(window) >= amount:
            wait = min(period, max(1, math.ceil(window[0] + period - now)))
            raise TooManyRequests(
                f"That was too often; try again in {wait} seconds", retry_after_s=wait, limit=name
            )
        window.append(now)

    def __len__(self) -> int:
        """Keys remembered."""
        return len(self._windows)

    def _window(self, name: str, key: str) -> deque[float]:
        window = self._windows.setdefault((name, key), deque())
        self._windows.move_to_end((name, key))
        if len(self._windows) > self._max_keys:
            self._windows.popitem(last=False)
        return window


def limiter_of(connection: HTTPConnection) -> Limiter:
    """The process's counts, put into the application's state by the composition root."""
    return connection.app.state.limiter


@cache
def _parse(rule: str) -> tuple[int, int]:
    """Amount and seconds."""
    amount, _, unit = rule.partition("/")
    return int(amount), _SECONDS[unit]

"""How many streams are open: each holds a socket and a task for as long as its page is."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager

from basedmusic.kernel.errors import TooManyRequests

BY_ADDRESS = 8
IN_ALL = 500
"""Below the usual limit of 1,024 descriptors, so that the pages themselves still go out."""
RETRY_AFTER_S = 30


class TooManyListeners(TooManyRequests):
    code = "too_many_listeners"
    title = "Too many pages wait for news at once; this one can ask again later"


class Listeners:
    """Those of one process, counted by address."""

    def __init__(self, by_address: int = BY_ADDRESS, in_all: int = IN_ALL) -> None:
        self._by_address = by_address
        self._in_all = in_all
        self._open: Counter[str] = Counter()

    @contextmanager
    def admit(self, address: str) -> Generator[None]:
        """One more from `address`, while the block lasts. Raises TooManyListeners."""
        if self._open[address] >= self._by_address or self._open.total() >= self._in_all:
            raise TooManyListeners(retry_after_s=RETRY_AFTER_S)
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
